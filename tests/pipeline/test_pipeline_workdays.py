from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from vaultflow.pipeline.settings import ReviewSettings
from vaultflow.pipeline.workdays import (
    WorkCalendar,
    days_between,
    is_working_day,
    next_working_day,
    previous_working_day,
    work_calendar,
    working_days_between,
    working_days_in,
)

FRIDAY, SUNDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 22), date(2026, 11, 23)
PLAIN = WorkCalendar()


def test_s0_07_weekends_and_holidays_are_no_working_days() -> None:
    calendar = work_calendar(ReviewSettings(), frozenset({MONDAY}))
    assert is_working_day(FRIDAY, calendar)
    assert not is_working_day(SUNDAY, calendar)
    assert not is_working_day(MONDAY, calendar)


def test_the_working_days_are_those_of_the_settings() -> None:
    calendar = work_calendar(ReviewSettings(working_days=("Sunday", "mon")))
    assert is_working_day(SUNDAY, calendar)
    assert not is_working_day(FRIDAY, calendar)


def test_a_week_without_working_days_has_seven() -> None:
    assert is_working_day(SUNDAY, work_calendar(ReviewSettings(working_days=())))


def test_the_next_and_previous_working_day_skip_weekends_and_holidays() -> None:
    assert next_working_day(FRIDAY, PLAIN) == MONDAY
    assert previous_working_day(MONDAY, PLAIN) == FRIDAY
    off = WorkCalendar(holidays=frozenset({MONDAY}))
    assert next_working_day(FRIDAY, off) == date(2026, 11, 24)


def test_the_day_itself_is_zero_days_away() -> None:
    assert days_between(MONDAY, MONDAY, "calendar", PLAIN) == 0
    assert days_between(MONDAY, MONDAY, "working", PLAIN) == 0


def test_days_are_counted_by_calendar_or_by_working_days() -> None:
    assert days_between(FRIDAY, MONDAY, "calendar", PLAIN) == 3
    assert days_between(FRIDAY, MONDAY, "working", PLAIN) == 1
    assert days_between(MONDAY, FRIDAY, "working", PLAIN) == -1


@given(
    st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    st.integers(0, 60),
    st.frozensets(st.dates(date(2020, 1, 1), date(2031, 3, 1)), max_size=5),
    st.frozensets(st.integers(0, 6), min_size=1),
)
@settings(max_examples=100, deadline=None)
def test_working_days_between_is_the_count_of_them(
    start: date, length: int, holidays: frozenset[date], weekdays: frozenset[int]
) -> None:
    calendar = WorkCalendar(weekdays=weekdays, holidays=holidays)
    days = [start + timedelta(days=step) for step in range(1, length + 1)]
    end = start + timedelta(days=length)
    expected = sum(is_working_day(day, calendar) for day in days)
    assert working_days_between(start, end, calendar) == expected
    assert working_days_in(start, end, calendar) == expected + is_working_day(start, calendar)


def test_a_span_counts_both_of_its_ends() -> None:
    assert working_days_in(FRIDAY, MONDAY, PLAIN) == 2
    assert working_days_in(FRIDAY, FRIDAY, PLAIN) == 1
    assert working_days_in(SUNDAY, SUNDAY, PLAIN) == 0
