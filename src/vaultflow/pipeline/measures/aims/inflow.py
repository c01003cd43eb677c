"""New leads by week, how they came, and whether the effort goes into new ones at all."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.lead import TouchKind
from vaultflow.pipeline.measures.numbers.ratio import Ratio, ratio
from vaultflow.pipeline.workdays import monday_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vaultflow.pipeline.lead import Lead

WEEK = timedelta(days=7)
WEEKS = 12  # a quarter, and as many bars as a phone shows
NEW_DAYS = 30
"""So long a lead is new: what goes into it is prospecting."""
OUTBOUND = "outbound"
NO_CONTACT = frozenset({TouchKind.FIELD, TouchKind.NOTE, TouchKind.STAGE, TouchKind.REVIEW})
"""Lines and fields that tell of no contact."""


class Week(Struct, frozen=True, kw_only=True):
    """New leads of a week."""

    monday: date
    new: int


class Inflow(Struct, frozen=True, kw_only=True):
    """How steadily new leads come."""

    weeks: tuple[Week, ...]
    """Twelve that are over, oldest first; fewer when the first lead is younger."""
    this_week: int
    """So far."""
    undated: int
    """Leads that do not say when they came up: in no week."""

    @property
    def zero_weeks(self) -> int:
        """The weeks without a new lead."""
        return sum(not week.new for week in self.weeks)

    @property
    def dry_weeks(self) -> int:
        """The weeks without a new lead in a row up to now; a lead of this week ends the row."""
        if self.this_week:
            return 0
        ends = (number for number, week in enumerate(reversed(self.weeks)) if week.new)
        return next(ends, len(self.weeks))


def measure_inflow(leads: Iterable[Lead], today: date) -> Inflow:
    """The new leads of the twelve weeks before this one, and of this one so far."""
    created = [lead.created for lead in leads]
    days = [day for day in created if day and day <= today]
    monday = monday_of(today)
    count = Counter(map(monday_of, days))
    mondays = [monday - WEEK * ago for ago in range(WEEKS, 0, -1)]
    first = min(count, default=monday)
    return Inflow(
        weeks=tuple(Week(monday=day, new=count[day]) for day in mondays if day >= first),
        this_week=count[monday],
        undated=created.count(None),
    )


def source_mix(leads: Iterable[Lead], since: date, today: date) -> tuple[Mapping[str, int], int]:
    """How new leads came to us, by kind, most first; and how many do not say.

    Of the leads that came up from one day to the other.
    """
    kinds: Counter[str] = Counter()
    silent = 0
    for lead in leads:
        if lead.created is None or not since <= lead.created <= today:
            continue
        said = lead.said.get("source_kind")
        if said:
            kinds[said.text.strip().casefold()] += 1
        else:
            silent += 1
    return dict(sorted(kinds.items(), key=lambda one: (-one[1], one[0]))), silent


def touches_on_new(leads: Sequence[Lead], since: date, today: date) -> tuple[Ratio, int]:
    """The share of touches that went into leads not older than 30 days on the day of the touch.

    Also gives how many touches are in leads that do not say when they came up: in no share.
    """
    on_new = on_old = unknown = 0
    for lead in leads:
        for touch in lead.touches:
            if touch.kind in NO_CONTACT or not since <= touch.day <= today:
                continue
            if lead.created is None:
                unknown += 1
            elif (touch.day - lead.created).days < NEW_DAYS:
                on_new += 1
            else:
                on_old += 1
    return ratio(on_new, on_new + on_old), unknown
