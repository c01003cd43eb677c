"""How long it takes until a deal is won or lost, with deals that are still open counted as such.

Deals that are won take a certain time; those that are still open have taken at least so long. To
look at the won ones alone would make all look quick. Losing is no "still open" either: it ends the
deal. So the share won by a day is the cumulative incidence of winning beside losing, by Aalen and
Johansen. Source: practice 3.7.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class End(StrEnum):
    """How the watching of a deal ended."""

    WON = "won"
    LOST = "lost"
    OPEN = "open"


class Duration(Struct, frozen=True, kw_only=True):
    """How long a deal was watched."""

    days: int
    end: End


class Step(Struct, frozen=True, kw_only=True):
    """The shares from one day on."""

    day: int
    won: float
    """0 to 1; `won`, `lost` and `open` add up to 1."""
    lost: float
    open: float


def incidence(durations: Iterable[Duration]) -> tuple[Step, ...]:
    """The shares won, lost and still open by each day on which a deal was won or lost.

    Of a day, deals that end then count before those that were only watched until then.
    """
    by_day: dict[int, Counter[End]] = defaultdict(Counter)
    for duration in durations:
        by_day[duration.days][duration.end] += 1
    at_risk = sum(counts.total() for counts in by_day.values())
    open_share, won, lost = 1.0, 0.0, 0.0
    steps: list[Step] = []
    for day in sorted(by_day):
        counts = by_day[day]
        if counts[End.WON] or counts[End.LOST]:
            won += open_share * counts[End.WON] / at_risk
            lost += open_share * counts[End.LOST] / at_risk
            open_share *= 1 - (counts[End.WON] + counts[End.LOST]) / at_risk
            steps.append(Step(day=day, won=won, lost=lost, open=open_share))
        at_risk -= counts.total()
    return tuple(steps)


def days_until_won(steps: Sequence[Step], share: float) -> int | None:
    """The first day by which that share of all deals is won; None when it is not reached."""
    return next((step.day for step in steps if step.won >= share), None)


def days_until_over(durations: Iterable[Duration], share: float) -> int | None:
    """The first day by which that share is over, however it ended; None when it is not reached.

    Kaplan and Meier's estimate: with a single way to end it is the same as the incidence.
    """
    steps = incidence(
        Duration(days=one.days, end=End.OPEN if one.end is End.OPEN else End.WON)
        for one in durations
    )
    return days_until_won(steps, share)
