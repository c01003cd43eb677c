"""The leads in focus: which few to review today, each with why it is here.

The rule, in this order:

1. a next action that is overdue,
2. a next action that is due today,
3. a parked lead whose day to look again has come,
4. a stale deal,
5. a lead without a next action,
6. all other open leads.

Within each the highest value times probability comes first, then the longest without a touch,
then the path: the same vault on the same day always gives the same leads.

Pressing leads must not hide the others for ever. So when not all fit, the last of two or more
places goes to the lead whose turn it is: the open leads take turns, one each working day, in path
order. Whatever is pressing, each comes up within as many working days as there are open leads.

A lead that has been reviewed today keeps its place, behind the others: answering one question must
not bring up the next lead, or the day's review would never end.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pages.ranking import worth_key
from vaultflow.pages.rows import days_over, weighted_value
from vaultflow.pages.wording import plural, short_day
from vaultflow.pipeline.money import format_money
from vaultflow.pipeline.standing import Bucket
from vaultflow.pipeline.workdays import working_days_between

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import PurePosixPath

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.standing import Standing

FOCUS_RULE = (
    "overdue, due today, to look at again, stale, without a next action; "
    "then value × probability, then longest without a touch; the last place goes by turns"
)
"""The rule in short, as pages print it."""

FIRST_TURN = date(2001, 1, 1)  # a Monday; any fixed day does


class Reason(StrEnum):
    """Why a lead is in focus, most pressing first."""

    OVERDUE = "overdue"
    DUE_TODAY = "due-today"
    REVISIT = "revisit"
    STALE = "stale"
    NO_NEXT_ACTION = "no-next-action"
    WORTH = "worth"
    QUIET = "quiet"
    """Its worth is not known, and so it stands behind those whose is."""
    TURN = "turn"
    REVIEWED = "reviewed"
    """Today's review has dealt with it: it stays until the day is over."""


PRESSING = {
    Bucket.OVERDUE: Reason.OVERDUE,
    Bucket.DUE_TODAY: Reason.DUE_TODAY,
    Bucket.STALE: Reason.STALE,
    Bucket.NO_NEXT_ACTION: Reason.NO_NEXT_ACTION,
}
RANKS = {reason: rank for rank, reason in enumerate(Reason)}


class Pick(Struct, frozen=True, kw_only=True):
    """A lead that is to be reviewed, and why."""

    standing: Standing
    reason: Reason
    why: str
    """The reason in words, without a stop at its end."""


def pick_focus(context: Context) -> tuple[Pick, ...]:
    """The leads to review today, most pressing first; at most `[review] capacity`."""
    capacity = max(context.settings.review.capacity, 0)
    reviewed = reviewed_today(context)
    done = {standing.lead.path for standing in reviewed}
    candidates = [
        (reason_for(standing), standing)
        for standing in context.pipeline.standings
        if is_candidate(standing, context) and standing.lead.path not in done
    ]
    ranked = sorted(candidates, key=lambda one: (RANKS[one[0]], worth_key(one[1], context)))
    places = max(capacity - len(reviewed), 0)
    chosen = [make_pick(standing, reason, context) for reason, standing in ranked[:places]]
    if capacity > 1 and 0 < places < len(ranked):
        before = {one.standing.lead.path for one in chosen[:-1]}
        chosen[-1] = next_in_turn(before, done, context) or chosen[-1]
    again = (make_pick(one, Reason.REVIEWED, context) for one in reviewed if one.is_open)
    return (*chosen, *again)


def reviewed_today(context: Context) -> tuple[Standing, ...]:
    """The leads that a review of today has dealt with, closed and parked ones too, by path."""
    return tuple(
        standing
        for standing in context.pipeline.standings
        if standing.lead.reviewed_on == context.today
    )


def is_candidate(standing: Standing, context: Context) -> bool:
    """Whether the lead can be in focus: open and readable, or parked until today or before."""
    if standing.is_parked:
        return is_due_again(standing, context)
    return standing.is_open and standing.lead.readable


