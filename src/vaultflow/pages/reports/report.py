"""The report: where the business lies, how much is won, how large, how soon."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pages.reports.bottleneck import bottleneck_lines, bottleneck_of
from vaultflow.pages.reports.kpis import kpi_section
from vaultflow.pages.reports.lying import lying_sections
from vaultflow.pages.reports.rates import cohort_section, rate_section, size_section, time_section
from vaultflow.pipeline.measures.closing import Closing, Cohort, cohorts, time_to_close
from vaultflow.pipeline.measures.kpis import Kpi, build_kpis, orders, sold
from vaultflow.pipeline.measures.periods import Period, last_days
from vaultflow.pipeline.measures.sizes import Sizes, Velocity, sizes, velocity
from vaultflow.pipeline.measures.winning import WinRate, ended_in, win_rate
from vaultflow.pipeline.measures.worth import worth_in_home
from vaultflow.pipeline.practice.answers import is_order
from vaultflow.pipeline.settings import StageKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultflow.pages.page import Context
    from vaultflow.pages.reports.section import Section
    from vaultflow.pipeline.history.course import Course
    from vaultflow.pipeline.measures.kpis import Worth
    from vaultflow.pipeline.standing import Standing

COHORTS = 5
"""Periods of deals that began together: as many as a phone shows in one go."""


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


class PipelineReport(Struct, frozen=True, kw_only=True):
    """What the report shows, in numbers and in sections."""

    title: str
    sections: tuple[Section, ...]
    period: Period
    """Of the numbers beside those of as many days before."""
    kpis: tuple[Kpi, ...]
    """All; the sections show those that `[report] kpis` names."""
    sold: Sold
    cohorts: tuple[Cohort, ...]
    closing: Closing


def build_report(context: Context) -> PipelineReport:
    """The report as of today."""
    settings, today = context.settings, context.today
    worth = worth_in_home(settings.money, today)
    deals = context.courses().deals
    rate_period = last_days(today, settings.report.rate_days)
    period = last_days(today, settings.report.days)
    kpis = build_kpis(deals, period, worth)
    what_sold = sold_in(deals, rate_period, worth, context)
    groups = cohorts(
        sold(deals),
        worth,
        today,
        unit=settings.quota.period,
        fiscal_start=settings.quota.fiscal_start,
        count=COHORTS,
    )
    closing = time_to_close(sold(deals), today)
    return PipelineReport(
        title="Report",
        sections=(
            kpi_section(kpis, period, context),
            *lying_sections(context, bottleneck_lines(bottleneck_of(context), context)),
            rate_section(what_sold, context),
            cohort_section(groups, closing, context),
            size_section(what_sold, context),
            time_section(closing),
        ),
        period=period,
        kpis=kpis,
        sold=what_sold,
        cohorts=groups,
        closing=closing,
    )


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
    days = [(course.ended - course.began).days for course in won if course.ended and course.began]
    return round(median(days)) if days else None


def counts_in_forecast(standing: Standing) -> bool:
    """Whether it is an open lead whose stage counts in a forecast, and no order."""
    lead = standing.lead
    is_in = lead.stage is not None and lead.stage.forecast
    return standing.is_open and is_in and not is_order(lead)
