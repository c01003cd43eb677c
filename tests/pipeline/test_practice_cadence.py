from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pipeline_builders import note, pipeline_of

from vaultflow.pipeline.practice.following.cadence import (
    clients_due,
    latest_first,
    not_ready,
    parked_due,
    read_days,
    touch_due,
)
from vaultflow.pipeline.settings import FollowUpSettings, PipelineSettings, Settings, Stage

if TYPE_CHECKING:
    from vaultflow.vault.note import Note

TODAY = date(2026, 11, 20)
"""A Friday."""
OWN_STAGE = Settings(pipeline=PipelineSettings(stages=(Stage(name="Talk"), Stage(name="Deal"))))
"""Stages without `stale_days`."""


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def lead(
    properties: str, last: int | None = None, name: str = "Acme", kind: str = "call out"
) -> Note:
    log = f"## Log\n- {ago(last)} {kind}: x\n" if last is not None else ""
    return note(f"---\ntype: lead\n{properties}\n---\n{log}", f"Deals/{name}.md")


def late(properties: str, last: int | None = None, settings: Settings | None = None) -> int | None:
    """Days beyond the cadence; None when it is not due."""
    pipeline = pipeline_of(lead(properties, last), settings=settings or Settings(), today=TODAY)
    due = touch_due(pipeline.standings[0], pipeline)
    return due.late if due else None


@pytest.mark.parametrize(("last", "expected"), [(13, None), (14, 0), (15, 1)])
def test_s2_31_a_lead_is_due_when_its_stages_limit_is_reached(
    last: int, expected: int | None
) -> None:
    assert late("stage: Meetings", last) == expected


@pytest.mark.parametrize(("last", "expected"), [(9, None), (10, 0), (11, 1)])
def test_s2_31_a_cadence_of_its_own_comes_before_that_of_the_stage(
    last: int, expected: int | None
) -> None:
    assert late("stage: Meetings\ncadence_days: 10", last) == expected


@pytest.mark.parametrize(("last", "expected"), [(20, None), (21, 0), (22, 1)])
def test_s2_31_a_stage_without_a_limit_takes_touch_days(last: int, expected: int | None) -> None:
    settings = Settings(pipeline=OWN_STAGE.pipeline, follow_up=FollowUpSettings(touch_days=21))
    assert late("stage: Talk", last, settings) == expected


def test_s2_31_a_lead_never_touched_counts_from_the_day_it_was_created() -> None:
    assert late(f"stage: Meetings\ncreated: {ago(20)}") == 6
    assert late("stage: Meetings") is None


def test_s2_31_a_cadence_of_nought_or_never_asks_for_nothing() -> None:
    assert late("stage: Meetings\ncadence_days: 0", 90) is None
    assert late("stage: Meetings\ncadence_days: never", 90) is None


def test_s2_31_a_cadence_that_cannot_be_read_is_not_followed() -> None:
    assert late("stage: Meetings\ncadence_days: often", 15) == 1


@pytest.mark.parametrize(("ahead", "expected"), [(-1, 6), (0, None), (3, None), (4, 6)])
def test_s2_31_an_action_within_the_days_of_grace_is_the_touch_to_come(
    ahead: int, expected: int | None
) -> None:
    due = TODAY + timedelta(days=ahead)
    assert late(f"stage: Meetings\nnext_action: Call\nnext_action_due: {due}", 20) == expected


def test_s2_31_working_days_count_when_the_pipeline_counts_them() -> None:
    working = Settings(pipeline=PipelineSettings(count="working"))
    assert late("stage: Meetings\ncadence_days: 10", 11, working) is None
    assert late("stage: Meetings\ncadence_days: 10", 14, working) == 0


@pytest.mark.parametrize("stage", ["Won", "Lost", "Parked"])
def test_s2_31_only_open_leads_have_a_cadence(stage: str) -> None:
    assert late(f"stage: {stage}\ncadence_days: 1", 90) is None


def test_s2_31_the_evidence_says_whose_limit_it_is_and_where_the_touch_stands() -> None:
    pipeline = pipeline_of(lead("stage: Meetings\ncadence_days: 10", 12), today=TODAY)
    due = touch_due(pipeline.standings[0], pipeline)
    assert due is not None
    assert due.evidence == (
        "12 days (limit 10 by cadence_days, line 4): last touch 2026-11-08, call out, line 7"
    )


