"""A lost marker is put back where the fresh page has it, or nowhere."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from merge_builders import PATH, ask, block, fresh, merge

from vaultflow.pages.blocks.mending import mend_markers

PAGE = (
    "# Review\n\n"
    + block("focus", "", *ask("Acme"), "")
    + "\n## Due\n\n"
    + block("due", "", *ask("Beta", "Is it done?"), "")
    + "\n## My notes\n"
)
STORED = fresh(PAGE)


def without(text: str, *starts: str) -> str:
    """The text without the lines that begin so."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(starts))


def mended(text: str, rendered: str = PAGE) -> str | None:
    return mend_markers(text, rendered, path=PATH)


@pytest.mark.parametrize("block_id", ["focus", "due"])
def test_f32_a_lost_end_is_put_back_where_it_was(block_id: str) -> None:
    repaired = mended(without(STORED, f"%% vaultflow:end {block_id} "))
    assert repaired is not None
    assert without(repaired, "%% vaultflow:end") == without(STORED, "%% vaultflow:end")
    assert merge(repaired, PAGE).text == STORED


@pytest.mark.parametrize("block_id", ["focus", "due"])
def test_f32_a_lost_begin_is_put_back_where_it_was(block_id: str) -> None:
    assert mended(without(STORED, f"%% vaultflow:begin {block_id} ")) == STORED


def test_the_markers_of_two_blocks_are_put_back_at_once() -> None:
    broken = without(STORED, "%% vaultflow:end focus ", "%% vaultflow:begin due ")
    repaired = mended(broken)
    assert repaired is not None
    assert merge(repaired, PAGE).text == STORED


def test_a_block_of_another_day_ends_before_the_line_that_follows_it() -> None:
    yesterday = fresh(PAGE.replace("Acme", "Zeta"))
    repaired = mended(without(yesterday, "%% vaultflow:end focus "))
    assert repaired is not None
    assert without(repaired, "%% vaultflow:end") == without(yesterday, "%% vaultflow:end")
    assert merge(repaired, PAGE).text is not None


def test_line_ends_of_windows_are_kept() -> None:
    stored = STORED.replace("\n", "\r\n")
    assert mended(without(stored, "%% vaultflow:begin due ")) == stored


def test_a_tick_and_an_answer_do_not_matter() -> None:
    ticked = STORED.replace("- [ ]", "- [x]").replace("next::", "next:: Call")
    assert mended(without(ticked, "%% vaultflow:begin focus ")) == ticked


@pytest.mark.parametrize(
    "text",
    [
        STORED,
        STORED + STORED,
        without(STORED, "%% vaultflow:"),
        without(STORED, "%% vaultflow:end focus ", "## Due").replace("Acme", "Zeta"),
        without(STORED, "%% vaultflow:end focus ").replace("Acme]]", "Zeta]]\n## Due\n"),
        STORED.replace("begin focus", "begin other"),
        "<<<<<<< HEAD\n" + without(STORED, "%% vaultflow:end focus "),
    ],
    ids=["whole", "twice", "released", "no anchor", "two anchors", "unknown", "conflict"],
)
def test_nothing_is_put_back_on_a_guess(text: str) -> None:
    assert mended(text) is None


def test_a_broken_template_mends_nothing() -> None:
    assert mended(without(STORED, "%% vaultflow:end focus "), PAGE + PAGE) is None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(STORED.splitlines(keepends=True)), max_size=14).map("".join))
def test_no_page_makes_it_raise_and_no_line_is_lost(text: str) -> None:
    repaired = mended(text)
    if repaired is not None:
        kept = [line for line in repaired.splitlines() if line]
        assert set(text.splitlines()) - {""} <= set(kept)
