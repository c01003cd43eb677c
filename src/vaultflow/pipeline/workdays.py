"""Days that count: calendar days, or working days by weekday and holiday."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from vaultflow.pipeline.settings import WEEKDAYS

if TYPE_CHECKING:
    from vaultflow.pipeline.settings import ReviewSettings

_ALL_DAYS = frozenset(range(len(WEEKDAYS)))
_ONE_DAY = timedelta(days=1)


class WorkCalendar(Struct, frozen=True, kw_only=True):
    """On which days work is done."""

    weekdays: frozenset[int] = frozenset(range(5))
    """Of Monday 0 to Sunday 6."""
    holidays: frozenset[date] = frozenset()
    """Days off although their weekday is a working day."""


def work_calendar(
    settings: ReviewSettings, holidays: frozenset[date] = frozenset()
) -> WorkCalendar:
    """The calendar of the settings' working days and the given holidays.

    Week without a single working day: then every day is one, or no review would ever be due.
    """
    chosen = {name[:3].lower() for name in settings.working_days}
    weekdays = frozenset(day for day, name in enumerate(WEEKDAYS) if name in chosen)
    return WorkCalendar(weekdays=weekdays or _ALL_DAYS, holidays=holidays)


def monday_of(day: date) -> date:
    """The Monday on which the day's week begins."""
    return day - timedelta(days=day.weekday())


def is_working_day(day: date, calendar: WorkCalendar) -> bool:
    """Whether work is done on the day."""
    return day.weekday() in calendar.weekdays and day not in calendar.holidays


def next_working_day(day: date, calendar: WorkCalendar) -> date:
    """The first working day after the day."""
    while not is_working_day(day := day + _ONE_DAY, calendar):
        pass
    return day


def previous_working_day(day: date, calendar: WorkCalendar) -> date:
    """The last working day before the day."""
    while not is_working_day(day := day - _ONE_DAY, calendar):
        pass
    return day


def working_days_between(start: date, end: date, calendar: WorkCalendar) -> int:
    """Working days after `start` up to and with `end`; negative when `end` is before `start`."""
    if end < start:
        return -working_days_between(end, start, calendar)
    weeks, rest = divmod((end - start).days, len(WEEKDAYS))
    first_of_rest = start.weekday() + 1
    in_rest = sum((first_of_rest + step) % 7 in calendar.weekdays for step in range(rest))
    off = sum(
        start < day <= end and day.weekday() in calendar.weekdays for day in calendar.holidays
    )
    return weeks * len(calendar.weekdays) + in_rest - off


def working_days_in(first: date, last: date, calendar: WorkCalendar) -> int:
    """Working days from `first` to `last`, both counted."""
    return is_working_day(first, calendar) + working_days_between(first, last, calendar)


def days_between(
    start: date, end: date, count: Literal["calendar", "working"], calendar: WorkCalendar
) -> int:
    """Days from `start` to `end`, 0 on the same day, by calendar or by working days."""
    if count == "working":
        return working_days_between(start, end, calendar)
    return (end - start).days
