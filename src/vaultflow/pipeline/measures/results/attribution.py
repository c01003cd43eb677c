"""What came of the leads of one source or owner: how many went on, were won, and how fast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.history.course import moves_of
from vaultflow.pipeline.measures.numbers.ratio import Ratio, ratio
from vaultflow.pipeline.practice.following.effort import Spread, spread
from vaultflow.pipeline.settings import Stage, StageKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vaultflow.pipeline.history.course import Course


class Attribution(Struct, frozen=True, kw_only=True):
    """What came of some leads that began together."""

    leads: int
    qualified: Ratio
    """Of all, those that got past the stage by whose end a lead should be qualified."""
    won: Ratio
    """Of all, those that are won by now."""
    lost: int
    days: Spread
    """Calendar days from the day that a won lead began to the day it was won."""


def attribute(courses: Iterable[Course], stages: Sequence[Stage], by_stage: int) -> Attribution:
    """What came of these leads.

    Args:
        courses: of the leads.
        stages: those in force.
        by_stage: the open stage, counted from 1, that qualified leads are past.
    """
    some = tuple(courses)
    won = [course for course in some if course.outcome is StageKind.WON]
    furthest = (moves_of(course, stages).furthest for course in some)
    qualified = sum(place is not None and place >= by_stage for place in furthest)
    return Attribution(
        leads=len(some),
        qualified=ratio(qualified, len(some)),
        won=ratio(len(won), len(some)),
        lost=sum(course.outcome is StageKind.LOST for course in some),
        days=spread([days for course in won if (days := days_to_end(course)) is not None]),
    )


def days_to_end(course: Course) -> int | None:
    """Calendar days from the day it began to the day it was won or lost; None if unknown."""
    if course.began is None or course.ended is None:
        return None
    return max((course.ended - course.began).days, 0)
