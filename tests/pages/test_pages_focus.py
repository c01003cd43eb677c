from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pages_builders import (
    FIRST,
    LOST,
    MONDAY,
    WON,
    a_context,
    a_lead,
    a_standing,
    days_ago,
    in_days,
    many_leads,
    overdue,
    parked,
    planned,
    stale,
    unreadable,
    with_rate,
)

from vaultflow.pages.focus import Reason, is_due_again, pick_focus

if TYPE_CHECKING:
    from datetime import date

    from vaultflow.pipeline.lead import Lead
    from vaultflow.pipeline.settings import Settings


def names(
    *leads: Lead,
    today: date = MONDAY,
    settings: Settings | None = None,
    capacity: int | None = None,
) -> list[str]:
    context = a_context(leads, today=today, settings=settings, capacity=capacity)
    return [pick.standing.lead.name for pick in pick_focus(context)]


def test_s0_08_the_rule_goes_from_overdue_to_the_longest_without_a_touch() -> None:
    leads = (
        planned("g silent long", value=None, touched=6),
        planned("f silent", value=None, touched=2),
        planned("e small", value="100"),
        planned("d large", value="90000"),
        a_lead("c no action"),
        replace(stale("b stale"), next_action="Call", next_action_due=None),
        parked("a parked", until=MONDAY),
        a_lead("z today", action="Call", due=MONDAY),
        overdue("y late"),
    )
    context = a_context(leads, capacity=9)
    assert [(pick.standing.lead.name, pick.reason) for pick in pick_focus(context)] == [
        ("y late", Reason.OVERDUE),
        ("z today", Reason.DUE_TODAY),
        ("a parked", Reason.REVISIT),
        ("b stale", Reason.STALE),
        ("c no action", Reason.NO_NEXT_ACTION),
        ("d large", Reason.WORTH),
        ("e small", Reason.WORTH),
        ("g silent long", Reason.QUIET),
        ("f silent", Reason.QUIET),
    ]


def test_s0_08_the_same_leads_in_any_order_give_the_same_focus() -> None:
    leads = many_leads(20)
    assert pick_focus(a_context(leads)) == pick_focus(a_context(tuple(reversed(leads))))


def test_s0_08_every_lead_in_focus_says_why_it_is_here() -> None:
    leads = (
        overdue("1"),
        a_lead("2", action="Call", due=MONDAY),
        parked("3", until=days_ago(1)),
        stale("4"),
        a_lead("5"),
        a_lead("6", action="Ask about the budget"),
        planned("7"),
        planned("8", value=None),
    )
    context = a_context(leads, capacity=8)
    assert {pick.standing.lead.name: pick.why for pick in pick_focus(context)} == {
        "1": "Overdue 3 days: Send revised quote, due 20 Nov",
        "2": "Due today: Call",
        "3": "Parked until 22 Nov: time to look again",
        "4": "Stale: 10 days over the limit",
        "5": "No next action",
        "6": "No day is set for: Ask about the budget",
        "7": "Among the most to win: €12,000 at 40%",
        "8": "Among the longest without a touch",
    }


def test_a_day_without_an_action_is_still_said() -> None:
    lead = a_lead(due=MONDAY)
    assert [pick.why for pick in pick_focus(a_context([lead]))] == ["Due today: the next action"]


@pytest.mark.parametrize(("capacity", "count"), [(0, 0), (1, 1), (5, 5), (6, 6), (7, 6)])
def test_s1_04_at_most_as_many_as_the_day_holds(capacity: int, count: int) -> None:
    assert len(names(*many_leads(6), capacity=capacity)) == count


def reviewed(lead: Lead) -> Lead:
    return replace(lead, reviewed_on=MONDAY, next_action_due=in_days(9), next_action="Later")


def test_a_lead_reviewed_today_keeps_its_place_behind_the_others() -> None:
    leads = many_leads(40)
    before = names(*leads)
    for count in range(1, 6):
        done = set(before[:count])
        after = names(*(reviewed(lead) if lead.name in done else lead for lead in leads))
        assert after[: 5 - count] == before[count:]
        assert set(after[5 - count :]) == done


def test_a_lead_whose_turn_was_reviewed_makes_room_for_no_other() -> None:
    leads = many_leads(40)
    *others, turn = names(*leads)
    after = names(*(reviewed(lead) if lead.name == turn else lead for lead in leads))
    assert after == [*others, turn]


