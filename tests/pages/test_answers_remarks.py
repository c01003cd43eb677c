"""Remarks on a page, and what a page shows of a lead."""

from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from merge_builders import block

from vaultflow.pages.answers.asked import says_action
from vaultflow.pages.answers.remarks import one_line, plain_text, with_remarks, without_remarks
from vaultflow.vault.markdown.escape import clean_line

PATH = PurePosixPath("Reviews/today.md")
ITEM = "- [ ] What is next? ^vf-aaaaaaaaaa"
PAGE = f"# Review\n\n{block('focus', ITEM, '	- next:: Call', 'Text.')}\nMine.\n"
FRIDAY = date(2026, 11, 27)


@settings(max_examples=60)
@given(st.text(max_size=40))
def test_a_remark_is_read_back_as_it_was_said_and_goes_without_a_trace(text: str) -> None:
    page = with_remarks(PAGE, {"vf-aaaaaaaaaa": (text,)}, PATH)
    bare = without_remarks(page, PATH)
    assert bare.text == PAGE
    assert bare.remarks == {"vf-aaaaaaaaaa": (one_line(clean_line(text)),)}


def test_a_remark_stands_below_the_items_answers() -> None:
    lines = with_remarks(PAGE, {"vf-aaaaaaaaaa": ("no such day",)}, PATH).splitlines()
    at = lines.index("\t- next:: Call")
    assert lines[at + 1].startswith("\t- ⚠ no such day %%vf ")
    assert lines[at + 2] == "Text."


def test_lines_are_counted_as_on_the_page() -> None:
    page = with_remarks(PAGE, {"vf-aaaaaaaaaa": ("one", "two")}, PATH)
    bare = without_remarks(page, PATH)
    shown = page.splitlines()
    for number, line in enumerate(bare.text.splitlines(), start=1):
        assert shown[bare.line_on_page(number) - 1] == line
    assert bare.line_on_page(0) == 0


def test_line_ends_are_those_of_the_page() -> None:
    page = with_remarks(PAGE.replace("\n", "\r\n"), {"vf-aaaaaaaaaa": ("x",)}, PATH)
    assert page.count("\n") == page.count("\r\n")


def test_a_remark_that_was_edited_or_written_by_hand_stays() -> None:
    mine = PAGE.replace("Call\n", "Call\n\t- ⚠ mine %%vf 0000%%\n")
    assert without_remarks(mine, PATH).text == mine


def test_a_page_with_broken_markers_is_left_as_it_is() -> None:
    broken = with_remarks(PAGE, {"vf-aaaaaaaaaa": ("x",)}, PATH).replace("begin focus", "bgn")
    assert without_remarks(broken, PATH).text == broken


@pytest.mark.parametrize(("shown", "text"), [("a &lt;b", "a <b"), (r"\[\[x\]\]", "[[x]]")])
def test_plain_text_is_what_the_page_shows(shown: str, text: str) -> None:
    assert plain_text(shown) == text


@pytest.mark.parametrize(
    "said",
    [
        "Overdue 3 days: Call Jane, due 27 Nov.",
        "Idle 3 days. Next so far: Call Jane, 27 Nov 2026.",
        "Due today: Call Jane.** Idle",
        "[[Acme]]: Call Jane · 27 Nov, 3 days late",
        "[[Acme]]: Call Jane · today",
        "[[Acme]]: Call Jane",
    ],
)
def test_a_page_that_shows_the_action_says_so(said: str) -> None:
    assert says_action(said, "Call Jane", FRIDAY)
    assert not says_action(said, "Call", FRIDAY)
    assert not says_action(said, "Call Jane back", FRIDAY)


def test_an_action_with_another_day_is_another_one() -> None:
    assert not says_action("Overdue: Call Jane, due 20 Nov.", "Call Jane", FRIDAY)
    assert says_action("[[Acme]]: by when? Call Jane", "Call Jane", None)
