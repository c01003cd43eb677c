from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultflow.pages.answers.unanswered import is_unanswered
from vaultflow.pages.blocks.items import read_items


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- [ ] What is next? ^vf-a\n\t- next::\n\t- by::  \n",
        "*Below a question you can also write `stage::`, `lost::` and `note::`.*",
        "> [!question] Do I have any leads?\n[[Acme]] and [a](b)",
        "> [!question] Do I have any leads?\n> Pace: behind.\n> - Focus: two leads",
        "Note: a line of my own",
    ],
)
def test_a_page_as_it_is_generated_is_unanswered(text: str) -> None:
    assert is_unanswered(text)


@pytest.mark.parametrize(
    "text",
    [
        "- [x] Call Jane ^vf-a",
        "- [-] Call Jane ^vf-a",
        "- [ ] What is next? ^vf-a\n\t- next:: Call",
        "- [ ] What is next? ^vf-a\n\t- next::2",
        "> - [ ] What is next? ^vf-a\n> \t- next step ::  2",
        "- [ ] What is next? ^vf-a\nnext:: Call",
        "- [ ] What is next? ^vf-a\n\tnext\t:: Call",
        "- [ ] What is next? ^vf-a\n\tnext:: \u00a0Call",
        "- [ ] What is next? ^vf-a\n\t- next::\u00a0Call",
        "- [ ] What is next? ^vf-a\n\t-\u00a0next:: Call",
        "- [ ] What is next? ^vf-a\n\tnext\u00a0::Call",
        "- [ ] What is next? ^vf-a\n\t- next: Call",
        "- [ ] What is next? ^vf-a\n - next : Call",
        "- [ ] What is next? ^vf-a\n    next：：Call",
        "- [ ] What is next? ^vf-a\n\t- [next:: Call] (by:: fri)",
        "- [ ] What is next? ^vf-a\n\t- [ ] next: Call",
        "> - [ ] What is next? ^vf-a\n> \t1. next:: Call",
        '- [ ] What? ^vf-a\n\t- ⚠ by: "friday-ish" is not understood %%vf 9f2c%%',
    ],
)
def test_a_tick_an_answer_or_a_remark_is_seen(text: str) -> None:
    assert not is_unanswered(text)


PIECES = (
    "- ",
    "1. ",
    "[ ]",
    "[x]",
    "[\t]",
    " ",
    "\t",
    "> ",
    "next",
    "::",
    ":",
    "\u00a0",
    "^vf-a",
    "\n",
    "\n\t",
)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_a_page_that_counts_as_unanswered_has_no_item_with_a_tick_or_an_answer(
    pieces: list[str],
) -> None:
    text = "- [ ] What is next? ^vf-b\n" + "".join(pieces)
    if is_unanswered(text):
        for item in read_items(text.split("\n")):
            assert item.state.isspace()
            assert not any(answer.value.strip() for answer in item.answers)


@pytest.mark.parametrize("blank", [" ", "\t", " >", "\xa0", "a ", "["])
def test_a_long_line_of_blanks_is_passed_at_once(blank: str) -> None:
    line = f"  - a{blank * 20_000};"
    page = f"- [ ] What is next? ^vf-a\n{blank * 20_000};\n{line}\n\t- next::\n"
    assert is_unanswered(page)
    (item,) = read_items(["- [ ] What is next? ^vf-a", f"\t- next:: {line}"])
    assert item.answers[0].value == line.strip()
