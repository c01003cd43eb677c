from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pipeline_builders import note, pipeline_of

from vaultflow.pipeline.rules import RULES

if TYPE_CHECKING:
    from vaultflow.errors import Finding


def findings_of(text: str, code: str) -> tuple[Finding, ...]:
    pipeline = pipeline_of(note(text))
    (standing,) = pipeline.standings
    return tuple(RULES[code](standing, pipeline))


def lead(properties: str, body: str = "") -> str:
    return f"---\ntype: lead\n{properties}\n---\n{body}"


DUE = "next_action: Call\nnext_action_due: 2026-11-23\n"
EFFORT = "## Log\n" + "- 2026-11-20 call out (needs): x\n" * 4
TOUCHED = "## Log\n- 2026-11-20 call out: x\n"
MOVED = "- 2026-11-19 stage: Qualification -> Meetings\n"
SAID_WHY = "- {day} review: why they asked ([[x]])\n"


def moved(day: str) -> str:
    """The properties and log of a lead of which it was said on that day why it is where it is."""
    return f"stage: Meetings\n---\n## Log\n{MOVED}{SAID_WHY.format(day=day)}\n"


CASES = [
    ("no-next-action", "stage: Meetings", "stage: Meetings\n" + DUE),
    ("action-undated", "stage: New\nnext_action: Call", "stage: New\n" + DUE),
    ("action-unnamed", "stage: New\nnext_action_due: 2026-11-23", "stage: New\n" + DUE),
    ("action-overdue", "stage: New\nnext_action_due: 2026-11-21", "stage: New\n" + DUE),
    ("stale", "stage: Meetings\ncreated: 2026-11-07", "stage: Meetings\ncreated: 2026-11-08"),
    (
        "sleeping",
        "stage: Meetings\ncreated: 2026-11-20\nnext_action_due: 2026-12-10",
        "stage: Meetings\ncreated: 2026-11-20\nnext_action_due: 2026-12-09",
    ),
    ("idle-unknown", "stage: Meetings", "stage: Meetings\ncreated: 2026-11-20"),
    (
        "close-date-past",
        "stage: Meetings\nexpected_close: 2026-11-21",
        "stage: Meetings\nexpected_close: 2026-11-22",
    ),
    ("value-missing", "stage: Meetings", "stage: Initial contact"),
    ("source-missing", "stage: Meetings", "stage: Meetings\nsource: Referral"),
    ("plan-missing", "stage: Meetings", "stage: Meetings\nplan: [call]"),
    ("lost-reason-missing", "stage: Lost", "stage: Lost\nlost_reason: price"),
    ("closed-on-missing", "stage: Won", "stage: Won\nclosed_on: 2026-11-01"),
    ("revisit-missing", "stage: Parked", "stage: Parked\nrevisit_on: 2027-01-01"),
    (
        "revisit-due",
        "stage: Lost\nrevisit_on: 2026-11-22",
        "stage: Lost\nrevisit_on: 2026-11-23",
    ),
    (
        "holding-tank",
        "stage: Initial contact\ncreated: 2026-11-14",
        "stage: Initial contact\ncreated: 2026-11-15",
    ),
    ("why-missing", "stage: Meetings", "stage: Meetings\nwhy_stage: they asked for it"),
    ("why-outdated", moved("2026-11-18"), moved("2026-11-19")),
    (
        "entry-unmet",
        "stage: Initial contact\nsource: Referral",
        "stage: Initial contact\nsource: Referral\npeople: Jane",
    ),
    ("reason-missing", "stage: Meetings", "stage: Meetings\nreason_for_contact: orders get lost"),
    ("flag-unknown", "stage: New\nflags: [micro-manager]", "stage: New\nflags: [slow payer]"),
    ("cadence-unreadable", "stage: New\ncadence_days: often", "stage: New\ncadence_days: weekly"),
    ("phantom", "stage: Meetings", "stage: Qualification"),
    ("yes-no-unclear", "stage: Meetings\nneed: sure", "stage: Meetings\nneed: yes, sure"),
    ("choice-unknown", "stage: Meetings\nwarmth: hto", "stage: Meetings\nwarmth: hot"),
    ("at-risk", "stage: Meetings\nrisks: [slow]", "stage: Won\nrisks: [slow]"),
    ("step-unclear", "stage: Meetings\ndemo: soon", "stage: Meetings\ndemo: yes"),
    ("step-too-soon", "stage: Meetings\ndemo: yes", "stage: Meetings\nneeds: yes"),
    ("signal-unknown", "stage: Meetings\nsignals: [smiles]", "stage: Meetings\nsignals: [thanks]"),
    ("no-signals", f"stage: Meetings\n---\n{EFFORT}", f"stage: Parked\n---\n{EFFORT}"),
    (
        "plan-step-past",
        "stage: Meetings\n---\n## Plan\n- Call by 2026-11-21",
        "stage: Meetings\n---\n## Plan\n- Call by 2026-11-22",
    ),
]
LOGGED = [
    ("reply-owed", "2026-11-21 email in: asks", "2026-11-22 email in: asks"),
    (
        "gone-quiet",
        "2026-11-15 call out: a\n- 2026-11-20 email out: b",
        "2026-11-16 call out: a\n- 2026-11-20 email out: b",
    ),
    (
        "flag-suggested",
        "2026-11-01 value: 12000 -> 10000\n- 2026-11-08 value: 10000 -> 9000",
        "2026-11-01 value: 12000 -> 10000\n- 2026-11-08 value: 10000 -> 11000",
    ),
]
"""What is wrong with a log, and the same just before it is."""


