"""The agenda of the week's meeting: what is worth talking about, by owner, in the time there is."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pages.blocks.items import item_id
from vaultflow.pages.ranking import by_worth
from vaultflow.pages.rows import LeadRow, lead_row
from vaultflow.pages.unread import folders_text
from vaultflow.pages.wording import plural, short_day
from vaultflow.pipeline.measures.movement.slippage import slip_of
from vaultflow.pipeline.practice.process.owners import by_owner
from vaultflow.pipeline.workdays import monday_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import PurePosixPath

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.measures.movement.slippage import Slip
    from vaultflow.pipeline.standing import Standing

UPCOMING_DAYS = 30
NEW_DAYS = 7  # since the last meeting
TOPS = (3, 2, 1)
"""How many of each part of each owner there may be: the most for which the time is enough."""
TIME_BOX = 60  # minutes; with very many owners one lead of each part takes longer all the same


class Part(StrEnum):
    """Why a lead is on the agenda; each lead once, by the first that fits."""

    SLIPPED = "slipped"
    """The day on which it closes has passed, or was pushed in the last 30 days."""
    UPCOMING = "upcoming"
    """It closes within 30 days."""
    NEW = "new"
    CURRENT = "current"
    """Any other open lead."""


MINUTES = {Part.SLIPPED: 3, Part.UPCOMING: 3, Part.NEW: 1, Part.CURRENT: 2}
"""For each lead: a deep dive takes longer than to say that one is there."""


class Point(Struct, frozen=True, kw_only=True):
    """A lead to talk about."""

    id: str
    """The same all week."""
    row: LeadRow
    why: str
    minutes: int


class PartOfAgenda(Struct, frozen=True, kw_only=True):
    """The leads of one owner that are there for the same reason."""

    part: Part
    points: tuple[Point, ...]
    """Those that are worth most."""
    more: int
    """That the time does not reach."""


class OwnerAgenda(Struct, frozen=True, kw_only=True):
    """What to talk about with one owner."""

    name: str
    """Empty: leads that nobody looks after."""
    open: int
    minutes: int
    parts: tuple[PartOfAgenda, ...]


class MeetingPage(Struct, frozen=True, kw_only=True):
    """What the agenda shows."""

    today: date
    first: date
    """Monday of the week."""
    decimal: str
    minutes: int
    """Of the whole meeting."""
    upcoming_days: int
    new_days: int
    owners: tuple[OwnerAgenda, ...]
    """Those with an open lead, by name; last the leads that nobody looks after."""
    unreadable: int
    unread_folders: str
    """Which folders cannot be read, in a sentence; empty when all can."""


def build_meeting(context: Context) -> MeetingPage:
    """The agenda of this week's meeting as it stands today."""
    slips = _slips(context)
    is_open = [one for one in context.pipeline.standings if one.is_open and one.lead.readable]
    owners = _in_time(by_owner(is_open), slips, context)
    return MeetingPage(
        today=context.today,
        first=monday_of(context.today),
        decimal=context.settings.money.decimal,
        minutes=sum(owner.minutes for owner in owners),
        upcoming_days=UPCOMING_DAYS,
        new_days=NEW_DAYS,
        owners=owners,
        unreadable=sum(not one.lead.readable for one in context.pipeline.standings),
        unread_folders=folders_text(context),
    )


def _in_time(
    groups: Sequence[tuple[str, tuple[Standing, ...]]],
    slips: Mapping[PurePosixPath, tuple[Slip, date | None]],
    context: Context,
) -> tuple[OwnerAgenda, ...]:
    """The agenda with as many leads as an hour is enough for."""
    agendas: tuple[OwnerAgenda, ...] = ()
    for top in TOPS:
        agendas = tuple(_agenda(name, group, slips, top, context) for name, group in groups)
        if sum(agenda.minutes for agenda in agendas) <= TIME_BOX:
            break
    return agendas


def _slips(context: Context) -> Mapping[PurePosixPath, tuple[Slip, date | None]]:
    """By lead: what became of its expected day, and the day on which that was last pushed."""
    return {
        course.lead.path: (
            slip,
            max((fact.day for fact in course.of_field("expected_close")), default=None),
        )
        for course in context.courses().deals
        if (slip := slip_of(course))
    }


def _agenda(
    name: str,
    group: Sequence[Standing],
    slips: Mapping[PurePosixPath, tuple[Slip, date | None]],
    top: int,
    context: Context,
) -> OwnerAgenda:
    sorted_out: dict[Part, list[tuple[Standing, str]]] = {part: [] for part in Part}
    for standing in by_worth(group, context):
        part, why = next(_reasons(standing, slips.get(standing.lead.path), context))
        sorted_out[part].append((standing, why))
    parts = tuple(
        PartOfAgenda(
            part=part,
            points=tuple(_point(one, why, part, context) for one, why in found[:top]),
            more=max(len(found) - top, 0),
        )
        for part, found in sorted_out.items()
        if found
    )
    return OwnerAgenda(
        name=name,
        open=len(group),
        minutes=sum(point.minutes for part in parts for point in part.points),
        parts=parts,
    )


def _reasons(
    standing: Standing, slipped: tuple[Slip, date | None] | None, context: Context
) -> Iterator[tuple[Part, str]]:
    """Why it is worth a talk, the most pressing reason first."""
    lead, today = standing.lead, context.today
    close, created = lead.expected_close, lead.created
    if close and close < today:
        late = plural((today - close).days, "day")
        yield Part.SLIPPED, f"should have closed {late} ago, on {short_day(close, today)}"
    if close and slipped:
        slip, on = slipped
        if slip.pushes and on and (today - on).days <= UPCOMING_DAYS:
            pushed = plural(slip.pushes, "time")
            first = short_day(slip.first_promised, today)
            yield Part.SLIPPED, f"pushed {pushed}, from {first} to {short_day(close, today)}"
    if close and (close - today).days <= UPCOMING_DAYS:
        yield Part.UPCOMING, f"closes {short_day(close, today)}"
    if created and 0 <= (today - created).days < NEW_DAYS:
        yield Part.NEW, f"came up {short_day(created, today)}"
    touch = standing.last_touch
    last = f"last touch {short_day(touch.day, today)}" if touch else "no touch yet"
    yield Part.CURRENT, last


def _point(standing: Standing, why: str, part: Part, context: Context) -> Point:
    week = monday_of(context.today).isoformat()
    return Point(
        id=item_id(str(standing.lead.path), "meeting", week),
        row=lead_row(standing, context),
        why=why,
        minutes=MINUTES[part],
    )
