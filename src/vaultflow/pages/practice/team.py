"""The page of the team: who looks after what, how the process is kept, where leads come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaultflow.pages.listing import Listing, build_listing, in_bucket
from vaultflow.pages.ranking import by_worth
from vaultflow.pages.rows import LeadRow, lead_row
from vaultflow.pipeline.pipeline import Total, total
from vaultflow.pipeline.practice.process.conformance import conduct_of
from vaultflow.pipeline.practice.process.owners import by_owner, by_source
from vaultflow.pipeline.practice.process.workload import suggest_handovers
from vaultflow.pipeline.settings import StageKind
from vaultflow.pipeline.standing import Bucket

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.standing import Standing

SHOWN = 5  # of each list: the rest stands on the pages that are about nothing else


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """How far one owner's leads follow the process."""

    moved: int
    """Leads whose log tells of a move."""
    skipped: Listing
    """Of these, leads that passed over a stage."""
    open: int
    entry_unmet: Listing
    """Open leads that stand in a stage without what it asks for, as far as that is known."""
    unqualified: Listing
    """Open leads that are far with too few of the seven questions answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerSection:
    """One owner's leads."""

    name: str
    """Empty: leads that nobody looks after."""
    open: Total
    over: int
    """Open leads beyond `[team] open_leads`; 0 without a limit."""
    overdue: Listing
    stale: Listing
    without_action: Listing
    without_touch: Listing
    process: Process


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """What one source has brought."""

    name: str
    """Empty: leads of unknown source."""
    leads: int
    open: Total
    won: Total
    lost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverLine:
    """A stalled lead that somebody else has more time for."""

    row: LeadRow
    giver: str
    taker: str
    room: int
    won: int
    """Leads that the taker has won."""
    closed: int
    """Of as many that were won or lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPage:
    """What the page of the team shows."""

    decimal: str
    limit: int | None
    """Open leads that one owner can look after."""
    answers: int
    """Of the seven questions, as many answers are asked for."""
    owners: tuple[OwnerSection, ...]
    """Those with an open lead, by name; last the leads that nobody looks after."""
    sources: tuple[SourceLine, ...]
    """The one with the most leads first."""
    handovers: tuple[HandoverLine, ...]


def build_team(context: Context) -> TeamPage:
    """What the page of the team shows today."""
    standings = context.pipeline.standings
    limit = context.settings.team.open_leads
    owners = (_owner(name, group, context) for name, group in by_owner(standings))
    return TeamPage(
        decimal=context.settings.money.decimal,
        limit=limit,
        answers=context.settings.qualification.answers,
        owners=tuple(owner for owner in owners if owner.open.count),
        sources=tuple(_source(name, group, context) for name, group in by_source(standings)),
        handovers=tuple(
            HandoverLine(
                row=lead_row(each.standing, context),
                giver=each.giver,
                taker=each.taker,
                room=each.room,
                won=each.won,
                closed=each.closed,
            )
            for each in suggest_handovers(standings, limit, context.today)
        ),
    )


def _owner(name: str, group: Sequence[Standing], context: Context) -> OwnerSection:
    limit = context.settings.team.open_leads
    is_open = by_worth((each for each in group if each.is_open), context)
    untouched = (each for each in is_open if each.last_touch is None and each.lead.readable)
    return OwnerSection(
        name=name,
        open=total(is_open, context.settings, context.today),
        over=max(len(is_open) - limit, 0) if limit is not None and name else 0,
        overdue=_listed(in_bucket(is_open, Bucket.OVERDUE), context),
        stale=_listed(in_bucket(is_open, Bucket.STALE), context),
        without_action=_listed(in_bucket(is_open, Bucket.NO_NEXT_ACTION), context),
        without_touch=_listed(untouched, context),
        process=_process(group, context),
    )


def _listed(standings: Iterable[Standing], context: Context) -> Listing:
    return build_listing(standings, context, "team", limit=SHOWN)


def _process(group: Sequence[Standing], context: Context) -> Process:
    stages, qualification = context.pipeline.stages, context.settings.qualification
    conducts = {
        each: conduct_of(each.lead, stages, qualification)
        for each in by_worth(group, context)
        if each.lead.readable
    }
    is_open = {each: conduct for each, conduct in conducts.items() if each.is_open}
    return Process(
        moved=sum(bool(conduct.moves) for conduct in conducts.values()),
        skipped=_listed((each for each, one in conducts.items() if one.skipped), context),
        open=len(is_open),
        entry_unmet=_listed((each for each, one in is_open.items() if one.entry_missing), context),
        unqualified=_listed((each for each, one in is_open.items() if one.is_unqualified), context),
    )


def _source(name: str, group: Sequence[Standing], context: Context) -> SourceLine:
    def of_kind(kind: StageKind) -> tuple[Standing, ...]:
        return tuple(each for each in group if each.lead.stage and each.lead.stage.kind is kind)

    is_open = (each for each in group if each.is_open)
    return SourceLine(
        name=name,
        leads=len(group),
        open=total(is_open, context.settings, context.today),
        won=total(of_kind(StageKind.WON), context.settings, context.today),
        lost=len(of_kind(StageKind.LOST)),
    )
