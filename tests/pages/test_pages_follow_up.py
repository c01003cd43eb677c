from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pages_builders import (
    LOST,
    PARKED,
    WON,
    a_context,
    a_lead,
    days_ago,
    in_days,
    parked,
    unreadable,
)

from vaultflow.pages.practice.effort import ENOUGH, kept_lines, plural_days, touches_line
from vaultflow.pages.practice.follow_up import LONGEST, build_follow_up
from vaultflow.pipeline.lead import Direction, Lead, Said, Touch, TouchKind
from vaultflow.pipeline.practice.following.effort import spread
from vaultflow.pipeline.practice.following.promises import Outcome, Promise
from vaultflow.pipeline.settings import PipelineSettings, Settings

if TYPE_CHECKING:
    from vaultflow.pages.practice.follow_up import Calls, FollowUpPage


def names(calls: Calls) -> list[str]:
    return [call.row.name for call in calls.calls]


def talked(name: str, *touches: tuple[int, Direction | None], text: str = "x") -> Lead:
    """A lead with mails so many days ago."""
    bare = a_lead(name, touched=None)
    return replace(
        bare,
        touches=tuple(
            Touch(
                day=days_ago(ago),
                kind=TouchKind.EMAIL,
                text=text,
                path=bare.path,
                line=90 - ago,
                direction=way,
            )
            for ago, way in touches
        ),
    )


IN, OUT = Direction.IN, Direction.OUT


def page_of(*leads: Lead) -> FollowUpPage:
    return build_follow_up(a_context(leads))


def test_a_lead_stands_in_the_first_list_that_it_belongs_to() -> None:
    page = page_of(
        talked("Owed", (20, IN)),
        talked("Quiet", (20, OUT), (40, OUT)),
        talked("Waiting", (20, OUT)),
        talked("Due", (20, None)),
        talked("Fine", (2, None)),
    )
    assert names(page.owed) == ["Owed"]
    assert names(page.quiet) == ["Quiet"]
    assert names(page.waiting) == ["Waiting"]
    assert names(page.due) == ["Due"]
    assert page.resting.count == 0


def test_who_was_asked_again_lately_or_has_a_plan_rests() -> None:
    planned = replace(
        talked("Planned", (20, OUT), (40, OUT)), next_action="Call", next_action_due=in_days(1)
    )
    page = page_of(
        planned, talked("Lately", (4, OUT), (40, OUT)), talked("Long", (5, OUT), (9, OUT))
    )
    assert names(page.resting) == ["Lately", "Planned"]
    assert names(page.quiet) == ["Long"]


def test_a_list_is_cut_and_says_how_many_more_there_are() -> None:
    page = page_of(*(talked(f"{ago:02}", (ago, IN)) for ago in range(2, 10)))
    assert (len(page.owed.calls), page.owed.more, page.owed.count) == (LONGEST, 3, 8)
    assert names(page.owed)[:2] == ["09", "08"]


def test_lists_of_equals_stand_by_path() -> None:
    assert names(page_of(*(talked(name, (3, IN)) for name in "cab")).owed) == ["a", "b", "c"]


def test_what_they_said_is_cut_to_a_line_without_tags() -> None:
    said = "asks whether it can be there by March, and how many people it takes to set it up"
    (call,) = page_of(talked("A", (3, IN), text=f"{said} #signal/asks")).owed.calls
    assert call.said == "asks whether it can be there by March, and how many people…"
    (short,) = page_of(talked("A", (3, IN), text="asks #signal/asks")).owed.calls
    assert short.said == "asks"


def test_a_note_that_cannot_be_read_is_named() -> None:
    page = page_of(unreadable("Broken"), talked("Owed", (3, IN)))
    assert [lead.row.name for lead in page.unreadable.leads] == ["Broken"]


def test_s2_46_parked_leads_that_are_not_due_stand_by_the_day_to_look_again() -> None:
    late = replace(parked("Late"), touches=a_lead(touched=90).touches)
    page = page_of(parked("B", in_days(9)), parked("C"), parked("A", in_days(3)), late)
    assert names(page.parked) == ["Late"]
    assert [row.name for row in page.revisits] == ["A", "B", "C"]
    assert page.not_ready.startswith("Not ready when asked: 4 of 4 leads (100%).")


def test_s0_15_the_flag_that_takes_the_most_touches_stands_first() -> None:
    def flagged(name: str, flag: str, touched: int) -> Lead:
        return replace(a_lead(name, touched=touched), said={"flags": Said(texts=(flag,), line=5)})

    page = page_of(
        flagged("A", "angry", 30),
        flagged("B", "busy", 29),
        replace(flagged("C", "closed", 1), stage=LOST),
    )
    assert [(each.flag, each.count, each.touches) for each in page.flags] == [
        ("busy", 1, 1),
        ("angry", 1, 0),
    ]


def test_the_days_are_said_to_be_working_days_when_they_are() -> None:
    settings = Settings(pipeline=PipelineSettings(count="working"))
    page = build_follow_up(a_context([talked("A", (7, IN))], settings=settings))
    assert (page.day_word, page.owed.calls[0].days) == ("working day", 5)


def test_s1_20_no_number_is_given_of_no_leads() -> None:
    assert touches_line(spread(()), spread(())) == "Touches a lead: none is won or lost yet."
    assert "lost none yet" in touches_line(spread((3,)), spread(()))


def promises(count: int) -> dict[Lead, tuple[Promise, ...]]:
    kept = Promise(action="x", due=days_ago(3), line=1, outcome=Outcome.KEPT, done_on=days_ago(3))
    return {a_lead(): (kept,) * count}


def test_s1_07_a_share_of_few_is_not_given_in_percent() -> None:
    (few,) = kept_lines(promises(ENOUGH - 1), days_ago(90))
    (enough,) = kept_lines(promises(ENOUGH), days_ago(90))
    assert "4 of 4 next actions" in few
    assert "Too few to judge by." in few
    assert "5 of 5 (100%)" in enough
    assert "Too few" not in enough


def test_s1_07_without_a_promise_nothing_is_claimed() -> None:
    (line,) = kept_lines({}, days_ago(90))
    assert line == "Follow-up kept: no next action that a review planned was due yet."


def test_days_that_are_halves_are_said_so() -> None:
    assert [plural_days(days) for days in (1, 2, 2.5)] == ["1 day", "2 days", "2.5 days"]


LOG = st.lists(st.tuples(st.integers(0, 99), st.sampled_from([IN, OUT, None])), max_size=6)


@given(st.lists(LOG, max_size=8))
def test_no_lead_stands_in_two_lists(logs: list[list[tuple[int, Direction | None]]]) -> None:
    leads = [talked(f"{number}", *log) for number, log in enumerate(logs)]
    page = page_of(*leads)
    lists = (page.owed, page.waiting, page.due, page.quiet, page.resting)
    listed = [call.row.name for calls in lists for call in calls.calls]
    assert len(listed) == len(set(listed))
    assert sum(calls.count for calls in lists) <= len(leads)


def test_closed_and_parked_leads_are_asked_about_only_to_keep_in_touch() -> None:
    leads = [
        replace(talked(f"{stage.name}", (400, IN)), stage=stage) for stage in (WON, LOST, PARKED)
    ]
    page = page_of(*leads)
    assert (page.owed.count, page.due.count, page.quiet.count) == (0, 0, 0)
    assert (names(page.clients), names(page.parked)) == (["Won"], ["Parked"])
