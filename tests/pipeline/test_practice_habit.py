from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultflow.pipeline.practice.reviewing.habit import (
    BURST_LEADS,
    ENOUGH_DAYS,
    LOOK_BACK,
    burst_days,
    measure_habit,
    measure_haphazard,
    recent_working_days,
)
from vaultflow.pipeline.workdays import WorkCalendar, is_working_day

MONDAY = date(2026, 11, 23)
WEEKDAYS = WorkCalendar()
NONE: frozenset[date] = frozenset()


def working_days(*back: int, today: date = MONDAY) -> frozenset[date]:
    """The days that lie so many working days before today."""
    window = [today, *recent_working_days(NONE, today, WEEKDAYS)]
    return frozenset(window[one] for one in back)


def test_s0_02_who_never_reviewed_has_no_habit_yet() -> None:
    habit = measure_habit(NONE, MONDAY, WEEKDAYS)
    assert (habit.last_review, habit.gap, habit.missed) == (None, None, None)
    assert (habit.in_5, habit.in_20, habit.streak, habit.longest) == (0, 0, 0, 0)


def test_s0_02_last_review_counts_of_late_and_rows_are_told() -> None:
    habit = measure_habit(working_days(1, 2, 3, 4, 6, 7, 8, 9, 10, 19, 20, 21), MONDAY, WEEKDAYS)
    assert habit.last_review == date(2026, 11, 20)
    assert (habit.gap, habit.missed) == (1, 0)
    assert (habit.in_5, habit.in_20) == (4, 11)
    assert (habit.streak, habit.longest) == (4, 5)


def test_s0_02_three_days_without_a_review_are_a_gap() -> None:
    habit = measure_habit(working_days(4, 5, 6), MONDAY, WEEKDAYS)
    assert (habit.missed, habit.streak, habit.longest) == (3, 0, 3)


@pytest.mark.parametrize(("last", "gap", "missed"), [(1, 1, 0), (2, 2, 1), (6, 6, 5)])
def test_s0_02_the_gap_is_counted_in_working_days(last: int, gap: int, missed: int) -> None:
    habit = measure_habit(working_days(last), MONDAY, WEEKDAYS)
    assert (habit.gap, habit.missed) == (gap, missed)


def test_s0_02_today_counts_once_it_is_reviewed_and_not_against_anybody_before() -> None:
    before = measure_habit(working_days(1, 2), MONDAY, WEEKDAYS)
    after = measure_habit(working_days(0, 1, 2), MONDAY, WEEKDAYS)
    assert (before.streak, before.in_5, before.is_done_today) == (2, 2, False)
    assert (after.streak, after.in_5, after.is_done_today) == (3, 3, True)
    assert after.before_today == before.last_review


def test_s0_07_weekends_and_holidays_break_no_streak_and_are_no_gap() -> None:
    holiday = date(2026, 11, 19)
    calendar = WorkCalendar(holidays=frozenset({holiday}))
    days = frozenset({date(2026, 11, 20), date(2026, 11, 18), date(2026, 11, 17)})
    habit = measure_habit(days, MONDAY, calendar)
    assert (habit.streak, habit.missed) == (3, 0)
    assert measure_habit(days, MONDAY, WEEKDAYS).streak == 1


def test_s0_07_on_a_sunday_the_friday_before_is_not_long_ago() -> None:
    habit = measure_habit(frozenset({date(2026, 11, 20)}), date(2026, 11, 22), WEEKDAYS)
    assert (habit.gap, habit.missed, habit.streak) == (0, 0, 1)


def test_a_review_on_a_sunday_is_the_last_one_but_no_working_day() -> None:
    habit = measure_habit(frozenset({date(2026, 11, 22)}), MONDAY, WEEKDAYS)
    assert (habit.last_review, habit.in_5, habit.missed) == (date(2026, 11, 22), 0, 0)


def test_days_to_come_are_left_out() -> None:
    habit = measure_habit(frozenset({MONDAY + timedelta(days=1)}), MONDAY, WEEKDAYS)
    assert habit.last_review is None


DAYS = st.frozensets(st.integers(0, 150).map(lambda back: MONDAY - timedelta(days=back)))


