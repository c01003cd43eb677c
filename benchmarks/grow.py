"""All notes of a generated vault, folder by folder, and the vault that is written of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from bodies import Bodies
from deals import Deal, Deals
from history import commit_history
from roster import SPAN_DAYS, Roster, alias_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainNote:
    """A note that is no lead: begun on one day, and finished on another."""

    folder: str
    name: str
    begun: date
    finished: date
    front_matter: str
    body: str

    def text(self) -> str:
        """The note as it is now."""
        return self.front_matter + self.body

    def earlier(self) -> Iterator[tuple[date, str, str]]:
        """Day, name and text of its first half; nothing when it was written on one day."""
        if self.begun < self.finished:
            half = self.body.rfind("\n\n", 0, len(self.body) // 2) + 1
            yield self.begun, self.name, self.front_matter + self.body[:half]

    def last_day(self) -> date:
        """Since when it is as it is now."""
        return self.finished


class Generator:
    """The notes of one vault, everything drawn from one seeded source.

    Args:
        notes: how many there are.
        seed: the same seed gives the same bytes.
    """

    def __init__(self, notes: int, seed: int) -> None:
        self.random = Random(seed)
        self.roster = Roster(notes, self.random)
        self.bodies = Bodies(self.roster)
        self.deals = Deals(self.roster, self.bodies)

    def notes(self) -> Iterator[Deal | PlainNote]:
        """All notes, folder by folder."""
        for folder, names in self.roster.names.items():
            for name in names:
                is_lead = folder == "Leads"
                yield self.deals.deal(name) if is_lead else self.plain(folder, name)

    def plain(self, folder: str, name: str) -> PlainNote:
        """A note that is no lead."""
        begun, finished = sorted((self.roster.day(SPAN_DAYS), self.roster.day(SPAN_DAYS)))
        if folder == "Daily":
            begun = finished = date.fromisoformat(name)
        return PlainNote(
            folder=folder,
            name=name,
            begun=begun,
            finished=finished,
            front_matter=self.front_matter(folder, name),
            body=self.bodies.body(name),
        )

    def front_matter(self, folder: str, name: str) -> str:
        """The properties that a note of the folder has."""
        match folder:
            case "Meetings":
                who = self.roster.some("People")
                return f'---\ntype: meeting\ndate: {self.roster.day(200)}\nwith: "[[{who}]]"\n---\n'
            case "Companies" | "People":
                kind = {"Companies": "company", "People": "person"}[folder]
                return (
                    f"---\ntype: {kind}\naliases: [{alias_of(folder, name)}]\n"
                    f"size: {self.random.randint(1, 500)}\n---\n"
                )
            case _:
                return ""


def write_vault(root: Path, notes: int, seed: int, history_years: int = 0) -> int:
    """Writes a vault of so many notes into the folder; gives how many commits it has."""
    root.mkdir(parents=True, exist_ok=True)
    written = []
    for note in Generator(notes, seed).notes():
        file = root / note.folder / f"{note.name}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(note.text(), encoding="utf-8", newline="\n")
        if history_years:
            written.append(note)
    return commit_history(root, written, history_years) if history_years else 0
