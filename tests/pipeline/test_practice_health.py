"""Each light of a healthy pipeline, just below, at, and just above its threshold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace
from pipeline_builders import pipeline_of

from vaultflow.pipeline.history.courses import build_courses
from vaultflow.pipeline.measures.aims.inflow import Inflow, Week
from vaultflow.pipeline.measures.aims.quota import Coverage
from vaultflow.pipeline.measures.movement.stays import StageTime
from vaultflow.pipeline.measures.numbers.ratio import ratio
from vaultflow.pipeline.practice.cleaning.hygiene import Hygiene
from vaultflow.pipeline.practice.process.goal import Goal, measure_goal
from vaultflow.pipeline.practice.reviewing.habit import Habit
from vaultflow.pipeline.practice.reviewing.health import (
    action_light,
    bottleneck_light,
    coverage_light,
    habit_light,
    hygiene_light,
    inflow_light,
    measure_health,
    rot_light,
    slippage_light,
)
from vaultflow.pipeline.settings import QuotaSettings, Settings, Stage

DAY = date(2026, 11, 9)
HABIT = Habit(
    last_review=DAY,
    is_done_today=False,
    before_today=DAY,
    gap=1,
    missed=0,
    in_5=1,
    in_20=10,
    streak=1,
    longest=1,
)


@pytest.mark.parametrize(("dry", "is_green"), [(0, True), (1, True), (2, False), (3, False)])
def test_s3_21_two_weeks_without_a_lead_are_red(dry: int, *, is_green: bool) -> None:
    weeks = tuple(Week(monday=DAY, new=number >= dry) for number in reversed(range(5)))
    assert inflow_light(Inflow(weeks=weeks, this_week=0, undated=0)).is_green is is_green


def test_s3_21_without_a_week_that_is_over_nothing_is_known_of_inflow() -> None:
    assert inflow_light(Inflow(weeks=(), this_week=3, undated=0)).is_green is None


def a_goal(actual: str | None, required: str | None) -> Goal:
    """A goal with a cover of so many times."""
    settings = Settings(quota=QuotaSettings(amount=Decimal(100)))
    goal = measure_goal(pipeline_of(settings=settings), ())
    assert goal is not None
    cover = Coverage(
        missing=Decimal(100),
        open_value=Decimal(100),
        actual=Decimal(actual) if actual else None,
        required=Decimal(required) if required else None,
    )
    return replace(goal, now=replace(goal.now, coverage=cover))


@pytest.mark.parametrize(
    ("actual", "required", "is_green"),
    [
        ("2.49", "2.5", False),
        ("2.5", "2.5", True),
        ("2.51", "2.5", True),
        ("9", None, None),
        (None, "2.5", True),
    ],
)
def test_s3_21_cover_is_green_from_what_the_win_rate_asks_for(
    actual: str | None, required: str | None, *, is_green: bool | None
) -> None:
    assert coverage_light(a_goal(actual, required)).is_green is is_green


def test_s3_21_without_a_goal_nothing_is_known_of_cover() -> None:
    light = coverage_light(None)
    assert (light.is_green, light.number) == (None, "no goal is set")


@pytest.mark.parametrize(("part", "is_green"), [(89, False), (90, True), (91, True)])
def test_s3_21_nine_of_ten_have_a_next_action(part: int, *, is_green: bool) -> None:
    light = action_light(ratio(part, 100))
    assert (light.is_green, light.number) == (
        is_green,
        f"{part} % have one with a day ({part} of 100)",
    )


@pytest.mark.parametrize(("part", "is_green"), [(19, True), (20, True), (21, False)])
def test_s3_21_at_most_a_fifth_is_stale(part: int, *, is_green: bool) -> None:
    assert rot_light(ratio(part, 100)).is_green is is_green


@pytest.mark.parametrize(("score", "is_green"), [(79, False), (80, True), (81, True), (None, None)])
def test_s3_21_hygiene_is_green_from_eighty(score: int | None, *, is_green: bool | None) -> None:
    light = hygiene_light(Hygiene(score=score, asked=100, faults=()))
    assert light.is_green is is_green


@pytest.mark.parametrize(("days", "is_green"), [(14, True), (15, True), (16, False)])
def test_s3_21_half_as_long_again_is_a_bottleneck(days: int, *, is_green: bool) -> None:
    time = StageTime(
        stage=Stage(name="Proposal", expected_days=10),
        over=5,
        running=0,
        median=days,
        p80=days,
        here=0,
        median_age=None,
    )
    assert bottleneck_light(time).is_green is is_green
    assert bottleneck_light(None).is_green is None


@pytest.mark.parametrize(("part", "is_green"), [(9, True), (10, True), (11, False)])
def test_s3_21_a_tenth_of_days_may_be_fiction(part: int, *, is_green: bool) -> None:
    assert slippage_light(ratio(part, 100)).is_green is is_green


@pytest.mark.parametrize(("days", "is_green"), [(9, False), (10, True), (11, True)])
def test_s3_21_half_of_the_working_days_make_a_habit(days: int, *, is_green: bool) -> None:
    assert habit_light(a_habit(days)).is_green is is_green


def a_habit(days: int) -> Habit:
    return replace(HABIT, in_20=days)


def test_s3_21_an_empty_pipeline_has_no_light_that_lies() -> None:
    pipeline = pipeline_of()
    lights = measure_health(pipeline, build_courses(pipeline, ()).deals, a_habit(0))
    assert [light.is_green for light in lights] == [None] * 7 + [False]
