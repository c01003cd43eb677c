"""The period that a quota is for: the month, quarter or year of a day, by the fiscal year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vaultflow.pipeline.settings import QuotaSettings

MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}
YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Some whole months."""

    first: date
    last: date


def period_of(day: date, quota: QuotaSettings) -> Period:
    """The period in which the day lies."""
    months = MONTHS_OF[quota.period]
    into = (day.month - quota.fiscal_start) % months
    start = day.year * YEAR + day.month - 1 - into
    end = start + months
    return Period(first=first_of(start), last=first_of(end) - timedelta(days=1))


def first_of(month: int) -> date:
    """The first day of a month that is counted from the year 0."""
    return date(month // YEAR, month % YEAR + 1, 1)
