"""What the deals say that were won or lost in a period."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.measures.results.attribution import days_to_end
from vaultflow.pipeline.measures.results.kpis import orders, sold
from vaultflow.pipeline.measures.results.sizes import Sizes, Velocity, sizes, velocity
from vaultflow.pipeline.measures.results.winning import WinRate, ended_in, win_rate
from vaultflow.pipeline.practice.qualifying.answers import is_order
from vaultflow.pipeline.settings import StageKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.history.course import Course
    from vaultflow.pipeline.measures.numbers.periods import Period
    from vaultflow.pipeline.measures.results.kpis import Worth
    from vaultflow.pipeline.standing import Standing


class Sold(Struct, frozen=True, kw_only=True):
    """What the deals say that were won or lost in the period."""

    period: Period
    rate: WinRate
    """Without orders and what was no deal."""
    orders: WinRate
    """Of sales that needed no selling, which stand for themselves."""
    no_deals: int
    """Lost for a reason that says that there was nothing to win."""
    sizes: Sizes
    velocity: Velocity


def sold_in(deals: Sequence[Course], period: Period, worth: Worth, context: Context) -> Sold:
    """What the deals say that were won or lost in the period."""
    decided = ended_in(deals, period)
    some = sold(decided)
    won = [course for course in some if course.outcome is StageKind.WON]
    values = sizes([money.amount if (money := worth(course)) else None for course in won])
    rate = win_rate(some, worth)
    return Sold(
        period=period,
        rate=rate,
        orders=win_rate(orders(decided), worth),
        no_deals=len(decided) - len(some) - len(orders(decided)),
        sizes=values,
        velocity=velocity(
            sum(map(counts_in_forecast, context.pipeline.standings)),
            rate.by_count,
            values.mean,
            days_to_win(won),
        ),
    )


def days_to_win(won: Sequence[Course]) -> int | None:
    """Days from beginning to won, at the median of those that tell both days; None without any."""
    days = [days for course in won if (days := days_to_end(course)) is not None]
    return round(median(days)) if days else None


def counts_in_forecast(standing: Standing) -> bool:
    """Whether it is an open lead whose stage counts in a forecast, and no order."""
    lead = standing.lead
    is_in = lead.stage is not None and lead.stage.forecast
    return standing.is_open and is_in and not is_order(lead)
