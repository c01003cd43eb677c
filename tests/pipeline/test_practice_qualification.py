"""Qualification: seven questions, gates, dots, states, and leads that are not really there."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pipeline_builders import lead_of, pipeline_of, standing_of

from vaultflow.pipeline.field_names import PRACTICE_FIELDS
from vaultflow.pipeline.practice.qualifying.answers import (
    YES_OR_NO,
    Answer,
    is_order,
    read_choice,
    read_yes_no,
    split_answer,
)
from vaultflow.pipeline.practice.qualifying.proposals import PARTS, is_at_proposal, missing_parts
from vaultflow.pipeline.practice.qualifying.qualification import (
    BANT,
    GATES,
    QUESTIONS,
    Timing,
    is_past_qualifying,
    is_phantom,
    read_bant,
    read_coverage,
    read_gates,
)
from vaultflow.pipeline.practice.reviewing.states import read_states
from vaultflow.pipeline.rules import RULES
from vaultflow.pipeline.settings import QualificationSettings, Settings

TODAY = date(2026, 11, 22)
SEVEN = (
    "problem: Every job is urgent\ntrigger: A big order came late\nconsequence: They lose them\n"
    "timescale: Before spring\nsignoff: Deborah\npersonal_stake: His evenings\n"
    "fit: yes, the board\n"
)


def a_note(fields: str = "", stage: str = "Meetings") -> str:
    return f"---\ntype: lead\nstage: {stage}\n{fields}---\n## Log\n"


def test_s2_53_to_59_the_seven_answers_are_kept_in_their_words_and_order() -> None:
    coverage = read_coverage(lead_of(a_note(SEVEN)))
    assert [known.field for known in coverage.known] == list(QUESTIONS)
    assert coverage.known[0].text == "Every job is urgent"
    assert coverage.known[0].line == 4
    assert (coverage.count, coverage.total, coverage.missing) == (7, 7, ())


def test_the_answers_may_be_nested_too() -> None:
    text = a_note('qualification:\n  problem: "Too slow"\n  signoff: Ann\n')
    coverage = read_coverage(lead_of(text))
    assert [known.text for known in coverage.known] == ["Too slow", "Ann"]


def test_a_question_mark_is_no_answer_and_is_asked_after_what_was_never_asked() -> None:
    coverage = read_coverage(lead_of(a_note('problem: "?"\ntrigger: A letter\n')))
    assert coverage.count == 1
    assert coverage.missing[0] == "consequence"
    assert coverage.missing[-1] == "problem"


@pytest.mark.parametrize(
    ("typed", "answer", "words"),
    [
        ("yes", Answer.YES, ""),
        ("Yes, 30,000 until June", Answer.YES, "30,000 until June"),
        ("no - her boss", Answer.NO, "her boss"),
        ('"?"', Answer.UNKNOWN, ""),
        ('"? ask Ann"', Answer.UNKNOWN, "ask Ann"),
        ("true", Answer.YES, ""),
        ("false", Answer.NO, ""),
    ],
)
def test_s2_37_a_gate_is_yes_no_or_not_known_with_the_words_after_it(
    typed: str, answer: Answer, words: str
) -> None:
    gates = {gate.field: gate for gate in read_gates(lead_of(a_note(f"will_buy: {typed}\n")))}
    assert list(gates) == list(GATES)
    assert (gates["will_buy"].answer, gates["will_buy"].words) == (answer, words)
    assert gates["bracket"].answer is Answer.UNKNOWN


def test_s2_37_a_gate_that_begins_with_another_word_is_a_finding_and_not_guessed() -> None:
    standing = standing_of(a_note("bracket: sure thing\n"))
    read = read_yes_no(standing.lead, "bracket")
    assert (read.answer, read.is_clear) == (Answer.UNKNOWN, False)
    found = list(RULES["yes-no-unclear"](standing, pipeline_of()))
    assert [finding.line for finding in found] == [4]
    assert "sure thing" in found[0].message


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        ("budget: 30000\n", Answer.YES),
        ("budget: 30,000 or so\n", Answer.YES),
        ("budget: no, 0 euros\n", Answer.NO),
        ("budget: 0\n", Answer.UNKNOWN),
        ("timeline: 2027-03-01\n", Answer.YES),
        ("timeline: spring\n", Answer.UNKNOWN),
    ],
)
def test_s3_14_an_amount_is_a_budget_and_a_day_a_timeline(fields: str, answer: Answer) -> None:
    assert read_yes_no(lead_of(a_note(fields)), fields.partition(":")[0]).answer is answer


def test_every_field_of_yes_or_no_may_be_missing_without_a_finding() -> None:
    assert not list(RULES["yes-no-unclear"](standing_of(a_note()), pipeline_of()))


def test_s3_14_budget_authority_need_and_timeline_are_early_by_the_end_of_the_second_stage() -> (
    None
):
    known = "budget: yes\nauthority: no, her boss\nneed: yes\ntimeline: yes, May\n"
    timings = {
        (stage, fields): read_bant(standing_of(a_note(fields, stage)), pipeline_of()).timing
        for stage in ("Qualification", "Meetings")
        for fields in (known, known.replace("timeline: yes, May\n", 'timeline: "?"\n'))
    }
    assert list(timings.values()) == [Timing.EARLY, Timing.OPEN, Timing.KNOWN, Timing.LATE]
    dots = read_bant(standing_of(a_note(known)), pipeline_of()).dots
    assert [dot.field for dot in dots] == list(BANT)


def test_s3_14_bant_may_be_nested() -> None:
    lead = lead_of(a_note("bant:\n  budget: yes\n  timeline: no\n"))
    assert read_yes_no(lead, "budget").answer is Answer.YES
    assert read_yes_no(lead, "timeline").answer is Answer.NO


@pytest.mark.parametrize(
    ("stage", "answers", "phantom"),
    [
        ("Qualification", 0, False),
        ("Meetings", 2, True),
        ("Meetings", 3, False),
        ("Meetings", 4, False),
        ("Closing", 2, True),
        ("Won", 0, False),
    ],
)
def test_s2_52_a_lead_past_the_second_stage_with_too_few_answers_is_not_really_there(
    stage: str, answers: int, *, phantom: bool
) -> None:
    fields = "".join(SEVEN.splitlines(keepends=True)[:answers])
    standing = standing_of(a_note(fields, stage))
    assert is_phantom(standing, pipeline_of()) is phantom
    found = list(RULES["phantom"](standing, pipeline_of()))
    assert bool(found) is phantom
    if phantom:
        assert f"{answers} of 7" in found[0].message


def test_s2_52_the_number_of_answers_and_the_stage_can_be_set() -> None:
    wanted = Settings(qualification=QualificationSettings(answers=9, by_stage=1))
    standing = standing_of(a_note(SEVEN, "Qualification"))
    pipeline = pipeline_of(settings=wanted)
    assert is_past_qualifying(standing, pipeline)
    assert not is_phantom(standing, pipeline)  # there are only seven to be had
    assert is_phantom(standing_of(a_note("", "Qualification")), pipeline)


def test_s1_11_an_order_is_no_phantom_and_needs_no_plan() -> None:
    standing = standing_of(a_note("kind: Order\n"))
    assert is_order(standing.lead)
    assert not is_phantom(standing, pipeline_of())
    assert not list(RULES["plan-missing"](standing, pipeline_of()))
    assert not is_order(lead_of(a_note("kind: deal\n")))


def test_s2_47_the_three_states_are_what_the_lead_says() -> None:
    said = a_note("interested: yes, asked for a call\nqualified: no\nready: '?'\n")
    states = read_states(lead_of(said), TODAY, 3)
    assert [(state.name, state.answer, state.is_said) for state in states] == [
        ("interested", Answer.YES, True),
        ("qualified", Answer.NO, True),
        ("ready", Answer.UNKNOWN, True),
    ]
    assert states[0].evidence == "asked for a call, field interested, line 4"


def test_s2_47_else_each_state_rests_on_what_the_note_tells() -> None:
    text = a_note(SEVEN) + "- 2026-11-20 email in: how soon? #signal/asks-delivery\n"
    states = read_states(lead_of(text), TODAY, 3)
    assert [state.answer for state in states] == [Answer.YES] * 3
    assert states[0].evidence == "asks-delivery, 2026-11-20 email in, line 13"
    assert states[1].evidence == "7 of 7 answers"
    assert not states[1].is_said


def test_s2_47_interest_alone_makes_nobody_qualified_or_ready() -> None:
    text = a_note() + "- 2026-11-20 email in: the list please\n"
    answers = [state.answer for state in read_states(lead_of(text), TODAY, 3)]
    assert answers == [Answer.YES, Answer.UNKNOWN, Answer.UNKNOWN]


def test_s2_47_a_gate_that_says_no_says_not_qualified() -> None:
    states = read_states(lead_of(a_note(SEVEN + "bracket: no\n")), TODAY, 3)
    assert (states[1].answer, states[1].evidence) == (Answer.NO, "bracket no, line 11")


def test_s2_8_warmth_and_potential_are_one_of_a_few_words() -> None:
    lead = lead_of(a_note("temperature: Warm\npotential: hihg\n"))
    assert read_choice(lead, "warmth") == "warm"
    assert read_choice(lead, "potential") == ""
    found = list(RULES["choice-unknown"](standing_of(a_note("potential: hihg\n")), pipeline_of()))
    assert [finding.hint for finding in found] == ['did you mean "high"?']


def test_the_parts_of_a_proposal_are_missing_until_something_is_said() -> None:
    lead = lead_of(a_note("proposal_roi: peace of mind\nproposal_fit: '?'\n"))
    assert missing_parts(lead) == tuple(part for part in PARTS if part != "proposal_roi")
    at = [
        is_at_proposal(standing_of(a_note("", stage)), pipeline_of())
        for stage in ("Meetings", "Proposals", "Closing", "Won")
    ]
    assert at == [False, True, True, False]


@given(st.text(max_size=40))
def test_no_answer_makes_reading_raise_and_none_is_guessed(text: str) -> None:
    answer, words = split_answer(text)
    assert text.endswith(words)
    assert answer is not None or words == text


@given(st.sampled_from(YES_OR_NO), st.booleans())
def test_what_is_not_known_is_never_a_yes_or_no(field: str, is_asked: bool) -> None:
    lead = lead_of(a_note(f"{field}: '?'\n" if is_asked else ""))
    assert read_yes_no(lead, field).answer is Answer.UNKNOWN


def test_all_that_is_asked_is_a_field_of_the_practice() -> None:
    assert {*QUESTIONS, *GATES, *BANT, *PARTS, *YES_OR_NO} <= set(PRACTICE_FIELDS)


def test_a_lead_whose_stage_is_not_known_is_no_phantom() -> None:
    standing = standing_of(a_note("", "Nowhere"))
    assert standing.is_open
    assert not is_phantom(standing, pipeline_of())