def clients(*notes: Note, settings: Settings | None = None) -> list[tuple[str, int]]:
    pipeline = pipeline_of(*notes, settings=settings or Settings(), today=TODAY)
    return [(due.standing.lead.name, due.late) for due in clients_due(pipeline)]


@pytest.mark.parametrize(("last", "expected"), [(89, []), (90, [0]), (91, [1])])
def test_s2_32_a_client_is_due_after_ninety_days(last: int, expected: list[int]) -> None:
    assert [late for _, late in clients(lead("stage: Won", last))] == expected


def test_s2_32_a_client_may_have_days_of_its_own_and_none_for_never() -> None:
    assert clients(lead("stage: Won\nkeep_in_touch_days: 30", 31)) == [("Acme", 1)]
    assert clients(lead("stage: Won\nkeep_in_touch_days: 0", 900)) == []
    never = Settings(follow_up=FollowUpSettings(client_days=0))
    assert clients(lead("stage: Won", 900), settings=never) == []


def test_s2_32_a_lost_lead_is_never_kept_in_touch_with() -> None:
    pipeline = pipeline_of(lead("stage: Lost\nkeep_in_touch_days: 1", 90), today=TODAY)
    assert (clients_due(pipeline), parked_due(pipeline)) == ((), ())


def test_s2_32_a_client_never_touched_counts_from_the_day_it_was_won() -> None:
    assert clients(lead(f"stage: Won\nclosed_on: {ago(100)}")) == [("Acme", 10)]
    assert clients(lead("stage: Won")) == []


def test_s2_32_a_company_is_one_client_and_any_of_its_leads_counts() -> None:
    won = [
        lead(f"stage: Won\ncompany: Acme BV\nclosed_on: {ago(200)}", 200, "First"),
        lead(f"stage: Won\ncompany: acme bv\nclosed_on: {ago(100)}", 100, "Second"),
    ]
    assert clients(*won) == [("Second", 10)]
    assert clients(*won, lead("stage: Meetings\ncompany: Acme BV", 3, "New")) == []


def test_s2_32_the_latest_stands_first_and_ties_by_path() -> None:
    found = clients(
        lead("stage: Won", 95, "C"), lead("stage: Won", 120, "B"), lead("stage: Won", 95, "A")
    )
    assert found == [("B", 30), ("A", 5), ("C", 5)]


@pytest.mark.parametrize(("last", "expected"), [(44, []), (45, [0]), (46, [1])])
def test_s2_46_a_parked_lead_hears_from_us_too(last: int, expected: list[int]) -> None:
    properties = "stage: Meetings\nrevisit_on: 2027-02-01\nkeep_in_touch_days: 45"
    pipeline = pipeline_of(lead(properties, last), today=TODAY)
    assert [due.late for due in parked_due(pipeline)] == expected
    assert touch_due(pipeline.standings[0], pipeline) is None


def test_s2_46_those_not_ready_are_counted_among_all_leads() -> None:
    notes = (
        lead("stage: Parked", name="A"),
        lead("stage: Meetings\nrevisit_on: 2026-10-01", name="B"),
        lead("stage: Won", name="C"),
        lead("stage: a\nstage: b", name="Unreadable"),
    )
    assert not_ready(pipeline_of(*notes, today=TODAY)) == (2, 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10", 10),
        ("10 days", 10),
        ("2w", 14),
        ("every 2 weeks", 14),
        ("week", 7),
        ("1 month", 30),
        ("Monthly", 30),
        ("never", 0),
        ("0", 0),
        ("", None),
        ("often", None),
        ("every", None),
        ("-3", None),
        ("1.5", None),
    ],
)
def test_days_are_read_as_people_type_them(text: str, expected: int | None) -> None:
    assert read_days(text) == expected


@given(st.text(max_size=30))
def test_no_text_makes_the_reading_of_days_fail(text: str) -> None:
    days = read_days(text)
    assert days is None or days >= 0


def test_an_order_of_nobody_is_empty() -> None:
    assert latest_first(()) == ()
