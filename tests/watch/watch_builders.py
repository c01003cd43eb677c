"""A vault under a watcher whose clocks stand in the test's hand."""

from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from cli_builders import small_vault

from vaultflow import flow
from vaultflow.flow.rounds import Played, no_answers, play_round
from vaultflow.flow.watched import Cause, Watched

if TYPE_CHECKING:
    from pathlib import Path

    from vaultflow.flow.rounds import Answering

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
        self.watched = Watched()
        self.today = MONDAY
        self.at_s = 1000.0
        self.answering = answering

    def play(self, *names: str, scan: bool = False, day_turns: bool = False) -> Played:
        """A round because of these files, or because of a scan."""
        cause = Cause(
            today=self.today,
            at_s=self.at_s,
            paths=None if scan else frozenset(map(PurePosixPath, names)),
            day_turns=day_turns,
        )
        self.watched, played = play_round(self.watched, self.root, cause, self.answering)
        return played

    def start(self) -> Played:
        return self.play(scan=True)

    def later(self, seconds: float) -> None:
        self.at_s += seconds

    def write(self, name: str, text: str) -> None:
        write(self.root, name, text)

    def read(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")
