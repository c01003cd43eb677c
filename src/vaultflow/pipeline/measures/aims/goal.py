"""The goal beside what was ever reached: is it within reach, or a wish?"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.measures.numbers.periods import Period, period_after, period_of
from vaultflow.pipeline.measures.numbers.ratio import Ratio, ratio
from vaultflow.pipeline.money import converted
from vaultflow.pipeline.settings import StageKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from vaultflow.pipeline.history.course import Course
    from vaultflow.pipeline.settings import MoneySettings, QuotaSettings


class GoalHistory(Struct, frozen=True, kw_only=True):
    """The goal beside the periods that are over."""

    goal: Decimal
    best: Period
    best_won: Decimal
    reached: Ratio
    """Past periods in which as much as the goal was won, of all since the first win."""
    elsewhere: int
    """Won deals in a currency without a rate: they are in no sum."""

    @property
    def times_best(self) -> Decimal | None:
        """How many times the best one the goal is; None when nothing was ever won."""
        return self.goal / self.best_won if self.best_won else None


def goal_history(
    courses: Iterable[Course], quota: QuotaSettings, money: MoneySettings, today: date
) -> GoalHistory | None:
    """The goal beside all periods from the first win to the last one that is over.

    None without a goal, or when no period with a win is over.
    """
    won = [one for one in courses if one.outcome is StageKind.WON and one.ended]
    this = period_of(today, quota.period, quota.fiscal_start)
    if quota.amount is None:
        return None
    sums, elsewhere = _sums(won, quota, money)
    past = [period for period in _periods(won, this, quota) if period.first < this.first]
    if not past:
        return None
    best = max(
        past, key=lambda period: (sums.get(period.name, Decimal(0)), -period.first.toordinal())
    )
    amounts = [sums.get(period.name, Decimal(0)) for period in past]
    return GoalHistory(
        goal=quota.amount,
        best=best,
        best_won=sums.get(best.name, Decimal(0)),
        reached=ratio(sum(amount >= quota.amount for amount in amounts), len(past)),
        elsewhere=elsewhere,
    )


def _periods(won: Iterable[Course], this: Period, quota: QuotaSettings) -> Iterator[Period]:
    """From that of the first win up to this one, oldest first."""
    days = [one.ended for one in won if one.ended]
    period = period_of(min(days), quota.period, quota.fiscal_start) if days else this
    while period.first <= this.first:
        yield period
        period = period_after(period, quota.period, quota.fiscal_start)


def _sums(
    won: Iterable[Course], quota: QuotaSettings, money: MoneySettings
) -> tuple[Mapping[str, Decimal], int]:
    sums: dict[str, Decimal] = {}
    elsewhere = 0
    for one in won:
        if one.lead.value is None or one.ended is None:
            continue
        amount = converted(one.lead.value, one.ended, money)
        if amount.currency != money.currency:
            elsewhere += 1
            continue
        name = period_of(one.ended, quota.period, quota.fiscal_start).name
        sums[name] = sums.get(name, Decimal(0)) + amount.amount
    return sums, elsewhere
