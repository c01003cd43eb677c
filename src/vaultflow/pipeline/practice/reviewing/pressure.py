"""Whether somebody is back because of pressure: long away, and behind the goal."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.measures.aims.quota import pace
from vaultflow.pipeline.measures.numbers.months import won_standings
from vaultflow.pipeline.measures.numbers.periods import period_of
from vaultflow.pipeline.pipeline import total

if TYPE_CHECKING:
    from datetime import date

    from vaultflow.pipeline.measures.aims.quota import Pace
    from vaultflow.pipeline.measures.numbers.periods import Period, Unit
    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.pipeline.practice.reviewing.habit import Habit

WHOLE = Decimal(1)


class Pressure(Struct, frozen=True, kw_only=True):
    """Why a look into the pipeline looks like one under pressure: the numbers."""

    last_review: date
    """The one before today."""
    gap: int
    """Working days since then."""
    period: Unit
    goal: Decimal
    won: Decimal
    """So far in the period."""
    even_pace: Decimal
    """What would be won by tonight at an even pace over the working days of the period."""
    weighted: Decimal
    """Value times probability of the open leads."""
    missing: Decimal
    """Up to the goal."""
    currency: str

    @property
    def is_behind(self) -> bool:
        """Whether less was won than an even pace asks for."""
        return self.won < self.even_pace

    @property
    def is_short(self) -> bool:
        """Whether the open leads are not worth what is missing."""
        return self.weighted < self.missing


def find_pressure(habit: Habit, pipeline: Pipeline) -> Pressure | None:
    """The pressure that has brought somebody back; None without any, or without a goal.

    Args:
        habit: how long ago the last review is.
        pipeline: what was won and what is open; amounts in other currencies without a rate are
            left out.
    """
    settings = pipeline.settings
    before = habit.before_today
    is_long_ago = habit.gap is not None and habit.gap > settings.review.gap_days
    at = goal_pace(pipeline) if is_long_ago else None
    goal = settings.quota.amount
    if goal is None or at is None or before is None:
        return None
    won = at[1].won
    found = Pressure(
        last_review=before,
        gap=habit.gap or 0,
        period=settings.quota.period,
        goal=goal,
        won=won,
        even_pace=at[1].expected.quantize(WHOLE),
        weighted=weighted_open(pipeline),
        missing=max(goal - won, Decimal(0)),
        currency=settings.money.currency,
    )
    return found if found.is_behind or found.is_short else None


def goal_pace(pipeline: Pipeline) -> tuple[Period, Pace] | None:
    """The period of today and where it stands at an even pace; None without a goal."""
    quota = pipeline.settings.quota
    if quota.amount is None:
        return None
    period = period_of(pipeline.today, quota.period, quota.fiscal_start)
    won = won_in(period, pipeline)
    return period, pace(quota.amount, won, period, pipeline.today, pipeline.calendar)


def won_in(period: Period, pipeline: Pipeline) -> Decimal:
    """What was won in a period up to today, in the vault's currency."""
    worth = total(won_standings(pipeline, period), pipeline.settings, pipeline.today)
    return worth.value.get(pipeline.settings.money.currency, Decimal(0))


def weighted_open(pipeline: Pipeline) -> Decimal:
    """Value times probability of the open leads, in the vault's currency."""
    open_ones = (one for one in pipeline.standings if one.is_open and one.lead.readable)
    worth = total(open_ones, pipeline.settings, pipeline.today)
    return worth.weighted.get(pipeline.settings.money.currency, Decimal(0))
