"""Any order of edits and rounds: what the watcher knows is what a fresh look would see."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from watch_builders import REVIEW, Desk, lead, pages_differ_from_fresh

from vaultflow.disk.watching.live import DOUBT_S, LiveVault, look_at_all

NAMES = st.sampled_from(["Acme.md", "Beta.md", "Deals/One.md", "Deals/Two.md", "Other/Note.md"])
STAGES = st.sampled_from(["Qualification", "Meetings", "Proposals", "Won", "nonsense"])
FOLDERS = st.sampled_from(["Deals", "Other", "Moved"])


class Edited(RuleBasedStateMachine):
    """A vault that is edited, and a watcher that is told of it, or not."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.desk = Desk(self.folder / "vault")
        self.desk.start()
        self.told: set[str] = set()
        self.lines: list[str] = []

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @rule(name=NAMES, stage=STAGES)
    def save(self, name: str, stage: str) -> None:
        self.desk.write(name, lead(stage))
        self.told.add(name)

    @rule(name=NAMES, stage=STAGES)
    def save_by_rename(self, name: str, stage: str) -> None:
        self.desk.write(f"{name}.tmp", lead(stage, "[[Acme]]"))
        (self.desk.root / f"{name}.tmp").replace(self.desk.root / name)
        self.told.add(name)

    @rule(name=NAMES)
    def delete(self, name: str) -> None:
        (self.desk.root / name).unlink(missing_ok=True)
        self.told.add(name)

    @rule(name=NAMES)
    def truncate(self, name: str) -> None:
        if (self.desk.root / name).exists():
            self.desk.write(name, "")
            self.told.add(name)

    @rule(folder=FOLDERS, to=FOLDERS)
    def move_folder(self, folder: str, to: str) -> None:
        if (self.desk.root / folder).exists() and not (self.desk.root / to).exists():
            (self.desk.root / folder).rename(self.desk.root / to)
            self.told |= {folder, to}

    @rule()
    def forget_what_was_told(self) -> None:
        self.told.clear()

    @rule()
    @precondition(lambda self: (self.desk.root / REVIEW).exists())
    def write_into_the_review(self) -> None:
        line = f"My own line {len(self.lines)}."
        self.lines.append(line)
        self.desk.write(REVIEW, f"{self.desk.read(REVIEW)}\n{line}\n")
        self.told.add(REVIEW)

    @rule()
    @precondition(lambda self: (self.desk.root / REVIEW).exists())
    def tick_the_first_item(self) -> None:
        self.desk.write(REVIEW, self.desk.read(REVIEW).replace("- [ ]", "- [x]", 1))
        self.told.add(REVIEW)

    @rule()
    def round_of_what_was_told(self) -> None:
        self.desk.later(1)
        self.desk.play(*self.told)
        self.told.clear()

    @rule()
    def settle(self) -> None:
        for _ in range(4):
            self.desk.later(10)
            self.desk.play(scan=True)
        fresh = look_at_all(self.desk.root, LiveVault(), (), 0.0).live
        live = self.desk.watched.live
        assert {path: seen.note for path, seen in live.notes.items()} == {
            path: seen.note for path, seen in fresh.notes.items()
        }
        assert not live.doubts
        if self.desk.watched.held_since_s is None:
            assert pages_differ_from_fresh(self.desk.root) == []
        assert self.desk.play(scan=True).written == ()

    @invariant()
    def no_line_of_the_users_is_lost(self) -> None:
        text = self.desk.read(REVIEW)
        assert all(line in text for line in self.lines)


TestEdited = Edited.TestCase
TestEdited.settings = settings(
    max_examples=30,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
assert DOUBT_S < 10  # so that `settle` outlasts any doubt
