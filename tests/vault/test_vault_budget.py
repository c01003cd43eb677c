"""A note that is made to be slow costs seconds, and says what was left out."""

from __future__ import annotations

import pytest
from vault_builders import note

from vaultflow.vault.markdown.budget import BUDGET, LINE_COST, affordable_lines


def test_all_lines_of_a_persons_note_are_read() -> None:
    assert affordable_lines([]) == 0
    lines = ["- 2026-11-20 call out: spoke with [[Jane]] #warm"] * 10_000
    assert affordable_lines(lines) == len(lines)


@pytest.mark.parametrize(("lines", "left_out"), [(-1, 0), (0, 0), (1, 1)])
def test_the_budget_is_for_lines_and_for_signs(lines: int, left_out: int) -> None:
    most = BUDGET // (LINE_COST + len("[[]]"))
    written = ["[[a]]"] * (most + lines)
    assert affordable_lines(written) == len(written) - left_out
    most = BUDGET // LINE_COST
    written = ["some text"] * (most + lines)
    assert affordable_lines(written) == len(written) - left_out


def test_a_note_that_is_too_long_says_from_where_it_is_not_read() -> None:
    read = note("---\ntype: lead\n---\n[[first]]\n" + "a\n" * 60_000 + "[[last]]\n")
    assert read.readable
    assert [link.target for link in read.links] == ["first"]
    assert [(found.code, found.line) for found in read.findings] == [("text-too-long", 50_004 - 1)]


def test_a_note_that_is_nested_too_deeply_says_where_and_keeps_its_links() -> None:
    read = note("text\n\n" + "> " * 60 + "[[Jane]]\n")
    assert read.readable
    assert [link.target for link in read.links] == ["Jane"]
    assert [(found.code, found.line) for found in read.findings] == [("text-too-deep", 3)]
