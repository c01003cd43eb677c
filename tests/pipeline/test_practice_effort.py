from __future__ import annotations

from datetime import date
from math import comb
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pipeline_builders import lead_of, note, pipeline_of, vault_of

from vaultflow.pipeline.practice.following.effort import (
    dead_ends,
    effort_touches,
    first_actions,
    split_time,
    spread,
    touches_by_outcome,
)
from vaultflow.pipeline.practice.following.loose import loose_touches
from vaultflow.pipeline.practice.qualifying.qualification import read_coverage
from vaultflow.vault.obsidian.settings import ObsidianSettings, PeriodicNotes

if TYPE_CHECKING:
    from vaultflow.pipeline.lead import Touch
    from vaultflow.vault.note import Note

TODAY = date(2026, 11, 20)
"""A Friday."""
SINCE = date(2026, 11, 1)


def lead(properties: str, *log: str, name: str = "Acme") -> Note:
    text = f"---\ntype: lead\n{properties}\n---\n## Log\n" + "".join(f"- {line}\n" for line in log)
    return note(text, f"Deals/{name}.md")


def waits(*notes: Note) -> list[tuple[str, int, bool]]:
    found = first_actions(pipeline_of(*notes, today=TODAY))
    return [(each.standing.lead.name, each.days, each.touch is None) for each in found]


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-11-13", 0), ("2026-11-15", 0), ("2026-11-16", 1), ("2026-11-17", 2)],
)
def test_s1_06_the_first_action_is_counted_in_working_days(day: str, expected: int) -> None:
    friday = lead(
        "stage: Meetings\ncreated: 2026-11-13", f"{day} call out: a", "2026-11-19 call: b"
    )
    assert waits(friday) == [("Acme", expected, False)]


def test_s1_06_an_action_that_a_review_says_was_done_is_a_first_one() -> None:
    done = lead("stage: New\ncreated: 2026-11-16", "2026-11-18 review: done Call")
    assert waits(done) == [("Acme", 2, False)]


def test_s1_06_a_lead_that_nothing_was_done_about_waits_still() -> None:
    assert waits(lead("stage: New\ncreated: 2026-11-16")) == [("Acme", 4, True)]


def test_s1_06_a_touch_before_the_note_was_made_is_no_wait() -> None:
    assert waits(lead("stage: New\ncreated: 2026-11-16", "2026-11-02 call: a")) == [
        ("Acme", 0, False)
    ]


def test_s1_06_leads_without_a_day_and_closed_ones_without_a_word_are_left_out() -> None:
    assert waits(lead("stage: New"), lead("stage: Lost\ncreated: 2026-10-01", name="B")) == []


def test_s1_06_who_waits_longest_stands_first_and_ties_by_path() -> None:
    notes = (
        lead("stage: New\ncreated: 2026-11-18", name="C"),
        lead("stage: New\ncreated: 2026-11-02", name="B"),
        lead("stage: New\ncreated: 2026-11-18", name="A"),
    )
    assert [name for name, _, _ in waits(*notes)] == ["B", "A", "C"]


def test_s1_20_moves_reviews_and_days_in_fields_are_no_effort() -> None:
    acme = lead_of(
        "---\ntype: lead\nlast_contact: 2026-11-19\n---\n## Log\n- 2026-11-01 call out: a\n"
        "- 2026-11-02 spoke with Jane\n- 2026-11-03 stage: A -> B\n- 2026-11-04 review: done x\n"
    )
    assert [touch.text for touch in effort_touches(acme)] == ["spoke with Jane", "a"]


def test_s1_20_touches_are_counted_by_outcome() -> None:
    calls = [f"2026-11-{day:02} call out: x" for day in range(1, 10)]
    notes = (
        lead("stage: Won", *calls[:3], name="A"),
        lead("stage: Won", *calls[:6], name="B"),
        lead("stage: Lost", *calls[:1], name="C"),
        lead("stage: Meetings", *calls, name="D"),
    )
    won, lost = touches_by_outcome(pipeline_of(*notes, today=TODAY).standings)
    assert (won.count, won.median, won.low, won.high, won.interval) == (2, 4.5, 3, 6, None)
    assert (lost.count, lost.median, lost.interval) == (1, 1, None)


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, None), (5, None), (6, (1, 6)), (8, (1, 8)), (9, (2, 8)), (20, (6, 15))],
)
def test_s1_20_the_interval_of_a_median_needs_six_numbers(
    count: int, expected: tuple[int, int] | None
) -> None:
    assert spread(range(1, count + 1)).interval == expected


