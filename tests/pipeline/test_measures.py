"""Measures against the worked examples of the practice, and against naive re-computations."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultflow.pipeline.measures.ahead.calibration import Forecast, calibrate, shrunk_percent
from vaultflow.pipeline.measures.ahead.forecast import Chance, outlook
from vaultflow.pipeline.measures.ahead.scoring import Case, learn, leave_one_out, score
from vaultflow.pipeline.measures.aims.quota import (
    coverage,
    deals_to_win,
    new_leads_a_day,
    pace,
    required_counts,
    still_missing,
)
from vaultflow.pipeline.measures.numbers.periods import (
    Period,
    Unit,
    fiscal_quarter,
    period_after,
    period_before,
    period_of,
)
from vaultflow.pipeline.measures.numbers.ratio import ratio
from vaultflow.pipeline.measures.numbers.survival import (
    Duration,
    End,
    days_until_over,
    days_until_won,
    incidence,
)
from vaultflow.pipeline.measures.results.sizes import sizes, velocity
from vaultflow.pipeline.workdays import WorkCalendar

CALENDAR = WorkCalendar()


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(3, 10, 10.8, 60.3), (8, 20, 21.9, 61.3), (0, 5, 0, 43.4), (5, 5, 56.6, 100)],
)
def test_wilson_s_interval_is_that_of_the_worked_examples(
    part: int, whole: int, low: float, high: float
) -> None:
    interval = ratio(part, whole).interval
    assert interval is not None
    assert [round(100 * bound, 1) for bound in interval] == [low, high]


def test_a_ratio_of_nothing_has_no_share() -> None:
    assert (ratio(0, 0).share, ratio(0, 0).interval) == (None, None)


@given(st.integers(0, 200), st.integers(1, 200))
def test_the_share_lies_within_its_interval(part: int, more: int) -> None:
    one = ratio(part, part + more)
    assert one.interval is not None
    assert one.share is not None
    assert 0 <= one.interval[0] <= one.share <= one.interval[1] <= 1


WORKED = [
    Duration(days=days, end=End(end))
    for days, end in (
        (10, "won"),
        (20, "lost"),
        (25, "won"),
        (30, "open"),
        (40, "won"),
        (45, "lost"),
        (50, "open"),
        (60, "lost"),
        (70, "won"),
        (90, "open"),
    )
]


def test_the_incidence_of_winning_is_that_of_the_worked_example() -> None:
    steps = incidence(WORKED)
    won = {step.day: round(step.won, 4) for step in steps}
    lost = {step.day: round(step.lost, 4) for step in steps}
    assert [won[day] for day in (10, 25, 40, 70)] == [0.1, 0.2, 0.3167, 0.4722]
    assert [lost[day] for day in (20, 45, 60)] == [0.1, 0.2167, 0.3722]
    assert round(steps[-1].open, 4) == 0.1556
    assert days_until_won(steps, 0.5) is None


DURATIONS = st.lists(
    st.builds(Duration, days=st.integers(0, 30), end=st.sampled_from(End)), max_size=30
)


@given(DURATIONS)
def test_shares_add_up_to_one_and_never_fall(durations: list[Duration]) -> None:
    steps = incidence(durations)
    for step in steps:
        assert step.won + step.lost + step.open == pytest.approx(1)
    assert [step.won for step in steps] == sorted(step.won for step in steps)


@given(DURATIONS)
def test_without_open_deals_the_incidence_is_plain_counting(durations: list[Duration]) -> None:
    decided = [one for one in durations if one.end is not End.OPEN]
    for step in incidence(decided):
        counted = sum(one.days <= step.day and one.end is End.WON for one in decided)
        assert step.won == pytest.approx(counted / len(decided))


def test_half_are_over_on_the_day_by_which_half_are_over() -> None:
    some = [Duration(days=days, end=End.LOST) for days in (1, 2, 3, 4)]
    assert days_until_over(some, 0.5) == 2
    assert days_until_over([Duration(days=9, end=End.OPEN)], 0.5) is None


@pytest.mark.parametrize(
    ("day", "name", "quarter"),
    [
        (date(2026, 2, 15), "FY2026 Q4", 4),
        (date(2026, 4, 1), "FY2027 Q1", 1),
        (date(2026, 3, 31), "FY2026 Q4", 4),
    ],
)
def test_fiscal_quarters_are_those_of_the_worked_example(
    day: date, name: str, quarter: int
) -> None:
    assert period_of(day, "quarter", 4).name == name
    assert fiscal_quarter(day, 4) == quarter


@pytest.mark.parametrize("day", [date.min, date.max, date(9999, 4, 1)])
@pytest.mark.parametrize("fiscal_start", [1, 4, 12])
@pytest.mark.parametrize("unit", ["month", "quarter", "year"])
def test_days_at_the_ends_of_the_calendar_lie_in_a_period_too(
    day: date, unit: Unit, fiscal_start: int
) -> None:
    assert day in period_of(day, unit, fiscal_start)


def test_calendar_periods_have_plain_names() -> None:
    day = date(2026, 11, 30)
    names = [period_of(day, unit).name for unit in ("month", "quarter", "year")]
    assert names == ["2026-11", "2026 Q4", "2026"]


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.sampled_from(["month", "quarter", "year"]),
    st.integers(1, 12),
)
def test_periods_follow_each_other_without_gap(day: date, unit: str, start: int) -> None:
    period = period_of(day, unit, start)  # type: ignore[arg-type]  # drawn from the three
    assert day in period
    after = period_after(period, unit, start)  # type: ignore[arg-type]
    assert after.first == period.last + timedelta(days=1)
    assert period_before(after, unit, start) == period  # type: ignore[arg-type]


def amounts(*numbers: int) -> list[Decimal]:
    return [Decimal(number) for number in numbers]


def chances(*pairs: tuple[int, int]) -> list[Chance]:
    return [Chance(amount=Decimal(amount), percent=percent) for amount, percent in pairs]


def test_one_big_deal_brings_all_or_nothing() -> None:
    result = outlook(chances((50_000, 40)))
    assert [result.p10, result.p50, result.p90] == amounts(0, 0, 50_000)
    assert [result.weighted, result.best] == amounts(20_000, 50_000)
    assert result.likeliest == Decimal(0)
    assert result.likeliest_percent == pytest.approx(60)


def test_no_deal_brings_nothing() -> None:
    assert outlook([]).p90 == Decimal(0)


DEALS = st.lists(st.tuples(st.integers(1, 20), st.integers(0, 100)), max_size=7)


@given(DEALS)
def test_the_distribution_is_that_of_trying_every_outcome(pairs: list[tuple[int, int]]) -> None:
    result = outlook(chances(*pairs))
    by_sum: dict[int, Fraction] = {}
    for outcome in product((True, False), repeat=len(pairs)):
        share, amount = Fraction(1), 0
        for (value, percent), is_won in zip(pairs, outcome, strict=True):
            share *= Fraction(percent if is_won else 100 - percent, 100)
            amount += value if is_won else 0
        by_sum[amount] = by_sum.get(amount, Fraction(0)) + share
    reached, p50 = Fraction(0), None
    for amount in sorted(by_sum):
        reached += by_sum[amount]
        if p50 is None and reached >= Fraction(1, 2):
            p50 = amount
    assert result.p50 == p50
    assert result.weighted == sum(Decimal(value) * percent / 100 for value, percent in pairs)


def test_many_deals_come_near_to_what_drawing_gives() -> None:
    draw = Random(7)  # noqa: S311  # a drawing to compare with
    pairs = [(draw.randint(1_000, 60_000), draw.randint(5, 95)) for _ in range(60)]
    pairs += [(400_000, 30)]
    result = outlook(chances(*pairs))
    assert (result.is_exact, result.likeliest) == (False, None)
    drawn = sorted(
        sum(value for value, percent in pairs if draw.random() * 100 < percent)
        for _ in range(20_000)
    )
    for got, share in ((result.p10, 0.1), (result.p50, 0.5), (result.p90, 0.9)):
        assert float(got) == pytest.approx(drawn[int(share * len(drawn))], rel=0.02)


def test_forty_deals_on_the_grid_come_near_to_what_drawing_gives() -> None:
    draw = Random(11)  # noqa: S311  # a drawing to compare with
    pairs = [(draw.randint(1_000, 60_000), draw.randint(5, 95)) for _ in range(30)]
    result = outlook(chances(*pairs))
    assert not result.is_exact
    drawn = sorted(
        sum(value for value, percent in pairs if draw.random() * 100 < percent)
        for _ in range(20_000)
    )
    for got, share in ((result.p10, 0.1), (result.p50, 0.5), (result.p90, 0.9)):
        assert float(got) == pytest.approx(drawn[int(share * len(drawn))], rel=0.02)


HALF, SIX, FOUR = Fraction(1, 2), Fraction(3, 5), Fraction(2, 5)
RATES = (HALF, SIX, HALF, FOUR)


def test_required_counts_are_those_of_the_worked_example_rounded_once() -> None:
    to_win = deals_to_win(Decimal(50_000) - 12_000, Decimal(4_000))
    assert to_win == 10
    assert required_counts(to_win, RATES) == (167, 84, 50, 25)


def test_a_rate_of_nothing_has_no_required_count() -> None:
    assert required_counts(1, (HALF, Fraction(0))) == (None, None)


def test_deals_further_on_stand_for_those_they_come_from() -> None:
    # One proposal is worth 2 meetings, these 10/3 qualified ones, and these 20/3 leads.
    assert still_missing((167, 84, 50, 25), (0, 0, 0, 1), RATES) == (161, 81, 48, 24)
    assert still_missing((1, None), (5, 0), (HALF, Fraction(0))) == (0, None)


def test_a_goal_that_is_met_needs_nothing() -> None:
    assert deals_to_win(Decimal(0), Decimal(4_000)) == 0
    met = coverage(Decimal(100), Decimal(120), Decimal(50), Fraction(1, 3))
    assert met.actual is None
    assert [met.missing, met.required] == amounts(0, 3)


def test_the_pace_counts_working_days_with_today() -> None:
    week = Period(name="", first=date(2026, 11, 23), last=date(2026, 11, 27))
    wednesday = pace(Decimal(100), Decimal(50), week, date(2026, 11, 25), CALENDAR)
    assert (wednesday.days_over, wednesday.days) == (3, 5)
    assert wednesday.expected == Decimal(60)
    assert wednesday.ahead == -10
    assert pace(Decimal(100), Decimal(0), week, date(2026, 11, 30), CALENDAR).expected == 100


def test_new_leads_a_day_are_what_is_missing_by_the_days_left() -> None:
    week = Period(name="", first=date(2026, 11, 23), last=date(2026, 11, 27))
    assert new_leads_a_day(12, week, date(2026, 11, 25), CALENDAR) == 4
    assert new_leads_a_day(12, week, date(2026, 11, 28), CALENDAR) == 12


def test_velocity_is_that_of_the_worked_example() -> None:
    result = velocity(50, ratio(5, 20), Decimal(10_000), 30)
    assert result.a_day is not None
    assert round(result.a_day) == 4_167
    assert not result.has_few
    assert velocity(50, ratio(4, 20), Decimal(10_000), 0).a_day == 50 * 10_000 * 4 / Decimal(20)
    assert velocity(50, ratio(0, 0), None, None).a_day is None


def test_sizes_leave_out_what_has_no_value_and_count_it() -> None:
    result = sizes([Decimal(10), None, Decimal(0), Decimal(30)])
    assert (result.count, result.without_value) == (2, 2)
    assert [result.mean, result.median] == amounts(20, 20)
    assert sizes([]).mean is None


def test_shrinking_is_that_of_the_worked_example() -> None:
    assert round(shrunk_percent(40, 1, 2), 1) == 41.7
    assert shrunk_percent(40, 0, 0) == 40


def test_calibration_is_that_of_the_worked_example() -> None:
    said = [90] * 4 + [70] * 3 + [50] * 2 + [20] * 3
    came = [bool(int(one)) for one in "110010010000"]
    forecasts = [
        Forecast(percent=percent, came_true=true) for percent, true in zip(said, came, strict=True)
    ]
    result = calibrate(forecasts)
    assert result is not None
    rounded = [
        round(number, 4)
        for number in (
            result.brier,
            result.reliability,
            result.resolution,
            result.base_brier,
            result.rose_tint,
            result.skill or 0,
        )
    ]
    assert rounded == [0.2775, 0.0969, 0.0417, 0.2222, 0.275, -0.2488]
    assert [(one.percent, one.happened.part) for one in result.bins][-1] == (90, 2)
    assert result.has_few


FORECASTS = st.lists(
    st.builds(Forecast, percent=st.sampled_from([10, 40, 70, 90]), came_true=st.booleans()),
    min_size=1,
)


@given(FORECASTS)
def test_murphy_s_parts_add_up(forecasts: list[Forecast]) -> None:
    result = calibrate(forecasts)
    assert result is not None
    parts = result.reliability - result.resolution + result.base_brier
    assert result.brier == pytest.approx(parts)


def test_nothing_forecast_is_no_calibration() -> None:
    assert calibrate([]) is None


def cases(won: bool, stage: int, source: str, count: int) -> list[Case]:
    return [Case(won=won, stage=stage, values={"source": source})] * count


WORKED_CASES = [
    *cases(won=True, stage=2, source="referral", count=6),
    *cases(won=True, stage=2, source="web", count=2),
    *cases(won=False, stage=0, source="web", count=4),
    *cases(won=False, stage=0, source="referral", count=3),
    *cases(won=False, stage=1, source="web", count=3),
    *cases(won=False, stage=2, source="referral", count=2),
]


@pytest.mark.parametrize(
    ("stage", "source", "percent"),
    [
        (0, "", 40.10),
        (0, "referral", 54.36),
        (0, "web", 22.76),
        (1, "referral", 73.87),
        (2, "referral", 87.28),
        (2, "web", 62.93),
    ],
)
def test_scores_are_those_of_the_worked_example(stage: int, source: str, percent: float) -> None:
    model = learn(WORKED_CASES, 3)
    result = score(model, stage, {"source": source} if source else {})
    assert result is not None
    assert result.percent == percent


def test_a_score_says_what_speaks_for_and_against() -> None:
    result = score(learn(WORKED_CASES, 3), 1, {"source": "web", "owner": "Ann"})
    assert result is not None
    factors = {one.field: one.factor > 1 for one in result.contributions}
    assert factors == {"stage": True, "source": False}


def test_without_a_win_or_a_loss_there_is_no_score() -> None:
    assert score(learn(WORKED_CASES[:8], 3), 0, {}) is None


def test_with_few_cases_the_model_is_not_judged() -> None:
    assert learn(WORKED_CASES, 3).has_few
    assert leave_one_out(WORKED_CASES, 3) is None


def test_a_field_that_tells_beats_the_base_rate_and_one_that_does_not_fails_to() -> None:
    telling = cases(True, 2, "a", 15) + cases(False, 0, "b", 15)  # won or lost
    model, base = leave_one_out(telling, 3) or (1, 0)
    assert model < base
    noise = [
        Case(won=number % 2 == 0, stage=0, values={"source": "ab"[number // 2 % 2]})
        for number in range(40)
    ]
    model, base = leave_one_out(noise, 3) or (0, 1)
    assert model >= base
