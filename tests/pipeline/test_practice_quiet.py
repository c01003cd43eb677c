from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pipeline_builders import note, pipeline_of

from vaultflow.pipeline.practice.following.quiet import (
    contacts,
    gone_quiet,
    owed_reply,
    touches_evidence,
    waiting_on_them,
)
from vaultflow.pipeline.settings import FollowUpSettings, PipelineSettings, Settings

if TYPE_CHECKING:
    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.pipeline.practice.following.quiet import Silence
    from vaultflow.pipeline.standing import Standing
    from vaultflow.vault.note import Note

TODAY = date(2026, 11, 20)
"""A Friday."""


def talk(
    *log: str, properties: str = "stage: Meetings", others: tuple[Note, ...] = ()
) -> tuple[Standing, Pipeline]:
    text = f"---\ntype: lead\n{properties}\n---\n## Log\n" + "".join(f"- {line}\n" for line in log)
    pipeline = pipeline_of(note(text), *others, today=TODAY)
    return next(each for each in pipeline.standings if each.lead.name == "Acme"), pipeline


def days(silence: Silence | None) -> int | None:
    return silence.days if silence else None


@pytest.mark.parametrize(("day", "expected"), [("2026-11-20", None), ("2026-11-19", 1)])
def test_3_15_a_reply_is_owed_a_day_after_it_came_in(day: str, expected: int | None) -> None:
    assert days(owed_reply(*talk(f"{day} email in: asks for a price"))) == expected


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-18 email out: sent it",
        "2026-11-18 called her back",
        "2026-11-18 meeting: at their place",
        "2026-11-18 quote: 12,000",
    ],
)
def test_3_15_any_later_contact_ends_what_is_owed(line: str) -> None:
    assert owed_reply(*talk("2026-11-16 email in: asks", line)) is None


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-18 note: their budget is fine",
        "2026-11-18 stage: Meetings -> Proposals",
        "2026-11-18 review: why they have asked",
        "2026-11-18 review: done Prepare the list",
        "2026-11-18 thinks about it",
    ],
)
def test_3_15_what_is_no_contact_leaves_a_reply_owed(line: str) -> None:
    assert days(owed_reply(*talk("2026-11-16 email in: asks", line))) == 4


def test_3_15_a_day_in_a_field_is_no_contact() -> None:
    properties = "stage: Meetings\nlast_contact: 2026-11-19"
    assert days(owed_reply(*talk("2026-11-16 email in: x", properties=properties))) == 4


def test_3_15_no_plan_silences_an_owed_reply() -> None:
    properties = "stage: Meetings\nnext_action: Answer\nnext_action_due: 2026-11-23"
    assert days(owed_reply(*talk("2026-11-16 email in: x", properties=properties))) == 4


def test_3_15_who_writes_every_day_has_waited_since_the_first_message() -> None:
    owed = owed_reply(*talk(*(f"2026-11-{day} email in: and?" for day in (17, 18, 19, 20))))
    assert owed is not None
    assert (owed.since, owed.days) == (date(2026, 11, 17), 3)
    assert [touch.day.day for touch in owed.touches] == [20, 19, 18, 17]


@pytest.mark.parametrize(
    ("day", "expected"), [("2026-11-16", None), ("2026-11-15", 5), ("2026-11-14", 6)]
)
def test_3_15_an_answer_is_late_after_five_days(day: str, expected: int | None) -> None:
    assert days(waiting_on_them(*talk(f"{day} email out: the list"))) == expected


@pytest.mark.parametrize(
    ("due", "expected"), [("2026-11-19", 10), ("2026-11-20", None), ("2026-12-01", None)]
)
def test_3_15_a_later_next_action_silences_the_wait_for_them(
    due: str, expected: int | None
) -> None:
    properties = f"stage: Meetings\nnext_action: Call\nnext_action_due: {due}"
    assert days(waiting_on_them(*talk("2026-11-10 email out: x", properties=properties))) == (
        expected
    )


@pytest.mark.parametrize("line", ["2026-11-11 email in: yes", "2026-11-11 meeting: at ours"])
def test_3_15_a_word_of_theirs_or_a_meeting_ends_the_wait(line: str) -> None:
    assert waiting_on_them(*talk("2026-11-10 email out: x", line)) is None


def test_3_15_a_meeting_is_no_message_that_waits_whatever_its_direction() -> None:
    assert waiting_on_them(*talk("2026-11-01 meeting out: at theirs")) is None
    assert owed_reply(*talk("2026-11-01 meeting in: at ours")) is None


def test_3_15_a_contact_without_direction_begins_the_wait_anew() -> None:
    lines = ("2026-11-01 email out: x", "2026-11-17 called, left a message")
    assert waiting_on_them(*talk(*lines)) is None


def test_3_15_a_meeting_in_another_note_comes_before_the_mail_of_that_day() -> None:
    meeting = note("---\ndate: 2026-11-10\n---\nWith [[Acme]].\n", "Kick-off.md")
    wait = waiting_on_them(*talk("2026-11-10 email out: the minutes", others=(meeting,)))
    assert days(wait) == 10


