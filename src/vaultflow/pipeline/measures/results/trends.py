"""How many touches there were week by week, by channel and by who reached out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.lead import Direction
from vaultflow.pipeline.practice.following.effort import effort_touches
from vaultflow.pipeline.workdays import monday_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vaultflow.pipeline.lead import Lead, Touch

WEEKS = 8  # two months: a trend shows, and a line of a phone holds it
WEEK = 7


class Trend(Struct, frozen=True, kw_only=True):
    """One kind of touches, week by week."""

    name: str
    weeks: tuple[int, ...]
    """Touches of each week from Monday on, oldest first; the last one is not over yet."""

    @property
    def total(self) -> int:
        """Of all weeks."""
        return sum(self.weeks)


def touch_trends(leads: Iterable[Lead], today: date) -> tuple[Trend, ...]:
    """All touches with leads, then each channel, the busiest first, then those in and out.

    A touch that tells of several leads counts once.
    """
    touches = touches_apart(leads)
    channels = sorted({touch.kind for touch in touches})
    by_channel = [
        _trend(kind, (one for one in touches if one.kind is kind), today) for kind in channels
    ]
    by_direction = [
        _trend(direction, (one for one in touches if one.direction is direction), today)
        for direction in Direction
    ]
    busiest = sorted(by_channel, key=lambda trend: (-trend.total, trend.name))
    return (
        _trend("all", touches, today),
        *(trend for trend in busiest if trend.total),
        *(trend for trend in by_direction if trend.total),
    )


def touches_apart(leads: Iterable[Lead]) -> tuple[Touch, ...]:
    """The touches that took work, each once, by note and line."""
    apart = {(touch.path, touch.line): touch for lead in leads for touch in effort_touches(lead)}
    return tuple(apart[place] for place in sorted(apart))


def _trend(name: str, touches: Iterable[Touch], today: date) -> Trend:
    monday = monday_of(today)
    weeks = [0] * WEEKS
    for touch in touches:
        back = (monday - touch.day + timedelta(days=WEEK - 1)).days // WEEK
        if 0 <= back < WEEKS:
            weeks[WEEKS - 1 - back] += 1
    return Trend(name=str(name), weeks=tuple(weeks))
