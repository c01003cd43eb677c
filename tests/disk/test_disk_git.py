"""A vault's git repository, read as it is: commits, renames, contents; never written."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

from vaultflow.disk.git import Repository

if TYPE_CHECKING:
    from collections.abc import Iterable


def git(root: Path, *arguments: str, day: str = "2026-11-01") -> str:
    moment = f"{day}T12:00:00+01:00"
    return subprocess.run(
        (
            "git",
            "-C",
            str(root),
            "-c",
            "user.name=Ann",
            "-c",
            "user.email=ann@example.com",
            *arguments,
        ),
        check=True,
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/bin", "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
        | {"HOME": str(root), "GIT_CONFIG_NOSYSTEM": "1"},
    ).stdout


def commit(root: Path, day: str, **notes: str) -> None:
    for name, text in notes.items():
        (root / f"{name}.md").write_text(text, encoding="utf-8")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", day, day=day)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet")
    return tmp_path


def told(repository: Repository | None, since: str = "") -> list[tuple[str, list[str]]]:
    assert repository is not None
    return [
        (str(one.day), [f"{change.old_path} {change.path}" for change in one.changes])
        for one in repository.commits(since)
    ]


def test_commits_are_told_newest_first_with_the_day_before_each(vault: Path) -> None:
    commit(vault, "2026-11-01", Acme="one\n")
    commit(vault, "2026-11-05", Acme="two\n")
    repository = Repository.open(vault)
    assert repository is not None
    newest, oldest = repository.commits()
    assert (newest.day, newest.day_before) == (date(2026, 11, 5), date(2026, 11, 1))
    assert (oldest.day, oldest.day_before) == (date(2026, 11, 1), None)
    (change,) = newest.changes
    assert change.path == PurePosixPath("Acme.md")
    contents = dict(repository.blobs([change.old_blob, change.blob, "0" * 39 + "1"]))
    assert contents == {change.old_blob: b"one\n", change.blob: b"two\n"}
    assert oldest.changes[0].old_blob == ""


def test_a_renamed_note_is_told_with_both_names(vault: Path) -> None:
    commit(vault, "2026-11-01", **{"Äcme no 1": "a long text that stays\n" * 9})
    (vault / "Äcme no 1.md").rename(vault / "Beta.md")
    commit(vault, "2026-11-02")
    assert told(Repository.open(vault))[0] == ("2026-11-02", ["Äcme no 1.md Beta.md"])


def test_a_deleted_note_and_other_files(vault: Path) -> None:
    commit(vault, "2026-11-01", Acme="one\n")
    (vault / "Acme.md").unlink()
    (vault / "photo.png").write_bytes(b"x")
    commit(vault, "2026-11-02")
    repository = Repository.open(vault)
    assert repository is not None
    (change,) = repository.commits()[0].changes
    assert (str(change.path), change.blob) == ("Acme.md", "")


def test_only_commits_after_the_one_that_is_known_are_told(vault: Path) -> None:
    commit(vault, "2026-11-01", Acme="one\n")
    first = git(vault, "rev-parse", "HEAD").strip()
    commit(vault, "2026-11-05", Acme="two\n")
    repository = Repository.open(vault)
    assert repository is not None
    assert repository.has(first)
    assert not repository.has("1" * 40)
    (only,) = repository.commits(first)
    assert only.day_before == date(2026, 11, 1)


def test_a_vault_below_the_top_of_its_repository_sees_its_own_notes(vault: Path) -> None:
    below = vault / "My vault"
    below.mkdir()
    commit(vault, "2026-11-01", Outside="x\n", **{"My vault/Inside": "y\n"})
    assert told(Repository.open(below)) == [("2026-11-01", ["Inside.md Inside.md"])]


def test_a_merge_tells_nothing_and_its_branches_do(vault: Path) -> None:
    commit(vault, "2026-11-01", Acme="one\n")
    trunk = git(vault, "rev-parse", "--abbrev-ref", "HEAD").strip()
    git(vault, "checkout", "--quiet", "-b", "phone")
    commit(vault, "2026-11-02", Beta="b\n")
    git(vault, "checkout", "--quiet", trunk)
    commit(vault, "2026-11-03", Acme="two\n")
    git(vault, "merge", "--quiet", "--no-edit", "phone", day="2026-11-04")
    days = [(day, len(changes)) for day, changes in told(Repository.open(vault))]
    assert days == [("2026-11-04", 0), ("2026-11-03", 1), ("2026-11-02", 1), ("2026-11-01", 1)]


def test_a_folder_without_repository_or_commit_has_no_past(tmp_path: Path) -> None:
    assert Repository.open(tmp_path) is None
    git(tmp_path, "init", "--quiet")
    assert Repository.open(tmp_path) is None


def test_without_git_there_is_no_past(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(vault, "2026-11-01", Acme="one\n")
    monkeypatch.setenv("PATH", "/nowhere")
    assert Repository.open(vault) is None


def files_of(root: Path) -> Iterable[tuple[str, int]]:
    return sorted((str(path), path.stat().st_mtime_ns) for path in root.rglob("*"))


def test_nothing_of_the_repository_is_run_and_nothing_is_written(vault: Path) -> None:
    commit(vault, "2026-11-01", Acme="one\n")
    mark = vault / "ran"
    for name in ("fsmonitor", "pager", "differ"):
        script = vault / name
        script.write_text(f"#!/bin/sh\ntouch {mark}\n", encoding="utf-8")
        script.chmod(0o755)
    git(vault, "config", "core.fsmonitor", str(vault / "fsmonitor"))
    git(vault, "config", "core.pager", str(vault / "pager"))
    git(vault, "config", "diff.external", str(vault / "differ"))
    before = files_of(vault)
    assert told(Repository.open(vault)) == [("2026-11-01", ["Acme.md Acme.md"])]
    assert files_of(vault) == before
    assert not mark.exists()
