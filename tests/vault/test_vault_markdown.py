"""The outline of a text: what it is made of, whatever it says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultflow.vault.markdown.grammar import parse_blocks
from vaultflow.vault.markdown.outline import _entries, block_outline

PAGE = """\
# Review of {0}

%% vaultflow:begin today %%
> [!question] Any leads, {0}?
> **Yes: {0}**
%% vaultflow:end today 9f2c4a11d0e3 %%
### {0} · €12,000
- [ ] What next for {0}? ^vf-7k2m9q
\t- next:: {0}
1) {0}
%% vaultflow:end focus 51be07a9c2f4 %%

| deal | why |
|------|-----|
| {0} | x |
| y | {0} |

```mermaid
pie
```
"""


def test_every_block_has_an_entry_at_its_depth() -> None:
    assert block_outline(PAGE.format("Acme")) == (
        "heading 1",
        "comment of 1 vaultflow:begin today",
        "quote [!question]",
        "  paragraph",
        "comment of 1 vaultflow:end today",
        "heading 3",
        "list -",
        "  task",
        "    paragraph",
        "    list -",
        "      item",
        "        paragraph",
        "list )",
        "  item",
        "    paragraph",
        "comment of 1 vaultflow:end focus",
        "table",
        "    row 3",
        "    row 3",
        "    row 3",
        "fence ```mermaid",
    )


def test_what_the_blocks_say_does_not_matter() -> None:
    assert block_outline(PAGE.format("Acme")) == block_outline(PAGE.format("Jané & Søn · 40%"))


@pytest.mark.parametrize(
    "name",
    [
        "x\n```dataviewjs\ndelete()\n```",
        "x\n# Heading",
        "x\n- item",
        "x\n\nparagraph",
        "x\n> quote",
        "x | y",
        "x %% y",
        "x <!-- y",
        "$$ x",
        "x\n<div>",
        "x\n***\n",
        "x\n%% vaultflow:end focus 51be07a9c2f4 %%",
        "> x",
        "[ ] x",
    ],
)
def test_f36_a_value_that_breaks_out_of_its_place_shows(name: str) -> None:
    assert block_outline(PAGE.format(name)) != block_outline(PAGE.format("Acme"))


@pytest.mark.parametrize(
    "name", [r"x \| y", "&#124;", "x `code` y", "[[Acme]]", "<b>x</b>", "$5", "50%", "[x] y"]
)
def test_a_value_that_keeps_its_place_does_not_show(name: str) -> None:
    text = PAGE.replace("1) {0}\n", "")
    assert block_outline(text.format(name)) == block_outline(text.format("Acme"))


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("***", "hr"),
        ("    code", "code_block"),
        ("<div>\nx\n</div>", "html_block"),
        ("$$\nx\n$$", "math"),
        ("~~~~sh\nx\n~~~~", "fence ~~~~sh"),
        ("%%\nx\n%%", "comment of 3"),
        ("> [!note]- x", "quote [!note]-"),
        ("+ x", "list +"),
    ],
)
def test_each_kind_of_block_has_its_name(text: str, entry: str) -> None:
    assert block_outline(text)[0] == entry


def test_an_empty_text_has_no_blocks() -> None:
    assert block_outline("") == block_outline("\n\r\n") == ()


LINES = st.sampled_from(
    [
        "| a | b |",
        "| c \\| d |",
        "| %% x | y |",
        "| > | y |",
        "|---|---|",
        "| - | - |",
        "---",
        "a | b",
        "",
        "text",
        "> | a | b |",
        "- | a | b |",
        "  | a | b |",
        "```",
        "<!--",
        "| --> |",
        "%%",
        "$$",
        "| $$ |",
        "<div>",
    ]
)


@given(st.lists(LINES, max_size=14))
@settings(max_examples=250)
def test_rows_that_the_parser_does_not_see_change_nothing(lines: list[str]) -> None:
    whole = tuple(_entries(parse_blocks("\n".join(lines)), lines, range(len(lines) + 1)))
    assert block_outline("\n".join(lines)) == whole


@given(st.text(alphabet="|-: \n\r>#`~%$<![]x1.*\t", max_size=60))
@settings(max_examples=100)
def test_no_text_makes_an_outline_fail(text: str) -> None:
    block_outline(text)
