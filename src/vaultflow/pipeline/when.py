"""The day that a person means by a few words: `fri`, `2w`, `eom`, `3 dec`, `2026-12-01`."""

from __future__ import annotations

import calendar as months
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, TypeAlias

from vaultflow.pipeline.workdays import next_working_day, previous_working_day
from vaultflow.vault.frontmatter.values import read_date

if TYPE_CHECKING:
    from collections.abc import Callable

    from vaultflow.pipeline.workdays import WorkCalendar

Tense: TypeAlias = "Literal['ahead', 'any', 'past']"
"""Which days may be meant: from today on, any, or up to today. `past` also looks backwards for a
weekday or a day of the year: `fri` is then the last one."""

UNDERSTOOD = "2026-12-01, today, tomorrow, 3d, 2w, 1m, 3wd, fri, next mon, eow, eom, 3 dec"
"""What can be written, for hints."""

_WEEK = 7
_MONTHS_OF_YEAR = 12
_YEARS_TO_LEAP_DAY = 8  # 1896 to 1904: the longest that anybody waits for 29 February
_WORDS = {"today": 0, "tod": 0, "tomorrow": 1, "tom": 1, "yesterday": -1}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_UNITS = {
    spelled: unit
    for unit, spellings in {
        "d": "d day days",
        "w": "w week weeks",
        "m": "m month months",
        "y": "y year years",
        "wd": "wd workday workdays",
    }.items()
    for spelled in spellings.split()
}
_SPAN = re.compile(r"(?P<sign>in |[+-])? ?(?P<count>\d{1,4}) ?(?P<unit>[a-z]+)", re.ASCII)
_NEXT = re.compile(r"next (?P<word>[a-z]+)")
_YEAR = r"(?:,? (?P<year>\d{4}))?"
_DAY_FIRST = re.compile(
    rf"(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)? ?(?P<month>[a-z]+)\.?{_YEAR}", re.ASCII
)
_MONTH_FIRST = re.compile(
    rf"(?P<month>[a-z]+)\.? (?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)?{_YEAR}", re.ASCII
)
_LOOKS_ISO = re.compile(r"\d{4}-\d{1,2}-\d{1,2}", re.ASCII)


def read_when(
    text: str, today: date, calendar: WorkCalendar, *, tense: Tense = "ahead"
) -> tuple[date | None, str]:
    """The day that the text means, or None and what is wrong with it, as a sentence.

    Args:
        text: as typed, in any case; `docs/reference/when.md` has the whole grammar.
        today: the day that counts as today.
        calendar: the working days, for `3wd` and `eow`.
        tense: which days are allowed.
    """
    words = " ".join(text.lower().split())
    try:
        day = _read(words, today, calendar, tense)
    except (ValueError, OverflowError):
        return None, f'"{text.strip()}" is not a day of the calendar.'
    if day is None:
        return None, _not_understood(text.strip(), words)
    if tense == "ahead" and day < today:
        return None, f'"{text.strip()}" has passed: it was {_distance(day, today)}.'
    if tense == "past" and day > today:
        return None, f'"{text.strip()}" is still to come: it is {_distance(day, today)}.'
    return day, ""


def _read(words: str, today: date, calendar: WorkCalendar, tense: Tense) -> date | None:
    """The day, whichever side of today it lies on; None when the words are not understood.

    Raises:
        ValueError, OverflowError: the words are understood, but there is no such day.
    """
    if words in _WORDS:
        return today + timedelta(days=_WORDS[words])
    if words == "eow":
        return _end_of_week(today, calendar)
    if words == "eom":
        return _in_month(today.year, today.month, months.monthrange(today.year, today.month)[1])
    for read in (_iso_day, _weekday, _next, _day_of_year):
        if day := read(words, today, tense):
            return day
    return _span(words, today, calendar)


def _iso_day(words: str, _today: date, _tense: Tense) -> date | None:
    return read_date(words.upper())


