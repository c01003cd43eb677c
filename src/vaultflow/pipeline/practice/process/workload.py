"""Who has more leads than one can look after, and who could take one that has stalled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaultflow.pipeline.practice.process.owners import by_owner
from vaultflow.pipeline.settings import StageKind
from vaultflow.pipeline.standing import Bucket

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from vaultflow.pipeline.standing import Standing

RECENT_DAYS = 90  # who has neither a lead in hand nor closed one since is not asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A stalled lead that another owner has more time for: a suggestion and no more."""

    standing: Standing
    giver: str
    taker: str
    room: int
    """How many more leads the taker could look after, before this one."""
    won: int
    """Leads that the taker has won."""
    closed: int
    """Of as many that were won or lost."""


def open_count(standings: Iterable[Standing]) -> int:
    """How many of the leads are open."""
    return sum(standing.is_open for standing in standings)


def closed_counts(standings: Iterable[Standing]) -> tuple[int, int]:
    """How many of the leads were won, and how many were won or lost."""
    kinds = [standing.lead.stage.kind for standing in standings if standing.lead.stage]
    won = kinds.count(StageKind.WON)
    return won, won + kinds.count(StageKind.LOST)


def suggest_handovers(
    standings: Iterable[Standing], limit: int | None, today: date
) -> tuple[Handover, ...]:
    """Which stalled leads owners over the limit could give, and to whom.

    Of an owner who is two over the limit at most two leads are named: stale ones, the longest idle
    first, then overdue ones. Each goes to who has the most room by then. A lead that is touched in
    time stays where it is, however many there are.
    """
    if limit is None:
        return ()
    owners = [(name, group) for name, group in by_owner(standings) if name]
    room = {name: limit - open_count(group) for name, group in owners if _is_active(group, today)}
    found: list[Handover] = []
    for giver, group in owners:
        over = open_count(group) - limit
        for standing in _stalled(group)[: max(over, 0)]:
            taker = min(room, key=lambda name: (-room[name], name), default="")
            if not taker or room[taker] <= 0:
                return tuple(found)
            won, closed = closed_counts(dict(owners)[taker])
            found.append(
                Handover(
                    standing=standing,
                    giver=giver,
                    taker=taker,
                    room=room[taker],
                    won=won,
                    closed=closed,
                )
            )
            room[taker] -= 1
    return tuple(found)


def _stalled(group: Iterable[Standing]) -> Sequence[Standing]:
    """The leads that are stale or overdue, the most stalled first."""
    stalled = [each for each in group if {Bucket.STALE, Bucket.OVERDUE} & set(each.buckets)]
    return sorted(
        stalled,
        key=lambda each: (
            Bucket.STALE not in each.buckets,
            -(each.idle_days or 0),
            -(each.overdue_days or 0),
            each.lead.path,
        ),
    )


def _is_active(group: Iterable[Standing], today: date) -> bool:
    """Whether the owner has a lead in hand, or closed one not long ago."""
    return any(
        standing.is_open
        or standing.is_parked
        or (
            standing.lead.closed_on is not None
            and (today - standing.lead.closed_on).days <= RECENT_DAYS
        )
        for standing in group
    )
