from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultflow.pages.wording import (
    FILTERS,
    chart_label,
    day,
    light,
    long_day,
    money,
    plural,
    sentence,
    short_day,
    sums,
)
from vaultflow.vault.markdown.escape import escape


def test_a_day_of_this_year_goes_without_its_year() -> None:
    assert day("2026-10-30", "2026-11-23") == "30 Oct"
    assert short_day(date(2026, 10, 30), date(2026, 11, 23)) == "30 Oct"


def test_a_day_of_another_year_says_which() -> None:
    assert day("2027-02-01", "2026-11-23") == "1 Feb 2027"
    assert day("2026-10-30") == "30 Oct 2026"


def test_no_day_is_shown_as_nothing() -> None:
    assert day(None, "2026-11-23") == long_day(None) == ""


def test_what_is_no_day_stays_as_it_is() -> None:
    assert day("soon", "2026-11-23") == long_day("soon") == "soon"


def test_a_long_day_names_the_weekday() -> None:
    assert long_day("2026-11-23") == "Monday 23 November"
    assert long_day("2026-03-01") == "Sunday 1 March"


def test_money_shows_its_currency() -> None:
    assert money({"amount": "12000", "currency": "EUR"}) == "€12,000"
    assert money({"amount": "1250.5", "currency": "CHF"}, ",") == "CHF 1.250,50"
    assert money(None) == ""


def test_sums_of_several_currencies_stand_beside_each_other() -> None:
    assert sums({"EUR": "86400", "USD": "2000"}) == "€86,400 + $2,000"
    assert sums({}) == ""


def test_an_amount_that_is_none_stays_as_it_is() -> None:
    assert sums({"EUR": "plenty"}) == "plenty EUR"


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 leads"), (1, "1 lead"), (2, "2 leads"), (40, "40 leads")]
)
def test_a_count_agrees_with_its_word(count: int, said: str) -> None:
    assert plural(count, "lead") == said


def test_a_word_may_have_its_own_plural() -> None:
    assert plural(2, "deal is", "deals are") == "2 deals are"


def test_lights_have_signs() -> None:
    assert [light(name) for name in ("red", "green", "yellow", "grey")] == ["🔴", "🟢", "🟡", "⚪"]
    assert light("blue") == "blue"


def test_a_sentence_begins_large_and_ends_with_a_stop() -> None:
    assert sentence("idle 3 days") == "Idle 3 days."
    assert sentence("Who decides?") == "Who decides?"
    assert sentence("") == ""


def test_a_chart_label_keeps_a_stage_as_people_write_it() -> None:
    assert chart_label("40% – Issues Identified") == "40% – Issues Identified"
    assert chart_label("Follow-up & close") == "Follow-up & close"
    assert chart_label('"]; click') == "click"
    assert chart_label("```") == "?"


@given(st.text())
def test_a_chart_label_has_nothing_to_escape(text: str) -> None:
    assert escape(chart_label(text)) == chart_label(text)
    assert '"' not in chart_label(text)


@given(st.text())
def test_no_text_makes_a_filter_raise(text: str) -> None:
    day(text, text)
    long_day(text)
    sums({text: text})
    sentence(text)
    light(text)


def test_templates_find_every_filter_by_its_name() -> None:
    assert all(name == function.__name__ for name, function in FILTERS.items())
