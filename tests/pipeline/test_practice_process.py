"""What logs and fields tell of the process: moves, timelines, actions, conduct and load."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pipeline_builders import SETTINGS, TODAY, lead_of, note, pipeline_of

from vaultflow.pipeline.practice.process.actions import ActionCounts, count_actions
from vaultflow.pipeline.practice.process.conformance import Conduct, conduct_of
from vaultflow.pipeline.practice.process.moves import moves_of, own_touches
from vaultflow.pipeline.practice.process.owners import by_owner, by_source
from vaultflow.pipeline.practice.process.playbook import stage_state, unknown_labels
from vaultflow.pipeline.practice.process.timeline import Event, build_timeline
from vaultflow.pipeline.practice.process.workload import suggest_handovers
from vaultflow.pipeline.presets.five import FIVE
from vaultflow.pipeline.reading.log import LogLine, read_log
from vaultflow.pipeline.settings import QualificationSettings
from vaultflow.pipeline.stages import stages_in_force

if TYPE_CHECKING:
    from vaultflow.pipeline.standing import Standing

HEAD = "---\ntype: lead\n"


def log_of(*lines: str) -> tuple[LogLine, ...]:
    body = "".join(f"- {line}\n" for line in lines)
    return read_log(note(f"## Log\n{body}"), "Log", TODAY)[0]


def timeline(fields: str, *lines: str) -> list[tuple[str, str, str, int]]:
    text = f"{HEAD}{fields}---\n## Log\n" + "".join(f"- {line}\n" for line in lines)
    own = note(text)
    events = build_timeline(lead_of(text), read_log(own, "Log", TODAY)[0], FIVE)
    return [(str(event.day), event.what.value, event.text, event.line) for event in events]


def conduct(fields: str, *lines: str, answers: int = 3) -> Conduct:
    settings = QualificationSettings(answers=answers)
    log = "".join(f"- {line}\n" for line in lines)
    return conduct_of(lead_of(f"{HEAD}{fields}---\n## Log\n{log}"), FIVE, settings)


def counted(*logs: tuple[str, ...]) -> ActionCounts:
    texts = ("".join(f"- {line}\n" for line in lines) for lines in logs)
    leads = (lead_of(f"{HEAD}---\n## Log\n{text}") for text in texts)
    return count_actions((own_touches(lead) for lead in leads), FIVE)


@pytest.mark.parametrize(
    ("line", "steps", "skipped"),
    [
        ("stage: Initial contact -> Qualification", 1, ()),
        ("stage: New -> proposal sent", 3, ("Qualification", "Meetings")),
        ("stage: Proposals -> Meetings", -1, ()),
        ("stage: Closing -> Initial contact", -4, ()),
        ("stage: Closing -> Won", 1, ()),
        ("stage: Proposals -> Won", 2, ("Closing",)),
        ("stage: Proposals -> Lost", None, ()),
        ("stage: Parked -> Meetings", None, ()),
    ],
)
def test_s2_29_s3_8_a_move_says_how_far_it_went(
    line: str, steps: int | None, skipped: tuple[str, ...]
) -> None:
    (move,) = moves_of(log_of(f"2026-11-02 {line}"), FIVE)
    assert (move.steps, move.skipped) == (steps, skipped)


@pytest.mark.parametrize(
    "line",
    [
        "stage: Proposals",
        "stage: Neverland -> Closing",
        "stage: New -> Lead",
        "call: Proposals -> Closing",
    ],
)
def test_a_line_that_names_no_two_known_stages_is_no_move(line: str) -> None:
    assert moves_of(log_of(f"2026-11-02 {line}"), FIVE) == ()


def test_s2_33_a_timeline_runs_from_the_first_contact_to_the_last_word() -> None:
    events = timeline(
        "stage: Proposals\nsource: Referral\ncreated: 2026-10-01\n",
        "2026-10-01 email in: asks for a price list",
        "2026-10-20 stage: Initial contact -> Proposals",
        "2026-10-12 call out: talked it through",
        "2026-11-02 review: why They asked for it",
        "2026-11-03 stage: Proposals -> Meetings",
    )
    assert events == [
        ("2026-10-01", "created", "came from Referral", 5),
        ("2026-10-01", "touch", "email in: asks for a price list", 8),
        ("2026-10-12", "touch", "call out: talked it through", 10),
        (
            "2026-10-20",
            "moved",
            "Initial contact -> Proposals, past Qualification and Meetings",
            9,
        ),
        ("2026-11-02", "review", "why They asked for it", 11),
        ("2026-11-03", "moved back", "Proposals -> Meetings", 12),
    ]


def test_s2_33_the_end_is_told_once() -> None:
    closed = "stage: Lost\nlost_reason: too dear\nclosed_on: 2026-11-10\n"
    assert timeline(closed) == [("2026-11-10", "closed", "as Lost: too dear", 5)]
    moved = timeline(closed, "2026-11-10 stage: Proposals -> Lost")
    assert [what for _, what, _, _ in moved] == ["moved"]


def test_s2_33_other_notes_that_tell_of_a_contact_belong_to_the_timeline() -> None:
    meeting = note("---\ndate: 2026-11-05\n---\nWith [[Acme]].\n", "Meetings/Kick-off.md")
    text = f"{HEAD}last_contact: 2026-11-06\n---\n"
    events = build_timeline(lead_of(text, meeting), (), FIVE)
    assert [(str(event.day), str(event.path), event.text) for event in events] == [
        ("2026-11-05", "Meetings/Kick-off.md", "meeting: Kick-off"),
        ("2026-11-06", "Deals/Acme.md", "last_contact"),
    ]


_LINES = st.builds(
    "{} {}: {}".format,
    st.dates(date(2026, 1, 1), TODAY),
    st.sampled_from(["call out", "stage", "review", "note"]),
    st.sampled_from(["x", "Initial contact -> Closing", "Closing -> Meetings", "done Call"]),
)


@given(st.lists(_LINES, max_size=8))
def test_s2_33_a_timeline_has_every_line_of_the_log_once_by_day(lines: list[str]) -> None:
    text = f"{HEAD}---\n## Log\n" + "".join(f"- {line}\n" for line in lines)
    log = read_log(note(text), "Log", TODAY)[0]
    events: tuple[Event, ...] = build_timeline(lead_of(text), log, FIVE)
    assert sorted(event.line for event in events) == [line.line for line in log]
    assert [event.day for event in events] == sorted(event.day for event in events)


def test_s4_22_actions_of_the_quick_list_are_counted_however_they_are_logged() -> None:
    counts = counted(
        (
            "2026-11-02 call out: Ask who signs off the budget",
            "2026-11-03 review: done ask who signs off the budget; next Call by 2026-11-09 ([[R]])",
            "2026-11-04 note: asked who signs",
        )
    )
    assert dict(counts.done) == {"ask who signs off the budget": 2}
    assert (counts.total, counts.advances, dict(counts.before_advance)) == (2, 0, {})


def test_s4_22_the_last_action_before_a_stage_advance_gets_the_credit() -> None:
    ask, talk = "Ask what made them get in touch", "Propose two times for a first talk"
    lines = (
        f"2026-11-02 call out: {ask}",
        f"2026-11-03 call out: {talk}",
        "2026-11-03 stage: Initial contact -> Qualification",
        "2026-11-05 stage: Qualification -> Meetings",
        "2026-11-06 stage: Meetings -> Qualification",
    )
    counts = counted(lines, lines, (f"2026-11-02 call out: {ask}",))
    assert dict(counts.done) == {ask.lower(): 3, talk.lower(): 2}
    assert dict(counts.before_advance) == {talk.lower(): 2}
    assert counts.advances == 4


def test_a_step_back_or_out_gives_no_action_credit() -> None:
    counts = counted(("2026-11-02 call: Ask for the decision", "2026-11-03 stage: Closing -> Lost"))
    assert (counts.advances, dict(counts.before_advance)) == (0, {})


@pytest.mark.parametrize(
    ("fields", "is_unqualified"),
    [
        ("stage: Qualification\n", False),
        ("stage: Meetings\n", True),
        ("stage: Meetings\nproblem: a\ntrigger: b\n", True),
        ("stage: Meetings\nproblem: a\ntrigger: b\nfit: no\n", False),
        ("stage: Meetings\nproblem: a\ntrigger: b\nfit: '?'\n", True),
        ("stage: Meetings\nkind: order\n", False),
        ("stage: Won\n", False),
        ("stage: Neverland\n", False),
    ],
)
def test_s2_29_far_with_few_answers_is_unqualified(fields: str, *, is_unqualified: bool) -> None:
    assert conduct(fields).is_unqualified is is_unqualified


def test_s2_29_entry_criteria_are_missing_only_when_something_is_known_of_them() -> None:
    assert conduct("stage: Initial contact\n").entry_missing == ()
    (missing,) = conduct("stage: Initial contact\nsource: Referral\n").entry_missing
    assert missing.text == "There is a person to talk to"
    assert conduct("stage: Won\nsource: Referral\n").entry_missing == ()


def test_s2_29_skipped_stages_come_from_the_log() -> None:
    lines = ("2026-11-02 stage: New -> Meetings", "2026-11-03 stage: Meetings -> Proposals")
    assert [move.line for move in conduct("stage: Proposals\n", *lines).skipped] == [6]


def leads_of(*texts: str) -> tuple[Standing, ...]:
    notes = (
        note(f"{HEAD}{text}\n---\n", f"Leads/L{number:02}.md") for number, text in enumerate(texts)
    )
    return tuple(pipeline_of(*notes, settings=SETTINGS).standings)


def test_owners_are_grouped_without_regard_to_case_and_nobody_comes_last() -> None:
    standings = leads_of("owner: bob", "owner: Ann", "stage: New", "owner: ann", "owner: Ann")
    assert [(name, len(group)) for name, group in by_owner(standings)] == [
        ("Ann", 3),
        ("bob", 1),
        ("", 1),
    ]


def test_s2_30_sources_stand_by_their_leads() -> None:
    standings = leads_of("source: Fair", "source: Web", "source: web", "stage: New", "stage: New")
    assert [name for name, _ in by_source(standings)] == ["Web", "Fair", ""]


STALE = "owner: {}\nstage: Meetings\ncreated: {}"
FRESH = f"owner: {{}}\nstage: Meetings\ncreated: {TODAY}"


def stale_for(owner: str, days: int) -> str:
    return STALE.format(owner, TODAY - timedelta(days=14 + days))


@pytest.mark.parametrize(("limit", "given"), [(1, 1), (2, 1), (3, 0), (None, 0)])
def test_s2_12_an_owner_over_the_limit_gives_no_more_than_that(
    limit: int | None, given: int
) -> None:
    leads = [stale_for("Ann", days) for days in (1, 3, 2)]
    bobs = ["owner: Bob\nstage: Won\nclosed_on: 2026-11-01"]
    found = suggest_handovers(leads_of(*leads, *bobs), limit, TODAY)
    assert len(found) == given
    assert [one.standing.lead.name for one in found] == ["L01"][: len(found)]


def test_s2_9_a_stalled_lead_goes_to_who_has_the_most_room_and_says_what_they_won() -> None:
    leads = [stale_for("Ann", days) for days in (1, 2, 3)]
    others = [FRESH.format("Bob"), FRESH.format("Cem"), FRESH.format("Cem")]
    won = ["owner: Bob\nstage: Won", "owner: Bob\nstage: Lost"]
    first, *rest = suggest_handovers(leads_of(*leads, *others, *won), 2, TODAY)
    assert rest == []
    assert (first.giver, first.taker, first.room, first.won, first.closed) == (
        "Ann",
        "Bob",
        1,
        1,
        2,
    )
    assert first.standing.lead.name == "L02"


def test_a_busy_owner_keeps_leads_that_are_looked_after() -> None:
    leads = [FRESH.format("Ann")] * 4 + [FRESH.format("Bob")]
    assert suggest_handovers(leads_of(*leads), 2, TODAY) == ()


def test_who_has_long_gone_is_given_nothing() -> None:
    leads = [stale_for("Ann", 3), stale_for("Ann", 2)]
    for day, count in ((90, 1), (91, 0)):
        old = f"owner: Old\nstage: Won\nclosed_on: {TODAY - timedelta(days=day)}"
        assert len(suggest_handovers(leads_of(*leads, old), 1, TODAY)) == count


@given(
    st.lists(st.tuples(st.sampled_from("ABC"), st.booleans()), max_size=12),
    st.integers(min_value=1, max_value=5),
)
def test_s2_12_nobody_is_given_more_than_the_limit(
    leads: list[tuple[str, bool]], limit: int
) -> None:
    texts = [stale_for(owner, 5) if is_stale else FRESH.format(owner) for owner, is_stale in leads]
    counts = {owner: sum(name == owner for name, _ in leads) for owner in "ABC"}
    found = suggest_handovers(leads_of(*texts), limit, TODAY)
    assert len({one.standing.lead.path for one in found}) == len(found)
    for one in found:
        assert counts[one.giver] > limit > counts[one.taker] == limit - one.room
        counts[one.giver] -= 1
        counts[one.taker] += 1


def test_s2_6_a_stage_counts_who_has_met_its_goal() -> None:
    reason = "stage: New\nreason_for_contact: x"
    standings = leads_of(
        "stage: New", reason, f"{reason}\nnext_action: a\nnext_action_due: 2026-12-01"
    )
    first, second, *_ = stages_in_force(SETTINGS)
    state = stage_state(standings, first)
    assert (state.met, state.unmet, state.unknown, state.came_early) == (1, 1, 1, ())
    assert stage_state(standings, second).leads == ()


def test_s4_5_words_that_name_no_stage_are_counted() -> None:
    standings = leads_of("stage: hot", "stage: hot", "stage: New", "stage:")
    assert unknown_labels(standings) == (("hot", 2),)
