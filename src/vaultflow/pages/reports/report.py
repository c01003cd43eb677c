"""The report: where the business lies, how much is won, how large, how soon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pages.reports.bottleneck import bottleneck_lines, bottleneck_of
from vaultflow.pages.reports.kpis import kpi_section
from vaultflow.pages.reports.lying import lying_sections
from vaultflow.pages.reports.rates import cohort_section, rate_section, size_section, time_section
from vaultflow.pages.reports.sold import Sold, sold_in
from vaultflow.pipeline.measures.numbers.periods import Period, last_days
from vaultflow.pipeline.measures.numbers.worth import worth_in_home
from vaultflow.pipeline.measures.results.closing import Closing, Cohort, cohorts, time_to_close
from vaultflow.pipeline.measures.results.kpis import Kpi, build_kpis, sold

if TYPE_CHECKING:
    from vaultflow.pages.page import Context
    from vaultflow.pages.reports.section import Section

COHORTS = 5
"""Periods of deals that began together: as many as a phone shows in one go."""


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
