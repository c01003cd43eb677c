"""Answers that go into the fields of the practice, and the one question more of a review."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from answers_builders import BELONGS, FORWARD, MONDAY, NEXT, REVIEW, desk, lead_note
from hypothesis import given
from hypothesis import strategies as st

from vaultflow.pages.practice.asking import ASKED, best_question
from vaultflow.pipeline.field_names import FieldNames
from vaultflow.pipeline.practice.qualifying.proposals import PARTS
from vaultflow.pipeline.practice.qualifying.qualification import BANT, GATES, QUESTIONS
from vaultflow.pipeline.settings import Settings

if TYPE_CHECKING:
    from answers_builders import Desk

SEVEN = "".join(f"{field}: told\n" for field in QUESTIONS)
YES = "".join(f"{field}: yes\n" for field in {**GATES, **BANT})


def asked_about(stage: str = "Meetings", fields: str = "", log: str = "") -> str:
    """The field that the one question more asks for."""
    text = lead_note(stage, more=fields, log=log or "- 2026-11-20 call out: hello\n")
    one = desk(Acme=text)
    standing = one.context().pipeline.standings[0]
    ask = best_question(standing, one.context())
    return ask.field if ask else ""


def more_of(one: Desk) -> str:
    """The text of the item that asks it."""
    lines = one.notes[REVIEW].split("\n")
    items = [line for line in lines if line.startswith("- [") and "^vf-" in line]
    told = (FORWARD, NEXT, BELONGS)
    return next((line for line in items if not any(text in line for text in told)), "")


@pytest.mark.parametrize("field", QUESTIONS)
def test_s2_53_to_59_an_answer_is_written_into_the_leads_field_word_for_word(field: str) -> None:
    said = 'Rates: change "weekly", #chaos; need more'
    after = desk().answered(NEXT, f"{field}:: {said}").applied()
    assert after.lead().said[field].texts == (said,)
    assert after.log() == [f"- 2026-11-23 review: {field}: {said} ([[2026-11-23 Pipeline review]])"]
    again = after.written().applied().written()
    assert again.applied().notes == again.notes


def test_s2_53_a_review_asks_for_one_answer_more_and_its_field_stands_below() -> None:
    one = desk()
    assert QUESTIONS["problem"] in more_of(one)
    after = one.answered(QUESTIONS["problem"], "problem:: Too slow").applied()
    assert after.lead().said["problem"].text == "Too slow"


def test_s2_53_an_answered_question_stays_for_the_day_and_the_next_one_comes_tomorrow() -> None:
    one = desk().answered(QUESTIONS["problem"], "problem:: Too slow").applied().written()
    assert QUESTIONS["problem"] in more_of(one)
    assert "- problem:: Too slow" in one.notes[REVIEW]
    tomorrow = one.on(date(2026, 11, 24))
    ask = best_question(tomorrow.context().pipeline.standings[0], tomorrow.context())
    assert ask is not None
    assert ask.field == "trigger"


def test_an_answer_to_another_question_leaves_the_one_that_is_asked() -> None:
    one = desk().answered(NEXT, "timescale:: May").applied().written()
    assert QUESTIONS["problem"] in more_of(one)
    one = one.answered(QUESTIONS["problem"], "problem:: ?").applied().written()
    assert QUESTIONS["problem"] in more_of(one)
    assert one.lead().said["problem"].text == "?"


def test_an_answer_that_is_changed_is_applied_anew() -> None:
    one = desk().answered(QUESTIONS["problem"], "problem:: Too slow").applied()
    after = one.changed(REVIEW, "Too slow", "Too dear").applied()
    assert after.lead().said["problem"].text == "Too dear"
    assert after.log() == [
        "- 2026-11-23 review: problem: Too dear ([[2026-11-23 Pipeline review]])"
    ]


def test_what_the_lead_says_by_now_is_kept_until_it_is_answered_in_other_words() -> None:
    one = desk().answered(QUESTIONS["problem"], "problem:: Too slow")
    newer = one.changed("Acme.md", "value: 12000\n", "value: 12000\nproblem: Too dear\n").applied()
    assert newer.lead().said["problem"].text == "Too dear"
    assert "Too dear" in newer.remarks()[0]
    after = newer.changed(REVIEW, "problem:: Too slow", "problem:: Too slow and dear").applied()
    assert after.lead().said["problem"].text == "Too slow and dear"


def test_the_field_is_written_under_the_name_that_the_vault_gives_it() -> None:
    settings = Settings(fields=FieldNames(problem=("pain",)))
    for key in ("problem", "pain"):
        one = replace(desk(), notes={"Acme.md": lead_note()}, settings=settings).written()
        after = one.answered(NEXT, f"{key}:: Too slow").applied()
        assert "\npain: Too slow\n" in after.notes["Acme.md"]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("budget:: yes, 30,000", "budget: yes, 30,000"),
        ("need:: ?", 'need: "?"'),
        ("warmth:: hot", "warmth: hot"),
        ("cadence_days:: 10", "cadence_days: 10"),
        ("trust:: yes", "trust: 2026-11-23"),
        ("trust:: yesterday", "trust: 2026-11-22"),
        ("trust:: 2026-10-02", "trust: 2026-10-02"),
        ("trust:: no", "trust: false"),
        ("personal stake:: His evenings", "personal_stake: His evenings"),
    ],
)
def test_each_kind_of_field_is_read_as_it_is_meant(typed: str, written: str) -> None:
    after = desk().answered(NEXT, typed).applied()
    assert f"\n{written}\n" in after.notes["Acme.md"]
    assert not after.remarks()


@pytest.mark.parametrize(
    ("typed", "remark"),
    [
        ("authority:: sure", "begins with none of yes, no and ?"),
        ("warmth:: hto", 'did you mean "hot"?'),
        ("potential:: vast", "say high or low"),
        ("cadence_days:: often", "is not a number"),
        ("trust:: soonish", "soonish"),
        ("trust:: tomorrow", "still to come"),
        ("signals:: negotiats", 'did you mean "negotiates"?'),
    ],
)
def test_what_is_not_understood_is_said_below_and_nothing_is_written(
    typed: str, remark: str
) -> None:
    before = desk()
    after = before.answered(NEXT, typed).applied()
    assert after.notes["Acme.md"] == before.notes["Acme.md"]
    assert [remark in one for one in after.remarks()] == [True]


def test_s1_21_signals_and_risks_are_added_to_with_the_day_of_the_review() -> None:
    one = desk(Acme=lead_note(more="signals: [2026-11-02 thanks]\n"))
    after = one.answered(NEXT, "signals:: negotiates, 2026-11-20 thanks", "risks:: champion-left")
    lead = after.applied().lead()
    assert lead.said["signals"].texts == (
        "2026-11-02 thanks",
        "2026-11-23 negotiates",
        "2026-11-20 thanks",
    )
    assert lead.said["risks"].texts == ("2026-11-23 champion-left",)


def test_a_list_of_more_than_texts_is_left_alone() -> None:
    note = lead_note(more="signals: [{kind: thanks}]\n")
    one = desk(Acme=note).answered(NEXT, "signals:: negotiates")
    edits = one.plan().edits
    assert len(edits) == 1
    from pathlib import PurePosixPath

    from vaultflow.vault.edit.edit import run_operations

    done = run_operations(PurePosixPath("Acme.md"), note.encode(), edits[0].operations)
    assert done.refusal is not None
    assert done.refusal.code == "field-nested"


@pytest.mark.parametrize(
    ("stage", "fields", "field"),
    [
        ("Initial contact", "", "problem"),
        ("Qualification", "problem: x\n", "trigger"),
        ("Qualification", SEVEN, "will_buy"),
        ("Qualification", SEVEN + "will_buy: yes\nneed: yes\nbracket: '?'\n", "budget"),
        ("Meetings", "problem: x\ntrigger: x\n", "consequence"),
        ("Proposals", "problem: x\ntrigger: x\nconsequence: x\n", "proposal_needs"),
        ("Proposals", "problem: x\ntrigger: x\n", "consequence"),
        ("Meetings", SEVEN, "will_buy"),
        ("Closing", SEVEN + YES + "".join(f"{part}: yes\n" for part in PARTS), ""),
        ("Meetings", "kind: order\n", ""),
        ("Won", "", ""),
    ],
)
def test_the_one_question_more_is_the_most_useful_one(stage: str, fields: str, field: str) -> None:
    assert asked_about(stage, fields) == field


def test_a_field_that_the_vault_does_without_is_not_asked_for() -> None:
    settings = Settings(fields=FieldNames(problem=(), budget=()))
    fields = "risks: [2026-11-12 budget-review]\n"
    asks = [
        best_question(one.context().pipeline.standings[0], one.context())
        for one in (
            replace(desk(Acme=lead_note(more=more)), settings=settings) for more in ("", fields)
        )
    ]
    assert [ask and ask.field for ask in asks] == ["trigger", "note"]


def test_s4_4_a_risk_adds_its_question_before_all_others() -> None:
    fields = "risks: [2026-11-12 budget-review]\n"
    assert asked_about("Initial contact", fields) == "budget"
    one = desk(Acme=lead_note(more=fields))
    assert "The budget is under review" in more_of(one)
    seen = "- 2026-11-13 review: why x ([[R]])\n- 2026-11-20 call out: x\n"
    assert asked_about("Initial contact", fields, seen) == "problem"


def test_s1_26_after_much_effort_without_a_sign_the_first_question_is_the_one_that_counts() -> None:
    log = "".join(f"- 2026-11-1{day} call out (needs): x\n" for day in range(4))
    one = desk(Acme=lead_note(log=log))
    assert f"4 touches with a purpose, and no sign from them. {BELONGS}" in one.notes[REVIEW]
    assert not more_of(one).startswith("- [ ] What problem")
    three = desk(Acme=lead_note(log=log.partition("\n")[2]))
    assert "no sign from them" not in three.notes[REVIEW]
    assert QUESTIONS["problem"] in more_of(three)


def test_s4_13_to_15_and_s0_5_the_questions_of_before_are_still_asked() -> None:
    text = desk().notes[REVIEW]
    for question in (FORWARD, NEXT, BELONGS, "Or to move forward, to"):
        assert question in text
    assert text.index(FORWARD) < text.index(NEXT) < text.index(BELONGS)


def test_a_question_that_is_asked_no_more_is_not_taken_for_a_line_of_the_users() -> None:
    one = desk(Acme=lead_note(), Beta=lead_note(more="problem: x\n"))
    one = one.answered(NEXT, "warmth:: hot").answered(FORWARD, "potential:: high")
    after = one.changed("Beta.md", "Proposals", "Lost").written()
    assert "Kept by VaultFlow" not in after.notes[REVIEW]
    assert "- warmth:: hot" in after.notes[REVIEW]


@given(st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters="^%"), min_size=1))
def test_any_answer_in_words_is_applied_once(said: str) -> None:
    once = desk().answered(NEXT, f"problem:: a {said} b").applied()
    assert once.applied().notes == once.notes
    assert once.on(MONDAY).written().applied().log() == once.log()


def test_all_that_is_asked_for_has_a_question_of_its_own() -> None:
    assert len(set(ASKED.values())) == len(ASKED)
