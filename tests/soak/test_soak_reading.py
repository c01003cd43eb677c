"""A note that is made to be slow costs seconds, not minutes."""

from __future__ import annotations

from pathlib import PurePosixPath
from time import process_time

import pytest

from vaultflow.vault.reader import read_note

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
    assert read_note(PurePosixPath("a.md"), text.encode()).readable
    assert process_time() - before < SECONDS
