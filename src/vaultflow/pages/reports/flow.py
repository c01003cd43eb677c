"""The pipeline as a production line: what comes in, what goes out, what waits, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pages.reports.bottleneck import bottleneck_lines, bottleneck_of
from vaultflow.pages.reports.saying import (
    NOTHING,
    days_cell,
    share_text,
    unread_text,
    window_text,
)
from vaultflow.pages.reports.section import Chart, Mark, Section, Table
from vaultflow.pages.reports.work import by_stage_and_owner, pace_section, what_is_done
from vaultflow.pages.wording import plural
from vaultflow.pipeline.measures.movement.activity import Activity, recent_activity
from vaultflow.pipeline.measures.movement.conversion import Conversion, conversions
from vaultflow.pipeline.measures.movement.flow import StageFlow, Steps, flow_through, steps_in
from vaultflow.pipeline.measures.movement.stays import StageTime, stage_times
from vaultflow.pipeline.measures.numbers.periods import Period, last_days
from vaultflow.pipeline.measures.results.kpis import sold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.measures.movement.bottleneck import Bottleneck

UNSTEADY = 1.5
"""A stage holds so many times more, or fewer, than what goes out would need: then it is said."""


class FlowReport(Struct, frozen=True, kw_only=True):
    """What the page of the flow shows, in numbers and in sections."""

    title: str
    sections: tuple[Section, ...]
    period: Period
    """Over which is counted what goes in and out."""
    rate_period: Period
    """Over which shares and times are worked out."""
    stages: tuple[StageFlow, ...]
    steps: Steps
    times: tuple[StageTime, ...]
    conversions: tuple[Conversion, ...]
    bottleneck: Bottleneck
    activity: Activity


def build_flow(context: Context) -> FlowReport:
    """The flow as of today."""
    pipeline, today, settings = context.pipeline, context.today, context.settings.report
    deals, stages = context.courses().deals, pipeline.stages
    period, rate_period = last_days(today, settings.days), last_days(today, settings.rate_days)
    flows = flow_through(deals, stages, period)
    steps = steps_in(deals, stages, period)
    times = stage_times(deals, stages, rate_period, today)
    rates = conversions(sold(deals), stages, rate_period)
    bottleneck = bottleneck_of(context)
    activity = recent_activity(deals, stages, today)
    sections = (
        in_and_out(flows, bottleneck, period, context),
        steadiness(flows),
        stay_section(times, rate_period, context),
        going_on(rates, steps, rate_period, context),
        by_stage_and_owner(context),
        what_is_done(activity, context),
        pace_section(activity, context),
    )
    return FlowReport(
        title="Flow",
        sections=sections,
        period=period,
        rate_period=rate_period,
        stages=flows,
        steps=steps,
        times=times,
        conversions=rates,
        bottleneck=bottleneck,
        activity=activity,
    )


def in_and_out(
    flows: Sequence[StageFlow], bottleneck: Bottleneck, period: Period, context: Context
) -> Section:
    """What came into each stage and what left it: each row adds up."""
    dateless = sum(not course.stays for course in context.courses().deals)
    unsure = sum(flow.unsure for flow in flows)
    remarks = (
        f"{plural(unsure, 'lead')} may have come in before: nothing tells the day."
        if unsure
        else "",
        f"{plural(dateless, 'lead')} without any date or stage left out." if dateless else "",
    )
    return Section(
        title="In and out",
        lines=bottleneck_lines(bottleneck, context),
        table=Table(
            headers=("Stage", "Before + in", "On/back/lost/parked", "Now"),
            rows=tuple(
                (
                    flow.stage.label,
                    f"{flow.before} + {flow.entered}",
                    f"{flow.on}/{flow.back}/{flow.lost}/{flow.parked}",
                    f"{flow.now}",
                )
                for flow in flows
            ),
            right=(1, 2, 3),
        ),
        chart=_ways_chart(flows),
        note=" ".join(
            (
                (
                    f"{window_text(period, context.today)}, all leads, orders too. Before + in = "
                    "on + back + lost + parked + now."
                ),
                *(remark for remark in remarks if remark),
            )
        )
        + unread_text(context),
    )


def _ways_chart(flows: Sequence[StageFlow]) -> Chart | None:
    """Where the leads went that were in each stage; those that stay flow into "still there"."""
    marks = tuple(
        Mark(label=flow.stage.label, to=way, value=count)
        for flow in flows
        for way, count in (
            ("went on", flow.on),
            ("went back", flow.back),
            ("lost", flow.lost),
            ("parked", flow.parked),
            ("still there", flow.now),
        )
        if count
    )
    return Chart(kind="sankey", title="Ways out of each stage", marks=marks) if marks else None


def steadiness(flows: Sequence[StageFlow]) -> Section:
    """Whether each stage holds what its own pace needs, by Little's law."""
    return Section(
        title="Filling or emptying",
        lines=tuple(_unsteady_lines(flows)),
        table=Table(
            headers=("Stage", "Out a week", "There", "Steady"),
            rows=tuple(
                (
                    flow.stage.label,
                    f"{flow.a_week:.1f}",
                    f"{flow.average:.1f}",
                    NOTHING if flow.by_littles_law is None else f"{flow.by_littles_law:.1f}",
                )
                for flow in flows
            ),
            right=(1, 2, 3),
        ),
        note=(
            "There: leads on an average day of the same window. Steady: leads that leave a day "
            "times the days each had stayed (Little's law)."
        ),
    )