def test_3_15_both_clocks_count_working_days_when_the_pipeline_does() -> None:
    settings = Settings(pipeline=PipelineSettings(count="working"))
    text = "---\ntype: lead\nstage: Meetings\n---\n## Log\n- 2026-11-13 email in: x\n"
    pipeline = pipeline_of(note(text), settings=settings, today=TODAY)
    assert days(owed_reply(pipeline.standings[0], pipeline)) == 5
    sunday = pipeline_of(
        note(text.replace("-13", "-20")), settings=settings, today=date(2026, 11, 22)
    )
    assert owed_reply(sunday.standings[0], sunday) is None


@pytest.mark.parametrize("stage", ["Won", "Lost", "Parked"])
def test_nobody_is_asked_about_leads_that_are_not_open(stage: str) -> None:
    lines = ("2026-10-01 email out: x", "2026-10-10 email out: y")
    closed = talk(*lines, properties=f"stage: {stage}")
    assert (waiting_on_them(*closed), gone_quiet(*closed)) == (None, None)
    assert owed_reply(*talk("2026-10-01 email in: x", properties=f"stage: {stage}")) is None


@pytest.mark.parametrize(
    ("day", "expected"), [("2026-11-14", None), ("2026-11-13", 7), ("2026-11-12", 8)]
)
def test_s0_14_two_touches_without_a_word_for_a_week_are_quiet(
    day: str, expected: int | None
) -> None:
    assert days(gone_quiet(*talk(f"{day} call out: a", "2026-11-19 email out: b"))) == expected


def test_s0_14_one_touch_is_not_enough() -> None:
    assert gone_quiet(*talk("2026-10-01 call out: a")) is None


@pytest.mark.parametrize("line", ["2026-11-03 email in: yes", "2026-11-03 meeting: theirs"])
def test_s0_14_a_word_or_a_meeting_in_between_begins_anew(line: str) -> None:
    lines = ("2026-11-01 call out: a", line, "2026-11-10 call out: b")
    assert gone_quiet(*talk(*lines)) is None
    quiet = gone_quiet(*talk(*lines, "2026-11-12 email out: c"))
    assert quiet is not None
    assert quiet.since == date(2026, 11, 10)


def test_s0_14_the_evidence_names_days_and_lines() -> None:
    standing, pipeline = talk(
        "2026-11-01 call out: a", "2026-11-05 her birthday", "2026-11-10 email out: b"
    )
    quiet = gone_quiet(standing, pipeline)
    assert quiet is not None
    assert touches_evidence(quiet.touches, standing.lead) == (
        "2026-11-01 call out, line 6; 2026-11-10 email out, line 8"
    )


def test_s0_14_the_evidence_of_many_touches_names_the_last_three() -> None:
    standing, pipeline = talk(*(f"2026-11-{day:02} call out: x" for day in range(1, 6)))
    quiet = gone_quiet(standing, pipeline)
    assert quiet is not None
    shown = touches_evidence(quiet.touches, standing.lead)
    assert shown.startswith("2 earlier; 2026-11-03 call out, line 8; ")


def test_s0_14_a_plan_does_not_hide_who_has_gone_quiet() -> None:
    properties = "stage: Meetings\nnext_action: Call\nnext_action_due: 2026-11-23"
    lines = ("2026-11-01 call out: a", "2026-11-10 email out: b")
    assert days(gone_quiet(*talk(*lines, properties=properties))) == 19


def test_the_limits_are_those_of_the_settings() -> None:
    settings = Settings(
        follow_up=FollowUpSettings(reply_days=3, waiting_days=9, quiet_days=30, quiet_touches=1)
    )
    text = "---\ntype: lead\nstage: Meetings\n---\n## Log\n- 2026-10-21 email out: x\n"
    pipeline = pipeline_of(note(text), settings=settings, today=TODAY)
    standing = pipeline.standings[0]
    assert days(gone_quiet(standing, pipeline)) == 30
    later = pipeline_of(note(text.replace("10-21", "11-12")), settings=settings, today=TODAY)
    assert waiting_on_them(later.standings[0], later) is None
    asked = pipeline_of(
        note(text.replace("10-21 email out", "11-18 email in")), settings=settings, today=TODAY
    )
    assert owed_reply(asked.standings[0], asked) is None


@pytest.mark.parametrize(
    "lines",
    [
        ("2026-11-01 email in: a", "2026-11-09 email in: b", "2026-11-09 email out: c"),
        ("2026-11-09 email out: c", "2026-11-09 email in: b", "2026-11-01 email in: a"),
    ],
)
def test_a_log_may_grow_downwards_or_upwards(lines: tuple[str, ...]) -> None:
    standing, pipeline = talk(*lines)
    assert [touch.text for touch in contacts(standing.lead)] == ["c", "b", "a"]
    assert owed_reply(standing, pipeline) is None
    assert days(waiting_on_them(standing, pipeline)) == 11


@given(st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["in", "out", ""])), max_size=8))
def test_3_15_only_one_of_the_clocks_runs(log: list[tuple[int, str]]) -> None:
    lines = [f"{TODAY - timedelta(days=ago)} email {way}: x" for ago, way in log]
    asked = talk(*lines)
    owed, waiting, quiet = owed_reply(*asked), waiting_on_them(*asked), gone_quiet(*asked)
    assert owed is None or (waiting is None and quiet is None)
    for silence in (owed, waiting, quiet):
        assert silence is None or silence.touches
