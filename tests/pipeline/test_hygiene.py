"""The hygiene score by values."""

from __future__ import annotations

from datetime import timedelta

from pipeline_builders import TODAY, note, pipeline_of

from vaultflow.pipeline.practice.cleaning.hygiene import QUESTIONS, judge_hygiene

CLEAN = f"""
    ---
    type: lead
    stage: Proposals
    value: 100
    source: Fair
    created: 2026-11-01
    next_action: Call
    next_action_due: {TODAY}
    expected_close: {TODAY}
    ---
"""


def faults(text: str) -> dict[str, int]:
    hygiene = judge_hygiene(pipeline_of(note(text)))
    return {fault.name: len(fault.failing) for fault in hygiene.faults if fault.failing}


def test_a_lead_without_a_fault_scores_100() -> None:
    hygiene = judge_hygiene(pipeline_of(note(CLEAN)))
    assert (hygiene.score, hygiene.asked) == (100, len(QUESTIONS))


def test_no_open_lead_has_no_score() -> None:
    hygiene = judge_hygiene(pipeline_of(note("---\ntype: lead\nstage: won\n---\n")))
    assert (hygiene.score, hygiene.asked) == (None, 0)


def test_each_fault_counts_once() -> None:
    assert faults(CLEAN.replace("source: Fair", "source:")) == {"without a source": 1}
    assert faults(CLEAN.replace("value: 100", "value:")) == {"without a value": 1}
    undated = CLEAN.replace(f"next_action_due: {TODAY}", "")
    assert faults(undated) == {"without a next action and its day": 1}


def test_a_close_date_of_today_is_no_fault_and_of_yesterday_is_one() -> None:
    yesterday = TODAY - timedelta(days=1)
    late = CLEAN.replace(f"expected_close: {TODAY}", f"expected_close: {yesterday}")
    assert faults(late) == {"expected to close on a day that has passed": 1}


def test_value_is_not_asked_in_the_first_stage_and_close_date_not_where_there_is_none() -> None:
    first = CLEAN.replace("Proposals", "Initial contact").replace("value: 100", "")
    first = first.replace(f"expected_close: {TODAY}", "")
    hygiene = judge_hygiene(pipeline_of(note(first)))
    assert (hygiene.score, hygiene.asked) == (100, len(QUESTIONS) - 2)


def test_a_lead_that_cannot_be_read_fails_once_and_is_not_dropped() -> None:
    hygiene = judge_hygiene(pipeline_of(note("---\ntype: lead\nstage: [\n---\n")))
    assert (hygiene.score, hygiene.asked) == (0, 1)
    assert {fault.name for fault in hygiene.faults if fault.failing} == {"cannot be read"}


def test_the_score_is_rounded_down_so_that_100_means_without_a_fault() -> None:
    many = [note(CLEAN, f"Deals/{number}.md") for number in range(30)]
    worse = note(CLEAN.replace("source: Fair", ""), "Deals/worse.md")
    assert judge_hygiene(pipeline_of(*many, worse)).score == 99
