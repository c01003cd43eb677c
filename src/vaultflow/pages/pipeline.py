"""The pipeline page: the stages in numbers, as a chart, and with their leads."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from vaultflow.pages.counts import Counts, count_leads
from vaultflow.pages.listing import in_bucket
from vaultflow.pages.ranking import by_created, by_worth
from vaultflow.pages.rows import LeadRow, lead_row, lead_rows, stage_label
from vaultflow.pipeline.pipeline import Total, total
from vaultflow.pipeline.settings import StageKind
from vaultflow.pipeline.stages import open_stages
from vaultflow.pipeline.standing import Bucket

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.settings import Stage
    from vaultflow.pipeline.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class StageColumn:
    """One open stage: its numbers and its leads."""

    name: str
    label: str
    total: Total
    oldest: LeadRow | None
    """The lead that was created first; None when no lead here has a day of creation."""
    leads: tuple[LeadRow, ...]
    """By value times probability, most first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartBar:
    """One bar of the chart."""

    label: str
    height: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart of the open stages: their values, or the counts where values cannot be added."""

    title: str
    bars: tuple[ChartBar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PipelinePage:
    """What the pipeline page shows."""

    today: date
    decimal: str
    counts: Counts
    stages: tuple[StageColumn, ...]
    """The open stages in order, empty ones too."""
    chart: Chart | None
    """None when there is nothing to draw."""
    unknown_stage: tuple[LeadRow, ...]
    parked: tuple[LeadRow, ...]
    unreadable: tuple[LeadRow, ...]
    won: Total
    lost: Total


def build_pipeline_page(context: Context) -> PipelinePage:
    """What the pipeline page shows today."""
    standings = context.pipeline.standings
    columns = tuple(stage_column(stage, context) for stage in open_stages(context.pipeline.stages))
    parked = (standing for standing in standings if standing.is_parked)
    return PipelinePage(
        today=context.today,
        decimal=context.settings.money.decimal,
        counts=count_leads(context),
        stages=columns,
        chart=build_chart(columns),
        unknown_stage=lead_rows(in_bucket(standings, Bucket.UNKNOWN_STAGE), context),
        parked=lead_rows(parked, context),
        unreadable=lead_rows(in_bucket(standings, Bucket.UNREADABLE), context),
        won=total(_of_kind(standings, StageKind.WON), context.settings, context.today),
        lost=total(_of_kind(standings, StageKind.LOST), context.settings, context.today),
    )


def stage_column(stage: Stage, context: Context) -> StageColumn:
    """A stage with its open leads."""
    here = tuple(
        standing
        for standing in context.pipeline.standings
        if standing.is_open and standing.lead.stage == stage
    )
    dated = by_created(standing for standing in here if standing.lead.created)
    return StageColumn(
        name=stage.name,
        label=stage_label(stage),
        total=total(here, context.settings, context.today),
        oldest=lead_row(dated[0], context) if dated else None,
        leads=lead_rows(by_worth(here, context), context),
    )


def build_chart(columns: Iterable[StageColumn]) -> Chart | None:
    """The chart of values when all are in one currency, else of counts; None without leads."""
    drawn = tuple(columns)
    if not any(column.total.count for column in drawn):
        return None
    currencies = {currency for column in drawn for currency in column.total.value}
    if len(currencies) == 1:
        (currency,) = currencies
        heights = [column.total.value.get(currency, Decimal(0)) for column in drawn]
        title = f"Value by stage, {currency}"
    else:
        heights = [Decimal(column.total.count) for column in drawn]
        title = "Leads by stage"
    bars = (
        ChartBar(label=column.label, height=height)
        for column, height in zip(drawn, heights, strict=True)
    )
    return Chart(title=title, bars=tuple(bars))


def _of_kind(standings: Iterable[Standing], kind: StageKind) -> tuple[Standing, ...]:
    return tuple(
        standing
        for standing in standings
        if standing.lead.stage and standing.lead.stage.kind is kind
    )
