"""The pace of earlier years: how much of a period's money had come by the same working day.

Few businesses win evenly. Where the same period of earlier years is known, what was won by the same
share of its working days tells more than a straight line.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.measures.numbers.periods import period_of
from vaultflow.pipeline.workdays import is_working_day, working_days_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultflow.pipeline.measures.numbers.periods import Period, Unit
    from vaultflow.pipeline.settings import QuotaSettings
    from vaultflow.pipeline.workdays import WorkCalendar

LEAST_WON = 3  # with fewer, one deal is the season
_ONE_DAY = timedelta(days=1)


class Season(Struct, frozen=True, kw_only=True):
    """What the same period of earlier years says of today's place in it."""

    share: Fraction
    """Of the money of those periods that had come by the same working day."""
    deals: int
    """Won in them."""
    periods: tuple[str, ...]
    """Newest first."""

    def expected(self, goal: Decimal) -> Decimal:
        """What would be won by now at the pace of those years."""
        return goal * self.share.numerator / self.share.denominator


def measure_season(
    wins: Sequence[tuple[date, Decimal]],
    period: Period,
    today: date,
    quota: QuotaSettings,
    calendar: WorkCalendar,
) -> Season | None:
    """The pace of the same period in earlier years; None where too little was won in them.

    Args:
        wins: day and amount of each won deal.
        period: that of today.
        today: its last day that counts.
        quota: how periods are cut.
        calendar: which days are working days.
    """
    over = working_days_in(period.first, today, calendar)
    place = Fraction(over, working_days_in(period.first, period.last, calendar) or 1)
    earlier = [*_years_before(period, wins, quota.period, quota.fiscal_start)]
    whole = [(past, day, amount) for past in earlier for day, amount in wins if day in past]
    total = sum((amount for _, _, amount in whole), Decimal(0))
    if len(whole) < LEAST_WON or not total:
        return None
    ends = {past.name: _same_place(past, place, calendar) for past in earlier}
    by_then = sum((amount for past, day, amount in whole if day <= ends[past.name]), Decimal(0))
    return Season(
        share=Fraction(by_then) / Fraction(total),
        deals=len(whole),
        periods=tuple(past.name for past in earlier),
    )


def _years_before(
    period: Period, wins: Sequence[tuple[date, Decimal]], unit: Unit, fiscal_start: int
) -> Sequence[Period]:
    """The same period of each earlier year that began after the first win, or with it."""
    first = min((day for day, _ in wins), default=period.first)
    years = range(1, period.first.year - first.year + 1)
    found = (
        period_of(period.first.replace(year=period.first.year - ago), unit, fiscal_start)
        for ago in years
    )
    return [past for past in found if past.last >= first]


def _same_place(past: Period, place: Fraction, calendar: WorkCalendar) -> date:
    """The last day by which no more than the same share of its working days was over."""
    target = place * working_days_in(past.first, past.last, calendar)
    day, over = past.first - _ONE_DAY, 0
    while day < past.last:
        following = day + _ONE_DAY
        over += is_working_day(following, calendar)
        if over > target:
            break
        day = following
    return day
