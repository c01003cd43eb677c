"""The goal: what is missing, how many deals that takes in each stage, and the pace.

Source: practice 3.9.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.workdays import working_days_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from vaultflow.pipeline.measures.numbers.periods import Period
    from vaultflow.pipeline.workdays import WorkCalendar


class Coverage(Struct, frozen=True, kw_only=True):
    """How much is open for what is missing."""

    missing: Decimal
    """0 when the goal is met."""
    open_value: Decimal
    """Qualified, not stale, and expected to close in the period."""
    actual: Decimal | None
    """`open_value` by `missing`; None when nothing is missing."""
    required: Decimal | None
    """One by the win rate; None when that is not known. Three only fits a rate of a third."""


class Pace(Struct, frozen=True, kw_only=True):
    """Where we are beside where a steady pace would have us today."""

    won: Decimal
    expected: Decimal
    """The goal times the share of working days that are over, today counted."""
    days_over: int
    days: int
    """Working days of the period."""

    @property
    def ahead(self) -> Decimal:
        """What is ahead of the pace; negative when behind."""
        return self.won - self.expected


def coverage(goal: Decimal, won: Decimal, open_value: Decimal, rate: Fraction | None) -> Coverage:
    """What is open beside what is missing."""
    missing = max(goal - won, Decimal(0))
    return Coverage(
        missing=missing,
        open_value=open_value,
        actual=open_value / missing if missing else None,
        required=Decimal(rate.denominator) / Decimal(rate.numerator) if rate else None,
    )


def deals_to_win(missing: Decimal, average: Decimal) -> int:
    """How many deals of average size make up what is missing, rounded up."""
    return int((missing / average).to_integral_value(ROUND_CEILING)) if missing > 0 else 0


def required_counts(to_win: int, rates: Sequence[Fraction]) -> tuple[int | None, ...]:
    """How many deals each stage needs so that so many are won.

    The rates are multiplied unrounded and only the result is rounded up: to round at each stage
    would ask for more than is needed.

    Args:
        to_win: deals that must be won.
        rates: of each open stage, the share that goes on to the next one, the last one's to won.
    """
    return tuple(_required(to_win, rates[place:]) for place in range(len(rates)))


def _required(to_win: int, rates: Sequence[Fraction]) -> int | None:
    """None when one of the rates is 0: then no number would do."""
    share = Fraction(1)
    for rate in rates:
        share *= rate
    needed = Fraction(to_win) / share if share else None
    return None if needed is None else -(-needed.numerator // needed.denominator)


def still_missing(
    required: Sequence[int | None], there: Sequence[int], rates: Sequence[Fraction]
) -> tuple[int | None, ...]:
    """What each stage lacks when the deals in it and behind it are counted.

    A deal further on stands for as many of this stage as it takes to get one that far.

    Args:
        required: deals that each stage needs.
        there: deals that stand in each stage now.
        rates: as for `required_counts`.
    """
    missing: list[int | None] = []
    for place, needed in enumerate(required):
        if needed is None:
            missing.append(None)
            continue
        share, stands_for = Fraction(1), Fraction(there[place])
        for further in range(place + 1, len(there)):
            share *= rates[further - 1]
            stands_for += there[further] / share if share else 0
        lacking = Fraction(needed) - stands_for
        missing.append(max(0, -(-lacking.numerator // lacking.denominator)))
    return tuple(missing)


def pace(goal: Decimal, won: Decimal, period: Period, today: date, calendar: WorkCalendar) -> Pace:
    """Where we are in the period by working days."""
    days = working_days_in(period.first, period.last, calendar)
    until = min(max(today, period.first), period.last)
    over = working_days_in(period.first, until, calendar)
    expected = goal * over / days if days else Decimal(0)
    return Pace(won=won, expected=expected, days_over=over, days=days)


def new_leads_a_day(missing: int, period: Period, today: date, calendar: WorkCalendar) -> Fraction:
    """New leads for each working day that is left, so that none is missing; today counts."""
    left = working_days_in(today, period.last, calendar)
    return Fraction(missing, max(left, 1))
