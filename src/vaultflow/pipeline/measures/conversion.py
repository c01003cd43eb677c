"""From stage to stage: how many go on, by how far each deal ever got. Source: practice 3.4."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.history.course import moves_of
from vaultflow.pipeline.measures.ratio import Ratio, ratio
from vaultflow.pipeline.settings import Stage, StageKind
from vaultflow.pipeline.stages import open_stages

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vaultflow.pipeline.history.course import Course


class Conversion(Struct, frozen=True, kw_only=True):
    """From one open stage to the next, or from the last one to won."""

    stage: Stage
    to: str
    """Name of the stage that follows; `Won` behind the last one."""
    passed: Ratio
    """Of those that reached the stage; some of them may still go on."""
    resolved: Ratio
    """Of those that have gone on or were lost from it."""
    still_there: int
    """Neither gone on nor lost: open or parked."""


def conversions(courses: Iterable[Course], stages: Sequence[Stage]) -> tuple[Conversion, ...]:
    """One for each open stage. A skipped stage counts as passed; a move back undoes nothing."""
    path = open_stages(stages)
    reached = [
        (furthest, course.outcome)
        for course in courses
        if (furthest := moves_of(course, stages).furthest) is not None
    ]
    return tuple(_conversion(place, path, reached) for place in range(len(path)))


def _conversion(
    place: int, path: Sequence[Stage], reached: Sequence[tuple[int, StageKind]]
) -> Conversion:
    here = [(furthest, outcome) for furthest, outcome in reached if furthest >= place]
    is_last = place == len(path) - 1
    if is_last:
        gone_on = sum(outcome is StageKind.WON for _, outcome in here)
    else:
        gone_on = sum(furthest > place for furthest, _ in here)
    lost = sum(furthest == place and outcome is StageKind.LOST for furthest, outcome in here)
    return Conversion(
        stage=path[place],
        to="Won" if is_last else path[place + 1].name,
        passed=ratio(gone_on, len(here)),
        resolved=ratio(gone_on, gone_on + lost),
        still_there=len(here) - gone_on - lost,
    )
