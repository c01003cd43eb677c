"""Whether what the leads ask for this week can be done at all, and what would be left."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.practice.following.cadence import cadence_of
from vaultflow.pipeline.workdays import working_days_in

if TYPE_CHECKING:
    from datetime import date

    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.pipeline.standing import Standing

_SUNDAY = 6


class Wish(Struct, frozen=True, kw_only=True):
    """A lead that asks for touches this week."""

    standing: Standing
    touches: int
    """From today to Sunday, by its cadence; what is late counts as one, today."""
    late: int
    """Days beyond its cadence; 0 when it falls due today or later."""


class Demand(Struct, frozen=True, kw_only=True):
    """What is asked for from today to Sunday beside what can be done."""

    wishes: tuple[Wish, ...]
    """By path."""
    capacity: int
    """Touches a day times the working days that are left, today counted."""
    undated: int
    """Open leads without a touch or a day of creation: nobody can tell when they are due."""

    @property
    def touches(self) -> int:
        """All that is asked for."""
        return sum(wish.touches for wish in self.wishes)

    @property
    def overload(self) -> int:
        """Touches more than can be done; 0 when all fit."""
        return max(self.touches - self.capacity, 0)


def measure_demand(pipeline: Pipeline) -> Demand:
    """What the open leads ask for until Sunday, by their cadence."""
    today = pipeline.today
    sunday = today + timedelta(days=_SUNDAY - today.weekday())
    days = working_days_in(today, sunday, pipeline.calendar)
    open_ones = [one for one in pipeline.standings if one.is_open and one.lead.readable]
    found = (_wish(standing, sunday, pipeline) for standing in open_ones)
    return Demand(
        wishes=tuple(wish for wish in found if wish),
        capacity=max(pipeline.settings.review.touches_a_day, 0) * days,
        undated=sum(one.idle_since is None for one in open_ones),
    )


def fitting(ranked: tuple[Wish, ...], capacity: int) -> int:
    """How many leads at the head of the list can be touched; what follows would slip."""
    left = capacity
    for place, wish in enumerate(ranked):
        left -= wish.touches
        if left < 0:
            return place
    return len(ranked)


def _wish(standing: Standing, sunday: date, pipeline: Pipeline) -> Wish | None:
    every, _ = cadence_of(standing.lead, pipeline)
    if not every or standing.idle_since is None:
        return None
    due = standing.idle_since + timedelta(days=every)
    first = max(due, pipeline.today)
    if first > sunday:
        return None
    return Wish(
        standing=standing,
        touches=1 + (sunday - first).days // every,
        late=max((pipeline.today - due).days, 0),
    )
