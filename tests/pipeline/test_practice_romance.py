"""Romancing: five steps, purposeful touches, signals that it works, and what comes in the way."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pipeline_builders import lead_of, note, pipeline_of, standing_of

from vaultflow.pipeline.practice.qualifying.plan import read_plan, steps_past
from vaultflow.pipeline.practice.qualifying.risks import (
    confidence,
    read_risks,
    risk_question,
    risk_to_ask,
)
from vaultflow.pipeline.practice.qualifying.romance import (
    STEPS,
    count_effort,
    out_of_order,
    read_steps,
    step_named,
)
from vaultflow.pipeline.practice.qualifying.signals import (
    WEIGHTS,
    is_without_signals,
    read_signals,
    recent_kinds,
    romancing_works,
)
from vaultflow.pipeline.rules import RULES

TODAY = date(2026, 11, 22)


def a_note(fields: str = "", log: str = "", body: str = "") -> str:
    return f"---\ntype: lead\nstage: Meetings\n{fields}---\n{body}## Log\n{log}"


def done(text: str) -> list[str]:
    return [step.name for step in read_steps(lead_of(text), TODAY) if step.is_done]


@pytest.mark.parametrize("step", STEPS)
def test_s1_12_to_16_each_step_is_set_by_its_own_field(step: str) -> None:
    steps = {one.name: one for one in read_steps(lead_of(a_note(f"{step}: 2026-10-02\n")), TODAY)}
    assert [name for name, one in steps.items() if one.is_done] == [step]
    assert steps[step].on == date(2026, 10, 2)
    assert steps[step].evidence == f"field {step}, line 4"


def test_s1_12_to_16_a_step_may_stand_inside_romance() -> None:
    assert done(a_note("romance:\n  trust: 2026-10-02\n  demo: false\n")) == ["trust"]


@pytest.mark.parametrize(
    ("item", "step"),
    [
        ("Building trust in you and your company", "trust"),
        ("Understanding the specific needs of the prospect", "needs"),
        ("Presenting the best solution for their needs", "solution"),
        ("Demonstrating that your solution is exactly what they need", "demo"),
        ("Resolving the prospect's concerns", "concerns"),
        ("needs: trust comes later", "needs"),
        ("Their objections are answered", "concerns"),
        ("Lunch with Jane", ""),
    ],
)
def test_s1_12_to_16_a_ticked_item_under_romancing_is_the_step_that_its_words_mean(
    item: str, step: str
) -> None:
    assert step_named(item) == step
    body = f"## Romancing\n- [x] {item}\n- [ ] {item}\n"
    assert done(a_note(body=body)) == ([step] if step else [])
    assert done(a_note(body=body.replace("[x]", "[ ]"))) == []


def test_s1_12_to_16_a_log_line_that_names_a_step_is_its_evidence_the_first_one_counts() -> None:
    log = "- 2026-11-02 call out (needs): again\n- 2026-10-05 meeting (needs): first\n"
    step = read_steps(lead_of(a_note(log=log)), TODAY)[1]
    assert (step.is_done, step.on) == (True, date(2026, 10, 5))
    assert step.evidence == "2026-10-05 meeting, line 7"


def test_s1_12_to_16_a_field_that_says_no_counts_before_the_log() -> None:
    assert done(a_note("needs: no\n", "- 2026-11-02 call out (needs): hm\n")) == []


def test_a_step_that_is_no_day_or_one_to_come_is_a_finding_and_not_done() -> None:
    text = a_note("needs: Faster quotes\ndemo: 2026-11-23\ntrust: 2026-11-22\n")
    assert done(text) == ["trust"]
    found = list(RULES["step-unclear"](standing_of(text), pipeline_of()))
    assert [(finding.line, finding.message.split(":")[0]) for finding in found] == [
        (4, "needs"),
        (5, "demo"),
    ]


@pytest.mark.parametrize(
    ("fields", "pairs"),
    [
        ("demo: 2026-10-01\nneeds: 2026-10-02\nsolution: 2026-09-01\n", ["solution<needs"]),
        ("demo: 2026-10-02\n", ["demo<needs"]),
        ("needs: 2026-10-01\nsolution: 2026-10-01\n", []),
        ("needs: 2026-10-02\n", []),
        ("trust: no\nneeds: 2026-10-02\n", ["needs<trust"]),
        ("needs: yes\nsolution: 2026-10-01\ndemo: yes\n", []),
    ],
)
def test_s1_15_a_step_before_one_that_it_builds_on_is_a_warning(
    fields: str, pairs: list[str]
) -> None:
    standing = standing_of(a_note(fields))
    found = out_of_order(read_steps(standing.lead, TODAY))
    assert [f"{step.name}<{early.name}" for step, early in found[:1]] == pairs
    codes = [finding.code for finding in RULES["step-too-soon"](standing, pipeline_of())]
    assert codes == ["step-too-soon"] * len(pairs)


def test_s1_17_a_touch_without_a_purpose_is_a_check_in() -> None:
    log = (
        "- 2026-11-02 call out (needs): asked\n- 2026-11-03 email out: hello again\n"
        "- 2026-11-04 email in: thanks\n- 2026-11-05 stage: A -> B\n"
        "- 2026-11-06 review: done Send the list ([[R]])\n"
    )
    effort = count_effort(lead_of(a_note(log=log)))
    assert (effort.purposeful, effort.check_ins, effort.total) == (2, 1, 3)


def test_s1_17_what_a_daily_note_tells_of_a_logged_day_is_the_same_touch() -> None:
    daily = note("---\ndate: 2026-11-02\n---\n[[Acme]]\n", "2026-11-02.md")
    other = note("---\ndate: 2026-11-09\n---\n[[Acme]]\n", "2026-11-09.md")
    lead = lead_of(a_note(log="- 2026-11-02 call out (needs): asked\n"), daily, other)
    effort = count_effort(lead)
    assert (effort.purposeful, effort.check_ins) == (1, 1)


@pytest.mark.parametrize("kind", WEIGHTS)
def test_s1_21_to_25_each_kind_is_read_from_the_field_and_from_the_log(kind: str) -> None:
    from_field = read_signals(lead_of(a_note(f"signals:\n  - 2026-11-02 {kind}\n")), TODAY)
    tagged = a_note(log=f"- 2026-11-02 call in: good talk #signal/{kind}\n")
    from_log = read_signals(lead_of(tagged), TODAY)
    assert [(one.kind, one.day) for one in (*from_field, *from_log)] == [
        (kind, date(2026, 11, 2))
    ] * 2
    assert from_field[0].evidence == "2026-11-02 field signals, line 4"
    assert from_log[0].evidence == "2026-11-02 call in, line 6"


def test_s1_21_the_day_may_stand_behind_and_a_remark_too_and_the_newest_comes_first() -> None:
    fields = (
        "signals: [Asks questions 2026-11-01, '2026-11-03: thanks, for the list', negotiates]\n"
    )
    signals = read_signals(lead_of(a_note(fields)), TODAY)
    assert [(one.kind, one.day and one.day.day) for one in signals] == [
        ("thanks", 3),
        ("asks-questions", 1),
        ("negotiates", None),
    ]


def test_s1_21_an_entry_may_be_a_date_and_a_kind() -> None:
    fields = "signals: [{date: 2026-11-02, kind: negotiates}, 2026-11-01 thanks]\n"
    signals = read_signals(lead_of(a_note(fields)), TODAY)
    assert [(one.kind, one.day and one.day.day) for one in signals] == [
        ("negotiates", 2),
        ("thanks", 1),
    ]


def test_s1_21_the_same_signal_of_a_day_counts_once() -> None:
    text = a_note("signals: [2026-11-02 thanks]\n", "- 2026-11-02 call in: x #signal/thanks\n")
    assert len(read_signals(lead_of(text), TODAY)) == 1


def test_s1_21_an_unknown_kind_is_a_warning_with_the_nearest_one() -> None:
    standing = standing_of(a_note("signals: [2026-11-02 negotiats]\n"))
    assert read_signals(standing.lead, TODAY) == ()
    found = list(RULES["signal-unknown"](standing, pipeline_of()))
    assert [(one.line, one.hint) for one in found] == [(4, 'did you mean "negotiates"?')]


def test_s1_21_a_signal_to_come_is_none_yet() -> None:
    assert read_signals(lead_of(a_note("signals: [2026-11-23 thanks]\n")), TODAY) == ()


@pytest.mark.parametrize(
    ("day", "works"), [("2026-10-24", True), ("2026-10-23", True), ("2026-10-22", False)]
)
def test_s1_21_two_kinds_within_the_window_say_that_it_works(day: str, *, works: bool) -> None:
    fields = f"signals: [{day} thanks, 2026-11-20 negotiates]\n"
    signals = read_signals(lead_of(a_note(fields)), TODAY)
    assert romancing_works(signals, TODAY, 30) is works
    assert not romancing_works(signals, TODAY, 2)


def test_s1_21_one_kind_twice_or_a_second_one_too_long_ago_does_not() -> None:
    once = "signals: [2026-11-19 negotiates, 2026-11-20 negotiates, 2026-10-22 thanks]\n"
    signals = read_signals(lead_of(a_note(once)), TODAY)
    assert recent_kinds(signals, TODAY, 30) == ("negotiates",)
    assert not romancing_works(signals, TODAY, 30)
    assert romancing_works(signals, TODAY, 31)


@pytest.mark.parametrize(("touches", "warned"), [(3, False), (4, True), (5, True)])
def test_s1_26_much_effort_without_a_sign_is_a_warning(touches: int, *, warned: bool) -> None:
    log = "".join(f"- 2026-11-0{day} call out (needs): x\n" for day in range(1, touches + 1))
    standing = standing_of(a_note(log=log))
    assert is_without_signals(standing, TODAY) is warned
    assert bool(list(RULES["no-signals"](standing, pipeline_of()))) is warned
    signalled = standing_of(a_note("signals: [thanks]\n", log))
    assert not is_without_signals(signalled, TODAY)
    assert not is_without_signals(standing_of(a_note("kind: order\n", log)), TODAY)


def test_s1_5_the_steps_of_a_plan_have_days_and_those_past_are_findings() -> None:
    body = (
        "## Plan\n- [x] Send the list 2026-11-01\n- [ ] Show it by 2026-11-21\n"
        "- [ ] Ask for the order 📅 2026-11-22\n- Celebrate\n\n"
    )
    standing = standing_of(a_note(body=body))
    plan = read_plan(standing.lead)
    assert [(step.is_done, step.by and step.by.day) for step in plan] == [
        (True, 1),
        (False, 21),
        (False, 22),
        (False, None),
    ]
    assert [step.line for step in steps_past(standing.lead, TODAY)] == [7]
    found = list(RULES["plan-step-past"](standing, pipeline_of()))
    assert [finding.line for finding in found] == [7]
    assert not list(RULES["plan-missing"](standing, pipeline_of()))


def test_s4_4_risks_are_read_with_and_without_a_day_and_from_the_log() -> None:
    text = a_note(
        "risks: [2026-11-12 budget-review, slow lawyer, 2026-11-23 champion-left]\n",
        "- 2026-11-15 call in: she leaves #risk/champion-left\n",
    )
    risks = read_risks(lead_of(text), TODAY)
    assert [(risk.kind, risk.day and risk.day.day) for risk in risks] == [
        ("champion-left", 15),
        ("budget-review", 12),
        ("slow-lawyer", None),
    ]
    found = list(RULES["at-risk"](standing_of(text), pipeline_of()))
    assert [finding.line for finding in found] == [7, 4, 4]


def test_s4_4_each_risk_lowers_the_confidence_visibly() -> None:
    risks = read_risks(lead_of(a_note("risks: [budget-review, champion-left]\n")), TODAY)
    sure = [confidence(4, 8, risks[:count], "answers known").percent for count in range(3)]
    assert sure == [50, 40, 32]
    because = confidence(4, 8, risks[:1], "answers known").because
    assert because == ("4 of 8 answers known", "lowered by budget-review, field risks, line 4")


@pytest.mark.parametrize(
    ("review", "asked"),
    [("2026-11-11", True), ("2026-11-12", True), ("2026-11-13", False), ("2026-11-22", True)],
)
def test_s4_4_a_risk_is_asked_about_until_a_review_has_looked(review: str, *, asked: bool) -> None:
    log = f"- {review} review: why it belongs ([[R]])\n"
    lead = lead_of(a_note("risks: [2026-11-12 budget-review]\n", log))
    risk = risk_to_ask(lead, TODAY)
    assert (risk is not None) is asked
    if risk:
        assert risk_question(risk)[1] == "budget"


def test_s4_4_a_risk_without_a_day_is_asked_about_in_the_first_review() -> None:
    fields, log = "risks: [slow lawyer]\n", "- 2026-11-02 review: why x ([[R]])\n"
    assert risk_to_ask(lead_of(a_note(fields)), TODAY) is not None
    assert risk_to_ask(lead_of(a_note(fields, log)), TODAY) is None


def test_s4_4_outside_of_the_review_what_was_answered_today_is_done() -> None:
    log = "- 2026-11-22 review: budget: yes ([[Q#^vf-aaaaaaaaaa]])\n"
    lead = lead_of(a_note("risks: [2026-11-12 budget-review]\n", log))
    assert risk_to_ask(lead, TODAY) is not None
    assert risk_to_ask(lead, TODAY, in_review=False) is None


def test_s4_4_a_risk_that_todays_review_has_noted_is_asked_about_tomorrow() -> None:
    log = "- 2026-11-22 review: risks: 2026-11-22 champion-left ([[R]])\n"
    lead = lead_of(a_note("risks: [2026-11-22 champion-left]\n", log))
    assert risk_to_ask(lead, TODAY) is None
    assert risk_to_ask(lead, date(2026, 11, 23)) is not None


def test_s4_4_a_free_risk_asks_what_is_done_about_it() -> None:
    risk = read_risks(lead_of(a_note("risks: slow lawyer\n")), TODAY)[0]
    assert risk_question(risk) == ("Slow lawyer: what will you do about it?", "note")


@given(st.integers(0, 20), st.integers(1, 20), st.integers(0, 6))
def test_s4_4_confidence_stays_a_percentage_and_never_rises_by_a_risk(
    known: int, total: int, count: int
) -> None:
    risks = read_risks(lead_of(a_note("risks: [a]\n")), TODAY) * count
    sure = confidence(min(known, total), total, risks, "known")
    assert 0 <= sure.percent <= 100
    assert sure.percent <= confidence(min(known, total), total, (), "known").percent
    assert len(sure.because) == count + 1
