"""Win rates, conversion and slippage over the courses of deals."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from course_builders import NOVEMBER, STAGES, deal, lost, won
from hypothesis import given
from hypothesis import strategies as st

from vaultflow.pipeline.measures.movement.conversion import conversions
from vaultflow.pipeline.measures.movement.slippage import rose_tint_days, slip_of
from vaultflow.pipeline.measures.numbers.periods import period_of
from vaultflow.pipeline.measures.results.winning import cohort, decided_in, win_rate

if TYPE_CHECKING:
    from vaultflow.pipeline.history.course import Course
    from vaultflow.pipeline.lead import Money


def value_of(course: Course) -> Money | None:
    return course.lead.value


def test_the_win_rate_is_by_count_and_by_value() -> None:
    rate = win_rate([won(300), lost(100), lost(None), deal("A")], value_of)
    assert (rate.by_count.part, rate.by_count.whole) == (1, 3)
    assert rate.by_value == 0.75
    assert (rate.without_value, rate.still_open) == (1, 1)


def test_nothing_decided_has_no_rate() -> None:
    rate = win_rate([deal("A")], value_of)
    assert (rate.by_count.share, rate.by_value) == (None, None)


def test_a_period_counts_by_the_day_on_which_a_deal_was_closed() -> None:
    courses = [won(), won(closed="2026-10-31"), won(closed="2026-11-30"), deal("A")]
    assert decided_in(courses, NOVEMBER) == (courses[0], courses[2])


def test_s1_11_orders_and_leads_that_were_no_deals_are_left_out() -> None:
    order = won(more="kind: order")
    double = lost(more="lost_reason: Duplicate of Acme")
    real = lost(more="lost_reason: Too expensive")
    assert decided_in([order, double, real], NOVEMBER) == (real,)


def test_a_cohort_is_of_deals_that_began_together() -> None:
    october = period_of(date(2026, 10, 1), "month")
    courses = [won(), deal("A")]
    assert cohort(courses, october) == tuple(courses)
    assert cohort(courses, NOVEMBER) == ()


def test_skipped_stages_count_as_passed_and_open_deals_are_told_apart() -> None:
    courses = [
        won(),
        deal("C", "- 2026-10-05 stage: A -> C"),
        deal("Lost", "- 2026-10-05 stage: A -> B", closed="2026-11-01"),
        deal("A"),
    ]
    rows = [
        (one.stage.name, one.to, one.passed.part, one.passed.whole, one.resolved.whole)
        for one in conversions(courses, STAGES)
    ]
    assert rows == [("A", "B", 3, 4, 3), ("B", "C", 2, 3, 3), ("C", "Won", 1, 2, 1)]
    assert [one.still_there for one in conversions(courses, STAGES)] == [1, 0, 1]


PATHS = st.lists(st.lists(st.sampled_from("ABC"), min_size=1, max_size=4), max_size=6)


@given(PATHS, st.booleans())
def test_conversion_is_what_counting_by_hand_gives(paths: list[list[str]], are_won: bool) -> None:
    courses = []
    for path in paths:
        log = [
            f"- {date(2026, 10, 2) + timedelta(days=at)} stage: {one} -> {other}"
            for at, (one, other) in enumerate(itertools.pairwise(path))
        ]
        stage, closed = ("Won", "2026-11-01") if are_won else (path[-1], "")
        courses.append(deal(stage, *log, closed=closed))
    furthest = [2 if are_won else max("ABC".index(one) for one in path) for path in paths]
    for place, one in enumerate(conversions(courses, STAGES)):
        assert one.passed.whole == sum(far >= place for far in furthest)
        further = sum(far > place for far in furthest) if place < 2 else len(paths) * are_won
        assert one.passed.part == further


PUSHED = (
    "- 2026-10-10 note: expected_close: 2026-10-31 -> 2026-11-15",
    "- 2026-10-20 note: expected_close: 2026-11-15 -> 2026-11-20",
    "- 2026-10-20 note: expected_close: 2026-11-20 -> 2026-12-01",
    "- 2026-11-05 note: expected_close: 2026-12-01 -> 2026-11-25",
)


def test_pushes_of_one_day_count_once_and_pulls_not_at_all() -> None:
    slip = slip_of(deal("A", *PUSHED, more="expected_close: 2026-11-25"))
    assert slip is not None
    assert (slip.pushes, slip.days) == (2, 25)
    assert not slip.is_fiction


def test_a_day_pushed_three_times_is_fiction() -> None:
    again = "- 2026-11-06 note: expected_close: 2026-11-25 -> 2027-04-02"
    slip = slip_of(deal("A", *PUSHED, again, more="expected_close: 2027-04-02"))
    assert slip is not None
    assert (slip.pushes, slip.is_fiction) == (3, True)


def test_a_deal_that_promised_nothing_did_not_slip() -> None:
    assert slip_of(deal("A")) is None


def test_a_deal_may_be_put_off_for_ever() -> None:
    slip = slip_of(deal("A", "- 2026-11-02 note: close: 2026-02-01 -> 9999-12-31"))
    assert slip is not None
    assert (slip.pushes, slip.promised) == (1, date.max)


def test_the_tint_in_time_is_what_won_deals_took_longer_than_first_promised() -> None:
    late = deal("Won", PUSHED[0], closed="2026-11-14", more="expected_close: 2026-11-15")
    assert rose_tint_days([late, deal("A", *PUSHED)]) == (14, 1)
    assert rose_tint_days([]) == (None, 0)


def test_values_are_sums_of_decimals() -> None:
    assert win_rate([won(100), won(50)], value_of).won == Decimal(150)
