"""Several programs write to one note at one time. The long form stands in tests/soak."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from disk_builders import posix_only
from race_builders import leftovers, line, lines_anywhere, lines_in_note, race

if TYPE_CHECKING:
    from pathlib import Path

QUIET = 0.01  # so that the races are many: what people have is thirty times longer
UPDATES = 100


@posix_only
def test_f07_of_two_vaultflows_no_update_is_lost(tmp_path: Path) -> None:
    race(tmp_path, QUIET, UPDATES, ["vaultflow-1", "vaultflow-2", "vaultflow-3"])
    expected = {line(f"vaultflow-{who}", number) for who in (1, 2, 3) for number in range(UPDATES)}
    assert sorted(lines_in_note(tmp_path)[1:]) == sorted(expected)
    assert leftovers(tmp_path) == []


@posix_only
@pytest.mark.parametrize("editor", ["truncating", "renaming"])
def test_f05_f06_of_an_editor_and_vaultflow_no_line_of_the_persons_is_lost(
    tmp_path: Path, editor: str
) -> None:
    race(tmp_path, QUIET, UPDATES, [editor, "vaultflow"])
    assert {line(editor, number) for number in range(UPDATES)} <= lines_anywhere(tmp_path)
    assert leftovers(tmp_path) == []


@posix_only
def test_f05_an_editor_that_reads_what_it_replaces_loses_none_of_ours(tmp_path: Path) -> None:
    race(tmp_path, QUIET, UPDATES, ["through", "vaultflow-1", "vaultflow-2"])
    expected = {
        line(who, number)
        for who in ("through", "vaultflow-1", "vaultflow-2")
        for number in range(UPDATES)
    }
    assert expected <= lines_anywhere(tmp_path)
