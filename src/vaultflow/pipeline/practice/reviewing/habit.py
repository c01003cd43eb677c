"""The habit of reviewing: how often, how evenly, and in bursts or each working day.

Only working days are asked for: a weekend or a holiday breaks no streak and is no gap. Today counts
once it has been reviewed; until then it is not over, and is held against nobody.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.lead import TouchKind
from vaultflow.pipeline.workdays import (
    is_working_day,
    previous_working_day,
    working_days_between,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from vaultflow.pipeline.standing import Standing
    from vaultflow.pipeline.workdays import WorkCalendar

LOOK_BACK = 60  # working days, a quarter: what lies longer ago says little about a habit
FEW, MANY = 5, 20  # working days: a week and a month
BURST_LEADS = 10  # more than anybody reviews in a day's five minutes
BURST_AFTER = 7  # idle working days
ENOUGH_DAYS = 10  # working days: before two weeks are over, nothing is called a habit
ONE_DAY = timedelta(days=1)


class Habit(Struct, frozen=True, kw_only=True):
    """How often the pipeline is reviewed. Made by `measure_habit`."""

    last_review: date | None
    """Today's, once there is one; None when there never was a review."""
    is_done_today: bool
    before_today: date | None
    """The last review before today."""
    gap: int | None
    """Working days from that one up to today: 1 when none was left out."""
    missed: int | None
    """Working days without a review since then, today left out."""
    in_5: int
    """Reviewed of the last five working days."""
    in_20: int
    """Reviewed of the last twenty working days."""
    streak: int
    """Working days reviewed in a row up to now."""
    longest: int
    """The longest such row of the last sixty working days."""


class Haphazard(Struct, frozen=True, kw_only=True):
    """How unevenly the pipeline is looked at. Made by `measure_haphazard`."""

    working_days: int
    """Since the first review, at most sixty: what is counted here."""
    reviewed: int
    """How many of them were."""
    longest_gap: int
    """The most working days from one review to the next, or to today."""
    gap_variance: float | None
    """Of these gaps, in working days squared; None for fewer than two."""
    looks: int
    """Leads touched or reviewed, counted once a day each."""
    in_bursts: int
    """How many of them on a day of ten or more, after seven or more idle working days."""
    is_known: bool
    """Whether there are enough days to say anything."""
    is_haphazard: bool
    """Fewer than half of the days were reviewed, or half of the looks or more came in bursts."""


def measure_habit(days: frozenset[date], today: date, calendar: WorkCalendar) -> Habit:
    """The habit of who has reviewed on these days; days to come are left out."""
    last = max((day for day in days if day <= today), default=None)
    before = max((day for day in days if day < today), default=None)
    window = recent_working_days(days, today, calendar)
    return Habit(
        last_review=last,
        is_done_today=today in days,
        before_today=before,
        gap=None if before is None else working_days_between(before, today, calendar),
        missed=None if before is None else working_days_between(before, today - ONE_DAY, calendar),
        in_5=len(days.intersection(window[:FEW])),
        in_20=len(days.intersection(window[:MANY])),
        streak=next(rows(window, days), 0),
        longest=max(rows(window, days), default=0),
    )


def recent_working_days(
    days: frozenset[date], today: date, calendar: WorkCalendar
) -> Sequence[date]:
    """The last sixty working days, newest first; today is one of them once it was reviewed."""
    counts_today = today in days and is_working_day(today, calendar)
    window = [today if counts_today else previous_working_day(today, calendar)]
    while len(window) < LOOK_BACK:
        window.append(previous_working_day(window[-1], calendar))
    return window


def rows(window: Sequence[date], days: frozenset[date]) -> Iterator[int]:
    """The lengths of the rows of reviewed days, newest first; the first is 0 after a day without.

    Each day without a review ends a row, so that of two such days in a row one is 0 long.
    """
    length = 0
    for day in window:
        if day in days:
            length += 1
        else:
            yield length
            length = 0
    yield length


def looks_by_day(standings: Iterable[Standing]) -> Mapping[date, int]:
    """How many leads were touched or reviewed on each day."""
    looks: dict[date, int] = {}
    for standing in standings:
        lead = standing.lead
        touched = {touch.day for touch in lead.touches if touch.kind is not TouchKind.FIELD}
        for day in touched.union(lead.review_days):
            looks[day] = looks.get(day, 0) + 1
    return looks


def measure_haphazard(
    days: frozenset[date], looks: Mapping[date, int], today: date, calendar: WorkCalendar
) -> Haphazard:
    """How evenly somebody works who has reviewed on these days.

    Args:
        days: with a review.
        looks: how many leads were touched or reviewed, by day.
        today: the last day that counts.
        calendar: which days are working days.
    """
    window = recent_working_days(days, today, calendar)
    reviewed = sorted(day for day in days if window[-1] <= day <= today)
    counted = [day for day in window if reviewed and day >= reviewed[0]]
    until = [*reviewed, *(() if today in days else (today,))]
    gaps = [working_days_between(*pair, calendar) for pair in pairwise(until)]
    known = {day: count for day, count in looks.items() if day <= today}
    recent = {day: count for day, count in known.items() if day >= window[-1]}
    in_bursts = sum(recent[day] for day in burst_days(known, calendar) if day in recent)
    done, all_looks = len(days.intersection(counted)), sum(recent.values())
    is_known = len(counted) >= ENOUGH_DAYS
    is_uneven = 2 * done < len(counted) or (in_bursts > 0 and 2 * in_bursts >= all_looks)
    return Haphazard(
        working_days=len(counted),
        reviewed=done,
        longest_gap=max(gaps, default=0),
        gap_variance=variance(gaps) if len(gaps) > 1 else None,
        looks=all_looks,
        in_bursts=in_bursts,
        is_known=is_known,
        is_haphazard=is_known and is_uneven,
    )


def variance(numbers: Sequence[int]) -> float:
    """The mean square of what the numbers differ from their mean by."""
    mean = sum(numbers) / len(numbers)
    return sum((number - mean) ** 2 for number in numbers) / len(numbers)


def burst_days(looks: Mapping[date, int], calendar: WorkCalendar) -> tuple[date, ...]:
    """The days on which many leads were looked at after many idle working days.

    The first day of all is none: what came before it is not known.
    """
    return tuple(
        day
        for before, day in pairwise(sorted(looks))
        if looks[day] >= BURST_LEADS
        and working_days_between(before, day - ONE_DAY, calendar) >= BURST_AFTER
    )