def test_a_lead_lost_in_todays_review_leaves_its_place_empty() -> None:
    leads = many_leads(40)
    first, *others = names(*leads)
    lost = [
        replace(lead, stage=LOST, reviewed_on=MONDAY) if lead.name == first else lead
        for lead in leads
    ]
    left = names(*lost)
    # One taker fewer, so that another one's turn may have come: the last place is not compared.
    assert left[:-1] == others[:-1]
    assert len(left) == len(others)


def test_a_review_of_yesterday_keeps_no_place() -> None:
    leads = many_leads(40)
    yesterday = (replace(lead, reviewed_on=in_days(-1)) for lead in leads)
    assert names(*yesterday) == names(*leads)


def test_five_leads_fit_unless_the_vault_says_otherwise() -> None:
    assert len(names(*many_leads(40))) == 5


def test_no_leads_no_focus() -> None:
    assert names() == []


def test_s4_18_won_lost_and_parked_leads_are_left_in_peace() -> None:
    leads = (a_lead("won", stage=WON), a_lead("lost", stage=LOST), parked(until=in_days(1)))
    assert names(*leads) == []


def test_an_unreadable_note_is_not_reviewed_but_named_elsewhere() -> None:
    assert names(unreadable()) == []


@pytest.mark.parametrize(("days", "comes"), [(-1, True), (0, True), (1, False)])
def test_a_parked_lead_comes_up_on_its_day(days: int, *, comes: bool) -> None:
    assert (names(parked("Later", until=in_days(days))) == ["Later"]) is comes


def test_a_parked_lead_without_a_day_stays_parked() -> None:
    assert names(parked()) == []


def test_s4_16_a_lost_lead_is_due_again_on_its_day() -> None:
    lost = replace(a_lead(stage=LOST), revisit_on=MONDAY)
    assert is_due_again(a_standing(lost), a_context())


def test_an_amount_counts_by_its_dated_rate_and_without_one_comes_after() -> None:
    leads = (
        planned("dollars", value="1000000", currency="USD"),
        planned("euros", value="12000"),
        planned("unknown", value=None),
    )
    assert names(*leads) == ["euros", "dollars", "unknown"]
    assert names(*leads, settings=with_rate("USD", "0.9")) == ["dollars", "euros", "unknown"]


def test_the_last_place_goes_to_whoever_has_their_turn() -> None:
    leads = [*(overdue(f"late {number}") for number in range(5)), planned("calm")]
    turns = {
        pick.standing.lead.name
        for days in range(14)
        for pick in pick_focus(a_context(leads, today=in_days(days)))
        if pick.reason is Reason.TURN
    }
    assert "calm" in turns


def test_a_lead_in_its_turn_still_says_what_is_wrong_with_it() -> None:
    leads = [stale(f"{number}") for number in range(3)]
    *_, last = pick_focus(a_context(leads, capacity=2))
    assert last.why == "Stale: 10 days over the limit; its turn today"
    calm = [overdue("a"), overdue("b"), *(planned(f"{number}") for number in range(3))]
    words = {
        pick_focus(a_context(calm, today=in_days(day), capacity=2))[-1].why for day in range(5)
    }
    assert "Its turn: every open lead comes up in time" in words


def test_with_one_place_only_the_most_pressing_lead_is_shown() -> None:
    assert names(overdue("late"), planned("calm"), capacity=1) == ["late"]


@given(st.integers(min_value=2, max_value=6), st.integers(min_value=1, max_value=30))
@hypothesis_settings(max_examples=15, deadline=None)
def test_s4_12_every_open_lead_comes_up_within_as_many_working_days(
    capacity: int, count: int
) -> None:
    leads = many_leads(count)
    seen: set[str] = set()
    today, left = MONDAY, count
    while left:
        if today.weekday() < 5:
            seen |= set(names(*leads, today=today, capacity=capacity))
            left -= 1
        today += timedelta(days=1)
    assert seen == {lead.name for lead in leads}


def test_equal_leads_stand_in_path_order() -> None:
    assert names(stale("b"), stale("a"), stale("c")) == ["a", "b", "c"]
    assert names(a_lead("x", stage=FIRST), a_lead("a", stage=FIRST)) == ["a", "x"]
