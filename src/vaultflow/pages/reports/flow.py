"""The pipeline as a production line: what comes in, what goes out, what waits, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pages.listing import has_action
from vaultflow.pages.reports.bottleneck import bottleneck_lines, bottleneck_of
from vaultflow.pages.reports.saying import (
    NOTHING,
    days_cell,
    share_text,
    unread_text,
    window_text,
)
from vaultflow.pages.reports.section import Chart, Mark, Section, Table
from vaultflow.pages.wording import plural, short_day
from vaultflow.pipeline.measures.activity import Activity, recent_activity
from vaultflow.pipeline.measures.conversion import Conversion, conversions
from vaultflow.pipeline.measures.flow import StageFlow, Steps, flow_through, steps_in
from vaultflow.pipeline.measures.kpis import sold
from vaultflow.pipeline.measures.periods import Period, last_days
from vaultflow.pipeline.measures.stays import StageTime, stage_times
from vaultflow.pipeline.practice.owners import by_owner
from vaultflow.pipeline.standing import Idleness

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.measures.bottleneck import Bottleneck
    from vaultflow.pipeline.standing import Standing

UNSTEADY = 1.5
"""A stage holds so many times more, or fewer, than what goes out would need: then it is said."""
MOST_PAIRS = 20  # of stage and owner: a phone shows no more in one go


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
        chart=_here_chart(flows),
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


def _here_chart(flows: Sequence[StageFlow]) -> Chart | None:
    if not any(flow.now for flow in flows):
        return None
    marks = tuple(Mark(label=flow.stage.label, value=flow.now) for flow in flows)
    return Chart(kind="bar", title="Leads in each stage", marks=marks)


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


def by_stage_and_owner(context: Context) -> Section:
    """Where whose work lies, and who has more than `[team] open_leads`."""
    rows = [
        (standing_stage, owner or "Nobody", f"{len(group)}", f"{_stale(group)}")
        for (standing_stage, owner), group in _pairs(context).items()
    ]
    left_out = len(rows) - MOST_PAIRS
    return Section(
        title="Who has what",
        lines=tuple(_load_lines(context)),
        table=Table(
            headers=("Stage", "Owner", "Leads", "Stale"),
            rows=tuple(rows[:MOST_PAIRS]),
            right=(2, 3),
        )
        if rows
        else None,
        note="Open leads that can be read."
        + (f" {plural(left_out, 'more row')} left out." if left_out > 0 else ""),
    )


def _pairs(context: Context) -> Mapping[tuple[str, str], Sequence[Standing]]:
    """Open leads by stage and owner, in the order of stages and of names."""
    pairs: dict[tuple[str, str], list[Standing]] = {}
    by_name = by_owner(each for each in context.pipeline.standings if _is_counted(each))
    for stage in context.pipeline.stages:
        for owner, group in by_name:
            here = [
                each for each in group if each.lead.stage and each.lead.stage.name == stage.name
            ]
            if here:
                pairs[stage.label, owner] = here
    return pairs


def _is_counted(standing: Standing) -> bool:
    return standing.is_open and standing.lead.readable


def _stale(group: Sequence[Standing]) -> int:
    return sum(each.idleness is Idleness.STALE for each in group)


def _load_lines(context: Context) -> Iterator[str]:
    limit = context.settings.team.open_leads
    if limit is None:
        return
    for owner, group in by_owner(filter(_is_counted, context.pipeline.standings)):
        if owner:
            yield f"{owner}: {len(group)} of {limit} open leads."


def what_is_done(activity: Activity, context: Context) -> Section:
    """Touches in each stage, week by week, and which of its leads have a next action."""
    counted = [each for each in context.pipeline.standings if _is_counted(each)]
    rows = []
    for each in activity.stages:
        name = each.stage.name
        here = [one for one in counted if one.lead.stage and one.lead.stage.name == name]
        acting = sum(map(has_action, here))
        weeks = " · ".join(map(str, each.touches))
        rows.append((each.stage.label, weeks, f"{acting}", f"{len(here) - acting}"))
    elsewhere = sum(activity.elsewhere)
    return Section(
        title="What is done",
        table=Table(
            headers=("Stage", "Touches a week", "With action", "Without"),
            rows=tuple(rows),
            right=(1, 2, 3),
        ),
        note=(
            "Touches of the last four weeks, the oldest first, by where the lead stood then"
            + (f"; {elsewhere} more with leads in no open stage" if elsewhere else "")
            + ". With action: open leads with a next action and its day."
        ),
    )


def pace_section(activity: Activity, context: Context) -> Section:
    """Whether the pace holds: this week beside the three before."""
    touches = [week.touches for week in activity.weeks]
    *before, now = touches
    usual = sum(before) / len(before)
    verdict = "holds" if usual * 0.8 <= now <= usual * 1.2 else "rises" if now > usual else "falls"
    line = (
        f"The pace {verdict}: {plural(now, 'touch', 'touches')} in the last seven days, "
        f"{usual:.1f} a week in the three weeks before."
        if any(touches)
        else "No touch with a lead in four weeks."
    )
    marks = tuple(
        Mark(label=short_day(week.period.last, context.today), value=week.touches)
        for week in activity.weeks
    )
    return Section(
        title="Pace",
        lines=(line,),
        table=Table(
            headers=("Week to", "Touches", "Moves on", "New leads"),
            rows=tuple(
                (
                    short_day(week.period.last, context.today),
                    f"{week.touches}",
                    f"{week.steps_on}",
                    f"{week.new}",
                )
                for week in activity.weeks
            ),
            right=(1, 2, 3),
        ),
        chart=Chart(kind="bar", title="Touches a week", marks=marks) if any(touches) else None,
        note="Weeks of seven days; the last one ends today.",
    )