def is_due_again(standing: Standing, context: Context) -> bool:
    """Whether the day has come on which a lead that is not open is to be looked at again."""
    revisit_on = standing.lead.revisit_on
    return not standing.is_open and revisit_on is not None and revisit_on <= context.today


def reason_for(standing: Standing) -> Reason:
    """The most pressing reason to review a lead."""
    if standing.is_parked:
        return Reason.REVISIT
    found = next((PRESSING[bucket] for bucket in PRESSING if bucket in standing.buckets), None)
    return found or (Reason.WORTH if weighted_value(standing) else Reason.QUIET)


def pressing_reason(standing: Standing) -> Reason:
    """Why a lead is reviewed whose turn has not come: what presses, else that it is reviewed."""
    reason = reason_for(standing)
    presses = reason is Reason.REVISIT or reason in PRESSING.values()
    return reason if presses else Reason.REVIEWED


def next_in_turn(
    before: AbstractSet[PurePosixPath], done: AbstractSet[PurePosixPath], context: Context
) -> Pick | None:
    """The open lead whose turn it is, or the next one that is not among those before it.

    None when it is among those that are done: then the turn of today is over.
    """
    takers = [
        standing
        for standing in context.pipeline.standings
        if not standing.is_parked and is_candidate(standing, context)
    ]
    if not takers:
        return None
    turn = working_days_between(FIRST_TURN, context.today, context.pipeline.calendar) % len(takers)
    in_turn = (*takers[turn:], *takers[:turn])
    free = next((one for one in in_turn if one.lead.path not in before), None)
    if free is None or free.lead.path in done:
        return None
    return make_pick(free, Reason.TURN, context)


def make_pick(standing: Standing, reason: Reason, context: Context) -> Pick:
    """The lead with its reason in words."""
    return Pick(standing=standing, reason=reason, why=WORDS[reason](standing, context))


def _overdue(standing: Standing, context: Context) -> str:
    due = _day(standing.lead.next_action_due, context, ", due ")
    return f"Overdue {plural(standing.overdue_days or 0, 'day')}: {_action(standing)}{due}"


def _due_today(standing: Standing, _: Context) -> str:
    return f"Due today: {_action(standing)}"


def _revisit(standing: Standing, context: Context) -> str:
    return f"Parked{_day(standing.lead.revisit_on, context, ' until ')}: time to look again"


def _stale(standing: Standing, _: Context) -> str:
    return f"Stale: {plural(days_over(standing), 'day')} over the limit"


def _no_next_action(standing: Standing, _: Context) -> str:
    action = standing.lead.next_action
    return f"No day is set for: {action}" if action else "No next action"


def _worth(standing: Standing, context: Context) -> str:
    value = standing.lead.value
    amount = format_money(value, context.settings.money.decimal) if value else "no value"
    return f"Among the most to win: {amount} at {standing.lead.probability}%"


def _quiet(_: Standing, __: Context) -> str:
    return "Among the longest without a touch"


def _turn(standing: Standing, context: Context) -> str:
    reason = reason_for(standing)
    if reason in PRESSING.values():
        return f"{WORDS[reason](standing, context)}; its turn today"
    return "Its turn: every open lead comes up in time"


def _reviewed(_: Standing, __: Context) -> str:
    return "Reviewed today"


def _action(standing: Standing) -> str:
    return standing.lead.next_action or "the next action"


def _day(day: date | None, context: Context, before: str) -> str:
    return f"{before}{short_day(day, context.today)}" if day else ""


WORDS: Mapping[Reason, Callable[[Standing, Context], str]] = {
    Reason.OVERDUE: _overdue,
    Reason.DUE_TODAY: _due_today,
    Reason.REVISIT: _revisit,
    Reason.STALE: _stale,
    Reason.NO_NEXT_ACTION: _no_next_action,
    Reason.WORTH: _worth,
    Reason.QUIET: _quiet,
    Reason.TURN: _turn,
    Reason.REVIEWED: _reviewed,
}
"""How each reason is said, with the day, the amount or the number of days that it rests on."""
