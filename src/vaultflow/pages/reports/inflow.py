"""Where new leads come from, how steadily, and whether anybody looks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.pages.reports.saying import share_with_interval, window_text
from vaultflow.pages.reports.section import Chart, Mark, Section, Table
from vaultflow.pages.reports.telling import short_share
from vaultflow.pages.wording import plural, short_day
from vaultflow.pipeline.measures.aims.inflow import (
    NEW_DAYS,
    OUTBOUND,
    WEEKS,
    Inflow,
    measure_inflow,
    source_mix,
    touches_on_new,
)
from vaultflow.pipeline.measures.numbers.months import won_standings
from vaultflow.pipeline.measures.numbers.periods import last_days, period_of
from vaultflow.pipeline.measures.numbers.ratio import ratio
from vaultflow.pipeline.practice.following.cadence import not_ready
from vaultflow.pipeline.practice.reviewing.health import DRY_WEEKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.measures.numbers.ratio import Ratio

MOST_OUTBOUND = 80
FEW = 5  # of fewer leads a mix says nothing


def build_inflow(context: Context) -> tuple[Section, ...]:
    """New leads by week, and how they came."""
    leads = [one.lead for one in context.pipeline.standings]
    inflow = measure_inflow(leads, context.today)
    return _weeks(inflow, context), _mix(context)


def _weeks(inflow: Inflow, context: Context) -> Section:
    names = [short_day(week.monday, context.today) for week in inflow.weeks]
    total = sum(week.new for week in inflow.weeks)
    return Section(
        title="New leads by week",
        lines=(
            (
                f"{plural(total, 'new lead')} in {plural(len(names), 'week')}, "
                f"{inflow.this_week} this week so far; "
                f"{plural(inflow.zero_weeks, 'week')} without any."
            ),
            *_dry_lines(inflow),
            _not_ready_line(context),
        ),
        table=Table(
            headers=("Week of", "New"),
            rows=tuple(
                (name, str(week.new)) for name, week in zip(names, inflow.weeks, strict=True)
            ),
            right=(1,),
        )
        if names
        else None,
        chart=Chart(
            kind="bar",
            title="New leads by week",
            marks=tuple(
                Mark(label=name, value=week.new)
                for name, week in zip(names, inflow.weeks, strict=True)
            ),
        )
        if total
        else None,
        note=f"By created, the {WEEKS} weeks before this one; {plural(inflow.undated, 'lead')} "
        "without that day.",
    )


def _dry_lines(inflow: Inflow) -> Iterator[str]:
    if inflow.dry_weeks >= DRY_WEEKS:
        yield (
            f"Warning: no new lead for {plural(inflow.dry_weeks, 'week')}. "
            "A dry stretch follows a dry stream."
        )


def _not_ready_line(context: Context) -> str:
    later, count = not_ready(context.pipeline)
    return (
        f"Not ready yet when they came: {share_with_interval(ratio(later, count))}; it is said "
        "that 80% or more are not."
    )


def _mix(context: Context) -> Section:
    period = last_days(context.today, context.settings.report.days)
    leads = [one.lead for one in context.pipeline.standings]
    kinds, silent = source_mix(leads, period.first, period.last)
    known = sum(kinds.values())
    outbound = ratio(kinds.get(OUTBOUND, 0), known)
    said = ", ".join(f"{kind} {short_share(ratio(some, known))}" for kind, some in kinds.items())
    return Section(
        title="How leads came",
        lines=(
            f"{said}: of {plural(known, 'new lead')}."
            if known
            else "No new lead says how it came.",
            *(_outbound_warning(outbound) if known else ()),
            *((f"{plural(silent, 'new lead')} without source_kind.",) if silent else ()),
        ),
        note=f"By source_kind, of leads created {window_text(period, context.today)}.",
    )


def _outbound_warning(outbound: Ratio) -> Iterator[str]:
    if outbound.whole >= FEW and outbound.part * 100 > MOST_OUTBOUND * outbound.whole:
        yield (
            f"Warning: more than {MOST_OUTBOUND}% came by reaching out. "
            "Nobody comes by themselves, and nobody is nurtured."
        )


def build_trap(context: Context) -> Section:
    """Whether the effort goes into those who are there already, and no one new is looked for."""
    window = last_days(context.today, NEW_DAYS)
    leads = [one.lead for one in context.pipeline.standings]
    share, unknown = touches_on_new(leads, window.first, window.last)
    quota = context.settings.quota
    period = period_of(context.today, quota.period, quota.fiscal_start)
    new = sum(
        lead.created in period and lead.created <= context.today for lead in leads if lead.created
    )
    won = len(won_standings(context.pipeline, period))
    return Section(
        title="Sales trap",
        lines=(
            (
                f"Touches on new leads: {share_with_interval(share)}; the others went to leads "
                f"older than {NEW_DAYS} days."
            ),
            f"{period.name} so far: {plural(new, 'new lead')}, {won} won.",
            *((f"{plural(unknown, 'touch', 'touches')} with undated leads.",) if unknown else ()),
            *(("Warning: nothing went into new leads.",) if share.whole and not share.part else ()),
        ),
        note=f"Contacts of {window_text(window, context.today)}; notes and reviews are none.",
    )
