"""Signs that a lead is dead, at their limits."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pipeline_builders import TODAY, note, pipeline_of

from vaultflow.pipeline.practice.cleaning.cull import signs_of_death


def reasons(properties: str, *log: str) -> list[str]:
    lines = "".join(f"- {line}\n" for line in log)
    own = note(f"---\ntype: lead\n{properties}\n---\n## Log\n{lines}")
    pipeline = pipeline_of(own)
    return [sign.reason for sign in signs_of_death(pipeline.standings[0], pipeline)]


def ago(days: int) -> str:
    return str(TODAY - timedelta(days=days))


@pytest.mark.parametrize(("idle", "signs"), [(41, []), (42, []), (43, ["Went cold"])])
def test_idle_for_three_times_the_limit_is_no_sign_and_a_day_more_is(
    idle: int, signs: list[str]
) -> None:
    assert reasons("stage: Meetings", f"{ago(idle)} call: x") == signs


def test_a_next_action_that_is_planned_speaks_against_it() -> None:
    planned = f"stage: Meetings\nnext_action: Call\nnext_action_due: {ago(-60)}"
    assert reasons(planned, f"{ago(50)} call: x") == []


@pytest.mark.parametrize(("touches", "signs"), [(3, []), (4, ["No reply"])])
def test_so_many_touches_without_a_word_back(touches: int, signs: list[str]) -> None:
    log = [f"{ago(day)} email out: x" for day in range(touches)]
    assert reasons("stage: Meetings", *log) == signs


def test_a_word_of_theirs_ends_the_count() -> None:
    log = [f"{ago(day)} email out: x" for day in range(5)]
    assert reasons("stage: Meetings", *log, f"{ago(2)} email in: later") == []


@pytest.mark.parametrize(("created", "signs"), [(20, []), (21, ["Never decided"])])
def test_open_for_more_than_twice_what_was_planned(created: int, signs: list[str]) -> None:
    expected = ago(created - 10)
    log = f"{ago(1)} call in: x"
    dates = f"stage: Meetings\ncreated: {ago(created)}\nexpected_close: {expected}"
    assert reasons(dates, log) == signs


def test_a_no_of_theirs_comes_first() -> None:
    said = "stage: Meetings\nwill_buy: no, not this year"
    assert reasons(said, f"{ago(50)} call: x") == ["They said no", "Went cold"]


def test_closed_parked_and_unreadable_leads_are_not_proposed() -> None:
    assert reasons("stage: Lost\nwill_buy: no") == []
    assert reasons(f"stage: Meetings\nrevisit_on: {ago(-9)}\nwill_buy: no") == []
    assert reasons("stage: [") == []
