from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pages_builders import (
    FIRST,
    MONDAY,
    SECOND,
    a_context,
    a_lead,
    days_ago,
    in_days,
    overdue,
    parked,
    planned,
    unreadable,
)

from vaultflow.pages.next_actions import build_next_actions

if TYPE_CHECKING:
    from vaultflow.pages.listing import Listing
    from vaultflow.pipeline.settings import Stage

SUNDAY = in_days(6)


def names(listing: Listing) -> list[str]:
    return [lead.row.name for lead in listing.leads]


def test_actions_stand_by_when_they_are_due() -> None:
    leads = [
        overdue("late", 2),
        overdue("later", 9),
        a_lead("today", action="Call", due=MONDAY),
        planned("week", days=6),
        planned("after", days=7),
        a_lead("none"),
        a_lead("undated", action="Call"),
        parked("away", until=in_days(9)),
        unreadable("broken"),
    ]
    page = build_next_actions(a_context(leads))
    assert names(page.overdue) == ["later", "late"]
    assert names(page.due_today) == ["today"]
    assert names(page.this_week) == ["week"]
    assert names(page.later) == ["after"]
    assert sorted(names(page.unplanned)) == ["none", "undated"]
    assert names(page.parked) == ["away"]
    assert names(page.unreadable) == ["broken"]


@pytest.mark.parametrize(("days", "in_week"), [(1, False), (7, False), (8, False)])
def test_on_a_sunday_nothing_is_left_of_the_week(days: int, *, in_week: bool) -> None:
    lead = planned(days=6 + days)
    page = build_next_actions(a_context([lead], today=SUNDAY))
    assert bool(page.this_week.leads) is in_week


def test_parked_leads_stand_by_the_day_to_look_again() -> None:
    leads = [parked("never"), parked("late", until=in_days(9)), parked("soon", until=in_days(2))]
    assert names(build_next_actions(a_context(leads)).parked) == ["soon", "late", "never"]


def test_an_action_keeps_its_id_while_its_day_draws_near() -> None:
    lead = planned(days=9)
    later = build_next_actions(a_context([lead])).later.leads[0]
    late = build_next_actions(a_context([lead], today=in_days(12))).overdue.leads[0]
    assert later.id == late.id


def test_another_action_or_day_is_another_item() -> None:
    first = build_next_actions(a_context([planned(days=9)])).later.leads[0]
    moved = build_next_actions(a_context([planned(days=10)])).later.leads[0]
    other = build_next_actions(a_context([replace(planned(days=9), next_action="Write")]))
    assert len({first.id, moved.id, other.later.leads[0].id}) == 3


@given(
    st.lists(
        st.tuples(
            st.sampled_from([FIRST, SECOND, None]),
            st.sampled_from(["", "Call"]),
            st.none() | st.integers(-20, 20),
            st.booleans(),
        ),
        max_size=12,
    )
)
@hypothesis_settings(max_examples=30, deadline=None)
def test_s2_02_every_open_lead_stands_in_exactly_one_list(
    kinds: list[tuple[Stage | None, str, int | None, bool]],
) -> None:
    leads = [
        replace(
            a_lead(f"{number:02}", action=action, due=None if due is None else days_ago(due)),
            stage=stage,
            readable=readable,
        )
        for number, (stage, action, due, readable) in enumerate(kinds)
    ]
    page = build_next_actions(a_context(leads))
    lists = (page.overdue, page.due_today, page.this_week, page.later, page.unplanned)
    listed = [name for one in (*lists, page.unreadable) for name in names(one)]
    assert sorted(listed) == [lead.name for lead in leads]
