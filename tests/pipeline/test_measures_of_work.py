"""What came of leads, what happened in a span, touches by week, and the goal, by values."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from course_builders import NOVEMBER, STAGES, deal, lost, won
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pipeline_builders import lead_of, note, standing_of, vault_of

from vaultflow.pages.practice.decisions import decision_id, read_decisions
from vaultflow.pages.reports.telling import sparkline
from vaultflow.pipeline.lead import Direction, Touch, TouchKind
from vaultflow.pipeline.measures.aims.goal import goal_history
from vaultflow.pipeline.measures.movement.freshness import freshness
from vaultflow.pipeline.measures.numbers.periods import period_of
from vaultflow.pipeline.measures.numbers.span import has_moved_on, span_of
from vaultflow.pipeline.measures.results.attribution import attribute
from vaultflow.pipeline.measures.results.completion import completion
from vaultflow.pipeline.measures.results.customers import best_customers
from vaultflow.pipeline.measures.results.trends import WEEKS, touch_trends
from vaultflow.pipeline.practice.following.content import matches, read_pieces
from vaultflow.pipeline.practice.qualifying.romance import STEPS
from vaultflow.pipeline.settings import MoneySettings, QuotaSettings, Settings

if TYPE_CHECKING:
    from vaultflow.pipeline.history.course import Course
    from vaultflow.pipeline.lead import Lead

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(("by_stage", "qualified"), [(0, 4), (1, 3), (2, 2), (3, 0)])
def test_s3_18_a_lead_is_qualified_that_got_past_the_stage(by_stage: int, qualified: int) -> None:
    courses = [
        deal("A"),
        deal("B", "- 2026-10-05 stage: A -> B"),
        deal("A", "- 2026-10-05 stage: A -> C\n- 2026-10-06 stage: C -> A"),
        won(),
    ]
    came = attribute(courses, STAGES, by_stage)
    assert (came.qualified.part, came.qualified.whole) == (qualified, 4)
    assert (came.won.part, came.lost, came.leads) == (1, 0, 4)


def touched(*days: date, kind: TouchKind = TouchKind.CALL) -> Lead:
    lead = lead_of("---\ntype: lead\n---\n")
    touches = (
        Touch(day=day, kind=kind, text="", path=lead.path, line=line, direction=Direction.OUT)
        for line, day in enumerate(days, 1)
    )
    return replace(lead, touches=tuple(sorted(touches, key=lambda touch: touch.day, reverse=True)))


@given(backs=st.lists(st.integers(0, 80)), today=st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_s2_22_the_weeks_are_those_that_a_calendar_has(backs: list[int], today: date) -> None:
    days = [today - timedelta(days=back) for back in backs]
    monday = today - timedelta(days=today.weekday())
    trend = touch_trends([touched(*days)], today)[0]
    assert trend.weeks == tuple(
        sum(
            monday - timedelta(weeks=back) <= day < monday - timedelta(weeks=back - 1)
            for day in days
        )
        for back in reversed(range(WEEKS))
    )


def test_s2_22_a_touch_that_two_leads_share_counts_once_and_a_move_is_none() -> None:
    lead = touched(TODAY)
    moved = touched(TODAY, TODAY, kind=TouchKind.STAGE)
    trends = {one.name: one.total for one in touch_trends([lead, lead, moved], TODAY)}
    assert trends == {"all": 1, "call": 1, "out": 1}


@given(counts=st.lists(st.integers(0, 10_000), min_size=1, max_size=12))
def test_s2_22_a_sparkline_rises_with_its_numbers(counts: list[int]) -> None:
    bars = sparkline(counts)
    assert len(bars) == len(counts)
    for (one, bar), (other, beside) in itertools.product(zip(counts, bars, strict=True), repeat=2):
        assert one >= other or bar <= beside
    assert all((bar == "▁") is (count == 0) for count, bar in zip(counts, bars, strict=True))


@pytest.mark.parametrize(("day", "fresh"), [("2026-11-11", 1), ("2026-11-10", 0)])
def test_s3_17_a_touch_is_fresh_for_fourteen_days(day: str, fresh: int) -> None:
    standing = standing_of(
        f"---\ntype: lead\nstage: Meetings\n---\n## Log\n- {day} call: a\n", today=TODAY
    )
    assert freshness([standing], TODAY).fresh.part == fresh


STEPPED = st.lists(st.tuples(st.booleans(), st.sets(st.sampled_from(tuple(STEPS)))), max_size=12)


@given(deals=STEPPED)
def test_s1_19_the_table_and_the_list_tell_the_same(
    deals: list[tuple[bool, set[str]]],
) -> None:
    courses = [
        renamed((won if is_won else lost)(more="".join(f"{s}: yes\n" for s in sorted(steps))), at)
        for at, (is_won, steps) in enumerate(deals)
    ]
    found = completion(courses, TODAY)
    lost_steps = [steps for is_won, steps in deals if not is_won]
    assert sum(len(each.steps) for each in found.missing) == sum(
        step.lost.whole - step.lost.part for step in found.steps
    )
    assert found.hoped.part == sum(not steps for steps in lost_steps)
    assert [step.won.part for step in found.steps] == [
        sum(is_won and name in steps for is_won, steps in deals) for name in STEPS
    ]


def renamed(course: Course, number: int) -> Course:
    path = course.lead.path.with_name(f"{number:02}.md")
    return replace(course, lead=replace(course.lead, path=path, name=f"{number:02}"))


def test_s1_18_customers_stand_by_value_then_deals_then_name() -> None:
    courses = [renamed(won(value), at) for at, value in enumerate((100, 300, 100, None))]
    names = [one.who.name for one in best_customers(courses, MoneySettings(), TODAY)]
    assert names == ["01", "00", "02", "03"]


def test_what_happened_in_a_span_is_told_by_its_days() -> None:
    courses = [
        won(closed="2026-11-30"),
        won(closed="2026-12-01"),
        lost(closed="2026-11-01"),
        deal("B", "- 2026-11-01 stage: A -> B"),
        deal("A", "- 2026-11-02 stage: B -> A"),
    ]
    span = span_of(courses, NOVEMBER, STAGES)
    assert (span.won, span.lost) == ((courses[0],), (courses[2],))
    assert span.moved_on == (courses[3],)
    assert not span.new


@pytest.mark.parametrize(("day", "moved"), [("2026-10-31", False), ("2026-11-01", True)])
def test_a_move_counts_on_the_day_it_came_there(day: str, moved: bool) -> None:
    course = deal("B", f"- {day} stage: A -> B")
    assert has_moved_on(course, NOVEMBER, STAGES) is moved


def test_s2_24_the_goal_stands_beside_every_quarter_since_the_first_win() -> None:
    courses = [won(500, closed="2026-01-10"), won(700, closed="2026-08-10"), won(900)]
    quota = QuotaSettings(amount=Decimal(700))
    found = goal_history(courses, quota, MoneySettings(), TODAY)
    assert found is not None
    assert found.best.name == "2026 Q3"
    assert (found.best_won, found.times_best) == (Decimal(700), Decimal(1))
    assert (found.reached.part, found.reached.whole) == (1, 3)


def test_s2_24_without_a_goal_or_a_win_there_is_nothing_to_tell() -> None:
    money = MoneySettings()
    assert goal_history([won(5, closed="2026-01-10")], QuotaSettings(), money, TODAY) is None
    assert goal_history([], QuotaSettings(amount=Decimal(1)), money, TODAY) is None


def test_s2_24_quarters_without_a_value_have_no_best() -> None:
    courses = [won(None, closed="2026-01-10")]
    found = goal_history(courses, QuotaSettings(amount=Decimal(7)), MoneySettings(), TODAY)
    assert found is not None
    assert (found.best.name, found.times_best) == ("2026 Q1", None)


def test_s2_28_a_piece_suits_by_industry_stage_and_interest_without_regard_to_case() -> None:
    lead_note = note(
        "---\ntype: lead\nstage: meetings\nindustry: BAKERIES\ninterests: [energy, ovens]\n---\n"
    )
    pieces = [
        note(f"---\ntype: content\nfor: {suits}\n---\n", f"{name}.md")
        for name, suits in (
            ("a", "Energy"),
            ("b", "[bakeries, Meetings]"),
            ("c", "oven"),
            ("d", ""),
        )
    ]
    vault, settings = vault_of(lead_note, *pieces), Settings()
    lead = lead_of(
        "---\ntype: lead\nstage: meetings\nindustry: BAKERIES\ninterests: [energy, ovens]\n---\n"
    )
    found = matches(lead, read_pieces(vault, settings), vault, settings)
    assert [(one.piece.note.name, one.because) for one in found] == [
        ("b", ("bakeries", "Meetings")),
        ("a", ("Energy",)),
    ]


def test_s2_19_a_decision_is_found_by_its_id_and_only_below_its_item() -> None:
    month = period_of(TODAY, "month")
    text = (
        "%% vaultflow:begin x %%\n"
        f"- [ ] First? ^{decision_id(month, 1)}\n\t- decision:: less\n\t- measure:: won\n"
        f"- [x] Second? ^{decision_id(month, 2)}\n\t- decision::\n"
        "- decision:: not below\n"
        f"- [ ] Third? ^{decision_id(month, 3)}\n\t- decision:: more\n"
        "%% vaultflow:end x %%\n"
    )
    found = read_decisions([note(text)], month)
    assert [(one.number, one.text, one.measure) for one in found] == [
        (1, "less", "won"),
        (3, "more", ""),
    ]
    assert not read_decisions([note(text)], period_of(date(2026, 10, 1), "month"))
