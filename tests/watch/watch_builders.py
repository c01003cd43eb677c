"""A vault under a watcher whose clocks stand in the test's hand."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Self

from cli_builders import small_vault

from vaultflow import flow
from vaultflow.flow.watch.rounds import Hands, Played, no_answers, play_round
from vaultflow.flow.watch.watched import Cause, Watched
from vaultflow.flow.watch.watching import Clocks, Watcher
from vaultflow.pipeline.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from vaultflow.disk.watching.status import Batch
    from vaultflow.flow.watch.rounds import Answering
    from vaultflow.flow.watch.watching import Doubt, Hear

DEFAULTS = Settings()
NOON = time_of_day(12)
TWO_PAGES = '[pages]\nenabled = ["daily", "stale"]\n'
"""Settings for a vault whose rounds are quick."""

MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)
REVIEW = "Reviews/2026-11-23 Pipeline review.md"
STALE = "Pipeline/Stale deals.md"


def at(path: str) -> PurePosixPath:
    return PurePosixPath(path)


def lead(stage: str = "Qualification", text: str = "") -> str:
    return f"---\ntype: lead\nstage: {stage}\ncreated: 2026-10-01\n---\n{text}\n"


def write(root: Path, name: str, text: str) -> None:
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="")


def pages_differ_from_fresh(root: Path, today: date = MONDAY) -> list[str]:
    """The pages that `vaultflow refresh` would write now: none when the watcher did its work."""
    workspace = flow.load(root, today=today)
    outcome = flow.plan_pages(workspace, flow.pages_to_refresh(workspace))
    return [str(change.path) for change in outcome.changes]


class Desk:
    """A small vault and what its watcher knows."""

    def __init__(self, root: Path, answering: Answering = no_answers, **notes: str) -> None:
        self.root = small_vault(root, **notes)
        write(root, "vaultflow.toml", TWO_PAGES)
        self.watched = Watched()
        self.today = MONDAY
        self.at_s = 1000.0
        self.hands = Hands(answer=answering)

    def play(self, *names: str, scan: bool = False, day_turns: bool = False) -> Played:
        """A round because of these files, or because of a scan."""
        cause = Cause(
            now=datetime.combine(self.today, NOON).astimezone(),
            at_s=self.at_s,
            paths=None if scan else frozenset(map(PurePosixPath, names)),
            day_turns=day_turns,
        )
        self.watched, played = play_round(self.watched, self.root, cause, self.hands)
        return played

    def start(self) -> Played:
        return self.play(scan=True)

    def later(self, seconds: float) -> None:
        self.at_s += seconds

    def write(self, name: str, text: str) -> None:
        write(self.root, name, text)

    def read(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")


class Clock:
    """Both clocks of a watcher, set by hand."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.monotonic_s = 50.0

    def clocks(self) -> Clocks:
        return Clocks(now=lambda: self.now, monotonic=lambda: self.monotonic_s)

    def go(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.monotonic_s += seconds


class FakeEar:
    """An ear that the test speaks into, or makes deaf."""

    def __init__(self, hear: Hear, doubt: Doubt) -> None:
        self.hear = hear
        self.doubt = doubt
        self.sound = False
        self.listened = 0
        self.trouble = ""

    def listen(self) -> bool:
        self.listened += 1
        self.sound = True
        return True

    def is_sound(self) -> bool:
        return self.sound

    def stop(self) -> None:
        self.sound = False


class Stand:
    """A watcher with a fake ear and fake clocks, stepped by hand."""

    def __init__(self, root: Path, now: datetime, settings: Settings = DEFAULTS) -> None:
        self.root = root
        if not (root / "vaultflow.toml").exists():
            write(root, "vaultflow.toml", TWO_PAGES)
        self.clock = Clock(now)
        self.reports: list[Batch] = []
        self.ears: list[FakeEar] = []
        self.watcher = Watcher(
            root, settings, self.clock.clocks(), self.reports.append, ear=self.make_ear
        )

    def make_ear(self, hear: Hear, doubt: Doubt) -> FakeEar:
        self.ears.append(FakeEar(hear, doubt))
        return self.ears[0]

    @property
    def ear(self) -> FakeEar:
        return self.ears[0]

    def go(self, seconds: float = 0.0) -> float:
        """Lets the time pass, then a step; gives for how long it would sleep."""
        self.clock.go(seconds)
        return self.watcher.step()

    def write(self, name: str, text: str) -> None:
        write(self.root, name, text)
        self.ear.hear(PurePosixPath(name))

    def reviews(self) -> list[str]:
        return sorted(file.name[:10] for file in (self.root / "Reviews").glob("*.md"))


LIMIT_S = 20.0
PROGRAM = (sys.executable, "-c", "from vaultflow.cli.main import main; main()")


def until(is_so: Callable[[], object], limit_s: float = LIMIT_S) -> None:
    """Waits for the condition, within the limit."""
    deadline = time.monotonic() + limit_s
    pause = threading.Event()
    while not is_so():
        assert time.monotonic() < deadline, "it never came to be so"
        pause.wait(0.02)


class Running:
    """A `vaultflow watch` in a process of its own, its lines of JSON as they come."""

    def __init__(self, root: Path, *words: str) -> None:
        self.batches: list[dict[str, Any]] = []
        self.process = subprocess.Popen(
            [*PROGRAM, "--vault", str(root), "--json", "watch", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.batches.append(json.loads(line))

    def __enter__(self) -> Self:
        until(lambda: self.batches or self.process.poll() is not None)
        return self

    def __exit__(self, *_: object) -> None:
        self.end(signal.SIGKILL)

    def end(self, number: int) -> int:
        """Sends the signal; gives the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait(LIMIT_S)
        self._reader.join(LIMIT_S)
        for stream in (self.process.stdout, self.process.stderr):
            assert stream
            stream.close()
        return code
