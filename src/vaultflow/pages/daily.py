"""The daily review note: today's question and its answer, the leads in focus, what is due.

What is worth a look besides is one line each, with a link to where all of it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pages.counts import Counts, answer_lines, count_leads
from vaultflow.pages.focus import (
    FOCUS_RULE,
    Pick,
    Reason,
    is_due_again,
    make_pick,
    pick_focus,
    pressing_reason,
)
from vaultflow.pages.listing import Listing, build_listing, in_bucket
from vaultflow.pages.practice.reviews import habit_line, pressure_lines, review_days
from vaultflow.pages.questions import Question, build_questions, following_stage
from vaultflow.pages.ranking import by_created, by_due, by_worth
from vaultflow.pages.rows import LeadRow, lead_row, next_so_far, stage_label
from vaultflow.pages.unread import UnreadNotes, find_unread
from vaultflow.pipeline.practice.reviewing.habit import measure_habit
from vaultflow.pipeline.practice.reviewing.pressure import find_pressure
from vaultflow.pipeline.reading.boxes import criterion_key
from vaultflow.pipeline.standing import Bucket
from vaultflow.pipeline.workdays import is_working_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import PurePosixPath

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.lead import Lead
    from vaultflow.pipeline.practice.reviewing.habit import Habit
    from vaultflow.pipeline.standing import Standing

LIST_LIMIT = 10  # what is due is the day's work; more than ten are not done in a day anyway
FEW = 5  # the other lists only point at a page that holds all of it
NEW_DAYS = 7  # a week: long enough that a review missed on Friday hides nobody


class FocusLead(Struct, frozen=True, kw_only=True):
    """A lead in focus: why it is here, and what to ask about it."""

    row: LeadRow
    reason: Reason
    why: str
    """The reason in words."""
    next_so_far: str
    """The next action that it has, unless the reason names it."""
    questions: tuple[Question, ...]
    """Empty on a day that is no working day: then nothing is asked."""
    next_stage: str
    """Label of the open stage that follows; empty in the last one."""
    entry: tuple[str, ...]
    """What must be true before it moves there, and is not ticked in its note: what to work on."""
    actions: tuple[str, ...]
    """The quick list of next actions of its stage."""


class DailyPage(Struct, frozen=True, kw_only=True):
    """What the daily review note shows."""

    today: date
    is_working_day: bool
    decimal: str
    """The decimal sign that amounts are shown with."""
    pages: tuple[str, ...]
    """Names of the pages that are kept, and so can be linked to."""
    counts: Counts
    answer: tuple[str, ...]
    """The answer to "Do I have any leads in my pipeline?", a sentence or two a line."""
    habit: Habit
    habit_line: str
    """The same in words."""
    pressure: tuple[str, ...]
    """Who is back after a long time and behind the goal reads here why; else empty."""
    pace: str
    """What is won beside an even pace; empty without a goal."""
    focus_rule: str
    focus: tuple[FocusLead, ...]
    due: Listing
    """Actions overdue and due today, the oldest first; those of leads in focus too."""
    stale: Listing
    no_action: Listing
    new: Listing
    """Leads created in the last seven days, newest first."""
    revisit: Listing
    """Parked and lost leads whose day to look again has come."""
    unknown_stage: Listing
    unreadable: UnreadNotes
    """Any note of the vault, since it may be a lead."""


def build_daily(context: Context, *, called: PurePosixPath | None = None) -> DailyPage:
    """What today's review note shows.

    Args:
        context: what the page may look at.
        called: a lead that is to be reviewed now, whether its turn has come or not; it is asked
            about on a day off too.
    """
    focus = leads_in_focus(called, context)
    in_focus = frozenset(lead.row.path for lead in focus)
    counts = count_leads(context)
    habit = measure_habit(review_days(context), context.today, context.pipeline.calendar)
    pressure = find_pressure(habit, context.pipeline)
    standings = context.pipeline.standings

    def cut(chosen: Iterable[Standing], rule: str, limit: int = FEW) -> Listing:
        period = context.today.isoformat()
        return build_listing(chosen, context, rule, period=period, limit=limit, focus=in_focus)

    return DailyPage(
        today=context.today,
        is_working_day=is_working_day(context.today, context.pipeline.calendar),
        decimal=context.settings.money.decimal,
        pages=context.settings.pages.enabled,
        counts=counts,
        answer=answer_lines(counts, context),
        habit=habit,
        habit_line=habit_line(habit, context.today),
        pressure=pressure_lines(pressure, context) if pressure else (),
        pace=_pace(context),
        focus_rule=FOCUS_RULE,
        focus=focus,
        due=due_actions(context),
        stale=cut(by_worth(in_bucket(standings, Bucket.STALE), context), "stale"),
        no_action=cut(by_worth(in_bucket(standings, Bucket.NO_NEXT_ACTION), context), "no-action"),
        new=cut(new_leads(context), "new"),
        revisit=cut(due_again(context), "revisit", LIST_LIMIT),
        unknown_stage=cut(in_bucket(standings, Bucket.UNKNOWN_STAGE), "unknown-stage"),
        unreadable=find_unread(context, LIST_LIMIT),
    )


def _pace(context: Context) -> str:
    if context.settings.quota.amount is None:
        return ""
    from vaultflow.pages.reports.pace_line import pace_line  # noqa: PLC0415  # most have no goal

    return pace_line(context)


def leads_in_focus(called: PurePosixPath | None, context: Context) -> tuple[FocusLead, ...]:
    """The leads in focus; on a day off, only the one that was called is asked about."""
    asks = is_working_day(context.today, context.pipeline.calendar)
    return tuple(
        focus_lead(pick, context, asks=asks or pick.standing.lead.path == called)
        for pick in with_called(pick_focus(context), called, context)
    )


def with_called(
    picks: tuple[Pick, ...], called: PurePosixPath | None, context: Context
) -> tuple[Pick, ...]:
    """The leads in focus, and behind them the one that was called unless it is among them."""
    if called in {pick.standing.lead.path for pick in picks}:
        return picks
    more = (one for one in context.pipeline.standings if one.lead.path == called)
    return (*picks, *(make_pick(one, pressing_reason(one), context) for one in more))


def focus_lead(pick: Pick, context: Context, *, asks: bool) -> FocusLead:
    """A lead in focus with its questions, which are left out unless `asks`."""
    stage = pick.standing.lead.stage
    following = following_stage(pick.standing, context)
    return FocusLead(
        row=lead_row(pick.standing, context),
        reason=pick.reason,
        why=pick.why,
        next_so_far=next_so_far(pick.standing.lead, context.today, pick.why),
        questions=build_questions(pick.standing, context) if asks else (),
        next_stage=stage_label(following) if following else "",
        entry=tuple(unmet(following.entry, pick.standing.lead)) if following else (),
        actions=stage.actions if stage else (),
    )


def unmet(criteria: Iterable[str], lead: Lead) -> Iterator[str]:
    """The criteria that the lead's note has not ticked."""
    met = {criterion_key(box.text) for box in lead.boxes if box.is_done}
    return (criterion for criterion in criteria if criterion_key(criterion) not in met)


def due_actions(context: Context) -> Listing:
    """Actions overdue and due today, oldest first; of leads in focus too, since they are ticked."""
    standings = context.pipeline.standings
    due = (*in_bucket(standings, Bucket.OVERDUE), *in_bucket(standings, Bucket.DUE_TODAY))
    period = context.today.isoformat()
    return build_listing(by_due(due), context, "action", period=period, limit=LIST_LIMIT)


def new_leads(context: Context) -> tuple[Standing, ...]:
    """Open leads created in the last seven days, newest first."""
    young = (
        standing
        for standing in context.pipeline.standings
        if standing.is_open
        and standing.lead.created
        and 0 <= (context.today - standing.lead.created).days < NEW_DAYS
    )
    return tuple(reversed(by_created(young)))


def due_again(context: Context) -> tuple[Standing, ...]:
    """Parked and lost leads whose day to look again has come, by path."""
    return tuple(
        standing for standing in context.pipeline.standings if is_due_again(standing, context)
    )
