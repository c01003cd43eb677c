from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pages_builders import MONDAY, WON, a_context, a_lead, days_ago, planned, unreadable

from vaultflow.pages.practice.weekly import build_weekly, weeks_to_clean_up

MONDAYS = st.integers(0, 3000).map(lambda weeks: date(2020, 1, 6) + timedelta(weeks=weeks))


@given(monday=MONDAYS, every=st.integers(1, 20))
def test_s2_15_it_is_due_once_in_as_many_weeks(monday: date, every: int) -> None:
    weeks = [weeks_to_clean_up(monday + timedelta(weeks=week), every) for week in range(every)]
    assert weeks.count(0) == 1
    assert sorted(weeks, key=lambda week: week or 0) == list(range(every))


def test_s2_15_no_number_of_weeks_is_no_reminder() -> None:
    assert weeks_to_clean_up(MONDAY, 0) is None


@pytest.mark.parametrize(("age", "count"), [(0, 1), (1, 0)])
def test_s0_19_a_lead_is_new_from_monday_on(age: int, count: int) -> None:
    page = build_weekly(a_context([a_lead(created=days_ago(age))]))
    assert page.new.count == count


def test_s0_19_what_was_won_is_summed_by_currency() -> None:
    won = [
        replace(a_lead("a", stage=WON, value="500"), closed_on=MONDAY),
        replace(a_lead("b", stage=WON, value="700", currency="USD"), closed_on=MONDAY),
        replace(a_lead("c", stage=WON, value=None), closed_on=MONDAY),
        replace(a_lead("d", stage=WON, value="900"), closed_on=days_ago(1)),
    ]
    page = build_weekly(a_context(won))
    assert page.won.count == 3
    assert {code: int(amount) for code, amount in page.revenue.value.items()} == {
        "EUR": 500,
        "USD": 700,
    }
    assert page.revenue.without_value == 1


@pytest.mark.parametrize(("back", "reviewed"), [(28, 1), (31, 0)])
def test_s4_12_a_review_counts_for_twenty_working_days(back: int, reviewed: int) -> None:
    lead = replace(planned("a"), reviewed_on=days_ago(back), review_days=(days_ago(back),))
    coverage = build_weekly(a_context([lead, planned("b"), unreadable()])).coverage
    assert (coverage.open, coverage.reviewed) == (2, reviewed)
    assert next(one.row.name for one in coverage.waiting.leads) == "b"


def test_s0_11_the_numbers_of_the_sixty_days_are_said() -> None:
    days = tuple(days_ago(7 * week) for week in range(6))
    page = build_weekly(a_context([replace(planned(), reviewed_on=days[0], review_days=days)]))
    assert page.evenness == (
        "Reviewed on 6 of 26 working days.",
        "Longest gap: 5 working days (variance 0.0).",
        "In bursts: 0 of 7 looks at a lead.",
    )
    assert page.haphazard.is_haphazard