@given(days=DAYS, holidays=DAYS)
def test_the_counts_fit_into_each_other(days: frozenset[date], holidays: frozenset[date]) -> None:
    calendar = WorkCalendar(holidays=holidays)
    habit = measure_habit(days, MONDAY, calendar)
    assert 0 <= habit.in_5 <= habit.in_20 <= 20
    assert 0 <= habit.streak <= habit.longest <= LOOK_BACK
    assert min(habit.streak, 5) <= habit.in_5
    assert (habit.missed == 0) >= (habit.streak > 0 and not habit.is_done_today)


@given(days=DAYS, holidays=DAYS)
def test_s0_07_days_off_that_are_reviewed_change_no_count(
    days: frozenset[date], holidays: frozenset[date]
) -> None:
    calendar = WorkCalendar(holidays=holidays)
    worked = frozenset(day for day in days if is_working_day(day, calendar))
    habit, plain = (measure_habit(some, MONDAY, calendar) for some in (days, worked))
    assert (habit.in_5, habit.in_20, habit.streak) == (plain.in_5, plain.in_20, plain.streak)


def a_burst(leads: int = BURST_LEADS, idle: int = 7) -> dict[date, int]:
    """Something on one day, and then much on the day after so many idle ones."""
    (day,) = working_days(2)
    (before,) = working_days(3 + idle)
    return {before: 1, day: leads}


@pytest.mark.parametrize(
    ("looks", "is_burst"),
    [
        (a_burst(), True),
        (a_burst(leads=BURST_LEADS - 1), False),
        (a_burst(idle=6), False),
        (a_burst(idle=8), True),
        ({MONDAY: 40}, False),
    ],
)
def test_s0_11_many_leads_after_many_idle_days_are_a_burst(
    looks: dict[date, int], is_burst: bool
) -> None:
    assert bool(burst_days(looks, WEEKDAYS)) is is_burst


def test_s0_11_who_works_in_bursts_is_told_so_with_the_numbers() -> None:
    days = working_days(0, 15, 30, 45)
    looks = dict.fromkeys(sorted(days), 12)
    found = measure_haphazard(days, looks, MONDAY, WEEKDAYS)
    assert (found.reviewed, found.working_days) == (4, 46)
    assert (found.in_bursts, found.looks) == (36, 48)
    assert (found.longest_gap, found.gap_variance) == (15, 0)
    assert found.is_haphazard


def test_s0_11_who_reviews_each_working_day_is_not() -> None:
    days = working_days(*range(30))
    looks = dict.fromkeys(sorted(days), 3)
    found = measure_haphazard(days, looks, MONDAY, WEEKDAYS)
    assert (found.reviewed, found.working_days, found.in_bursts) == (30, 30, 0)
    assert (found.longest_gap, found.gap_variance) == (1, 0)
    assert not found.is_haphazard


def test_s0_11_uneven_gaps_vary() -> None:
    found = measure_haphazard(working_days(0, 1, 10), {}, MONDAY, WEEKDAYS)
    assert (found.longest_gap, found.gap_variance) == (9, 16)


@pytest.mark.parametrize(("first", "is_known"), [(ENOUGH_DAYS - 1, False), (ENOUGH_DAYS, True)])
def test_s0_11_before_two_weeks_are_over_nothing_is_said(first: int, is_known: bool) -> None:
    found = measure_haphazard(working_days(first), {}, MONDAY, WEEKDAYS)
    assert (found.working_days, found.is_known, found.is_haphazard) == (first, is_known, is_known)


@pytest.mark.parametrize(("count", "is_haphazard"), [(4, True), (5, False)])
def test_s0_11_half_of_the_days_is_the_limit(count: int, is_haphazard: bool) -> None:
    days = working_days(10, *range(1, count))
    assert measure_haphazard(days, {}, MONDAY, WEEKDAYS).is_haphazard is is_haphazard


def test_s0_11_without_any_review_nothing_is_counted() -> None:
    found = measure_haphazard(NONE, {}, MONDAY, WEEKDAYS)
    assert (found.working_days, found.gap_variance, found.is_haphazard) == (0, None, False)
