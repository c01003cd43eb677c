"""A note that is made to be slow costs seconds, and says what was left out."""

from __future__ import annotations

from time import process_time

import pytest
from vault_builders import note

from vaultflow.vault.markdown.budget import BUDGET, LINE_COST, affordable_lines

SECONDS = 15  # three times what the slowest of them takes on a slow machine that is busy
MANY = 1024 * 1024

HOSTILE = {
    "links": "[[" * (MANY // 2),
    "links by line": "[[\n" * (MANY // 3),
    "quotes": "> " * (MANY // 2),
    "quoted text": "> " * 90 + "a\n" + "a\n" * (MANY // 2),
    "lists": "- " * (MANY // 2),
    "items": "1. a\n" * (MANY // 5),
    "backticks": "`" * MANY,
    "spans": "` `` " * (MANY // 5),
    "comments": "%%" * (MANY // 2),
    "comments by line": "%%\n" * (MANY // 3),
    "bars": "|" * MANY,
    "bars by line": "|\n" * (MANY // 2),
    "hashes": "#" * MANY,
    "tags": "#a" * (MANY // 2),
    "dollars": "$x " * (MANY // 3),
    "labels": "[" * (MANY // 2) + "](" + "]" * (MANY // 2),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_mebibyte_of_marks_is_read_in_seconds(text: str) -> None:
    before = process_time()
    assert note(text).readable
    assert process_time() - before < SECONDS


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
