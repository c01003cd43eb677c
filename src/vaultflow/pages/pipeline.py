"""The pipeline page: the stages in numbers, as a chart, and with their leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaultflow.pages.counts import Counts, count_leads
from vaultflow.pages.listing import in_bucket
from vaultflow.pages.ranking import by_created, by_revisit, by_worth
from vaultflow.pages.rows import LeadRow, lead_row, lead_rows, stage_label
from vaultflow.pages.unread import folders_text
from vaultflow.pages.wording import UNKNOWN_STAGE
from vaultflow.pipeline.pipeline import Total, total
from vaultflow.pipeline.settings import StageKind
from vaultflow.pipeline.stages import open_stages
from vaultflow.pipeline.standing import Bucket

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
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
    height: int
    """Whole units of the currency, or leads."""


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
    unknown_stage: StageColumn
    """Open leads whose stage is none of these, or missing."""
    parked: tuple[LeadRow, ...]
    """By the day to look again, those without one last."""
    unreadable: tuple[LeadRow, ...]
    unread_folders: str
    """Which folders cannot be read, in a sentence; empty when all can."""
    won: Total
    lost: Total


def build_pipeline_page(context: Context) -> PipelinePage:
    """What the pipeline page shows today."""
    standings = context.pipeline.standings
    columns = tuple(
        stage_column(stage.name, stage_label(stage), _open_in(stage, context), context)
        for stage in open_stages(context.pipeline.stages)
    )
    unknown = in_bucket(standings, Bucket.UNKNOWN_STAGE)
    parked = by_revisit(standing for standing in standings if standing.is_parked)
    return PipelinePage(
        today=context.today,
        decimal=context.settings.money.decimal,
        counts=count_leads(context),
        stages=columns,
        chart=build_chart(columns),
        unknown_stage=stage_column("", UNKNOWN_STAGE, unknown, context),
        parked=lead_rows(parked, context),
        unreadable=lead_rows(in_bucket(standings, Bucket.UNREADABLE), context),
        unread_folders=folders_text(context),
        won=total(_of_kind(standings, StageKind.WON), context.settings, context.today),
        lost=total(_of_kind(standings, StageKind.LOST), context.settings, context.today),
    )


def stage_column(
    name: str, label: str, standings: Iterable[Standing], context: Context
) -> StageColumn:
    """A stage with the leads that stand in it."""
    here = by_worth(standings, context)
    dated = by_created(standing for standing in here if standing.lead.created)
    return StageColumn(
        name=name,
        label=label,
        total=total(here, context.settings, context.today),
        oldest=lead_row(dated[0], context) if dated else None,
        leads=lead_rows(here, context),
    )


def build_chart(columns: Sequence[StageColumn]) -> Chart | None:
    """The chart of values when all are in one currency, else of counts; None without any."""
    currencies = {currency for column in columns for currency in column.total.value}
    currency = min(currencies, default="") if len(currencies) == 1 else ""
    bars = tuple(
        ChartBar(
            label=column.label,
            height=round(column.total.value.get(currency, 0)) if currency else column.total.count,
        )
        for column in columns
    )
    title = f"Value by stage, {currency}" if currency else "Leads by stage"
    return Chart(title=title, bars=bars) if any(bar.height > 0 for bar in bars) else None


def _open_in(stage: Stage, context: Context) -> Iterable[Standing]:
    return (
        standing
        for standing in context.pipeline.standings
        if standing.is_open and _is_in(standing, stage)
    )


def _is_in(standing: Standing, stage: Stage) -> bool:
    here = standing.lead.stage
    # The name first, as whole stages take long to compare, and nearly all differ in it.
    return here is not None and here.name == stage.name and here == stage


def _of_kind(standings: Iterable[Standing], kind: StageKind) -> tuple[Standing, ...]:
    return tuple(
        standing
        for standing in standings
        if standing.lead.stage and standing.lead.stage.kind is kind
    )