@given(st.integers(6, 200))
def test_s1_20_the_interval_holds_the_median_in_95_of_100_cases(count: int) -> None:
    interval = spread(range(1, count + 1)).interval
    assert interval is not None
    beyond = sum(comb(count, below) for below in range(interval[0]))
    assert 2 * beyond / 2**count <= 0.05
    assert 2 * (beyond + comb(count, interval[0])) / 2**count > 0.05


def test_s1_20_the_interval_of_very_many_numbers_is_narrow() -> None:
    low, high = spread(range(10_001)).interval or (0, 10_000)
    assert 4_900 < low < 5_000 < high < 5_100


def loose(
    *lines: str, path: str = "2026-11-10.md", obsidian: ObsidianSettings | None = None
) -> list[tuple[str, str]]:
    daily = note("".join(f"- {line}\n" for line in lines), path)
    vault = vault_of(daily, lead("stage: New"), note("", "Acme BV.md"))
    found = loose_touches(
        vault,
        {lead("stage: New").path},
        obsidian or ObsidianSettings(),
        since=SINCE,
        until=TODAY,
    )
    return [(touch.kind.value, touch.text) for touch in found]


def test_s0_17_lines_of_daily_notes_beside_the_leads_are_found() -> None:
    assert loose(
        "LinkedIn: a post about prices",
        "An hour on Facebook",
        "Emailed the printer",
        "Call with [[Acme]]",
        "Call with [[Acme BV]]",
        "Bought coffee",
        "[ ] Call the bank",
        "[x] Called the bank",
    ) == [
        ("social", "LinkedIn: a post about prices"),
        ("social", "An hour on Facebook"),
        ("email", "Emailed the printer"),
        ("call", "Call with Acme BV"),
        ("call", "Called the bank"),
    ]


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("2026-10-31.md", 0),
        ("2026-11-01.md", 1),
        ("2026-11-20.md", 1),
        ("2026-11-21.md", 0),
        ("Ideas.md", 0),
    ],
)
def test_s0_17_only_daily_notes_of_the_time_count(path: str, count: int) -> None:
    assert len(loose("LinkedIn: a post", path=path)) == count


def test_s0_17_daily_notes_are_named_as_obsidian_is_told() -> None:
    daily = PeriodicNotes(format="DD.MM.YYYY", folder="Days")
    found = loose(
        "LinkedIn: a post", path="Days/10.11.2026.md", obsidian=ObsidianSettings(daily_notes=daily)
    )
    assert len(found) == 1


def touches(*log: str) -> tuple[Touch, ...]:
    text = "---\ntype: lead\n---\n## Log\n" + "".join(f"- {line}\n" for line in log)
    return tuple(lead_of(text, today=TODAY).touches)


def test_s0_17_social_touches_are_counted_apart() -> None:
    linked = touches("2026-11-03 social: wrote", "2026-11-04 call: x", "2026-10-31 social: before")
    beside = touches("2026-11-05 social: a post", "2026-11-06 email: x")
    split = split_time(linked, beside, SINCE)
    assert (split.linked, split.loose, split.social, split.social_linked) == (2, 2, 2, 1)


def test_s0_17_a_line_that_tells_of_two_leads_is_one_touch() -> None:
    line = touches("2026-11-03 call: both")
    assert split_time((*line, *line), (), SINCE).linked == 1


def test_s2_38_touches_on_leads_that_were_lost_unqualified_are_counted() -> None:
    answers = "problem: a\ntrigger: b\nfit: c"
    notes = (
        lead("stage: Lost", "2026-11-01 call out: x", "2026-11-02 email out: y", name="A"),
        lead(f"stage: Lost\n{answers}", "2026-11-01 call out: x", name="B"),
        lead("stage: Won", "2026-11-01 call out: x", name="C"),
        lead("stage: Meetings", "2026-11-01 call out: x", name="D"),
    )
    standings = pipeline_of(*notes, today=TODAY).standings
    ends = dead_ends(standings, lambda one: read_coverage(one).count >= 3)
    assert (ends.leads, ends.touches, ends.all_leads, ends.all_touches) == (1, 2, 3, 4)