def _weekday(words: str, today: date, tense: Tense) -> date | None:
    weekday = _index(words, _WEEKDAYS)
    if weekday is None:
        return None
    if tense == "past":
        return today - timedelta(days=(today.weekday() - weekday - 1) % _WEEK + 1)
    return today + timedelta(days=(weekday - today.weekday() - 1) % _WEEK + 1)


def _next(words: str, today: date, _tense: Tense) -> date | None:
    match = _NEXT.fullmatch(words)
    if not match:
        return None
    if match["word"] == "month":
        return _months_on(today.replace(day=1), 1)
    monday = today + timedelta(days=_WEEK - today.weekday())
    weekday = 0 if match["word"] == "week" else _index(match["word"], _WEEKDAYS)
    return None if weekday is None else monday + timedelta(days=weekday)


def _day_of_year(words: str, today: date, tense: Tense) -> date | None:
    match = _DAY_FIRST.fullmatch(words) or _MONTH_FIRST.fullmatch(words)
    month = _index(match["month"], _MONTHS) if match else None
    if not match or month is None:
        return None
    if match["year"]:
        return date(int(match["year"]), month + 1, int(match["day"]))
    step = -1 if tense == "past" else 1
    days = (
        date(year, month + 1, int(match["day"]))
        for year in range(today.year, today.year + step * (_YEARS_TO_LEAP_DAY + 1), step)
        if int(match["day"]) <= months.monthrange(year, month + 1)[1]
    )
    day = next((day for day in days if (day - today).days * step >= 0), None)
    if day is None:
        raise ValueError(words)
    return day


def _span(words: str, today: date, calendar: WorkCalendar) -> date | None:
    match = _SPAN.fullmatch(words)
    unit = _UNITS.get(match["unit"]) if match else None
    if not match or unit is None:
        return None
    count = int(match["count"]) * (-1 if match["sign"] == "-" else 1)
    match unit:
        case "d" | "w":
            return today + timedelta(days=count * (_WEEK if unit == "w" else 1))
        case "wd":
            return _working_days_on(today, count, calendar)
        case _:
            return _months_on(today, count * (_MONTHS_OF_YEAR if unit == "y" else 1))


def _working_days_on(day: date, count: int, calendar: WorkCalendar) -> date:
    step: Callable[[date, WorkCalendar], date] = (
        next_working_day if count > 0 else previous_working_day
    )
    for _ in range(abs(count)):
        day = step(day, calendar)
    return day


def _months_on(day: date, count: int) -> date:
    """The same day of another month; its last one when the month is too short."""
    year, month = divmod(day.year * _MONTHS_OF_YEAR + day.month - 1 + count, _MONTHS_OF_YEAR)
    return _in_month(year, month + 1, day.day)


def _in_month(year: int, month: int, day: int) -> date:
    first = date(year, month, 1)
    return first.replace(day=min(day, months.monthrange(year, month)[1]))


def _end_of_week(today: date, calendar: WorkCalendar) -> date:
    """The last working weekday of this week; of the next one when that has passed."""
    return today + timedelta(days=(max(calendar.weekdays) - today.weekday()) % _WEEK)


def _index(word: str, names: tuple[str, ...] | list[str]) -> int | None:
    """Which of the names the word begins, with three letters at least."""
    enough = len(word) >= len("mon")
    return next((at for at, name in enumerate(names) if enough and name.startswith(word)), None)


def _distance(day: date, today: date) -> str:
    match (day - today).days:
        case -1:
            return "yesterday"
        case 1:
            return "tomorrow"
        case days:
            return f"{-days} days ago" if days < 0 else f"in {days} days"


def _not_understood(text: str, words: str) -> str:
    if _LOOKS_ISO.fullmatch(words):
        return f'"{text}" is not a day of the calendar.'
    what = f'"{text}" is not understood' if text else "There is no day"
    return f"{what}: write one of {UNDERSTOOD}."
