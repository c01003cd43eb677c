from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from cli_builders import ACME, run, small_vault, snapshot
from disk_builders import posix_only
from watch_builders import REVIEW, Running, lead, until, write

from vaultflow.cli.watching import batch_line, named
from vaultflow.disk.watching.status import Batch
from vaultflow.disk.writing.lock import watcher_lock
from vaultflow.flow.watch import watching

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_vault(tmp_path / "my vault")


def batch(**fields: object) -> Batch:
    plain = {"at": "2026-11-23T14:03:22+01:00", "seconds": 0.214, "leads": 3, "changed_count": 0}
    return Batch(**{**plain, **fields})  # type: ignore[arg-type]  # what a test says


def test_watch_once_brings_everything_up_to_date_and_ends(root: Path) -> None:
    ran = run(root, "watch", "--once")
    assert ran.exit_code == 0
    assert "3 leads in 4 files" in ran.stdout
    assert REVIEW in ran.stdout
    before = snapshot(root)
    assert "0 written" in run(root, "watch", "--once").stdout
    assert snapshot(root) == before


def test_watch_with_json_says_one_object_a_line(root: Path) -> None:
    ran = run(root, "watch", "--once", "--json")
    (line,) = ran.stdout.splitlines()
    told = json.loads(line)
    assert (told["leads"], told["is_start"], told["held"]) == (3, True, "")
    assert REVIEW in told["written"]


def test_what_is_in_the_way_goes_to_stderr(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "HOLD_S", 0.0)
    run(root, "watch", "--once")
    for note in root.glob("*.md"):
        note.unlink()
    ran = run(root, "watch", "--once")
    assert "warning: all 3 leads are gone" in ran.stderr
    assert "all 3 leads are gone" in run(root, "status").stdout


def test_watch_applies_answers(root: Path) -> None:
    run(root, "watch", "--once")
    review = root / REVIEW
    text = review.read_text(encoding="utf-8")
    at = text.index("next::", text.index("[[Acme"))
    review.write_text(f"{text[:at]}next:: Ring Jane{text[at + 6 :].replace('by::', 'by:: +3d', 1)}")
    told = json.loads(run(root, "watch", "--once", "--json").stdout)
    assert "Acme.md" in told["written"]
    assert "Ring Jane" in (root / "Acme.md").read_text(encoding="utf-8")


def test_status_says_whether_a_watcher_runs(root: Path) -> None:
    assert run(root, "status").stdout == "watcher         not running\n"
    run(root, "watch", "--once")
    with watcher_lock(root):
        ran = run(root, "status")
        told = run(root, "status", "--json").json
    assert f"running, process {os.getpid()}" in ran.stdout
    assert (told["running"], told["process"]) == (True, os.getpid())
    assert told["last"]["leads"] == 3


def test_a_batch_is_one_line() -> None:
    names = ("a.md", "b.md", "c.md", "d.md")
    line = batch_line(batch(changed_count=1204, changed=names, written=("Pipeline/x.md",)))
    assert line == (
        "14:03:22  1,204 changed (a.md, b.md, c.md, ...)  1 written (Pipeline/x.md)  0.21 s"
    )
    assert batch_line(batch(is_start=True)).startswith("14:03:22  3 leads in 0 files  0 written")
    assert named(0, "written", ()) == "0 written"


def test_service_shows_the_file_and_writes_nothing_unasked(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    ran = run(root, "service", "install")
    assert str(root) in ran.stderr
    assert "(not installed)" in ran.stdout
    assert "nothing was written" in ran.stderr
    assert not (tmp_path / "config").exists()
    assert "(not installed)" in run(root, "service", "status").stdout
    assert "(not installed)" in run(root, "service", "uninstall").stdout
    assert run(root, "service", "status", "--json").json["installed"] is False


def test_service_without_its_program_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    monkeypatch.setenv("PATH", "/nowhere")
    ran = run(root, "service", "install")
    assert ran.exit_code == 2
    assert "not on the PATH" in ran.stderr


@posix_only
def test_f13_a_running_watcher_answers_one_save_with_one_batch(root: Path) -> None:
    with Running(root, "--today", "2026-11-23") as running:
        write(root, "Acme.md", ACME.replace("12000", "15000"))
        until(lambda: len(running.batches) == 2)
        assert running.batches[1]["changed"] == ["Acme.md"]
        write(root, "Beta.md", lead("Meetings"))
        until(lambda: len(running.batches) == 3)
        assert running.batches[2]["changed"] == ["Beta.md"]
        assert "15,000" in (root / REVIEW).read_text(encoding="utf-8")


@posix_only
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly(root: Path, number: int) -> None:
    with Running(root) as running:
        assert running.end(number) == 0
        assert run(root, "status", "--json").json["running"] is False
        assert not list(root.rglob(".~vf-*"))


@posix_only
def test_f08_a_second_watcher_ends_with_8_and_the_number_of_the_first(root: Path) -> None:
    with Running(root) as first:
        ran = run(root, "watch")
        assert ran.exit_code == 8
        assert str(first.process.pid) in ran.stderr
        assert first.process.poll() is None


@posix_only
def test_f09_after_a_kill_the_next_watcher_starts_without_help(root: Path) -> None:
    with Running(root) as first:
        first.end(signal.SIGKILL)
    with Running(root) as second:
        assert second.batches
        assert run(root, "status", "--json").json["process"] == second.process.pid


@posix_only
def test_f15_a_running_watcher_finds_a_vault_that_was_replaced(root: Path) -> None:
    with Running(root) as running:
        root.rename(root.with_name("aside"))
        small_vault(root, **{"New one": lead()})
        until(lambda: any("New one.md" in told["changed"] for told in running.batches), 30)
        write(root, "Heard.md", lead())
        until(lambda: any("Heard.md" in told["changed"] for told in running.batches), 30)


@posix_only
def test_f34_a_running_watcher_ends_as_a_fresh_run_after_folders_come_and_go(root: Path) -> None:
    with Running(root, "--today", "2026-11-23") as running:
        for number in range(300):
            write(root, f"Burst/{number % 7}/Lead {number}.md", lead())
        (root / "Burst" / "3").rename(root / "Moved")
        subprocess.run(["rm", "-r", str(root / "Burst" / "4")], check=True)
        until(lambda: run(root, "refresh", "--dry-run").stdout == "", 30)
        assert running.process.poll() is None
