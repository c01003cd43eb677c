"""Scores: fit and engagement apart, what is unknown, and where time goes first."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pipeline_builders import lead_of, note, vault_of

from vaultflow.pipeline.practice.qualifying.engagement import decayed, engagement_of, level_of
from vaultflow.pipeline.practice.qualifying.fit import Match, fit_of, grade_of, size_match
from vaultflow.pipeline.practice.qualifying.priorities import (
    Quadrant,
    Rated,
    hot_reasons,
    quadrants_of,
    warmth_rank,
)
from vaultflow.pipeline.settings import IdealCustomer, Settings

if TYPE_CHECKING:
    from vaultflow.pipeline.practice.qualifying.fit import Fit
    from vaultflow.vault.note import Note

TODAY = date(2026, 11, 22)
NAMES = Settings().fields
IDEAL = IdealCustomer(
    industries=("Food",), titles=("director",), countries=("NL", "BE"), size_min=20, size_max=100
)


def a_note(fields: str = "", log: str = "") -> str:
    return f"---\ntype: lead\nstage: Meetings\n{fields}---\n## Log\n{log}"


def fit(fields: str, *others: Note, icp: IdealCustomer = IDEAL) -> Fit:
    found = fit_of(lead_of(a_note(fields), *others), vault_of(*others), NAMES, icp)
    assert found is not None
    return found


FULL = "industry: Food processing\njob_title: Managing Director\ncountry: nl\nsize: 40\n"


@pytest.mark.parametrize(
    ("fields", "score", "known", "grade"),
    [
        (FULL, 100, 4, "A"),
        (FULL.replace("nl", "France"), 75, 4, "A"),
        (FULL.replace("nl", "France").replace("Food", "Steel"), 50, 4, "B"),
        ("industry: Food\n", 100, 1, "A"),
        ("industry: Steel\n", 0, 1, "C"),
        ("industry: Steel\nsize: 20\n", 50, 2, "B"),
        ("", None, 0, "?"),
    ],
)
def test_s3_13_the_fit_is_the_share_of_the_rules_that_are_known(
    fields: str, score: int | None, known: int, grade: str
) -> None:
    found = fit(fields)
    assert (found.score, found.known, found.total, found.grade) == (score, known, 4, grade)


def test_s3_13_what_is_unknown_is_no_mismatch_and_lowers_the_confidence_alone() -> None:
    part, whole = fit("industry: Food\nsize: 40\n"), fit(FULL)
    assert part.score == whole.score == 100
    assert part.known < whole.known
    unknown = [one for one in part.criteria if one.match is Match.UNKNOWN]
    assert [(one.name, one.points) for one in unknown] == [("job_title", None), ("country", None)]


def test_s3_13_each_rule_says_what_it_adds_and_where_it_stands() -> None:
    criteria = {one.name: one for one in fit(FULL).criteria}
    assert criteria["industry"].points == 25
    assert (criteria["industry"].said, criteria["industry"].evidence) == (
        "Food processing",
        "line 4",
    )
    assert criteria["size"].wanted == "20 to 100"


def test_s3_13_the_companys_note_and_the_peoples_notes_tell_what_the_lead_does_not() -> None:
    company = note("---\nindustry: Food\nemployees: 250\n---\n", "Companies/Acme Holding.md")
    jane = note("---\nrole: Sales director\n---\n", "People/Jane.md")
    fields = 'company: "[[Acme Holding]]"\npeople: ["[[Jane]]", Bob]\nsize: 30\n'
    found = {one.name: one for one in fit(fields, company, jane).criteria}
    assert (found["industry"].match, found["industry"].evidence) == (
        Match.YES,
        'note "Acme Holding", line 2',
    )
    assert found["job_title"].evidence == 'note "Jane", line 2'
    assert (found["size"].said, found["size"].match) == ("30", Match.YES)
    assert found["country"].match is Match.UNKNOWN


def test_s3_13_without_rules_there_is_no_fit() -> None:
    assert fit_of(lead_of(a_note(FULL)), vault_of(), NAMES, IdealCustomer()) is None


def test_s3_13_a_word_counts_as_a_whole_word_only() -> None:
    assert fit("industry: Seafoodies\n").score == 0
    assert fit("country: Nld\n").score == 0


@pytest.mark.parametrize(
    ("size", "match"),
    [
        ("19", Match.NO),
        ("20", Match.YES),
        ("100", Match.YES),
        ("101", Match.NO),
        ("1,200", Match.NO),
        ("20-50 people", Match.YES),
        ("11-50", Match.UNKNOWN),
        ("5 to 10", Match.NO),
        ("many", Match.UNKNOWN),
    ],
)
def test_s3_13_the_size_is_a_number_or_a_span(size: str, match: Match) -> None:
    assert size_match(size, IDEAL) is match


@pytest.mark.parametrize(("score", "grade"), [(66, "B"), (67, "A"), (33, "B"), (32, "C")])
def test_3_11_grades_begin_at_two_thirds_and_one_third(score: int, grade: str) -> None:
    assert grade_of(score) == grade


@pytest.mark.parametrize(("score", "level"), [(4.0, 1), (3.9, 2), (1.0, 2), (0.9, 3)])
def test_3_11_engagement_has_three_levels(score: float, level: int) -> None:
    assert level_of(score) == level


def test_3_11_engagement_is_the_sum_of_what_is_left_of_each_signal_and_each_word_in() -> None:
    fields = "signals: [2026-11-22 negotiates, 2026-10-23 thanks, asks-delivery]\n"
    log = "- 2026-10-23 email in: ok\n- 2026-11-22 call out: nothing of theirs\n"
    found = engagement_of(lead_of(a_note(fields, log)), TODAY, 30)
    assert found.score == 4.0
    assert found.level == 1
    assert [(one.points, one.day.month) for one in found.points] == [
        (3.0, 11),
        (0.5, 10),
        (0.5, 10),
    ]
    assert found.points[0].evidence == "2026-11-22 field signals, line 4"


@pytest.mark.parametrize(("age", "left"), [(0, 2.0), (30, 1.0), (60, 0.5)])
def test_s1_21_a_signal_counts_half_after_the_half_life(age: int, left: float) -> None:
    assert decayed(2, age, 30) == left
    assert decayed(2, age, 0) == 2.0


@given(st.integers(0, 900), st.integers(0, 900))
def test_engagement_never_grows_by_waiting(first: int, more: int) -> None:
    lead = lead_of(a_note("signals: [2026-11-22 negotiates]\n"))
    days = (TODAY + timedelta(days=first), TODAY + timedelta(days=first + more))
    before, after = (engagement_of(lead, day, 30).score for day in days)
    assert after <= before


def reasons(fields: str, log: str = "") -> list[str]:
    lead = lead_of(a_note(fields, log))
    return [one.split(",")[0] for one in hot_reasons(lead, engagement_of(lead, TODAY, 30), TODAY)]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ("warmth: hot\n", ["warmth hot"]),
        ("warmth: warm\n", []),
        ("expected_close: 2026-12-06\n", ["expected to close 2026-12-06"]),
        ("expected_close: 2026-12-07\n", []),
        ("expected_close: 2026-11-22\n", ["expected to close 2026-11-22"]),
        ("expected_close: 2026-11-21\n", []),
        ("signals: [2026-11-22 negotiates, 2026-11-22 thanks]\n", ["engagement 4.0"]),
        ("signals: [2026-11-22 negotiates]\n", []),
    ],
)
def test_s2_3_hot_is_who_may_close_quickly(fields: str, found: list[str]) -> None:
    assert reasons(fields) == found


def test_s2_7_the_warmest_come_first_and_what_is_not_noted_before_the_cold() -> None:
    said = ("warmth: hot\n", "warmth: warm\n", "", "warmth: cold\n")
    assert [warmth_rank(lead_of(a_note(one))) for one in said] == [0, 1, 2, 3]


def a_rated(
    name: str, worth: int | None, potential: str = "", grade: str = "?", chance: int | None = 40
) -> Rated:
    amount = None if worth is None else Decimal(worth)
    return Rated(
        path=PurePosixPath(name), worth=amount, potential=potential, grade=grade, chance=chance
    )


def placed(*leads: Rated) -> list[Quadrant | None]:
    return list(quadrants_of(leads).values())


def test_s2_8_value_counts_from_the_median_on() -> None:
    leads = [a_rated(str(worth), worth, "high") for worth in (1, 2, 3)]
    assert placed(*leads) == [Quadrant.LOW_HIGH, Quadrant.HIGH_HIGH, Quadrant.HIGH_HIGH]


def test_s2_8_potential_is_what_is_said_then_the_fit_then_the_chance() -> None:
    leads = (
        a_rated("said", 1, "low", "A", 90),
        a_rated("fit", 1, "", "B", 10),
        a_rated("misfit", 1, "", "C", 90),
        a_rated("likely", 1, "", "?", 40),
        a_rated("unlikely", 1, "", "?", 30),
    )
    assert placed(*leads) == [
        Quadrant.HIGH_LOW,
        Quadrant.HIGH_HIGH,
        Quadrant.HIGH_LOW,
        Quadrant.HIGH_HIGH,
        Quadrant.HIGH_LOW,
    ]


def test_s2_8_without_a_value_or_a_sign_of_potential_a_lead_has_no_place() -> None:
    assert placed(a_rated("a", None, "high"), a_rated("b", 5, chance=None)) == [None, None]


@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.integers(0, 99)),
            st.sampled_from(("", "high", "low")),
            st.sampled_from("ABC?"),
            st.one_of(st.none(), st.integers(0, 100)),
        ),
        max_size=12,
    )
)
def test_s2_8_each_lead_with_a_value_and_a_chance_has_exactly_one_place(
    drawn: list[tuple[int | None, str, str, int | None]],
) -> None:
    leads = [a_rated(str(at), *one) for at, one in enumerate(drawn)]
    found = quadrants_of(leads)
    assert len(found) == len(leads)
    for lead in leads:
        is_told = lead.potential or lead.grade != "?" or lead.chance is not None
        assert (found[lead.path] is not None) == bool(lead.worth is not None and is_told)
