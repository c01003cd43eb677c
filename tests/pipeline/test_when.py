from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultflow.pipeline.when import UNDERSTOOD, Tense, read_when
from vaultflow.pipeline.workdays import WorkCalendar, is_working_day

SUNDAY = date(2026, 11, 22)
CALENDAR = WorkCalendar()


def day(text: str, today: date = SUNDAY, tense: Tense = "ahead") -> str:
    """The day in ISO form, else what is wrong."""
    found, problem = read_when(text, today, CALENDAR, tense=tense)
    assert (found is None) == bool(problem)
    return problem or str(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-12-01", "2026-12-01"),
        ("2026/12/1", "2026-12-01"),
        ("20261201", "2026-12-01"),
        ("[[2026-12-01]]", "2026-12-01"),
        ("2026-12-01T10:30", "2026-12-01"),
        ("today", "2026-11-22"),
        (" Tomorrow ", "2026-11-23"),
        ("+3d", "2026-11-25"),
        ("3d", "2026-11-25"),
        ("in 3 days", "2026-11-25"),
        ("0d", "2026-11-22"),
        ("2w", "2026-12-06"),
        ("+1m", "2026-12-22"),
        ("1y", "2027-11-22"),
        ("3wd", "2026-11-25"),
        ("5 workdays", "2026-11-27"),
        ("0wd", "2026-11-22"),
        ("eow", "2026-11-27"),
        ("eom", "2026-11-30"),
        ("3 dec", "2026-12-03"),
        ("dec 3", "2026-12-03"),
        ("3. Dec", "2026-12-03"),
        ("December 3rd", "2026-12-03"),
        ("3dec", "2026-12-03"),
        ("3 dec 2027", "2027-12-03"),
        ("dec 3, 2027", "2027-12-03"),
        ("22 nov", "2026-11-22"),
        ("21 nov", "2027-11-21"),
        ("29 feb", "2028-02-29"),
    ],
)
def test_a_day_is_read_as_people_type_it(text: str, expected: str) -> None:
    assert day(text) == expected


@pytest.mark.parametrize(
    ("today", "text", "expected"),
    [
        ("2026-11-26", "fri", "2026-11-27"),
        ("2026-11-27", "fri", "2026-12-04"),
        ("2026-11-28", "friday", "2026-12-04"),
        ("2026-11-25", "next mon", "2026-11-30"),
        ("2026-11-25", "next fri", "2026-12-04"),
        ("2026-11-23", "next mon", "2026-11-30"),
        ("2026-11-25", "next week", "2026-11-30"),
        ("2026-11-25", "next month", "2026-12-01"),
        ("2026-12-31", "next month", "2027-01-01"),
    ],
)
def test_a_weekday_is_the_next_one_and_with_next_that_of_the_coming_week(
    today: str, text: str, expected: str
) -> None:
    assert day(text, date.fromisoformat(today)) == expected


@pytest.mark.parametrize(
    ("today", "text", "expected"),
    [
        ("2026-11-27", "eow", "2026-11-27"),
        ("2026-11-28", "eow", "2026-12-04"),
        ("2026-11-30", "eom", "2026-11-30"),
        ("2028-02-03", "eom", "2028-02-29"),
        ("2026-01-31", "1m", "2026-02-28"),
        ("2026-11-27", "1wd", "2026-11-30"),
        ("2026-11-28", "1wd", "2026-11-30"),
    ],
)
def test_ends_months_and_working_days_keep_to_the_calendar(
    today: str, text: str, expected: str
) -> None:
    assert day(text, date.fromisoformat(today)) == expected


def test_working_days_leave_holidays_out() -> None:
    calendar = WorkCalendar(holidays=frozenset({date(2026, 11, 23)}))
    assert read_when("1wd", SUNDAY, calendar) == (date(2026, 11, 24), "")


@pytest.mark.parametrize("text", ["", "fryday", "soon", "3", "3x", "next", "mo", "32 dezember"])
def test_what_is_not_understood_is_answered_with_what_is(text: str) -> None:
    assert UNDERSTOOD in day(text)


@pytest.mark.parametrize("text", ["2026-02-30", "31 feb", "2026-13-01", "30 feb 2027", "9999y"])
def test_a_day_that_no_calendar_has_is_said_to_be_none(text: str) -> None:
    assert day(text) == f'"{text}" is not a day of the calendar.'


def test_a_day_that_has_passed_is_a_problem_unless_allowed() -> None:
    assert day("2026-11-21") == '"2026-11-21" has passed: it was yesterday.'
    assert day("-3d") == '"-3d" has passed: it was 3 days ago.'
    assert day("yesterday", tense="any") == "2026-11-21"
    assert day("2026-11-01", tense="past") == "2026-11-01"


def test_looking_back_a_weekday_is_the_last_one_and_a_day_to_come_a_problem() -> None:
    assert day("fri", tense="past") == "2026-11-20"
    assert day("sun", tense="past") == "2026-11-15"
    assert day("3 dec", tense="past") == "2025-12-03"
    assert day("22 nov", tense="past") == "2026-11-22"
    assert day("tomorrow", tense="past") == '"tomorrow" is still to come: it is tomorrow.'


tenses = st.sampled_from(["ahead", "any", "past"])
words = st.sampled_from(
    "next in + - 3 29 feb fri mon eow eom 2w 9999 wd m 12 dec , . today 2026 0 d".split()
)
texts = st.one_of(st.text(max_size=20), st.lists(words, max_size=4).map(" ".join))


@given(texts, st.dates(), tenses)
def test_no_text_makes_it_raise(text: str, today: date, tense: Tense) -> None:
    found, problem = read_when(text, today, CALENDAR, tense=tense)
    assert (found is None) == bool(problem)
    if found and tense != "any":
        assert found >= today if tense == "ahead" else found <= today


@given(st.dates(date(1900, 1, 1), date(2999, 1, 1)), st.sampled_from(["%Y-%m-%d", "%d %b %Y"]))
def test_a_formatted_day_reads_back(wanted: date, pattern: str) -> None:
    assert read_when(wanted.strftime(pattern), SUNDAY, CALENDAR, tense="any") == (wanted, "")


@given(st.integers(0, 300), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_working_days_end_on_one(count: int, today: date) -> None:
    found, _ = read_when(f"{count + 1}wd", today, CALENDAR)
    assert found
    assert is_working_day(found, CALENDAR)
