"""What goes into a stage and out of it in a period, and what stands there: a production line.

Every stay counts in one place only, so for each stage what stood there before and what came in is
what went out and what stands there now.
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from itertools import pairwise
from statistics import fmean
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.settings import Stage, StageKind
from vaultflow.pipeline.stages import open_stages, steps_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from vaultflow.pipeline.history.course import Course, Stay
    from vaultflow.pipeline.measures.numbers.periods import Period

WEEK = 7


class Way(StrEnum):
    """Where a lead went from a stage."""

    ON = "on"
    BACK = "back"
    LOST = "lost"
    PARKED = "parked"


class StageFlow(Struct, frozen=True, kw_only=True):
    """What went through one open stage in a period."""

    stage: Stage
    before: int
    """Leads that stood there when the period began."""
    entered: int
    on: int
    """Left for a later stage, or were won."""
    back: int
    lost: int
    parked: int
    now: int
    """Leads that stand there when it ends."""
    unsure: int
    """Of `entered`, those that may have come in before the period: nothing tells the day."""
    average: float
    """Leads that stood there on an average day."""
    days_to_leave: float | None
    """Mean days of the stays that ended in the period, all of each; None without any."""
    days: int
    """Of the period."""

    @property
    def out(self) -> int:
        """All that left."""
        return self.on + self.back + self.lost + self.parked

    @property
    def a_week(self) -> float:
        """Leads that leave in a week."""
        return self.out * WEEK / self.days

    @property
    def by_littles_law(self) -> float | None:
        """How many would stand there if it were steady: leads out a day times days that each stays.

        None when none has left. Far from `average`, the stage fills or empties.
        """
        return None if self.days_to_leave is None else self.out / self.days * self.days_to_leave


class Steps(Struct, frozen=True, kw_only=True):
    """Moves between the stages of the way; to be won is the last step."""

    on: int
    back: int
    skipped: int
    """Stages that were passed over on the way forward."""


def flow_through(
    courses: Iterable[Course], stages: Sequence[Stage], period: Period
) -> tuple[StageFlow, ...]:
    """What went through each open stage, in order."""
    by_stage: dict[str, list[tuple[Stay, Stay | None]]] = {}
    for course in courses:
        for stay, following in stays_of(course):
            by_stage.setdefault(stay.stage.name, []).append((stay, following))
    return tuple(
        _stage_flow(stage, by_stage.get(stage.name, []), stages, period)
        for stage in open_stages(stages)
    )


def stays_of(course: Course) -> Iterator[tuple[Stay, Stay | None]]:
    """Each stay with the one that follows; none of a lead whose stage is not known today."""
    if course.lead.stage:
        yield from zip(course.stays, (*course.stays[1:], None), strict=False)


def steps_in(courses: Iterable[Course], stages: Sequence[Stage], period: Period) -> Steps:
    """The moves of the period; what was lost or parked is no step."""
    sizes = [
        size
        for course in courses
        for before, after in pairwise(course.stays)
        if after.entered in period and (size := steps_between(before.stage, after.stage, stages))
    ]
    return Steps(
        on=sum(size > 0 for size in sizes),
        back=sum(size < 0 for size in sizes),
        skipped=sum(size - 1 for size in sizes if size > 1),
    )


def way_of(before: Stage, after: Stage, stages: Sequence[Stage]) -> Way:
    """Where a lead goes that leaves one stage for the other."""
    if after.kind is StageKind.LOST:
        return Way.LOST
    if after.kind is StageKind.PARKED:
        return Way.PARKED
    return Way.ON if (steps_between(before, after, stages) or 0) > 0 else Way.BACK


def _stage_flow(
    stage: Stage,
    stays: Sequence[tuple[Stay, Stay | None]],
    stages: Sequence[Stage],
    period: Period,
) -> StageFlow:
    entered = [stay for stay, _ in stays if stay.entered in period]
    over = [(stay, after) for stay, after in stays if after and after.entered in period]
    ways = Counter(way_of(stage, after.stage, stages) for _, after in over)
    return StageFlow(
        stage=stage,
        before=sum(_is_there(stay, period.first) for stay, _ in stays),
        entered=len(entered),
        on=ways[Way.ON],
        back=ways[Way.BACK],
        lost=ways[Way.LOST],
        parked=ways[Way.PARKED],
        now=sum(
            stay.entered <= period.last and (stay.left is None or stay.left > period.last)
            for stay, _ in stays
        ),
        unsure=sum(stay.earliest < period.first for stay in entered),
        average=sum(_days_inside(stay, period) for stay, _ in stays) / period.days,
        days_to_leave=fmean(stay.days(period.last) for stay, _ in over) if over else None,
        days=period.days,
    )


def _is_there(stay: Stay, first: date) -> bool:
    """Whether it had begun before the day and was not over."""
    return stay.entered < first and (stay.left is None or stay.left >= first)


def _days_inside(stay: Stay, period: Period) -> int:
    """Nights of the stay that lie in the period, the one after its last day counted."""
    end = (period.last - period.first).days + 1
    begin = max((stay.entered - period.first).days, 0)
    left = end if stay.left is None else min((stay.left - period.first).days, end)
    return max(left - begin, 0)
