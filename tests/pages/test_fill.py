from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from vaultflow.pages.blocks.fill import Filling, answers_on, fill_page, lines_about
from vaultflow.pages.blocks.merge import merge_page

PATH = PurePosixPath("Reviews/today.md")
PAGE = """\
# Review

%% vaultflow:begin focus %%

### [[Acme]]
- [ ] What is next? ^vf-aaaaaaaaaa
	- next::
	- by:: fri
	- a note of mine
- [x] Why? ^vf-bbbbbbbbbb

%% vaultflow:end focus %%
"""
TODAY = date(2026, 11, 23)
NEXT, WHY = "vf-aaaaaaaaaa", "vf-bbbbbbbbbb"


def filled(page: str = PAGE, /, **values: str) -> str:
    return fill_page(page, {NEXT: Filling(values=values)}, PATH)


def test_an_answer_stands_behind_its_field_and_takes_the_place_of_an_older_one() -> None:
    page = filled(next="Send the quote", by="mon")
    assert page == PAGE.replace("next::", "next:: Send the quote").replace("fri", "mon")


def test_an_answer_without_a_field_gets_one_behind_the_others() -> None:
    page = filled(next="Call", touch="called Jane", note="busy")
    below = "\t- by:: fri\n\t- touch:: called Jane\n\t- note:: busy\n\t- a note of mine\n"
    assert below in page
    assert "\t- next:: Call\n" in page


def test_an_item_without_fields_gets_the_answer_below_it() -> None:
    page = fill_page(PAGE, {WHY: Filling(values={"why": "they asked"})}, PATH)
    assert "^vf-bbbbbbbbbb\n\t- why:: they asked\n" in page


def test_a_tick_is_set_and_one_that_is_there_stays() -> None:
    ticks = {NEXT: Filling(is_ticked=True), WHY: Filling(is_ticked=True)}
    assert fill_page(PAGE, ticks, PATH) == PAGE.replace("- [ ]", "- [x]")


def test_a_page_with_line_ends_of_windows_keeps_them() -> None:
    page = fill_page(PAGE.replace("\n", "\r\n"), {NEXT: Filling(values={"note": "a"})}, PATH)
    assert "\t- note:: a\r\n" in page
    assert page.count("\n") == page.count("\r\n")


def test_an_answer_of_several_lines_becomes_one() -> None:
    assert "\t- next:: a %% vaultflow:end focus %%\n" in filled(next="a\n%% vaultflow:end focus %%")


def test_what_is_answered_is_read_back() -> None:
    assert answers_on(filled(next="Call"), PATH)[NEXT] == {"next": "Call", "by": "fri"}


def test_the_lines_of_an_item_are_known() -> None:
    assert lines_about(PAGE, {NEXT}, PATH) == {6, 7, 8, 9}
    assert lines_about(PAGE, {WHY}, PATH) == {10}


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40))
def test_whatever_is_typed_comes_back_and_moves_nothing(said: str) -> None:
    fresh = PAGE.replace(" fri", "").replace("\t- a note of mine\n", "").replace("[x]", "[ ]")
    page = merge_page(None, fresh, path=PATH, today=TODAY).text or ""
    answered = fill_page(page, {NEXT: Filling(values={"next": said})}, PATH)
    words = " ".join(said.split())
    assert answers_on(answered, PATH)[NEXT] == ({"next": words} if words else {})
    again = merge_page(answered, fresh, path=PATH, today=TODAY)
    assert again.findings == ()
    assert answers_on(again.text or "", PATH) == answers_on(answered, PATH)
