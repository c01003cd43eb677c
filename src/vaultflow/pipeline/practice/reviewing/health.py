"""Eight lights that say whether a pipeline is healthy, each with its number and its threshold.

A light without enough behind it is neither green nor red: it says what is missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.measures.aims.inflow import measure_inflow
from vaultflow.pipeline.measures.movement.slippage import open_slips
from vaultflow.pipeline.measures.movement.stays import stage_times
from vaultflow.pipeline.measures.numbers.periods import last_days
from vaultflow.pipeline.measures.numbers.ratio import Ratio, ratio
from vaultflow.pipeline.practice.cleaning.hygiene import judge_hygiene
from vaultflow.pipeline.practice.process.goal import measure_goal
from vaultflow.pipeline.standing import Bucket

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from vaultflow.pipeline.history.course import Course
    from vaultflow.pipeline.measures.aims.inflow import Inflow
    from vaultflow.pipeline.measures.movement.stays import StageTime
    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.pipeline.practice.cleaning.hygiene import Hygiene
    from vaultflow.pipeline.practice.process.goal import Goal
    from vaultflow.pipeline.practice.reviewing.habit import Habit

DRY_WEEKS = 2
LEAST_ACTION = 90
MOST_STALE = 20
LEAST_CLEAN = 80
MOST_TIMES = 1.5
"""The days that a stage is expected to take: half as long again is no bad week any more."""
MOST_FICTION = 10
LEAST_REVIEWED = 10
"""Of the last twenty working days: half of them, as for what is called haphazard."""


class HealthLight(Struct, frozen=True, kw_only=True):
    """One light."""

    name: str
    number: str
    """With how many it rests on."""
    threshold: str
    """When it is green."""
    is_green: bool | None
    """None when too little is known."""
    page: str
    """Name of the page that tells more."""


def measure_health(
    pipeline: Pipeline, courses: Sequence[Course], habit: Habit
) -> tuple[HealthLight, ...]:
    """The eight lights of today."""
    open_ones = [one for one in pipeline.standings if one.is_open]
    with_action = sum(one.lead.next_action_due is not None for one in open_ones)
    stale = sum(Bucket.STALE in one.buckets for one in open_ones)
    return (
        inflow_light(measure_inflow([one.lead for one in pipeline.standings], pipeline.today)),
        coverage_light(measure_goal(pipeline, courses)),
        action_light(ratio(with_action, len(open_ones))),
        rot_light(ratio(stale, len(open_ones))),
        hygiene_light(judge_hygiene(pipeline)),
        bottleneck_light(slowest_stage(pipeline, courses)),
        slippage_light(fiction(courses)),
        habit_light(habit),
    )


def inflow_light(inflow: Inflow) -> HealthLight:
    """Green unless the last two weeks brought no lead."""
    return HealthLight(
        name="Inflow",
        number=f"{_weeks(inflow.dry_weeks)} without a new lead up to now",
        threshold=f"fewer than {DRY_WEEKS}",
        is_green=inflow.dry_weeks < DRY_WEEKS if inflow.weeks else None,
        page="quota",
    )


def coverage_light(goal: Goal | None) -> HealthLight:
    """Green when as much is open for what is missing as the win rate asks for."""
    actual = goal.now.coverage.actual if goal else None
    required = goal.now.coverage.required if goal else None
    is_met = goal is not None and actual is None
    is_enough = None if actual is None or required is None else actual >= required
    return HealthLight(
        name="Coverage",
        number=_coverage_number(goal, actual),
        threshold="at least 1 by the win rate, which is not known"
        if required is None
        else f"at least {required:.1f} times",
        is_green=is_met or is_enough,
        page="quota",
    )


def action_light(planned: Ratio) -> HealthLight:
    """Green when nearly every open lead has a next action with its day."""
    return _share_light("Next action", planned, "have one with a day", LEAST_ACTION, at_least=True)


def rot_light(stale: Ratio) -> HealthLight:
    """Green when few open leads are stale."""
    page = "stale"
    return _share_light("Rot", stale, "are stale", MOST_STALE, at_least=False, page=page)


def hygiene_light(hygiene: Hygiene) -> HealthLight:
    """Green when most questions about open leads are answered well."""
    return HealthLight(
        name="Hygiene",
        number="no open lead"
        if hygiene.score is None
        else f"{hygiene.score} of 100 ({hygiene.asked} answers)",
        threshold=f"at least {LEAST_CLEAN}",
        is_green=None if hygiene.score is None else hygiene.score >= LEAST_CLEAN,
        page="pipeline",
    )


def bottleneck_light(slowest: StageTime | None) -> HealthLight:
    """Green when in no stage leads stay much longer than expected."""
    times = slowest.times_expected if slowest else None
    return HealthLight(
        name="Bottleneck",
        number="no stage has enough leads that left it, and a number of days to compare"
        if slowest is None or times is None
        else f"{slowest.stage.name}: {times:.1f} times the expected days ({slowest.over} leads)",
        threshold=f"at most {MOST_TIMES} times in each stage",
        is_green=None if times is None else times <= MOST_TIMES,
        page="report",
    )


def slippage_light(pushed: Ratio) -> HealthLight:
    """Green when few expected days have been pushed so often that nobody believes them."""
    said = "with a day were pushed 3 times or more"
    return _share_light("Slippage", pushed, said, MOST_FICTION, at_least=False, page="forecast")


def habit_light(habit: Habit) -> HealthLight:
    """Green when the pipeline was reviewed on half of the working days."""
    return HealthLight(
        name="Review habit",
        number="no review yet"
        if habit.last_review is None
        else f"{habit.in_20} of the last 20 working days",
        threshold=f"at least {LEAST_REVIEWED}",
        is_green=habit.in_20 >= LEAST_REVIEWED,
        page="weekly",
    )


def slowest_stage(pipeline: Pipeline, courses: Iterable[Course]) -> StageTime | None:
    """The stage in which leads stay longest beside what is expected; None when too few tell."""
    report = pipeline.settings.report
    period = last_days(pipeline.today, report.rate_days)
    times = stage_times(courses, pipeline.stages, period, pipeline.today)
    known = [one for one in times if one.over >= report.least and one.times_expected is not None]
    return max(known, key=lambda one: one.times_expected or 0, default=None)


def fiction(courses: Iterable[Course]) -> Ratio:
    """The open deals whose expected day is fiction, of those that have one."""
    slips = open_slips(courses)
    return ratio(sum(slip.is_fiction for slip in slips), len(slips))


def _share_light(
    name: str, part: Ratio, said: str, limit: int, *, at_least: bool, page: str = "next-actions"
) -> HealthLight:
    percent = part.part * 100 / part.whole if part.whole else None
    is_green = None if percent is None else (percent >= limit if at_least else percent <= limit)
    return HealthLight(
        name=name,
        number="no open lead to ask"
        if percent is None
        else f"{percent:.0f} % {said} ({part.part} of {part.whole})",
        threshold=f"at {'least' if at_least else 'most'} {limit} %",
        is_green=is_green,
        page=page,
    )


def _coverage_number(goal: Goal | None, actual: Decimal | None) -> str:
    if goal is None:
        return "no goal is set"
    if actual is None:
        return "the goal is met"
    return f"{actual:.1f} times what is missing ({goal.now.deals} deals)"


def _weeks(count: int) -> str:
    return f"{count} week{'' if count == 1 else 's'}"
