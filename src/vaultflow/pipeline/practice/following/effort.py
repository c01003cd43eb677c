"""Where the work goes: how soon it begins, how much goes into what is won and lost, and beside it.

Numbers about few leads say little, so each comes with how many there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.lead import Touch, TouchKind
from vaultflow.pipeline.practice.following.quiet import CONTACT_KINDS
from vaultflow.pipeline.settings import StageKind
from vaultflow.pipeline.workdays import working_days_between

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from vaultflow.pipeline.lead import Lead
    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.pipeline.standing import Standing

SLOW_DAYS = 2  # working days; after that, somebody else has answered them
_DOUBT = 20  # the interval misses in one of so many cases
_EFFORT_KINDS = CONTACT_KINDS | {TouchKind.NOTE}
"""A log line without a word for its kind is a note, and most of them tell of work with the lead."""


class FirstAction(Struct, frozen=True, kw_only=True, gc=False):
    """How long a new lead has waited for the first thing that was done about it."""

    standing: Standing
    days: int
    """Working days from the day it was created; up to today when nothing was done yet."""
    touch: Touch | None
    """The first one; None when there is none yet."""


class Spread(Struct, frozen=True, kw_only=True, gc=False):
    """A few numbers in short."""

    count: int
    median: float | None = None
    low: int | None = None
    """The smallest."""
    high: int | None = None
    """The largest."""
    interval: tuple[int, int] | None = None
    """Holds the true median in 95 of 100 cases: the numbers of these ranks, and so for any
    distribution. None when there are too few for one."""


class TimeSplit(Struct, frozen=True, kw_only=True, gc=False):
    """What the touches of a time went into."""

    linked: int
    """Touches with leads."""
    loose: int
    """Lines of daily notes that tell of a call, a mail and so on, and link to no lead."""
    social: int
    """Of both, those by social media."""
    social_linked: int
    """Of these, the ones with leads."""


class DeadEnds(Struct, frozen=True, kw_only=True, gc=False):
    """What went into leads that were lost without ever having been qualified."""

    leads: int
    touches: int
    all_leads: int
    """All that are won or lost."""
    all_touches: int
    """With these."""


def first_actions(pipeline: Pipeline) -> tuple[FirstAction, ...]:
    """How long each lead has waited for the first action, the longest first; ties by path.

    Leads without a day on which they were created are left out, and so are closed ones that
    nothing was ever written about.
    """
    found = (_first_action(standing, pipeline) for standing in pipeline.standings)
    waits = (each for each in found if each)
    return tuple(sorted(waits, key=lambda each: (-each.days, each.standing.lead.path.parts)))


def effort_touches(lead: Lead) -> tuple[Touch, ...]:
    """The touches that took work: no moves to a stage, no reviews, no days in a field."""
    return tuple(touch for touch in lead.touches if touch.kind in _EFFORT_KINDS)


def touches_by_outcome(standings: Iterable[Standing]) -> tuple[Spread, Spread]:
    """Touches per lead of those that were won, and of those that were lost."""
    counts: dict[StageKind, list[int]] = {StageKind.WON: [], StageKind.LOST: []}
    for standing in standings:
        stage = standing.lead.stage
        if stage and stage.kind in counts:
            counts[stage.kind].append(len(effort_touches(standing.lead)))
    return spread(counts[StageKind.WON]), spread(counts[StageKind.LOST])


def spread(numbers: Sequence[int]) -> Spread:
    """The numbers in short."""
    if not numbers:
        return Spread(count=0)
    ordered = sorted(numbers)
    rank, half = _outer_rank(len(ordered)), len(ordered) // 2
    return Spread(
        count=len(ordered),
        # The module `statistics` would cost each command more than all else in this one.
        median=(ordered[half] + ordered[-half - 1]) / 2,
        low=ordered[0],
        high=ordered[-1],
        interval=None if rank is None else (ordered[rank], ordered[-rank - 1]),
    )


def split_time(linked: Iterable[Touch], loose: Iterable[Touch], since: date) -> TimeSplit:
    """What the touches from the day on went into.

    Args:
        linked: the touches of all leads; one that tells of several leads counts once.
        loose: what `loose_touches` gives.
        since: the first day that counts.
    """
    apart = {
        (touch.path, touch.line): touch
        for touch in linked
        if touch.day >= since and touch.kind in _EFFORT_KINDS
    }
    with_leads = tuple(apart.values())
    without = tuple(touch for touch in loose if touch.day >= since)
    return TimeSplit(
        linked=len(with_leads),
        loose=len(without),
        social=_social(with_leads) + _social(without),
        social_linked=_social(with_leads),
    )


def dead_ends(standings: Iterable[Standing], was_qualified: Callable[[Lead], bool]) -> DeadEnds:
    """What went into leads that were lost without ever having been qualified."""
    closed = [standing for standing in standings if _closed_as(standing)]
    dead = [
        standing
        for standing in closed
        if _closed_as(standing) is StageKind.LOST and not was_qualified(standing.lead)
    ]
    return DeadEnds(
        leads=len(dead),
        touches=_effort_of(dead),
        all_leads=len(closed),
        all_touches=_effort_of(closed),
    )


def _first_action(standing: Standing, pipeline: Pipeline) -> FirstAction | None:
    created = standing.lead.created
    if created is None or created > pipeline.today:
        return None
    # Touches stand newest first; of one day the first in the note will do.
    first = min(standing.lead.touches, key=lambda touch: touch.day, default=None)
    if first is None and _closed_as(standing):
        return None
    days = working_days_between(created, first.day if first else pipeline.today, pipeline.calendar)
    return FirstAction(standing=standing, days=max(days, 0), touch=first)


def _closed_as(standing: Standing) -> StageKind | None:
    stage = standing.lead.stage
    return stage.kind if stage and stage.kind in (StageKind.WON, StageKind.LOST) else None


def _effort_of(standings: Iterable[Standing]) -> int:
    return sum(len(effort_touches(standing.lead)) for standing in standings)


def _social(touches: Iterable[Touch]) -> int:
    return sum(touch.kind is TouchKind.SOCIAL for touch in touches)


def _outer_rank(count: int) -> int | None:
    """The rank from either end at which the numbers enclose the median in 95 of 100 cases.

    How many of them lie below the true median is a matter of tossing a coin for each.
    """
    ways, below_so_far, rank = 1, 0, None
    for below in range(count // 2):
        below_so_far += ways
        if 2 * below_so_far * _DOUBT > 2**count:
            break
        rank = below
        ways = ways * (count - below) // (below + 1)
    return rank
