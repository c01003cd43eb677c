"""From stage to stage: how many go on, by how far each deal ever got. Source: practice 3.4."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.measures.numbers.ratio import Ratio, ratio
from vaultflow.pipeline.settings import Stage, StageKind
from vaultflow.pipeline.stages import open_stages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from vaultflow.pipeline.history.course import Course
    from vaultflow.pipeline.measures.numbers.periods import Period


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


class Reach(Struct, frozen=True, kw_only=True):
    """How far a deal got."""

    days: tuple[date | None, ...]
    """On which day it had got to each open stage or beyond, as far as it got; None when nothing
    tells the day."""
    outcome: StageKind


def conversions(
    courses: Iterable[Course], stages: Sequence[Stage], period: Period | None = None
) -> tuple[Conversion, ...]:
    """One for each open stage. A skipped stage counts as passed; a move back undoes nothing.

    Args:
        courses: the deals.
        stages: all stages in order.
        period: count for each stage the deals that reached it then; None: all that ever did.
    """
    path = open_stages(stages)
    order = {stage.name: place for place, stage in enumerate(path)}
    reached = [_reach(course, order) for course in courses]
    return tuple(
        _conversion(place, path, [one for one in reached if _is_counted(one, place, period)])
        for place in range(len(path))
    )


def _reach(course: Course, order: Mapping[str, int]) -> Reach:
    """How far the deal got among the open stages. A won deal has got to all of them."""
    days: list[date | None] = []
    for stay in course.stays:
        is_won = stay.stage.kind is StageKind.WON
        place = len(order) - 1 if is_won else order.get(stay.stage.name, -1)
        days += [stay.entered] * (place + 1 - len(days))
    if course.outcome is StageKind.WON:
        days += [course.ended] * (len(order) - len(days))
    elif any(stay.stage.kind is StageKind.WON for stay in course.stays):
        days = days[: _furthest_open(course, order) + 1]  # it was won once and is so no more
    return Reach(days=tuple(days), outcome=course.outcome)


def _furthest_open(course: Course, order: Mapping[str, int]) -> int:
    return max((order.get(stay.stage.name, -1) for stay in course.stays), default=-1)


def _is_counted(reach: Reach, place: int, period: Period | None) -> bool:
    return len(reach.days) > place and (period is None or reach.days[place] in period)


def _conversion(place: int, path: Sequence[Stage], here: Sequence[Reach]) -> Conversion:
    is_last = place == len(path) - 1
    if is_last:
        gone_on = sum(one.outcome is StageKind.WON for one in here)
    else:
        gone_on = sum(len(one.days) > place + 1 for one in here)
    lost = sum(len(one.days) == place + 1 and one.outcome is StageKind.LOST for one in here)
    return Conversion(
        stage=path[place],
        to="Won" if is_last else path[place + 1].name,
        passed=ratio(gone_on, len(here)),
        resolved=ratio(gone_on, gone_on + lost),
        still_there=len(here) - gone_on - lost,
    )
