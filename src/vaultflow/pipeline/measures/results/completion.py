"""The five steps in what was won and what was lost: was it romanced, or only hoped for?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.history.course import Course
from vaultflow.pipeline.measures.numbers.ratio import Ratio, ratio
from vaultflow.pipeline.practice.qualifying.romance import STEPS, read_steps
from vaultflow.pipeline.settings import StageKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date


class StepShare(Struct, frozen=True, kw_only=True):
    """How often one step was done."""

    name: str
    won: Ratio
    lost: Ratio


class Missing(Struct, frozen=True, kw_only=True):
    """Which steps a lost deal lacks."""

    course: Course
    steps: tuple[str, ...]
    """In the order of the five."""


class Completion(Struct, frozen=True, kw_only=True):
    """How complete the romancing was. The sums of `lost` and `missing` tell the same."""

    steps: tuple[StepShare, ...]
    """All five."""
    missing: tuple[Missing, ...]
    """Every lost deal, the last lost first."""
    hoped: Ratio
    """Lost deals without a single step, of all lost ones."""


def completion(courses: Iterable[Course], today: date) -> Completion:
    """How complete the romancing of these deals was, which are won or lost."""
    done = {
        course: [step.name for step in read_steps(course.lead, today) if step.is_done]
        for course in courses
    }
    won = [steps for course, steps in done.items() if course.outcome is StageKind.WON]
    lost = {course: done[course] for course in done if course.outcome is StageKind.LOST}
    return Completion(
        steps=tuple(
            StepShare(name=name, won=_share(name, won), lost=_share(name, [*lost.values()]))
            for name in STEPS
        ),
        missing=tuple(
            Missing(course=course, steps=tuple(name for name in STEPS if name not in steps))
            for course, steps in sorted(lost.items(), key=lambda each: _lately(each[0]))
        ),
        hoped=ratio(sum(not steps for steps in lost.values()), len(lost)),
    )


def _share(name: str, deals: Sequence[Sequence[str]]) -> Ratio:
    return ratio(sum(name in steps for steps in deals), len(deals))


def _lately(course: Course) -> tuple[int, tuple[str, ...]]:
    return -(course.ended.toordinal() if course.ended else 0), course.lead.path.parts
