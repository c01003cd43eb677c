from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from pages_builders import (
    LAST,
    a_context,
    a_lead,
    in_days,
    parked,
    planned,
    stale,
    unreadable,
    with_rate,
)

from vaultflow.pages.stale import LONGEST, NO_LIST_ACTION, build_stale

if TYPE_CHECKING:
    from vaultflow.pages.listing import Listing


def names(listing: Listing) -> list[str]:
    return [lead.row.name for lead in listing.leads]


@pytest.mark.parametrize(("days", "count"), [(13, 0), (14, 0), (15, 1)])
def test_s2_10_a_deal_is_stale_only_beyond_the_limit_of_its_stage(days: int, count: int) -> None:
    assert len(build_stale(a_context([stale(days=days)])).stale) == count


def test_s2_10_a_stale_deal_shows_its_evidence_and_something_to_try() -> None:
    (deal,) = build_stale(a_context([stale(days=24)])).stale
    assert deal.days_over == 10
    assert deal.row.evidence == "idle 24 days (limit 14): last touch 2026-10-30, call, line 41"
    assert deal.suggestion == "Walk through the proposal"


def test_s2_10_without_a_quick_list_there_is_still_something_to_try() -> None:
    (deal,) = build_stale(a_context([replace(stale(), stage=LAST)])).stale
    assert deal.suggestion == NO_LIST_ACTION


def test_s2_13_stale_deals_stand_by_value_times_probability() -> None:
    leads = [
        stale("small", value="100"),
        stale("none", value=None),
        replace(stale("likely", value="10000"), probability=80),
        replace(stale("unlikely", value="15000"), probability=10),
    ]
    page = build_stale(a_context(leads))
    assert [deal.row.name for deal in page.stale] == ["likely", "unlikely", "small", "none"]


def test_s2_13_stale_deals_stand_by_time_since_the_last_touch_too() -> None:
    leads = [stale("b", days=20), stale("c", days=90, value="1"), stale("a", days=20)]
    page = build_stale(a_context(leads))
    assert [deal.row.name for deal in page.longest] == ["c", "a", "b"]


def test_s2_13_both_orders_are_stable() -> None:
    leads = [stale(name) for name in "dbca"]
    page = build_stale(a_context(leads))
    assert [deal.row.name for deal in page.stale] == list("abcd")
    assert [deal.row.name for deal in page.longest] == list("abcd")


def test_the_order_of_silence_is_cut_at_ten() -> None:
    page = build_stale(a_context([stale(f"{number:02}") for number in range(40)]))
    assert (len(page.stale), len(page.longest)) == (40, LONGEST)


def test_the_worth_of_stale_deals_is_summed_by_currency() -> None:
    leads = [stale("a"), replace(stale("b"), value=planned(currency="USD", value="50").value)]
    page = build_stale(a_context(leads))
    assert {code: str(amount) for code, amount in page.total.value.items()} == {
        "EUR": "12000",
        "USD": "50",
    }
    rated = build_stale(a_context(leads, settings=with_rate("USD", "0.5")))
    assert list(rated.total.value) == ["EUR"]


def test_a_touch_makes_the_question_a_new_one() -> None:
    (before,) = build_stale(a_context([stale(days=24)])).stale
    (later,) = build_stale(a_context([stale(days=24)], today=in_days(1))).stale
    (after,) = build_stale(a_context([stale(days=20)])).stale
    assert before.id == later.id != after.id


def test_sleeping_undated_and_unreadable_leads_stand_apart() -> None:
    leads = [
        planned("asleep", days=90),
        a_lead("undated", touched=None, created=None),
        unreadable("broken"),
        parked("parked"),
        a_lead("fresh"),
    ]
    page = build_stale(a_context(leads))
    assert page.stale == ()
    assert names(page.sleeping) == ["asleep"]
    assert names(page.unknown) == ["undated"]
    assert names(page.unreadable) == ["broken"]
