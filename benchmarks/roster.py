"""Who and what a generated vault is about: the names of its notes, folder by folder."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

TODAY = date(2026, 11, 23)
"""The day as of which a generated vault is written: a Monday."""

SPAN_DAYS = 3 * 365
"""How far back the oldest deals go."""

SHARES = {"Leads": 30, "Companies": 20, "People": 20, "Meetings": 10, "Daily": 5}
"""Percent of the notes, by folder; the rest are general notes."""

REST = "Notes"
SINGULAR = {"Companies": "Company", "People": "Person"}
NICKNAMES = {"Companies": "Co", "People": "P"}
"""Folders whose notes have an alias, and what the alias begins with."""


class Roster:
    """The names of a vault's notes, and days in its past.

    Args:
        notes: how many notes the vault has.
        random: where all chance comes from.
    """

    def __init__(self, notes: int, random: Random) -> None:
        self.names = names_of(notes)
        self.random = random

    def some(self, folder: str) -> str:
        """The name of some note of the folder."""
        names = self.names[folder]
        return self.random.choice(names) if names else "Nobody"

    def day(self, days_back: int) -> date:
        """A day at most so far in the past."""
        return TODAY - timedelta(days=self.random.randint(0, days_back))


def names_of(notes: int) -> Mapping[str, tuple[str, ...]]:
    """The names of so many notes, by folder."""
    counts = {folder: notes * share // 100 for folder, share in SHARES.items()}
    counts[REST] = notes - sum(counts.values())
    return {
        folder: tuple(name_of(folder, number, count) for number in range(count))
        for folder, count in counts.items()
    }


def name_of(folder: str, number: int, count: int) -> str:
    """The name of one of the folder's notes; a daily one's is its day, the last yesterday."""
    if folder == "Daily":
        return str(TODAY - timedelta(days=count - number))
    return f"{SINGULAR.get(folder, folder[:-1])} {number:06}"


def alias_of(folder: str, name: str) -> str:
    """What else the note is called: `Co 7` of `Company 000007`."""
    return f"{NICKNAMES[folder]} {int(name.rpartition(' ')[2])}"
