"""What is to come: the forecast by month, stated chances, inflow, season, demand, and rates."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from decimal import Decimal
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pipeline_builders import lead_of, note, pipeline_of

from vaultflow.disk.config.rates import read_rates
from vaultflow.pipeline.history.courses import build_courses
from vaultflow.pipeline.measures.ahead.chances import stage_chances
from vaultflow.pipeline.measures.ahead.learned import learn_deals
from vaultflow.pipeline.measures.ahead.scoring import Case, learn, leave_one_out, score
from vaultflow.pipeline.measures.ahead.stated import percent_on, read_percent, stated_tracks
from vaultflow.pipeline.measures.aims.inflow import measure_inflow
from vaultflow.pipeline.measures.aims.season import measure_season
from vaultflow.pipeline.measures.numbers.amounts import rates_used, worth_of
from vaultflow.pipeline.measures.numbers.months import forecast_months
from vaultflow.pipeline.measures.numbers.periods import period_of
from vaultflow.pipeline.practice.following.demand import measure_demand
from vaultflow.pipeline.settings import MoneySettings, QuotaSettings, Rate, ReviewSettings, Settings
from vaultflow.pipeline.workdays import WorkCalendar

TODAY = date(2026, 11, 22)
MONDAY = date(2026, 11, 23)


def rate(day: str, value: str) -> Rate:
    return Rate(date=date.fromisoformat(day), currency="USD", value=Decimal(value))


RATES = MoneySettings(rates=(rate("2026-11-01", "0.9"), rate("2026-11-20", "0.8")))


@pytest.mark.parametrize(
    ("ended", "worth"),
    [
        (None, "80.0"),
        (date(2026, 10, 31), "100"),
        (date(2026, 11, 1), "90.0"),
        (date(2026, 11, 19), "90.0"),
        (date(2026, 11, 20), "80.0"),
        (date(2027, 1, 1), "80.0"),
    ],
)
def test_a_closed_deal_is_worth_what_the_rate_said_then(ended: date | None, worth: str) -> None:
    lead = lead_of("---\ntype: lead\nvalue: $100\n---\n")
    found = worth_of(lead, ended, TODAY, RATES)
    assert found is not None
    assert (found.amount, found.currency == "EUR") == (Decimal(worth), worth != "100")


def test_the_rates_that_were_used_are_told_each_once() -> None:
    lead = lead_of("---\ntype: lead\nvalue: $100\n---\n")
    used = rates_used([(lead, None), (lead, None), (lead, date(2026, 11, 2))], TODAY, RATES)
    assert used == RATES.rates


def test_lines_of_a_file_are_rates_or_findings() -> None:
    text = '\n# mine\n2026-11-01, USD, 0.9\n"2026-11-02","GBP","1.15"\n2026-13-01,USD,1\n1,USD,0\n'
    rates, findings = read_rates(PurePosixPath("rates.csv"), text)
    assert [(one.currency, one.value) for one in rates] == [
        ("USD", Decimal("0.9")),
        ("GBP", Decimal("1.15")),
    ]
    assert [one.line for one in findings] == [5, 6]


@given(st.text(max_size=200))
def test_no_text_makes_reading_rates_fail(text: str) -> None:
    rates, findings = read_rates(PurePosixPath("rates.csv"), text)
    assert len(rates) + len(findings) <= len(text.splitlines())


DEALS = st.tuples(
    st.one_of(st.none(), st.integers(1, 9)),
    st.one_of(st.none(), st.integers(0, 100)),
    st.one_of(st.none(), st.integers(-60, 90)),
)


@given(st.lists(DEALS, max_size=6))
def test_s2_49_each_open_deal_stands_in_exactly_one_place(
    deals: list[tuple[int | None, int | None, int | None]],
) -> None:
    notes = []
    for number, (value, percent, days) in enumerate(deals):
        fields = ["type: lead", "stage: Proposals"]
        fields += [f"value: {value}"] if value else []
        fields += [f"probability: {percent}"] if percent is not None else []
        fields += [f"expected_close: {TODAY + timedelta(days=days)}"] if days is not None else []
        notes.append(note("\n".join(("---", *fields, "---", "")), f"Deal {number}.md"))
    found = forecast_months(pipeline_of(*notes))
    places = [part for _, part in found.months] + [found.overdue, found.undated]
    assert sum(place.deals for place in places) == len(deals) == found.all.deals
    assert sum(place.weighted for place in places) == found.all.weighted
    assert all(place.p10 <= place.p50 <= place.p90 for place in places)
    # By trying every outcome: no sum is above what all won bring.
    assert found.all.outlook.best == sum(value or 0 for value, _, _ in deals)


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("40", 40),
        ("40 %", 40),
        ("0.4", 40),
        ("1.0", 100),
        ("1", 1),
        ("100", 100),
        ("101", None),
        ("", None),
        ("likely", None),
        ("0", 0),
    ],
)
def test_a_chance_on_record_is_read_as_typed(text: str, percent: int | None) -> None:
    assert read_percent(text) == percent


def test_s2_47_what_was_typed_on_the_day_counts_and_a_day_later_does_not() -> None:
    text = (
        "---\ntype: lead\nstage: Proposals\ncreated: 2026-03-01\n---\n## Log\n"
        "- 2026-04-01 probability: 20 -> 40\n- 2026-05-01 probability: 40 -> 60\n"
    )
    (course,) = build_courses(pipeline_of(note(text)), ()).deals
    days = (date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1))
    assert [percent_on(course, day) for day in days] == [None, 20, 20, 40]
    assert [percent_on(course, date(2026, 5, day)) for day in (1, 2)] == [60, 60]


def test_s2_47_a_chance_without_a_record_is_none() -> None:
    text = "---\ntype: lead\nstage: Proposals\ncreated: 2026-03-01\nprobability: 90\n---\n"
    (course,) = build_courses(pipeline_of(note(text)), ()).deals
    assert percent_on(course, TODAY) is None


@pytest.mark.parametrize(("first", "counted"), [("2026-12-22", 1), ("2026-12-23", 0)])
def test_s2_47_a_promise_more_than_thirty_days_ahead_is_not_judged_yet(
    first: str, counted: int
) -> None:
    text = (
        "---\ntype: lead\nstage: Proposals\ncreated: 2026-03-01\n---\n## Log\n"
        "- 2026-03-02 probability: 20 -> 40\n"
        f"- 2026-03-03 expected_close: {first} -> 2027-01-15\n"
    )
    pipeline = pipeline_of(note(text))
    deals = build_courses(pipeline, ()).deals
    before, *_ = stated_tracks(deals, pipeline.stages, TODAY, lambda _: None)
    assert before.still_open == counted


def test_a_lost_deal_of_unknown_way_is_counted_apart() -> None:
    lost = note("---\ntype: lead\nstage: Lost\ncreated: 2026-03-01\nclosed_on: 2026-04-01\n---\n")
    pipeline = pipeline_of(lost)
    found = stage_chances(build_courses(pipeline, ()).deals, pipeline.stages)
    assert (found.decided, found.unknown) == (1, 1)
    assert [one.proposed for one in found.stages] == [one.stage.probability for one in found.stages]


TRAITS = st.dictionaries(st.sampled_from(["source", "owner"]), st.sampled_from("ab"))
CASES = st.lists(
    st.tuples(st.booleans(), st.integers(0, 2), TRAITS).map(
        lambda parts: Case(won=parts[0], stage=parts[1], values=parts[2])
    ),
    min_size=20,
    max_size=40,
)


@given(CASES)
def test_s3_11_leaving_one_out_is_what_leaving_each_out_gives(cases: list[Case]) -> None:
    found = leave_one_out(cases, 3)
    if learn(cases, 3).has_few:
        assert found is None
        return
    base = sum(case.won for case in cases) / len(cases)
    errors = []
    for at, case in enumerate(cases):
        scored = score(learn([*cases[:at], *cases[at + 1 :]], 3), 0, case.values)
        errors.append(((scored.percent / 100 if scored else base) - case.won) ** 2)
    assert found is not None
    assert found[0] == pytest.approx(sum(errors) / len(errors))


def test_s3_11_nothing_decided_teaches_nothing() -> None:
    learned = learn_deals((), pipeline_of().stages)
    assert (learned.brier, learned.counts_traits) == (None, False)


def test_s2_44_leads_of_the_future_and_without_a_day_are_in_no_week() -> None:
    days = ("2026-11-22", "2026-11-23", "")
    leads = [lead_of(f"---\ntype: lead\ncreated: {day}\n---\n") for day in days]
    found = measure_inflow(leads, TODAY)
    assert (found.this_week, found.weeks, found.undated) == (1, (), 1)


@given(st.lists(st.integers(0, 120), min_size=1, max_size=8))
def test_s2_44_weeks_are_what_counting_days_gives(ages: list[int]) -> None:
    leads = [
        lead_of(f"---\ntype: lead\ncreated: {TODAY - timedelta(days=age)}\n---\n") for age in ages
    ]
    found = measure_inflow(leads, TODAY)
    for week in found.weeks:
        last = week.monday + timedelta(days=6)
        assert week.new == sum(week.monday <= TODAY - timedelta(days=age) <= last for age in ages)
    assert len(found.weeks) == min(12, (max(ages) - TODAY.weekday() + 6) // 7)
    row = itertools.takewhile(lambda week: not week.new, reversed(found.weeks))
    assert found.dry_weeks == (0 if found.this_week else len([*row]))


QUARTER = period_of(MONDAY, "quarter")


def season(*wins: tuple[str, int], today: date = MONDAY) -> Decimal | None:
    known = [(date.fromisoformat(day), Decimal(amount)) for day, amount in wins]
    found = measure_season(known, QUARTER, today, QuotaSettings(), WorkCalendar())
    return found.expected(Decimal(100)) if found else None


def test_s4_1_the_season_is_of_the_same_share_of_working_days() -> None:
    # 38 of 66 days are over; of the 66 in the fourth quarter of 2025 the 38th is 21 November.
    wins = (("2025-10-01", 10), ("2025-11-21", 20), ("2025-11-24", 70))
    assert season(*wins) == 30
    assert season(*wins, today=MONDAY + timedelta(days=1)) == 100
    assert season(*wins, today=MONDAY - timedelta(days=3)) == 10


def test_s4_1_two_wins_are_no_season() -> None:
    assert season(("2025-10-01", 10), ("2025-11-21", 20)) is None
    assert season(("2026-10-01", 10), ("2026-10-02", 20), ("2026-10-05", 20)) is None


def asked(idle: int, every: str, *, today: date = MONDAY, more: str = "") -> int:
    """Touches that a lead asks for this week."""
    created = today - timedelta(days=idle)
    text = f"---\ntype: lead\nstage: Proposals\ncreated: {created}\ncadence: {every}\n{more}---\n"
    return measure_demand(pipeline_of(note(text), today=today)).touches


@pytest.mark.parametrize(
    ("idle", "every", "touches"),
    [(3, "10", 0), (4, "10", 1), (10, "10", 1), (40, "10", 1), (0, "3", 2), (0, "never", 0)],
)
def test_s1_2_a_lead_asks_for_what_falls_due_until_sunday(
    idle: int, every: str, touches: int
) -> None:
    assert asked(idle, every) == touches


def test_s1_2_capacity_is_of_the_working_days_that_are_left() -> None:
    settings = Settings(review=ReviewSettings(touches_a_day=4))
    days = (MONDAY, MONDAY + timedelta(days=4), MONDAY + timedelta(days=5))
    assert [measure_demand(pipeline_of(today=day, settings=settings)).capacity for day in days] == [
        20,
        4,
        0,
    ]
