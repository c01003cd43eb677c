"""Months, quarters and years, calendar or fiscal; days belong to exactly one of each."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, TypeAlias

from msgspec import Struct

Unit: TypeAlias = Literal["month", "quarter", "year"]
_MONTHS: dict[Unit, int] = {"month": 1, "quarter": 3, "year": 12}
_ONE_DAY = timedelta(days=1)


class Period(Struct, frozen=True, kw_only=True):
    """A span of days, both ends counted."""

    name: str
    """`2026-11`, `2026 Q4`, `FY2027 Q1`, `2026`."""
    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


def period_of(day: date, unit: Unit, fiscal_start: int = 1) -> Period:
    """The period in which the day lies.

    Args:
        day: the day.
        unit: how long a period is.
        fiscal_start: month in which the fiscal year begins, 1 to 12; months are calendar months.
    """
    months = _MONTHS[unit]
    this_month = day.replace(day=1)
    if unit == "month":
        return _period(f"{day:%Y-%m}", this_month, months)
    first = _shifted(this_month, -((day.month - fiscal_start) % months))
    year = fiscal_year(day, fiscal_start)
    name = f"{year}" if fiscal_start == 1 else f"FY{year}"
    quarter = f" Q{fiscal_quarter(day, fiscal_start)}" if unit == "quarter" else ""
    return _period(f"{name}{quarter}", first, months)


def period_after(period: Period, unit: Unit, fiscal_start: int = 1) -> Period:
    """The period that follows."""
    return period_of(period.last + _ONE_DAY, unit, fiscal_start)


def period_before(period: Period, unit: Unit, fiscal_start: int = 1) -> Period:
    """The period before."""
    return period_of(period.first - _ONE_DAY, unit, fiscal_start)


def last_days(last: date, count: int) -> Period:
    """So many days up to and with that one."""
    first = last - timedelta(days=count - 1)
    return Period(name=f"{first} to {last}", first=first, last=last)


def as_long_before(period: Period) -> Period:
    """The span of as many days right before."""
    return last_days(period.first - _ONE_DAY, period.days)


def fiscal_year(day: date, fiscal_start: int) -> int:
    """The fiscal year, named by the calendar year in which it ends. Source: practice 3.17."""
    return day.year + 1 if fiscal_start > 1 and day.month >= fiscal_start else day.year


def fiscal_quarter(day: date, fiscal_start: int) -> int:
    """1 to 4."""
    return (day.month - fiscal_start) % 12 // 3 + 1


def _period(name: str, first: date, months: int) -> Period:
    after = _shifted(first, months)
    return Period(name=name, first=first, last=after if after == date.max else after - _ONE_DAY)


def _shifted(first: date, months: int) -> date:
    """The first of the month so many months later; `date.min` or `date.max` beyond the calendar."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    if year < date.min.year:
        return date.min
    return date.max if year > date.max.year else date(year, month + 1, 1)
