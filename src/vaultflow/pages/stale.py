"""The stale deals, each with the evidence and something to do, and the other silent leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pages.listing import Listing, build_listing, in_bucket, lead_item_id
from vaultflow.pages.ranking import by_quiet, by_worth
from vaultflow.pages.rows import LeadRow, days_over, lead_row, next_so_far
from vaultflow.pages.unread import folders_text
from vaultflow.pipeline.pipeline import Total, total
from vaultflow.pipeline.standing import Bucket, Idleness
from vaultflow.vault.plain import ShownAgain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.settings import Stage
    from vaultflow.pipeline.standing import Standing

LONGEST = 10  # the second order is for a look; the first one has them all
STALE = ("stale deal",)
NO_LIST_ACTION = "Ask what has changed since you last spoke"


class StaleLead(ShownAgain, frozen=True, kw_only=True):
    """A stale deal: how far beyond its limit, and what to try."""

    id: str
    """Of its tick box; a new one once it has been touched."""
    row: LeadRow
    days_over: int
    """Idle days beyond the limit of its stage."""
    next_so_far: str
    """The next action that it has; empty when it has none."""
    suggestion: str
    """The first entry of the stage's quick list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StalePage:
    """What the page of stale deals shows."""

    today: date
    decimal: str
    total: Total
    """Of the stale deals."""
    stale: tuple[StaleLead, ...]
    """By value times probability, most first."""
    longest: tuple[StaleLead, ...]
    """The same deals by time since the last touch, longest first; at most ten."""
    sleeping: Listing
    """Leads whose next action is so far away that they would better be parked."""
    unknown: Listing
    """Open leads without any date to count from."""
    unreadable: Listing
    unread_folders: str
    """Which folders cannot be read, in a sentence; empty when all can."""


class Silent(Struct, frozen=True, kw_only=True):
    """The leads that the page of stale deals is about."""

    stale: tuple[Standing, ...]
    """By value times probability, most first."""
    sleeping: tuple[Standing, ...]
    unknown: tuple[Standing, ...]
    unreadable: tuple[Standing, ...]


def build_stale(context: Context) -> StalePage:
    """What the page of stale deals shows today."""
    silent = find_silent(context)
    stale = silent.stale
    return StalePage(
        today=context.today,
        decimal=context.settings.money.decimal,
        total=total(stale, context.settings, context.today),
        stale=tuple(stale_lead(standing, context) for standing in stale),
        longest=tuple(stale_lead(standing, context) for standing in by_quiet(stale)[:LONGEST]),
        sleeping=build_listing(silent.sleeping, context, "sleeping"),
        unknown=build_listing(silent.unknown, context, "undated"),
        unreadable=build_listing(silent.unreadable, context, "unreadable"),
        unread_folders=folders_text(context),
    )


def find_silent(context: Context) -> Silent:
    """The leads of the page: all that it says of them is made from these."""
    standings = context.pipeline.standings
    return Silent(
        stale=by_worth(in_bucket(standings, Bucket.STALE), context),
        sleeping=_idle(standings, Idleness.SLEEPING),
        unknown=_idle(standings, Idleness.UNKNOWN),
        unreadable=in_bucket(standings, Bucket.UNREADABLE),
    )


def what_to_try(stage: Stage | None) -> str:
    """The first entry of the stage's quick list."""
    return next(iter(stage.actions if stage else ()), NO_LIST_ACTION)


def stale_lead(standing: Standing, context: Context) -> StaleLead:
    """A stale deal with what to try; the one that was made before, if there is one."""

    def made() -> StaleLead:
        return StaleLead(
            id=lead_item_id(standing, "stale"),
            row=lead_row(standing, context),
            days_over=days_over(standing),
            next_so_far=next_so_far(standing.lead, context.today),
            suggestion=what_to_try(standing.lead.stage),
        )

    return context.made_of(standing).get(STALE, made)


def _idle(standings: Iterable[Standing], idleness: Idleness) -> tuple[Standing, ...]:
    return tuple(
        standing
        for standing in standings
        if standing.idleness is idleness and standing.lead.readable
    )
