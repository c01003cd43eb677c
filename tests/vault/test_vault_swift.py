"""What the quick reader serves is what the parser reads; of all else it says why it does not."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.common.html_blocks import block_names
from swift_builders import PATH, assert_read_alike, damaged, notes
from vault_builders import RECORDED, SHARED

from vaultflow.vault.reader import decline_reason, read_note
from vaultflow.vault.swift.body import read_body_swiftly
from vaultflow.vault.swift.hidden import HTML_BLOCKS
from vaultflow.vault.swift.signs import BLANKS

EXAMPLES = Path(__file__).parent.parent.parent / "example-vault"

GENERATED = r"""
---
type: lead
stage: Proposals
company: "[[Company 1]]"
people: ["[[Person 2]]"]
tags:
  - offer
---
# Lead 1

price plan. See [[Company 1]] and [[Person 2|plan]]. price plan.

## About plan

price plan, as in [[Note 3#About plan]].

- price plan #offer
- [[Lead 2]] price plan
    - price plan

- [ ] Call [[Person 1]] 📅 2026-11-20
- [x] Send plan ✅ 2026-11-19

plan:: price plan

```python
link = '[[Decoy plan]]'
```

%% not yet: price plan %%

<!-- [[Decoy plan]] price plan -->

> [!note] plan
> price plan ![[Note 3]]

| what | who |
| --- | --- |
| plan | [[Person 1\|plan]] |

## Log
- 2026-10-01 call out: price plan
- 2026-10-02 email in: price plan
""".lstrip()

PAGE = """
# Pipeline review

%% vaultflow:begin focus %%
### [[Acme BV]] · 40% – Issues Identified · €12,000
- [ ] What must happen next, and by when? ^vf-7k2m9q
\t- next:: Send revised quote
\t- by:: fri
- [ ]
%% vaultflow:end focus 51be07a9c2f4 %%

## My notes
-
""".lstrip()


@pytest.mark.parametrize(
    "text",
    [
        GENERATED,
        GENERATED.replace("\n", "\r\n"),
        GENERATED.replace("    -", "\t-"),
        PAGE,
        "",
        "text with `code [[a]]` and [a](b.md), ![c](d.png) and <https://e.f>",
        "It grew from $8M to $15M, and $x$ is a formula.",
        "`x:: y` z:: a",
        "# Title\n---\ntext ^id\n\n***\n",
        "> [!tip]- Title\n> - [ ] a\n>     - b:: c\n>\n> > d #e\n",
        "```a\n````\n- [[b]]\n",
        "%%\n- [[a]] #b\n%%\n1. c\n   d\n\n   e\n2. [ ] f\n",
        "-   a\n    b\n\n    - c\n",
        "| a |\n|---|\n| $1 |\n\n<!--\n[[b]]\n-->\nc",
        r"\[[a]] \![[b]] \#c #d",
        "  1\u0662. a\n  - b",
        "| a | b |\n|---|---|\n| [a](b) | [c](d) |",
        "[#12](https://a.b/(c)?d=e&f) <b>g</b> <!-- h -->",
    ],
)
def test_ordinary_notes_are_served(text: str) -> None:
    assert decline_reason(text.encode()) is None
    assert_read_alike(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a\n===", "bare-line"),
        ("a\n---", "bare-line"),
        ("a | b\n--- | ---", "bare-line"),
        ("# a | b\n--- | ---", "bare-line"),
        ("a\n\n    b\n\tc", "indented-code"),
        ("- a\n\n        b", "indented-code"),
        ("- a\n  ```\n  b", "indented-block"),
        ("- a\n - b", "ragged-list"),
        ("a\n2. b", "item-number"),
        ("- - a", "block-in-item"),
        ("- [ ] [x] a", "block-in-item"),
        ("-\ta", "item-gap"),
        ("-\n  a", "empty-item"),
        ("> a\nb", "lazy-line"),
        (">\ta", "tab-in-quote"),
        ("> 1. a\n> \t- b", "tab-in-quote"),
        ("> > > > a", "deep-quote"),
        ("# a #", "heading-end"),
        ("#\ta", "heading-gap"),
        ("<b>a", "html-block"),
        ("> <div>", "html-block"),
        ("<!-->", "html-comment"),
        ("a <b c>", "html"),
        ('a <b -c="d">', "html"),
        ("`a\nb`", "code-span"),
        ("```a```", "code-span"),
        ("$$\na\n$$", "math"),
        ("a $$b", "math"),
        ("[a", None),
        ("[a](<b>)", "link"),
        ("[[a`b]]", "link"),
        ("**#a**", "tag"),
        ("[[a]]#b", "tag"),
        ("%% a", "comment"),
        ("%% a %% b", "comment"),
        ("| a |", "table"),
        ("| a |\n|---|\n| `b` |", "table"),
        ("| a | b |\n|---|---|\n| [[c]d | e]] |", "table"),
        ("| a | b |\n|---|---|\n| [c | d](e) |", "table"),
        ("a\n| b |\n|---|", "table-place"),
        ("^a", "lone-id"),
        ("a ^b\u3000", "odd-blank"),
        ("\u3000a", "odd-blank"),
        ("a\rb", "lone-return"),
        ("a:: <b>c</b>", "hidden"),
        ("".join(f"{'  ' * depth}- a\n" for depth in range(30)), "deep-list"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_is_not_certain_is_left_to_the_parser(text: str, reason: str | None) -> None:
    assert decline_reason(text.encode()) == reason
    if len(text) < 1_000:
        assert_read_alike(text)


def test_a_long_note_of_few_signs_is_served() -> None:
    text = "Words and more words, and no end of them.\n\n- [ ] a [[b]]\n" * 5_000
    assert decline_reason(text.encode()) is None
    assert_read_alike(text)


def test_the_tags_of_blocks_are_those_of_the_parser() -> None:
    assert set(HTML_BLOCKS) == set(block_names)


def test_code_and_html_say_nothing() -> None:
    note = read_note(PATH, b"a [[b]]\n<div>\n[[c]] #d\n\n    [[e]]\n\n    - [ ] f\ng [[h]]\n")
    assert [(link.target, link.line) for link in note.links] == [("b", 1), ("h", 8)]
    assert (note.tags, note.items) == ((), ())


def test_no_blank_is_missing() -> None:
    assert frozenset(sign for sign in map(chr, range(0x110000)) if sign.isspace()) == BLANKS


def test_what_is_no_text_is_not_declined() -> None:
    assert decline_reason(b"\0") is None


def test_of_the_lines_only_those_that_say_something_are_kept() -> None:
    body = read_body_swiftly("a\nb:: c\n%% vaultflow:begin d %%\ncafÃ©\n", first_line=5)
    assert not isinstance(body, str)
    assert [line.line for line in body.lines] == [6, 7, 8]


@pytest.mark.parametrize("folder", [RECORDED, EXAMPLES, SHARED / "vaults"], ids=lambda at: at.name)
def test_whole_vaults_are_read_alike_and_most_of_their_notes_are_served(folder: Path) -> None:
    raws = [path.read_bytes() for path in sorted(folder.rglob("*.md"))]
    for raw in raws:
        assert_read_alike(raw)
    assert sum(decline_reason(raw) is not None for raw in raws) <= len(raws) * 0.1


@settings(max_examples=400, deadline=None)
@given(notes)
def test_notes_of_all_kinds_of_lines_are_read_alike(text: str) -> None:
    assert_read_alike(text)


@given(notes, st.integers(0, 60))
def test_notes_that_are_too_long_are_read_alike_up_to_the_same_line(text: str, budget: int) -> None:
    with patch("vaultflow.vault.markdown.budget.BUDGET", budget):
        assert_read_alike(text)


def test_a_note_that_is_too_long_is_served() -> None:
    note = read_note(PATH, b"a\n" * 100_000 + b"[[b]]\n")
    assert decline_reason(b"a\n" * 100_000) is None
    assert [found.code for found in note.findings] == ["text-too-long"]
    assert note.links == ()


@settings(max_examples=200, deadline=None)
@given(damaged([GENERATED, PAGE]))
def test_damaged_notes_are_read_alike(text: str) -> None:
    assert_read_alike(text)