def _unsteady_lines(flows: Sequence[StageFlow]) -> Iterator[str]:
    for flow in flows:
        steady = flow.by_littles_law
        if steady is None:
            if flow.average:
                yield f"{flow.stage.label}: nobody left, {flow.average:.1f} there on average."
        elif flow.average > UNSTEADY * steady:
            yield f"{flow.stage.label} fills: more wait there than leave at this pace."
        elif flow.average * UNSTEADY < steady:
            yield f"{flow.stage.label} empties: more leave than wait there."


def stay_section(times: Sequence[StageTime], period: Period, context: Context) -> Section:
    """How long leads stay in each stage, those still there counted as far as they are."""
    return Section(
        title="Time in stage",
        table=Table(
            headers=("Stage", "Half / 80% left", "Left + there", "Age now"),
            rows=tuple(
                (
                    time.stage.label,
                    f"{days_cell(time.median)} / {days_cell(time.p80)}",
                    f"{time.over} + {time.running}",
                    days_cell(time.median_age),
                )
                for time in times
            ),
            right=(1, 2, 3),
        ),
        note=(
            f"Stays that began {window_text(period, context.today)}; one who is still there counts "
            "as staying at least so long (Kaplan and Meier). – is not reached yet. Age now: the "
            "median of all that stand there."
        ),
    )


def going_on(
    rates: Sequence[Conversion], steps: Steps, period: Period, context: Context
) -> Section:
    """Who goes on from each stage."""
    skipped = plural(steps.skipped, "stage")
    return Section(
        title="Who goes on",
        lines=(
            (
                f"In the last {plural(context.settings.report.days, 'day')}: "
                f"{plural(steps.on, 'move')} on, {steps.back} back, {skipped} skipped."
            ),
        ),
        table=Table(
            headers=("Stage", "Decided", "Of all", "There"),
            rows=tuple(
                (
                    rate.stage.label,
                    share_text(rate.resolved),
                    share_text(rate.passed),
                    f"{rate.still_there}",
                )
                for rate in rates
            ),
            right=(1, 2, 3),
        ),
        note=(
            f"Deals that reached the stage {window_text(period, context.today)}, without orders. "
            "Decided: went on, of those that went on or were lost there. A skipped stage counts "
            "as passed; a move back undoes nothing."
        ),
    )
