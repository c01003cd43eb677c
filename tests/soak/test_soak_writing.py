"""The long form of the races and kills: `make soak`. The short one stands in tests/disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from disk_builders import posix_only
from kill_builders import kill_writers
from race_builders import SAVES, leftovers, line, lines_anywhere, lines_in_note, race

if TYPE_CHECKING:
    from pathlib import Path

QUIET = 0.01
PEOPLES_QUIET = 0.3  # as VaultFlow has it


@posix_only
def test_f07_of_three_thousand_updates_by_three_vaultflows_none_is_lost(tmp_path: Path) -> None:
    roles = ["vaultflow-1", "vaultflow-2", "vaultflow-3"]
    race(tmp_path, QUIET, 1000, roles)
    expected = {line(who, number) for who in roles for number in range(1000)}
    assert sorted(lines_in_note(tmp_path)[1:]) == sorted(expected)
    assert leftovers(tmp_path) == []


@posix_only
@pytest.mark.parametrize("editor", SAVES)
def test_f05_f06_of_three_thousand_updates_no_line_of_the_persons_is_lost(
    tmp_path: Path, editor: str
) -> None:
    race(tmp_path, QUIET, 1000, [editor, "vaultflow-1", "vaultflow-2"])
    assert {line(editor, number) for number in range(1000)} <= lines_anywhere(tmp_path)
    assert leftovers(tmp_path) == []


@posix_only
@pytest.mark.parametrize("editor", SAVES)
def test_f05_f06_at_a_persons_pace_hardly_a_line_of_ours_is_saved_over(
    tmp_path: Path, editor: str
) -> None:
    race(tmp_path, PEOPLES_QUIET, 80, [editor, "vaultflow"])
    found = lines_anywhere(tmp_path)
    ours = {line("vaultflow", number) for number in range(80)}
    assert {line(editor, number) for number in range(80)} <= found
    # An editor that reads, and then replaces unseen what came between, is beyond us.
    assert len(ours - found) <= (0 if editor == "through" else 2)


@posix_only
def test_f01_a_thousand_kills_tear_no_file(tmp_path: Path) -> None:
    kill_writers(tmp_path, kills=1000)
