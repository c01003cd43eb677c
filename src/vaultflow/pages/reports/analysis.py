"""The analysis: what each source and owner brings, touches by week, content, freshness."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from vaultflow.pages.practice.effort import promises_of
from vaultflow.pages.reports.saying import sums_text, unread_text
from vaultflow.pages.reports.section import Report, Section, Table
from vaultflow.pages.reports.telling import (
    median_days,
    share,
    short_share,
    sparkline,
    standings_of,
)
from vaultflow.pages.rows import stage_label
from vaultflow.pages.wording import plural
from vaultflow.pipeline.measures.movement.freshness import FRESH_DAYS, freshness
from vaultflow.pipeline.measures.numbers.periods import last_days
from vaultflow.pipeline.measures.results.attribution import attribute
from vaultflow.pipeline.measures.results.trends import WEEKS, touch_trends
from vaultflow.pipeline.measures.results.winning import cohort
from vaultflow.pipeline.pipeline import total
from vaultflow.pipeline.practice.following.content import content_use, read_pieces
from vaultflow.pipeline.practice.following.promises import kept_rate
from vaultflow.pipeline.practice.process.owners import by_owner, by_source
from vaultflow.pipeline.settings import StageKind
from vaultflow.pipeline.stages import open_stages
from vaultflow.pipeline.workdays import monday_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.history.course import Course
    from vaultflow.pipeline.lead import Lead
    from vaultflow.pipeline.measures.results.attribution import Attribution
    from vaultflow.pipeline.measures.results.trends import Trend
    from vaultflow.pipeline.practice.following.promises import Promise
    from vaultflow.pipeline.standing import Standing

SOURCE, OWNER = "By source", "By owner"
NAMELESS = {SOURCE: "Unknown", OWNER: "Nobody"}
YEAR = 365  # days: a source is judged by what had the time to be won, and by nothing older


def build_analysis(context: Context) -> Report:
    """What brings leads and deals, and how the work goes, as of today."""
    year = last_days(context.today, YEAR)
    deals = cohort(context.courses().deals, year)
    promises = promises_of(context)
    standings = standings_of(deals, context)
    note = (
        f"Of {plural(len(deals), 'lead')} that came up from {year.first} to {year.last}; orders "
        f"and leads that were none are left out. Qualified: {_qualified(context)}."
        f"{unread_text(context)}"
    )
    return Report(
        title="Analysis",
        sections=(
            attribution(SOURCE, by_source(standings), deals, promises, note, context),
            attribution(OWNER, by_owner(standings), deals, promises, note, context),
            touches_by_week(context),
            vault_freshness(context),
            *content(context),
        ),
    )


def attribution(
    title: str,
    groups: Sequence[tuple[str, tuple[Standing, ...]]],
    deals: Sequence[Course],
    promises: Mapping[Lead, tuple[Promise, ...]],
    note: str,
    context: Context,
) -> Section:
    """What came of the leads of each group: how many, how far, how much, how fast, how reliably."""
    if not groups:
        return Section(title=title, lines=("No lead came up in the last year.",), note=note)
    by_path = {course.lead.path: course for course in deals}
    stages, by_stage = context.pipeline.stages, context.settings.qualification.by_stage
    found = {
        name or NAMELESS[title]: (
            group,
            attribute((by_path[one.lead.path] for one in group), stages, by_stage),
        )
        for name, group in groups
    }
    return Section(
        title=title,
        lines=tuple(
            _brought(name, group, came, promises, context) for name, (group, came) in found.items()
        ),
        table=Table(
            headers=("", "Leads", "Qualified", "Won"),
            rows=tuple(
                (name, str(came.leads), short_share(came.qualified), short_share(came.won))
                for name, (_, came) in found.items()
            ),
            right=(1, 2, 3),
        ),
        note=note,
    )


def _brought(
    name: str,
    group: Sequence[Standing],
    came: Attribution,
    promises: Mapping[Lead, tuple[Promise, ...]],
    context: Context,
) -> str:
    won = [one for one in group if _is_won(one)]
    value = total(won, context.settings, context.today).value
    since = context.today - timedelta(days=YEAR - 1)
    rate = kept_rate((each for one in group for each in promises.get(one.lead, ())), since)
    kept = f"; follow-up kept {rate.kept} of {rate.due}" if rate.due else ""
    brought = (
        f"; {sums_text(value, context) or 'no value'}, {median_days(came.days)}" if won else ""
    )
    return f"{name}: won {share(came.won)}{brought}{kept}."


def _qualified(context: Context) -> str:
    """What counts as qualified: to be past the stage by whose end a lead should be."""
    path = open_stages(context.pipeline.stages)
    by_stage = context.settings.qualification.by_stage
    named = 0 < by_stage <= len(path)
    return f"past {stage_label(path[by_stage - 1])}" if named else f"past open stage {by_stage}"


def touches_by_week(context: Context) -> Section:
    """The touches of eight weeks, by channel and by direction."""
    leads = [one.lead for one in context.pipeline.standings]
    trends = touch_trends(leads, context.today)
    first = monday_of(context.today) - timedelta(weeks=WEEKS - 1)
    return Section(
        title="Touches by week",
        lines=tuple(map(trend_line, trends)),
        note=(
            f"{plural(trends[0].total, 'touch', 'touches')} with leads in the {WEEKS} weeks from "
            f"{first}; the last one is not over yet. The highest bar is the most of a line."
        ),
    )


def trend_line(trend: Trend) -> str:
    """`call ▁▂█▃ 12 in all, 3 last week, 1 this week`."""
    *_, last, this = trend.weeks
    bars = sparkline(trend.weeks)
    return f"{trend.name} {bars} {trend.total} in all, {last} last week, {this} this week"


def vault_freshness(context: Context) -> Section:
    """How up to date the vault is."""
    found = freshness(context.pipeline.standings, context.today)
    title = "How fresh the vault is"
    if not found.fresh.whole:
        return Section(title=title, lines=("No lead is open.",))
    without = (f"No touch is known of {found.untouched}.",) if found.untouched else ()
    return Section(
        title=title,
        lines=(
            f"Touched in the last {FRESH_DAYS} days: {share(found.fresh)} open leads.",
            f"Last touch: {median_days(found.ages)}.",
            *without,
        ),
        note=f"Calendar days before {context.today}.{unread_text(context)}",
    )


def content(context: Context) -> tuple[Section, ...]:
    """How much of the content is used, and what followed; nothing where there is no content."""
    pieces = read_pieces(context.vault, context.settings)
    days = context.settings.signals.window_days
    if not pieces:
        return ()
    leads = [one.lead for one in context.pipeline.standings if one.lead.readable]
    use = content_use(leads, pieces, context.vault, context.settings, context.today)
    waiting = f" {use.waiting} more are too young to tell." if use.waiting else ""
    followed = f"A signal followed within {days} days: {share(use.signals)} sendings.{waiting}"
    section = Section(
        title="Content",
        lines=(
            f"Used: {share(use.used)} pieces.",
            f"Sent {plural(use.sendings, 'time')} to {plural(use.leads, 'lead')}.",
            followed if use.signals.whole or use.waiting else "No day of a sending is known.",
        ),
        note="All days. What follows is no proof of a cause.",
    )
    return (section,)


def _is_won(standing: Standing) -> bool:
    return standing.lead.stage is not None and standing.lead.stage.kind is StageKind.WON
