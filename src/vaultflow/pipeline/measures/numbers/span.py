"""What happened in a span of days, such as a week or a month."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.history.course import Course
from vaultflow.pipeline.settings import StageKind
from vaultflow.pipeline.stages import open_stages

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vaultflow.pipeline.measures.numbers.periods import Period
    from vaultflow.pipeline.settings import Stage


class Span(Struct, frozen=True, kw_only=True):
    """What happened with deals in a span of days; each deal is in a list once."""

    new: tuple[Course, ...]
    """Began in it."""
    won: tuple[Course, ...]
    lost: tuple[Course, ...]
    moved_on: tuple[Course, ...]
    """Came from one open stage into a later one."""


def span_of(courses: Iterable[Course], period: Period, stages: Sequence[Stage]) -> Span:
    """What happened in the period, by path; all deals count, orders too."""
    some = tuple(courses)
    ended = [course for course in some if course.ended and course.ended in period]
    return Span(
        new=tuple(course for course in some if course.began and course.began in period),
        won=tuple(course for course in ended if course.outcome is StageKind.WON),
        lost=tuple(course for course in ended if course.outcome is StageKind.LOST),
        moved_on=tuple(course for course in some if has_moved_on(course, period, stages)),
    )


def has_moved_on(course: Course, period: Period, stages: Sequence[Stage]) -> bool:
    """Whether it came from one open stage into a later one in the period."""
    order = {stage: place for place, stage in enumerate(open_stages(stages))}
    stays = (stay for stay in course.stays if stay.stage in order)
    return any(
        order[after.stage] > order[before.stage] and after.entered in period
        for before, after in pairwise(stays)
    )
