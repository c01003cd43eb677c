from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from pipeline_builders import lead_of, note

from vaultflow.pipeline.practice.following.promises import (
    Outcome,
    Promise,
    kept_rate,
    rates_by,
    read_promises,
)
from vaultflow.pipeline.reading.log import read_log

if TYPE_CHECKING:
    from vaultflow.pipeline.lead import Lead

TODAY = date(2026, 11, 20)
SINCE = date(2026, 8, 22)


def followed(*log: str, properties: str = "stage: Meetings") -> tuple[Lead, tuple[Promise, ...]]:
    text = f"---\ntype: lead\n{properties}\n---\n## Log\n" + "".join(f"- {line}\n" for line in log)
    lead = lead_of(text, today=TODAY)
    lines, _ = read_log(note(text), "Log", TODAY)
    return lead, read_promises(lines, lead, TODAY)


def outcomes(*log: str, properties: str = "stage: Meetings") -> list[str]:
    return [promise.outcome.value for promise in followed(*log, properties=properties)[1]]


PLANNED = "2026-11-02 review: next Send the list by 2026-11-06 ([[2026-11-02 Pipeline review]])"


@pytest.mark.parametrize(
    ("day", "expected", "late"), [("05", "kept", 0), ("06", "kept", 0), ("07", "late", 1)]
)
def test_s1_07_an_action_is_kept_when_done_by_its_day(day: str, expected: str, late: int) -> None:
    done = f"2026-11-{day} review: done Send the list ([[2026-11-{day} Pipeline review]])"
    _, (promise,) = followed(PLANNED, done)
    assert (promise.outcome.value, promise.late_days) == (expected, late)
    assert promise.line == 6


def test_s1_07_an_action_done_and_the_next_one_planned_in_one_line() -> None:
    line = "2026-11-06 review: done Send the list; next 2: Call by 2026-11-10; buying yes"
    assert outcomes(PLANNED, line, "2026-11-12 review: done Call") == ["kept", "late"]


def test_s1_07_a_day_that_is_moved_before_it_has_passed_is_another_day() -> None:
    moved = "2026-11-06 review: by 2026-11-12"
    assert outcomes(PLANNED, moved, "2026-11-12 review: done Send the list") == ["kept"]


def test_s1_07_a_day_that_is_moved_after_it_has_passed_was_not_kept() -> None:
    moved = "2026-11-07 review: by 2026-11-12"
    assert outcomes(PLANNED, moved, "2026-11-12 review: done Send the list") == ["broken", "kept"]


def test_s1_07_a_plan_may_change_until_its_day() -> None:
    assert outcomes(PLANNED, "2026-11-06 review: next Call by 2026-12-01") == []
    assert outcomes(PLANNED, "2026-11-07 review: next Call by 2026-12-01") == ["broken"]


@pytest.mark.parametrize("part", ["lost Too expensive", "revisit 2027-02-01"])
def test_s1_07_a_lead_that_is_let_go_takes_its_plan_with_it(part: str) -> None:
    assert outcomes(PLANNED, f"2026-11-05 review: {part}") == []


def test_s1_07_an_action_that_stands_beyond_its_day_is_not_kept() -> None:
    standing = "stage: Meetings\nnext_action: Send the list\nnext_action_due: 2026-11-06"
    assert outcomes(PLANNED, properties=standing) == ["broken"]
    moved = standing.replace("2026-11-06", "2026-11-20")
    assert outcomes(PLANNED, properties=moved) == []


def test_s1_07_what_went_without_a_word_is_unknown() -> None:
    assert outcomes(PLANNED) == ["unknown"]
    assert outcomes(PLANNED, properties="stage: Meetings\nnext_action: Call") == ["unknown"]


def test_s1_07_what_is_due_today_may_still_be_kept() -> None:
    today = PLANNED.replace("by 2026-11-06", "by 2026-11-20")
    assert outcomes(today) == []
    assert outcomes(today, "2026-11-20 review: done Send the list") == ["kept"]


def test_s1_07_an_action_of_tomorrow_that_is_done_does_not_count_yet() -> None:
    ahead = PLANNED.replace("by 2026-11-06", "by 2026-11-21")
    assert outcomes(ahead, "2026-11-19 review: done Send the list") == []


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-02 review: next Send the list",
        "2026-11-02 review: next Send the list by 2026-11-31",
        "2026-11-02 review: looked at",
        "2026-11-02 note: next Send the list by 2026-11-06",
    ],
)
def test_s1_07_what_names_no_day_in_a_review_is_no_promise(line: str) -> None:
    assert outcomes(line) == []


def test_s1_07_the_order_of_the_log_does_not_matter() -> None:
    done = "2026-11-05 review: done Send the list"
    assert outcomes(done, PLANNED) == outcomes(PLANNED, done) == ["kept"]


def promise(outcome: Outcome, due: int = 6, done: int | None = None) -> Promise:
    return Promise(
        action="x",
        due=date(2026, 11, due),
        line=1,
        outcome=outcome,
        done_on=date(2026, 11, done) if done else None,
    )


def test_s1_07_the_rate_counts_what_is_known_and_says_what_is_not() -> None:
    rate = kept_rate(
        [
            promise(Outcome.KEPT, done=5),
            promise(Outcome.LATE, done=8),
            promise(Outcome.LATE, done=16),
            promise(Outcome.BROKEN),
            promise(Outcome.UNKNOWN),
        ],
        SINCE,
    )
    assert (rate.kept, rate.due, rate.unknown) == (1, 4, 1)
    assert (rate.late, rate.late_days) == (2, 6)


@pytest.mark.parametrize(("due", "count"), [(5, 0), (6, 1), (7, 1)])
def test_s1_07_only_what_was_due_in_the_period_counts(due: int, count: int) -> None:
    assert kept_rate([promise(Outcome.KEPT, due)], date(2026, 11, 6)).due == count


def test_s1_07_the_rates_of_owners_leave_out_those_of_whom_nothing_is_known() -> None:
    ann, _ = followed(properties="stage: Meetings\nowner: Ann")
    bea, _ = followed(properties="stage: Meetings\nowner: Bea")
    promises = {
        ann: (promise(Outcome.KEPT), promise(Outcome.BROKEN)),
        bea: (promise(Outcome.UNKNOWN),),
    }
    rates = rates_by(promises, lambda lead: lead.owner, SINCE)
    assert {name: (rate.kept, rate.due) for name, rate in rates.items()} == {"Ann": (1, 2)}
