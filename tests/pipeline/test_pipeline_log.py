from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pipeline_builders import TODAY, codes, note

from vaultflow.pipeline.lead import Direction, TouchKind
from vaultflow.pipeline.reading.log import (
    LogLine,
    kind_of_words,
    read_log,
    section_items,
    stages_of,
)


def line_of(text: str) -> LogLine:
    (line,), findings = read_log(note(f"## Log\n- {text}\n"), "Log", TODAY)
    assert findings == ()
    return line


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-30 call out: walked through",
        "[[2026-10-30]] call out: walked through",
        "[[Daily/2026-10-30|30 Oct]] call out: walked through",
        "**2026-10-30** call out: walked through",
        "**2026-10-30:** call out: walked through",
        "2026-10-30: call out: walked through",
        "2026-10-30 – call out: walked through",
        "2026-10-30 14:30 call out: walked through",
        "2026-10-30T14:30 call out: walked through",
        "2026-10-30 2:30 pm, call out: walked through",
        "2026/10/30 Call Out: walked through",
        "2026.10.30 call outbound walked through",
        "*2026-10-30* **call** out: walked through ^b1",
        "[x] 2026-10-30 call out: walked through",
    ],
)
def test_a_log_line_is_read_in_many_hands(text: str) -> None:
    line = line_of(text)
    assert (line.day, line.kind, line.direction) == (
        date(2026, 10, 30),
        TouchKind.CALL,
        Direction.OUT,
    )
    assert line.text == "walked through"
    assert line.line == 2


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("called Jane", TouchKind.CALL, "called Jane"),
        ("phoned: no answer", TouchKind.CALL, "no answer"),
        ("e-mail in: price list", TouchKind.EMAIL, "price list"),
        ("mailed the price list", TouchKind.EMAIL, "mailed the price list"),
        ("met in Berlin", TouchKind.MEETING, "met in Berlin"),
        ("meeting in Berlin", TouchKind.MEETING, "in Berlin"),
        ("coffee with Jane", TouchKind.MEETING, "coffee with Jane"),
        ("email out sent the list", TouchKind.EMAIL, "sent the list"),
        ("quote", TouchKind.QUOTE, ""),
        ("review: still worth it", TouchKind.REVIEW, "still worth it"),
        ("Jane said: call me", TouchKind.NOTE, "Jane said: call me"),
        ("", TouchKind.NOTE, ""),
        ("!?", TouchKind.NOTE, "!?"),
    ],
)
def test_the_kind_is_the_first_word_or_a_note(text: str, kind: TouchKind, said: str) -> None:
    line = line_of(f"2026-10-30 {text}")
    assert (line.kind, line.text) == (kind, said)


@pytest.mark.parametrize(
    ("text", "step", "said"),
    [
        ("call out (needs): asked", "needs", "asked"),
        ("call (Pricing talk): asked", "pricing talk", "asked"),
        ("email in: a price list (needs) #signal/x", "needs", "a price list #signal/x"),
        ("email in: a price list (Needs)", "needs", "a price list"),
        ("email in: a price list (urgent)", None, "a price list (urgent)"),
    ],
)
def test_a_step_stands_behind_the_kind_or_in_the_text(
    text: str, step: str | None, said: str
) -> None:
    line = line_of(f"2026-10-30 {text}")
    assert (line.step, line.text) == (step, said)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("stage: Qualified -> Proposal", "Qualified", "Proposal"),
        ("stage: Qualified → Proposal", "Qualified", "Proposal"),
        ("stage Qualified --> [[Proposal]]", "Qualified", "[[Proposal]]"),
        ('stage: "Qualified" => **Proposal**', "Qualified", "Proposal"),
        ("stage: Proposal", "", "Proposal"),
        ("stage (needs): Proposal", "", "Proposal"),
    ],
)
def test_a_stage_line_says_from_where_to_where(text: str, before: str, after: str) -> None:
    line = line_of(f"2026-10-30 {text}")
    assert line.kind is TouchKind.STAGE
    assert stages_of(line.text) == (before, after)


def test_f21_a_day_that_does_not_exist_is_a_finding_with_its_line() -> None:
    text = "## Log\n- 2026-02-30 call out: x\n- 2026-02-28 call out: y\n"
    lines, findings = read_log(note(text), "Log", TODAY)
    assert [line.line for line in lines] == [3]
    (finding,) = findings
    assert (finding.code, finding.line) == ("date-unreadable", 2)
    assert "2026-02-30" in finding.message


def test_a_day_to_come_is_a_finding_and_no_touch() -> None:
    text = "## Log\n- 2026-11-22 call: today\n- 2026-11-23 call: tomorrow\n"
    lines, findings = read_log(note(text), "Log", TODAY)
    assert [line.text for line in lines] == ["today"]
    assert codes(findings) == ["date-in-future"]


def test_a_line_without_a_day_is_said_but_its_details_are_not() -> None:
    text = "## Log\n- called Jane\n\t- 2026-10-30 call: nested\n\t- a detail\n"
    lines, findings = read_log(note(text), "Log", TODAY)
    assert [line.text for line in lines] == ["nested"]
    assert [(finding.code, finding.line) for finding in findings] == [("log-undated", 2)]


def test_a_box_that_is_not_ticked_is_a_plan_and_no_log() -> None:
    lines, findings = read_log(note("## Log\n- [ ] 2026-10-30 call Jane\n"), "Log", TODAY)
    assert (lines, findings) == ((), ())


def test_the_log_ends_at_the_next_heading_of_its_level_or_above() -> None:
    text = """
        # Acme
        - 2026-10-01 call: before
        ### log:
        - 2026-10-02 call: in
        #### More
        - 2026-10-03 call: below
        ### Plan
        - 2026-10-04 call: after
        ## Log
        - 2026-10-05 call: again
        """
    lines, _ = read_log(note(text), "Log", TODAY)
    assert [line.text for line in lines] == ["in", "below", "again"]


def test_the_heading_can_be_another_one() -> None:
    text = note("## Verlauf\n- 2026-10-01 call: x\n## Log\n- 2026-10-02 call: y\n")
    assert [line.text for line in read_log(text, "Verlauf", TODAY)[0]] == ["x"]
    assert [item.line for item in section_items(text, "verlauf")] == [2]


def test_the_kind_is_found_among_words() -> None:
    assert kind_of_words("Kick-off call with Jane") is TouchKind.CALL
    assert kind_of_words("Kick-off") is None


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_no_text_makes_read_log_raise(text: str) -> None:
    read_log(note(f"## Log\n- 2026-10-30 {text}\n- {text}\n"), "Log", TODAY)
