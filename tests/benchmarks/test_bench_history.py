from __future__ import annotations

import subprocess
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from bench_builders import small_vault, texts
from grow import Generator
from history import edits_of, moment_of
from roster import TODAY

if TYPE_CHECKING:
    from pathlib import Path

LONG_AGO = date(2000, 1, 1)


def git(root: Path, *words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=root, capture_output=True, text=True, check=True
    ).stdout


def test_a_history_does_not_change_the_vault(tmp_path: Path) -> None:
    plain = small_vault(tmp_path / "plain")
    assert texts(small_vault(tmp_path / "grown", history_years=3)) == texts(plain)


def test_the_last_commit_is_the_vault(tmp_path: Path) -> None:
    root = small_vault(tmp_path / "vault", history_years=3)
    assert git(root, "status", "--porcelain") == ""


def test_the_same_seed_gives_the_same_commits(tmp_path: Path) -> None:
    first = small_vault(tmp_path / "first", history_years=3)
    second = small_vault(tmp_path / "second", history_years=3)
    assert git(first, "rev-parse", "HEAD") == git(second, "rev-parse", "HEAD")


def test_a_history_holds_new_stages_new_values_and_renames(tmp_path: Path) -> None:
    root = small_vault(tmp_path / "vault", history_years=3)
    changes = git(root, "log", "-p", "--unified=0", "--diff-filter=M", "--", "Leads")
    assert "\n-stage: " in changes
    assert "\n-value: " in changes
    assert "(first talk).md" in git(root, "log", "--name-status", "--format=")


def test_a_shorter_history_begins_later(tmp_path: Path) -> None:
    root = small_vault(tmp_path / "vault", history_years=1)
    first = git(root, "log", "--format=%cs").splitlines()[-1]
    assert "2025-11-23" <= first <= "2025-12-31"


def test_nothing_is_committed_at_a_weekend() -> None:
    assert moment_of(date(2026, 11, 21), "Leads/Lead 000001").date() == TODAY


def test_what_is_done_today_is_committed_before_anything_else_is() -> None:
    assert moment_of(TODAY, "Leads/Lead 000001") == datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_the_last_edit_of_a_note_gives_what_it_is_now() -> None:
    for note in Generator(50, seed=3).notes():
        edits = list(edits_of(note, LONG_AGO))
        assert edits[-1][1].text == note.text()
        assert [moment for moment, _ in edits] == sorted({moment for moment, _ in edits})


def test_some_deals_are_opened_again() -> None:
    deals = [note for note in Generator(400, seed=1).notes() if hasattr(note, "course")]
    stages = [[step.stage for step in deal.course[:-1]] for deal in deals]
    assert any({"Lost", "Parked"} & set(before) for before in stages)
