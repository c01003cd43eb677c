"""Win rate by count and by value, of a period or of deals that began together.

Source: practice 3.3.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.measures.numbers.ratio import Ratio, ratio
from vaultflow.pipeline.practice.qualifying.answers import is_order as is_order_lead
from vaultflow.pipeline.settings import StageKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from vaultflow.pipeline.history.course import Course
    from vaultflow.pipeline.lead import Money
    from vaultflow.pipeline.measures.numbers.periods import Period

NO_LOSS = ("duplicate", "disqualified", "not a lead", "test")
"""Reasons, as they begin, of leads that were never deals: they are no losses."""


class WinRate(Struct, frozen=True, kw_only=True):
    """How many deals were won of those that were won or lost."""

    by_count: Ratio
    won: Decimal
    """Sum of the values won, in one currency."""
    lost: Decimal
    without_value: int
    """Deals that count in `by_count` only."""
    still_open: int = 0
    """Of a cohort: not decided yet, and so in none of the numbers."""

    @property
    def by_value(self) -> float | None:
        """Share of the value, 0 to 1; None without any."""
        total = self.won + self.lost
        return float(self.won / total) if total else None


def is_order(course: Course) -> bool:
    """Whether it is a sale that needs no selling, and so says nothing of how well we sell."""
    return is_order_lead(course.lead)


def was_a_deal(course: Course) -> bool:
    """Whether a lost lead was one to win at all, by its reason."""
    return not course.lead.lost_reason.casefold().startswith(NO_LOSS)


def decided_in(courses: Iterable[Course], period: Period) -> tuple[Course, ...]:
    """The deals that were won or lost in the period, orders and those that were none left out."""
    return tuple(
        course
        for course in ended_in(courses, period)
        if not is_order(course) and was_a_deal(course)
    )


def ended_in(courses: Iterable[Course], period: Period) -> tuple[Course, ...]:
    """All that was won or lost in the period, orders too."""
    return tuple(course for course in courses if course.ended and course.ended in period)


def win_rate(courses: Iterable[Course], value_of: Callable[[Course], Money | None]) -> WinRate:
    """The win rate of these deals; open ones are counted apart.

    Args:
        courses: the deals.
        value_of: a deal's value in the one currency that sums are made in; None when it has none.
    """
    some = tuple(courses)
    won = [course for course in some if course.outcome is StageKind.WON]
    lost = [course for course in some if course.outcome is StageKind.LOST]
    values_won, values_lost = (list(map(value_of, of)) for of in (won, lost))
    return WinRate(
        by_count=ratio(len(won), len(won) + len(lost)),
        won=_sum(values_won),
        lost=_sum(values_lost),
        without_value=(*values_won, *values_lost).count(None),
        still_open=len(some) - len(won) - len(lost),
    )


def _sum(values: Iterable[Money | None]) -> Decimal:
    return sum((money.amount for money in values if money), start=Decimal(0))


def cohort(courses: Iterable[Course], period: Period) -> tuple[Course, ...]:
    """The deals that began in the period, whatever became of them."""
    return tuple(
        course
        for course in courses
        if course.began and course.began in period and not is_order(course) and was_a_deal(course)
    )