@pytest.mark.parametrize(("code", "wrong", "right"), CASES)
def test_a_rule_finds_what_is_wrong_and_nothing_else(code: str, wrong: str, right: str) -> None:
    (finding,) = findings_of(lead(wrong), code)
    assert finding.code == code
    assert finding.hint
    assert findings_of(lead(right), code) == ()


@pytest.mark.parametrize(("code", "wrong", "right"), LOGGED)
def test_a_rule_about_the_log_finds_what_is_wrong_and_nothing_else(
    code: str, wrong: str, right: str
) -> None:
    (finding,) = findings_of(lead("stage: New", f"## Log\n- {wrong}\n"), code)
    assert finding.code == code
    assert finding.hint
    assert findings_of(lead("stage: New", f"## Log\n- {right}\n"), code) == ()


def test_every_rule_has_a_case_here() -> None:
    assert {code for code, _, _ in (*CASES, *LOGGED)} == set(RULES)


@pytest.mark.parametrize("code", sorted(set(RULES) - {"closed-on-missing", "revisit-missing"}))
def test_s4_18_a_won_lead_asks_for_nothing(code: str) -> None:
    assert findings_of(lead("stage: Won\nnext_action: x\nexpected_close: 2020-01-01"), code) == ()


@pytest.mark.parametrize("code", sorted(RULES))
def test_no_rule_judges_a_lead_that_cannot_be_read(code: str) -> None:
    assert findings_of(lead("stage: a\nstage: b"), code) == ()


def test_s1_05_a_plan_is_asked_for_past_the_first_stage() -> None:
    assert findings_of(lead("stage: Initial contact"), "plan-missing") == ()
    assert findings_of(lead("stage: Qualification"), "plan-missing") != ()


def test_s1_08_a_lead_that_was_touched_is_in_no_holding_tank() -> None:
    created = "stage: Initial contact\ncreated: 2026-10-01"
    assert findings_of(lead(created, "## Log\n- 2026-10-02 call: x\n"), "holding-tank") == ()


def test_s4_07_a_missing_next_action_is_answered_with_the_stages_quick_list() -> None:
    (finding,) = findings_of(lead("stage: Meetings"), "no-next-action")
    assert "Send the agenda and ask what they want to see" in finding.hint


def test_s4_15_an_action_without_a_day_says_so_at_its_line() -> None:
    (finding,) = findings_of(lead("stage: New\nnext_action: Call"), "action-undated")
    assert (finding.line, finding.message) == (4, '"Call" has no day by which it must happen.')


def test_the_finding_of_a_stale_lead_is_its_evidence_at_the_line_of_the_touch() -> None:
    (finding,) = findings_of(lead("stage: Meetings", "## Log\n- 2026-10-30 call out: x\n"), "stale")
    assert finding.line == 6
    assert finding.message.startswith("Idle 23 days (limit 14): last touch 2026-10-30, call out")


def test_s4_19_why_it_belongs_in_its_stage_is_asked_once_it_is_empty() -> None:
    (finding,) = findings_of(lead("stage: Meetings"), "why-missing")
    assert (finding.line, finding.message) == (
        3,
        "It is not said why the lead belongs in its stage.",
    )
    assert findings_of(lead("stage: Initial contact"), "why-missing") == ()


def test_s4_19_and_again_once_it_has_moved_since() -> None:
    (finding,) = findings_of(lead(moved("2026-11-18")), "why-outdated")
    assert finding.message == (
        "Why it belongs in its stage was last said on 2026-11-18; it came there on 2026-11-19."
    )
