"""How long it takes until a deal is over, and what has become of those that began together.

Source: practice 3.3, 3.7.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.history.course import CLOSED
from vaultflow.pipeline.measures.numbers.periods import Period, period_before, period_of
from vaultflow.pipeline.measures.numbers.survival import (
    Duration,
    End,
    Step,
    days_until_over,
    days_until_won,
    incidence,
)
from vaultflow.pipeline.measures.results.winning import WinRate, cohort, win_rate
from vaultflow.pipeline.settings import StageKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from vaultflow.pipeline.history.course import Course
    from vaultflow.pipeline.lead import Money
    from vaultflow.pipeline.measures.numbers.periods import Unit

MARKS = (30, 60, 90, 180, 365, 730)
HALF, MOST = 0.5, 0.8
_ENDS = {StageKind.WON: End.WON, StageKind.LOST: End.LOST}


class Closing(Struct, frozen=True, kw_only=True):
    """The shares of deals that were won, lost and still open so many days after they began."""

    deals: int
    open: int
    """Of these, those that are not over."""
    without_day: int
    """Left out: nothing tells on which day they began or ended."""
    marks: tuple[Step, ...]
    """By 30, 60, 90 days and so on, as far as any deal has been watched."""
    half_won: int | None
    """Days by which half of all deals are won; None when it never comes to half."""
    half_over: int | None
    """Days by which half are over, however they end."""
    most_over: int | None
    """The same for four of five."""


class Cohort(Struct, frozen=True, kw_only=True):
    """The deals that began in one period, and what has become of them."""

    period: Period
    deals: int
    rate: WinRate
    is_ripe: bool
    """Whether even the youngest has had the days in which four of five deals are over."""


def time_to_close(courses: Iterable[Course], today: date) -> Closing:
    """How long it takes from beginning to won or lost; open deals count as far as they are."""
    some = tuple(courses)
    durations = [one for course in some if (one := _duration(course, today))]
    steps = incidence(durations)
    longest = max((one.days for one in durations), default=-1)
    return Closing(
        deals=len(durations),
        open=sum(one.end is End.OPEN for one in durations),
        without_day=len(some) - len(durations),
        marks=tuple(_at(steps, mark) for mark in MARKS if mark <= longest),
        half_won=days_until_won(steps, HALF),
        half_over=days_until_over(durations, HALF),
        most_over=days_until_over(durations, MOST),
    )


def cohorts(
    courses: Sequence[Course],
    worth: Callable[[Course], Money | None],
    today: date,
    *,
    unit: Unit,
    fiscal_start: int,
    count: int,
) -> tuple[Cohort, ...]:
    """What has become of the deals that began in the last periods, the oldest first.

    Args:
        courses: the deals.
        worth: a deal's value in the one currency that sums are made in.
        today: the day.
        unit: how long a period is.
        fiscal_start: month in which the fiscal year begins.
        count: how many periods, with the running one.
    """
    ripe_after = time_to_close(courses, today).most_over
    periods = [period_of(today, unit, fiscal_start)]
    while len(periods) < count:
        periods.append(period_before(periods[-1], unit, fiscal_start))
    return tuple(_cohort(courses, period, worth, ripe_after, today) for period in reversed(periods))


def _cohort(
    courses: Sequence[Course],
    period: Period,
    worth: Callable[[Course], Money | None],
    ripe_after: int | None,
    today: date,
) -> Cohort:
    members = cohort(courses, period)
    age = (today - period.last).days
    return Cohort(
        period=period,
        deals=len(members),
        rate=win_rate(members, worth),
        is_ripe=ripe_after is not None and age >= ripe_after,
    )


def _duration(course: Course, today: date) -> Duration | None:
    """How long a deal was watched; None when the day is missing on which it began or ended."""
    end = _ENDS.get(course.outcome, End.OPEN)
    last = course.ended if course.outcome in CLOSED else today
    if course.began is None or last is None:
        return None
    return Duration(days=max((last - course.began).days, 0), end=end)


def _at(steps: Sequence[Step], day: int) -> Step:
    """The shares by that day."""
    known = [step for step in steps if step.day <= day]
    last = known[-1] if known else Step(day=0, won=0.0, lost=0.0, open=1.0)
    return Step(day=day, won=last.won, lost=last.lost, open=last.open)
