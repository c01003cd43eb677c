"""What flows through stages, how long it stays, what is done there: against counting day by day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING

import pytest
from course_builders import STAGES, TODAY, deal, lost, won
from hypothesis import given
from hypothesis import strategies as st

from vaultflow.pipeline.measures.movement.activity import recent_activity, stage_on
from vaultflow.pipeline.measures.movement.bottleneck import find_bottleneck
from vaultflow.pipeline.measures.movement.conversion import conversions
from vaultflow.pipeline.measures.movement.flow import flow_through, steps_in
from vaultflow.pipeline.measures.movement.stays import stage_times
from vaultflow.pipeline.measures.numbers.periods import as_long_before, last_days
from vaultflow.pipeline.measures.results.closing import cohorts, time_to_close
from vaultflow.pipeline.measures.results.kpis import Kpi, build_kpis, is_quote, quotes_in, sold
from vaultflow.pipeline.measures.results.winning import decided_in, win_rate
from vaultflow.pipeline.settings import Stage
from vaultflow.pipeline.stages import open_stages

if TYPE_CHECKING:
    from vaultflow.pipeline.history.course import Course
    from vaultflow.pipeline.lead import Money

PERIOD = last_days(TODAY, 30)
"""24 October to 22 November; deals of the builder began on 1 October."""
ALL = last_days(TODAY, 3650)
NAMES = ("A", "B", "C", "Won", "Lost", "Parked")
MOVES = st.lists(st.tuples(st.integers(0, 52), st.sampled_from(NAMES)), max_size=6)


def by_moves(moves: list[tuple[int, str]]) -> Course:
    """A deal that began in A and moved so many days after; it stands where it moved last."""
    stage, lines = "A", []
    for days, after in sorted(moves, key=lambda move: move[0]):
        if after != stage:
            day = date(2026, 10, 1) + timedelta(days=days)
            lines.append(f"- {day} stage: {stage} -> {after}")
            stage = after
    return deal(stage, *lines)


def worth(course: Course) -> Money | None:
    return course.lead.value


def standing_at(course: Course, day: date) -> str:
    """Where the deal stood at the end of the day, by reading its stays one by one."""
    there = [stay.stage.name for stay in course.stays if stay.entered <= day]
    return there[-1] if there else ""


@given(st.lists(MOVES, max_size=6))
def test_what_was_there_and_came_in_is_what_went_out_and_is_there(
    deals: list[list[tuple[int, str]]],
) -> None:
    courses = [by_moves(moves) for moves in deals]
    flows = flow_through(courses, STAGES, PERIOD)
    days = [PERIOD.first + timedelta(days=number) for number in range(PERIOD.days)]
    day_before = PERIOD.first - timedelta(days=1)
    for flow in flows:
        name = flow.stage.name
        assert flow.before + flow.entered == flow.out + flow.now
        assert flow.before == sum(standing_at(course, day_before) == name for course in courses)
        assert flow.now == sum(standing_at(course, TODAY) == name for course in courses)
        inside = sum(standing_at(course, day) == name for day in days for course in courses)
        assert flow.average == pytest.approx(inside / len(days))


@given(st.lists(MOVES, max_size=6))
def test_moves_between_open_stages_come_in_as_often_as_they_go_out(
    deals: list[list[tuple[int, str]]],
) -> None:
    courses = [by_moves(moves) for moves in deals]
    flows = flow_through(courses, STAGES, ALL)
    is_open = {stage.name for stage in open_stages(STAGES)}
    between = sum(
        one.stage.name in is_open and other.stage.name in is_open
        for course in courses
        for one, other in zip(course.stays, course.stays[1:], strict=False)
    )
    new_or_again = sum(flow.entered for flow in flows) - between
    left = sum(flow.out for flow in flows) - between
    assert new_or_again - left == sum(flow.now for flow in flows)


def test_a_stage_that_is_steady_holds_what_little_s_law_says() -> None:
    # One comes in every three days and stays for six: two are there.
    courses = []
    for begin in range(0, 48, 3):
        first = date(2026, 10, 1) + timedelta(days=begin)
        second = first + timedelta(days=6)
        if second > TODAY:
            break
        courses.append(deal("C", f"- {first} stage: A -> B", f"- {second} stage: B -> C"))
    flow = flow_through(courses, STAGES, last_days(date(2026, 11, 15), 30))[1]
    assert flow.average == pytest.approx(2)
    assert flow.by_littles_law == pytest.approx(2)
    assert flow.a_week == pytest.approx(7 / 3)


def test_nothing_left_has_no_pace_to_compare() -> None:
    (flow, *_) = flow_through([deal("A")], STAGES, PERIOD)
    assert (flow.now, flow.out, flow.by_littles_law) == (1, 0, None)


def test_a_lead_of_unknown_stage_stands_in_none() -> None:
    course = deal("Nowhere", "- 2026-10-10 stage: A -> B")
    assert [flow.now for flow in flow_through([course], STAGES, PERIOD)] == [0, 0, 0]


def test_skipped_stages_and_moves_back_are_counted() -> None:
    course = deal("B", "- 2026-11-01 stage: A -> C", "- 2026-11-05 stage: C -> B")
    steps = steps_in([course], STAGES, PERIOD)
    assert (steps.on, steps.back, steps.skipped) == (1, 1, 1)
    jump = deal("Won", "- 2026-11-01 stage: A -> Won")
    assert steps_in([jump], STAGES, PERIOD).skipped == 2


def test_a_conversion_of_a_period_is_of_the_deals_that_reached_the_stage_then() -> None:
    early = deal("C", "- 2026-10-05 stage: A -> B", "- 2026-11-01 stage: B -> C")
    late = deal("B", "- 2026-11-02 stage: A -> B")
    skipping = deal("C", "- 2026-11-03 stage: A -> C")
    rates = conversions([early, late, skipping], STAGES, PERIOD)
    assert [(one.passed.part, one.passed.whole) for one in rates] == [(0, 0), (1, 2), (0, 2)]


@given(st.lists(MOVES, max_size=6))
def test_conversions_of_all_time_are_those_of_the_period_that_holds_all(
    deals: list[list[tuple[int, str]]],
) -> None:
    courses = [by_moves(moves) for moves in deals]
    assert conversions(courses, STAGES, ALL) == conversions(courses, STAGES)


def test_who_is_still_there_makes_a_stage_slower_not_quicker() -> None:
    left = [deal("B", f"- 2026-10-{day:02} stage: A -> B") for day in (3, 5, 7)]
    staying = [deal("A") for _ in range(3)]
    (time, *_) = stage_times([*left, *staying], STAGES, ALL, TODAY)
    assert (time.over, time.running, time.here) == (3, 3, 3)
    assert time.median == 6  # the third of six, where the mean of those that left is 4
    assert time.p80 is None
    assert time.median_age == median([52, 52, 52])


def test_the_bottleneck_is_slow_beside_what_is_expected_with_enough_cases() -> None:
    stage = Stage(name="A", expected_days=2)
    stages = (stage, *STAGES[1:])
    courses = [deal("B", f"- 2026-10-{day:02} stage: A -> B") for day in (4, 5, 6)]
    times = stage_times(courses, stages, ALL, TODAY)
    rates = conversions(courses, stages)
    assert find_bottleneck(times, rates, rates, 4).stage is None
    found = find_bottleneck(times, rates, rates, 3)
    assert found.slow is not None
    assert found.slow.times_expected == 2
    assert found.fall_off is None


def test_the_bottleneck_falls_off_beside_its_own_history() -> None:
    good = [deal("B", "- 2026-10-04 stage: A -> B") for _ in range(4)]
    bad = [*good[:1], *(deal("Lost", "- 2026-10-04 stage: A -> Lost") for _ in range(3))]
    found = find_bottleneck((), conversions(bad, STAGES), conversions(good, STAGES), 4)
    assert found.fall_off is not None
    assert found.stage == STAGES[0]
    assert found.fall_off.drop == 0.75
    assert not found.fall_off.may_be_chance


def kpis(courses: list[Course], days: int = 30) -> dict[str, Kpi]:
    return {kpi.name: kpi for kpi in build_kpis(courses, last_days(TODAY, days), worth)}


def test_numbers_stand_beside_as_many_days_before() -> None:
    courses = [won(300, closed="2026-11-22"), won(100, closed="2026-10-24"), lost()]
    courses += [won(50, closed="2026-10-23"), won(70, closed="2026-09-24")]
    numbers = kpis(courses)
    assert numbers["clients_won"].now.amount == 2
    assert numbers["clients_won"].before.amount == 2
    assert numbers["value_won"].change == 400 - 120
    assert numbers["win_rate"].now.amount == Decimal(2) / 3
    assert numbers["win_rate_value"].now.amount == Decimal(400) / 500
    assert numbers["deal_size"].now.amount == 200
    assert as_long_before(last_days(TODAY, 30)).first == date(2026, 9, 24)


def test_orders_and_what_was_no_deal_are_in_no_rate() -> None:
    courses = [won(), won(more="kind: order"), lost(more="lost_reason: duplicate of Beta"), lost()]
    assert len(sold(courses)) == 2
    assert win_rate(decided_in(courses, PERIOD), worth).by_count.whole == 2


def test_a_move_and_the_line_about_it_are_one_quote() -> None:
    quote = Stage(name="A", quote=True)
    course = deal("B", "- 2026-11-02 quote out: the offer", "- 2026-11-09 quote out: a new one")
    assert quotes_in(course, PERIOD) == 2
    assert quotes_in(deal("B", "- 2026-11-02 quote in: theirs"), PERIOD) == 0
    assert is_quote(quote)
    assert is_quote(Stage(name="Sent", aliases=("Proposal",)))
    assert not is_quote(Stage(name="Meeting"))


def test_a_cohort_is_young_until_four_of_five_deals_are_over() -> None:
    courses = [won(closed=f"2026-10-{day:02}") for day in (5, 6, 7, 8, 9)]
    groups = cohorts(courses, worth, TODAY, unit="month", fiscal_start=1, count=3)
    assert [(one.period.name, one.deals, one.is_ripe) for one in groups] == [
        ("2026-09", 0, True),
        ("2026-10", 5, True),
        ("2026-11", 0, False),
    ]
    unknown = cohorts([deal("A")], worth, TODAY, unit="month", fiscal_start=1, count=1)
    assert not unknown[0].is_ripe


def test_half_won_is_not_reached_where_losing_is_more_likely() -> None:
    courses = [won(closed="2026-10-11"), lost(closed="2026-10-21"), lost(closed="2026-10-31")]
    closing = time_to_close([*courses, deal("A")], TODAY)
    assert (closing.deals, closing.open, closing.half_won) == (4, 1, None)
    assert closing.half_over == 20
    assert [(one.day, one.won, one.lost) for one in closing.marks] == [(30, 0.25, 0.5)]


def test_deals_without_their_days_are_left_out_and_counted() -> None:
    closing = time_to_close([won(closed="")], TODAY)
    assert (closing.deals, closing.without_day, closing.marks) == (0, 1, ())


@given(st.lists(MOVES, max_size=4))
def test_touches_count_where_the_lead_stood_at_the_end_of_the_day(
    deals: list[list[tuple[int, str]]],
) -> None:
    courses = [by_moves(moves) for moves in deals]
    for course in courses:
        for number in range(53):
            day = date(2026, 10, 1) + timedelta(days=number)
            stage = stage_on(course, day)
            assert stage is not None
            assert stage.name == standing_at(course, day)


def test_each_touch_of_four_weeks_counts_once() -> None:
    calls = [f"- {TODAY - timedelta(days=days)} call out: x" for days in range(30)]
    activity = recent_activity([deal("A", *calls)], STAGES, TODAY)
    assert [week.touches for week in activity.weeks] == [7, 7, 7, 7]
    assert activity.stages[0].touches == (7, 7, 7, 7)
    assert activity.weeks[-1].period.last == TODAY
    moved = deal("Won", f"- {TODAY} stage: A -> Won", *calls[:2], closed=f"{TODAY}")
    after = recent_activity([moved], STAGES, TODAY)
    assert (after.stages[0].touches, after.elsewhere) == ((0, 0, 0, 1), (0, 0, 0, 1))
    assert after.weeks[-1].steps_on == 1
