from __future__ import annotations

from dataclasses import replace as with_changes
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from pages_builders import MONDAY, a_context, days_ago, in_days, planned

from vaultflow.pages.reports.meeting import TIME_BOX, Part, build_meeting
from vaultflow.pipeline.history.change import Fact
from vaultflow.pipeline.history.course import Course
from vaultflow.pipeline.history.courses import Courses

if TYPE_CHECKING:
    from vaultflow.pipeline.lead import Lead


def pushed(lead: Lead, on: date, before: date, after: date) -> Course:
    fact = Fact(
        field="expected_close",
        day=on,
        earliest=on,
        before=before.isoformat(),
        after=after.isoformat(),
        evidence=(),
    )
    return Course(lead=lead, began=lead.created, stays=(), ended=None, facts=(fact,))


@pytest.mark.parametrize(
    ("pushed_ago", "later_by", "part"),
    [
        (30, 10, Part.SLIPPED),
        (31, 10, Part.UPCOMING),
        (30, -10, Part.UPCOMING),
    ],
)
def test_s2_21_a_close_that_was_pushed_of_late_has_slipped(
    pushed_ago: int, later_by: int, part: Part
) -> None:
    close = in_days(20)
    lead = replace(planned(), expected_close=close)
    course = pushed(lead, days_ago(pushed_ago), close - timedelta(days=later_by), close)
    courses = Courses(deals=(course,), unreadable=0, findings=())
    context = with_changes(a_context([lead]), open_courses=lambda: courses)
    (owner,) = build_meeting(context).owners
    assert [one.part for one in owner.parts] == [part]
    why = owner.parts[0].points[0].why
    assert why.startswith(
        "pushed 1 time, from 3 Dec to 13 Dec" if part is Part.SLIPPED else "closes"
    )


@pytest.mark.parametrize("owners", [1, 6, 12, 70])
def test_s2_25_the_time_is_kept_as_far_as_one_lead_of_each_allows(owners: int) -> None:
    leads = [
        replace(planned(f"{owner} {number}"), owner=f"o{owner:02}", expected_close=in_days(3))
        for owner in range(owners)
        for number in range(3)
    ]
    page = build_meeting(a_context(leads))
    shown = [len(part.points) for owner in page.owners for part in owner.parts]
    assert page.minutes <= TIME_BOX or set(shown) == {1}
    assert page.minutes == sum(owner.minutes for owner in page.owners)
    assert sum(shown) + sum(part.more for one in page.owners for part in one.parts) == len(leads)


def test_s2_21_the_id_of_a_point_is_the_same_all_week_and_another_one_next_week() -> None:
    lead = planned()

    def ident(day: date) -> str:
        return build_meeting(a_context([lead], today=day)).owners[0].parts[0].points[0].id

    assert ident(MONDAY) == ident(MONDAY + timedelta(days=6)) != ident(MONDAY + timedelta(days=7))
