"""The work in the flow: who has what, what is done in each stage, and whether the pace holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.pages.listing import has_action
from vaultflow.pages.reports.section import Chart, Mark, Section, Table
from vaultflow.pages.wording import UNKNOWN_STAGE, plural, short_day
from vaultflow.pipeline.practice.process.owners import by_owner
from vaultflow.pipeline.standing import Idleness

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.measures.movement.activity import Activity
    from vaultflow.pipeline.standing import Standing

MOST_PAIRS = 20  # of stage and owner: a phone shows no more in one go


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
    for stage in (*context.pipeline.stages, None):
        for owner, group in by_name:
            here = [each for each in group if each.lead.stage == stage]
            if here:
                pairs[stage.label if stage else UNKNOWN_STAGE, owner] = here
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
