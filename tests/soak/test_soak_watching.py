"""Minutes of random edits by three writers against a running watcher: `make soak`.

VAULTFLOW_SOAK_SECONDS says for how long (300), VAULTFLOW_SOAK_NOTES how large the vault is (2,000).
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from datetime import date
from pathlib import Path
from random import Random
from statistics import median

import pytest
from cli_builders import run, small_vault
from watch_builders import LIMIT_S, Running, lead, pages_differ_from_fresh, until

from vaultflow.disk.watching.live import LiveVault, look_at_all

SECONDS = float(os.environ.get("VAULTFLOW_SOAK_SECONDS", "300"))
NOTES = int(os.environ.get("VAULTFLOW_SOAK_NOTES", "2000"))
KILLS = 50
GENERATOR = Path(__file__).parents[2] / "benchmarks" / "generate.py"
TODAY = date(2026, 11, 23)
REVIEW = f"Reviews/{TODAY} Pipeline review.md"

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="reads /proc")


class Writer(threading.Thread):
    """Edits files of its own at random, and knows each line that it has written."""

    def __init__(self, root: Path, name: str, seed: int, stop: threading.Event) -> None:
        super().__init__(name=name, daemon=True)
        self.root = root
        self.random = Random(seed)  # noqa: S311  # to be repeated, not to be secret
        self.stop = stop
        self.lines: list[str] = []
        self.edits = 0

    def run(self) -> None:
        while not self.stop.wait(self.random.expovariate(4)):
            with suppress(FileNotFoundError):  # a page may be replaced while we look
                self.edit()
                self.edits += 1

    def edit(self) -> None:
        raise NotImplementedError

    def line(self) -> str:
        line = f"{self.name} wrote line {len(self.lines)}."
        self.lines.append(line)
        return line


class InPlace(Writer):
    """Truncates a note and writes it slowly, and adds lines of its own to the review."""

    def edit(self) -> None:
        notes = [self.root / f"People/Person {number:06}.md" for number in range(100)]
        review = self.root / REVIEW
        file = (
            review if review.exists() and self.random.random() < 0.2 else self.random.choice(notes)
        )
        text = file.read_text(encoding="utf-8")
        after = f"{text}\n{self.line()}\n"
        with file.open("w", encoding="utf-8") as handle:
            half = len(after) // 2
            handle.write(after[:half])
            handle.flush()
            self.stop.wait(self.random.choice((0.0, 0.0, 0.05, 0.3)))
            handle.write(after[half:])


class ByRename(Writer):
    """Saves leads as most editors do: a new file beside the old one, which takes its name."""

    def edit(self) -> None:
        file = self.root / f"Leads/Lead {self.random.randrange(100):06}.md"
        lines = file.read_text(encoding="utf-8").split("\n")
        stages = ("Qualification", "Meetings", "Proposals", "Closing", "Won", "Lost")
        lines = [
            f"stage: {self.random.choice(stages)}" if line.startswith("stage:") else line
            for line in lines
        ]
        fresh = file.with_name(f"{file.name}.tmp")
        fresh.write_text("\n".join([*lines, self.line(), ""]), encoding="utf-8")
        fresh.replace(file)


class Sync(Writer):
    """Brings and takes notes in bursts, and moves whole folders."""

    def edit(self) -> None:
        folder = self.root / "Synced" / str(self.random.randrange(4))
        match self.random.randrange(8):
            case 0 if folder.exists():
                folder.rename(self.root / "Synced" / f"moved {self.edits}")
            case 1:
                files = sorted((self.root / "Synced").rglob("Passing *.md"))
                for file in files[: len(files) // 2]:
                    file.unlink()
            case 2 | 3:
                folder.mkdir(parents=True, exist_ok=True)
                for number in range(self.random.randrange(5, 150)):
                    (folder / f"Passing {self.edits} {number}.md").write_text("Passing.\n")
            case _:
                folder.mkdir(parents=True, exist_ok=True)
                text = lead("Meetings", self.line())
                (folder / f"Lead {self.edits}.md").write_text(text, encoding="utf-8")


class Gauge(threading.Thread):
    """Memory and open files of a process, every second."""

    def __init__(self, process: int, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.process = Path("/proc") / str(process)
        self.stop = stop
        self.megabytes: list[float] = []
        self.open_files: list[int] = []

    def run(self) -> None:
        while not self.stop.wait(1):
            pages = int((self.process / "statm").read_text().split()[1])
            self.megabytes.append(pages * os.sysconf("SC_PAGE_SIZE") / 1e6)
            self.open_files.append(len(list((self.process / "fd").iterdir())))


def thirds(values: list[float]) -> tuple[float, float]:
    """The median of the second third and of the last: the first is the warm-up."""
    third = len(values) // 3
    return median(values[third : 2 * third]), median(values[-third:])


def test_soak_three_writers_and_a_watcher_end_as_a_fresh_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "vault"
    subprocess.run([sys.executable, GENERATOR, root, "--notes", str(NOTES)], check=True)
    (root / "vaultflow.toml").write_text("[review]\napply = true\n", encoding="utf-8")
    stop = threading.Event()
    with Running(root, "--today", str(TODAY)) as running:
        until(lambda: running.batches, 120)
        writers = [
            kind(root, kind.__name__, seed, stop)
            for seed, kind in enumerate((InPlace, ByRename, Sync))
        ]
        gauge = Gauge(running.process.pid, stop)
        for thread in (*writers, gauge):
            thread.start()
        stop.wait(SECONDS)
        stop.set()
        for thread in (*writers, gauge):
            thread.join(LIMIT_S)
        stopped = time.monotonic()
        until(lambda: not pages_differ_from_fresh(root, TODAY), 120)
        settled_s = time.monotonic() - stopped
        assert running.process.poll() is None
        assert running.end(signal.SIGTERM) == 0
    everything = "\n".join(file.read_text(encoding="utf-8") for file in root.rglob("*.md")) + "\n"
    missing = [line for writer in writers for line in writer.lines if f"{line}\n" not in everything]
    memory, files = thirds(gauge.megabytes), thirds([*map(float, gauge.open_files)])
    troubles = {line for told in running.batches for line in told["troubles"]}
    with capsys.disabled():
        print(  # noqa: T201  # the figures are what a soak is for
            f"\n{SECONDS:.0f} s, {sum(writer.edits for writer in writers)} edits,"
            f" {len(running.batches)} batches, {sum(map(len, (w.lines for w in writers)))} lines,"
            f" {len(missing)} missing; settled after {settled_s:.1f} s;"
            f" memory {memory[0]:.0f} -> {memory[1]:.0f} MB,"
            f" open files {files[0]:.0f} -> {files[1]:.0f}; troubles: {len(troubles)}"
        )
        for line in sorted(troubles)[:10]:
            print(f"  {line}")  # noqa: T201  # same
    assert missing == []
    assert memory[1] <= memory[0] * 1.2 + 20
    assert files[1] <= files[0] + 2


def test_f09_fifty_kills_leave_whole_pages_and_no_lock(tmp_path: Path) -> None:
    root = small_vault(tmp_path / "vault")
    random = Random(1)  # noqa: S311  # same
    for number in range(KILLS):
        with Running(root, "--today", str(TODAY)) as running:
            (root / "Beta.md").write_text(lead("Meetings", f"Edit {number}"), encoding="utf-8")
            threading.Event().wait(random.random() / 4)
            running.end(signal.SIGKILL)
    assert run(root, "watch", "--once").exit_code == 0
    assert run(root, "refresh", "--dry-run").stdout == ""


@pytest.mark.skipif(
    not os.access("/proc/sys/fs/inotify/max_queued_events", os.W_OK), reason="needs root"
)
def test_f14_after_an_overflow_everything_is_known_within_thirty_seconds(tmp_path: Path) -> None:
    limit = Path("/proc/sys/fs/inotify/max_queued_events")
    before = limit.read_text()
    root = small_vault(tmp_path / "vault")
    try:
        limit.write_text("64")
        with Running(root, "--today", str(TODAY)) as running:
            for number in range(5000):
                (root / f"Note {number}.md").write_text("x\n")
            (root / "Last.md").write_text(lead("Meetings"), encoding="utf-8")
            until(lambda: not pages_differ_from_fresh(root, TODAY), 30)
            count = len(look_at_all(root, LiveVault(), (), 0.0).live.notes)
            assert count > 5000
            assert running.process.poll() is None
    finally:
        limit.write_text(before)
