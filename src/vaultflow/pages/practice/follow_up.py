"""Whom to write to today: who waits for a word, who is due, who has gone quiet, who is a client."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from textwrap import shorten
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pages.listing import Listing, build_listing, in_bucket, lead_item_id
from vaultflow.pages.practice.effort import Effort, build_effort, days_before
from vaultflow.pages.ranking import by_revisit
from vaultflow.pages.rows import LeadRow, lead_row
from vaultflow.pages.unread import folders_text
from vaultflow.pages.wording import plural
from vaultflow.pipeline.lead import Direction
from vaultflow.pipeline.practice.following.cadence import (
    clients_due,
    latest_first,
    not_ready,
    parked_due,
    touch_due,
)
from vaultflow.pipeline.practice.following.effort import effort_touches
from vaultflow.pipeline.practice.following.flags import (
    leads_by_flag,
    logged_value_changes,
    suggests_bargain_hunter,
)
from vaultflow.pipeline.practice.following.quiet import (
    gone_quiet,
    owed_reply,
    touches_evidence,
    waiting_on_them,
)
from vaultflow.pipeline.standing import Bucket

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.practice.following.cadence import DueTouch
    from vaultflow.pipeline.practice.following.quiet import Silence
    from vaultflow.pipeline.standing import Standing

RULE = "follow-up"
LONGEST = 5  # of each list: more than these nobody writes to in a day
MOST_LETTERS = 60  # of what was said: a line on a phone
_TAG = re.compile(r"(?<!\S)#[^\s#]+")
EFFORT_DAYS = 30  # for which the touches that flagged leads took are counted


class Call(Struct, frozen=True, kw_only=True, gc=False):
    """Somebody to get in touch with."""

    id: str
    """Of its tick box; a new one once the lead was touched or planned."""
    row: LeadRow
    days: int
    """For how long they have waited, been silent, or not heard from us."""
    evidence: str
    said: str = ""
    """The last words, cut to a line."""


class Calls(Struct, frozen=True, kw_only=True, gc=False):
    """The first of a list, and how many belong to it besides."""

    calls: tuple[Call, ...] = ()
    more: int = 0
    count: int = 0


class Flagged(Struct, frozen=True, kw_only=True, gc=False):
    """A flag and the open leads that have it."""

    flag: str
    count: int
    touches: int
    """That went into them in the last 30 days."""
    leads: tuple[LeadRow, ...]
    more: int


class Suggested(Struct, frozen=True, kw_only=True, gc=False):
    """A lead that may be a bargain hunter, with what suggests it."""

    row: LeadRow
    drops: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpPage:
    """What the page of follow-ups shows. No lead stands in two of the first four lists."""

    today: date
    decimal: str
    day_word: str
    """What is counted: days, or working days."""
    owed: Calls
    """They spoke last, and wait for a reply: longest first."""
    waiting: Calls
    """We spoke last, and nothing is planned: longest first."""
    due: Calls
    """Their cadence has run out."""
    quiet: Calls
    """Touched again and again without a word from them."""
    resting: Calls
    """The same, but touched lately, or something is planned."""
    unreadable: Listing
    """Notes of which none of this can be told."""
    unread_folders: str
    """Which folders cannot be read, in a sentence; empty when all can."""
    clients: Calls
    parked: Calls
    """Parked leads that should hear from us."""
    revisits: tuple[LeadRow, ...]
    """The next other parked leads to look at again, by day."""
    more_revisits: int
    not_ready: str
    """How many leads were not ready, in a sentence; empty without leads."""
    flags: tuple[Flagged, ...]
    suggested: tuple[Suggested, ...]
    effort: Effort


def build_follow_up(context: Context) -> FollowUpPage:
    """What the page of follow-ups shows today."""
    silent = _silent(context)
    talking = {each.lead.path for some in silent.values() for each, _ in some}
    due = (
        touch_due(each, context.pipeline)
        for each in context.pipeline.standings
        if each.lead.path not in talking
    )
    parked = parked_due(context.pipeline)
    asked = {each.standing.lead.path for each in parked[:LONGEST]}
    later = by_revisit(
        each
        for each in context.pipeline.standings
        if each.is_parked and each.lead.path not in asked
    )
    unreadable = in_bucket(context.pipeline.standings, Bucket.UNREADABLE)
    return FollowUpPage(
        today=context.today,
        decimal=context.settings.money.decimal,
        day_word="working day" if context.settings.pipeline.count == "working" else "day",
        owed=_calls(silent[_List.OWED], context),
        waiting=_calls(silent[_List.WAITING], context),
        due=_due_calls(latest_first(each for each in due if each), context),
        quiet=_calls(silent[_List.QUIET], context),
        resting=_calls(silent[_List.RESTING], context),
        clients=_due_calls(clients_due(context.pipeline), context),
        unreadable=build_listing(unreadable, context, "unreadable", limit=LONGEST),
        unread_folders=folders_text(context),
        parked=_due_calls(parked, context),
        revisits=tuple(lead_row(each, context) for each in later[:LONGEST]),
        more_revisits=max(len(later) - LONGEST, 0),
        not_ready=_not_ready(context),
        flags=_flagged(context),
        suggested=_suggested(context),
        effort=build_effort(context),
    )


class _List(StrEnum):
    """The lists of those with whom a word is open."""

    OWED = "owed"
    QUIET = "quiet"
    RESTING = "resting"
    WAITING = "waiting"


def _silent(context: Context) -> Mapping[_List, list[tuple[Standing, Silence]]]:
    """The open leads with whom a word is open, each in the first list that it belongs to."""
    lists: dict[_List, list[tuple[Standing, Silence]]] = {name: [] for name in _List}
    for standing in context.pipeline.standings:
        unanswered = waiting_on_them(standing, context.pipeline)
        if reply := owed_reply(standing, context.pipeline):
            lists[_List.OWED].append((standing, reply))
        elif silence := gone_quiet(standing, context.pipeline):
            lists[_List.QUIET if unanswered else _List.RESTING].append((standing, silence))
        elif unanswered:
            lists[_List.WAITING].append((standing, unanswered))
    return lists


def _calls(found: Iterable[tuple[Standing, Silence]], context: Context) -> Calls:
    """Those who have waited or been silent, the longest first."""
    ordered = sorted(found, key=lambda pair: (-pair[1].days, pair[0].lead.path.parts))
    return Calls(
        calls=tuple(_call(standing, silence, context) for standing, silence in ordered[:LONGEST]),
        more=max(len(ordered) - LONGEST, 0),
        count=len(ordered),
    )


def _call(standing: Standing, silence: Silence, context: Context) -> Call:
    newest = silence.touches[0]
    said = shorten(_TAG.sub("", newest.text), MOST_LETTERS, placeholder="…")
    return Call(
        id=lead_item_id(standing, RULE),
        row=lead_row(standing, context),
        days=silence.days,
        evidence=touches_evidence(silence.touches, standing.lead),
        said=said if newest.direction is Direction.IN else "",
    )


def _due_calls(due: tuple[DueTouch, ...], context: Context) -> Calls:
    calls = (
        Call(
            id=lead_item_id(each.standing, RULE),
            row=lead_row(each.standing, context),
            days=each.days,
            evidence=each.evidence,
        )
        for each in due[:LONGEST]
    )
    return Calls(calls=tuple(calls), more=max(len(due) - LONGEST, 0), count=len(due))


def _not_ready(context: Context) -> str:
    later, count = not_ready(context.pipeline)
    if not count:
        return ""
    share = round(100 * later / count)
    return (
        f"Not ready when asked: {later} of {plural(count, 'lead')} ({share}%). "
        "It is often said to be 80% or more, even of good ones."
    )


def _flagged(context: Context) -> tuple[Flagged, ...]:
    """The flags of open leads, the one that took the most touches first."""
    open_ones = (each for each in context.pipeline.standings if each.is_open)
    since = days_before(context.today, EFFORT_DAYS)
    found = (
        Flagged(
            flag=flag,
            count=len(leads),
            touches=sum(touch.day > since for each in leads for touch in effort_touches(each.lead)),
            leads=tuple(lead_row(each, context) for each in leads[:LONGEST]),
            more=max(len(leads) - LONGEST, 0),
        )
        for flag, leads in leads_by_flag(open_ones).items()
    )
    return tuple(sorted(found, key=lambda each: (-each.touches, each.flag)))


def _suggested(context: Context) -> tuple[Suggested, ...]:
    money = context.settings.money
    found = (
        (each, suggests_bargain_hunter(each.lead, logged_value_changes(each.lead, money)))
        for each in context.pipeline.standings
        if each.is_open
    )
    return tuple(
        Suggested(row=lead_row(each, context), drops=tuple(map(str, drops)))
        for each, drops in found
        if drops
    )
