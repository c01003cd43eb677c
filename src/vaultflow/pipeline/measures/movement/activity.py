"""What was done in each stage, week by week, and whether the pace holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.measures.movement.flow import WEEK, stays_of, steps_in
from vaultflow.pipeline.measures.numbers.periods import Period, as_long_before, last_days
from vaultflow.pipeline.measures.results.kpis import touches_in
from vaultflow.pipeline.stages import open_stages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from vaultflow.pipeline.history.course import Course
    from vaultflow.pipeline.settings import Stage

WEEKS = 4


class Week(Struct, frozen=True, kw_only=True):
    """Seven days, and what happened in them."""

    period: Period
    touches: int
    steps_on: int
    """Moves to a later stage, to be won too."""
    new: int


class StageActivity(Struct, frozen=True, kw_only=True):
    """Touches with leads while they stood in one open stage."""

    stage: Stage
    touches: tuple[int, ...]
    """One a week, the oldest first."""


class Activity(Struct, frozen=True, kw_only=True):
    """The last weeks."""

    weeks: tuple[Week, ...]
    """The oldest first; the last one ends today."""
    stages: tuple[StageActivity, ...]
    elsewhere: tuple[int, ...]
    """Touches with leads that stood in no open stage then: won, lost, parked, or not known."""


def recent_activity(
    courses: Sequence[Course], stages: Sequence[Stage], today: date, weeks: int = WEEKS
) -> Activity:
    """What happened in the last weeks of seven days each."""
    periods = _weeks(today, weeks)
    path = open_stages(stages)
    counts = {stage.name: [0] * weeks for stage in path}
    elsewhere = [0] * weeks
    for course, day in _touched(courses, last_days(today, weeks * WEEK)):
        week = weeks - 1 - (today - day).days // WEEK
        stage = stage_on(course, day)
        (counts.get(stage.name, elsewhere) if stage else elsewhere)[week] += 1
    touches = [sum(column) for column in zip(*counts.values(), elsewhere, strict=True)]
    return Activity(
        weeks=tuple(
            Week(
                period=period,
                touches=touched,
                steps_on=steps_in(courses, stages, period).on,
                new=sum(course.began is not None and course.began in period for course in courses),
            )
            for period, touched in zip(periods, touches, strict=True)
        ),
        stages=tuple(
            StageActivity(stage=stage, touches=tuple(counts[stage.name])) for stage in path
        ),
        elsewhere=tuple(elsewhere),
    )


def stage_on(course: Course, day: date) -> Stage | None:
    """Where the lead stood at the end of the day; before its first day, where it stood then."""
    stage = None
    for stay, _ in stays_of(course):
        if stage is None or stay.entered <= day:
            stage = stay.stage
    return stage


def _weeks(today: date, count: int) -> tuple[Period, ...]:
    weeks = [last_days(today, WEEK)]
    while len(weeks) < count:
        weeks.append(as_long_before(weeks[-1]))
    return tuple(reversed(weeks))


def _touched(courses: Iterable[Course], period: Period) -> Iterator[tuple[Course, date]]:
    for course in courses:
        for touch in touches_in(course, period):
            yield course, touch.day
