"""What a note tells of its past, the union of all sources, and the course of a deal, by values."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pipeline_builders import TODAY, lead_of

from vaultflow.pipeline.history.change import Change, Fact, Source
from vaultflow.pipeline.history.course import Course, build_course, moves_of, sum_up
from vaultflow.pipeline.history.told import told_changes
from vaultflow.pipeline.history.union import unite
from vaultflow.pipeline.presets.endings import ENDINGS
from vaultflow.pipeline.settings import PipelineSettings, Settings, Stage, StageKind
from vaultflow.pipeline.stages import stages_in_force

A, B, C, D = (Stage(name=name) for name in "ABCD")
SETTINGS = Settings(pipeline=PipelineSettings(stages=(A, B, C, D, *ENDINGS)))
STAGES = stages_in_force(SETTINGS)
PATH = PurePosixPath("Deals/Acme.md")


def day(number: int) -> date:
    return date(2026, 11, number)


def change(
    number: int, after: str, source: Source = Source.LOG, since: int = 0, before: str | None = None
) -> Change:
    return Change(
        path=PATH,
        field="stage",
        day=day(number),
        before=before,
        after=after,
        source=source,
        where=f"line {number}",
        earliest=day(since or number),
    )


def united(*changes: Change) -> tuple[list[tuple[int, str]], list[str]]:
    facts, findings = unite(changes, lambda _, one, other: one == other)
    return [(fact.day.day, fact.after) for fact in facts], [f.message for f in findings]


def course_of(text: str, today: date = TODAY) -> Course:
    lead = lead_of(text, settings=SETTINGS, today=today)
    facts, _ = unite(told_changes(lead)[0], lambda _, one, other: one == other)
    return build_course(lead, facts, STAGES, today)


def test_the_log_and_the_properties_tell_of_moves_and_values() -> None:
    lead = lead_of("""
        ---
        type: lead
        stage: Qualification
        stage_since: 2026-11-03
        history:
          - 2026-10-01 Initial contact
          - 2026-11-03 Qualification
        ---
        ## Log
        - 2026-11-01 note: value: 12000 -> 10000; expected_close: 2026-11-30 → 2026-12-15
        - 2026-11-03 stage: Initial contact -> Qualification
    """)
    changes, findings = told_changes(lead)
    assert findings == ()
    told = [(str(c.day), c.field, c.before, c.after, c.source.value) for c in changes]
    assert told == [
        ("2026-10-01", "stage", None, "Initial contact", "properties"),
        ("2026-11-01", "value", "12000", "10000", "log"),
        ("2026-11-01", "expected_close", "2026-11-30", "2026-12-15", "log"),
        ("2026-11-03", "stage", "Initial contact", "Qualification", "log"),
        ("2026-11-03", "stage", None, "Qualification", "properties"),
        ("2026-11-03", "stage", None, "Qualification", "properties"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("value: 12000 -> 10000 (they haggled)", ("value", "12000", "10000")),
        ("amount: 12000 -> 10000", ("value", "12000", "10000")),
        (
            "close: 2026-01-05 -> 2026-02-05 after the call",
            ("expected_close", "2026-01-05", "2026-02-05"),
        ),
        ("told them what we disclose: 3 -> 4", None),
        ("homeowner: Ann -> Bob", None),
    ],
)
def test_a_remark_is_no_part_of_a_change_and_a_longer_word_no_field(
    text: str, found: tuple[str, str, str] | None
) -> None:
    lead = lead_of(f"---\ntype: lead\n---\n## Log\n- 2026-11-01 note: {text}\n")
    told = [(one.field, one.before, one.after) for one in told_changes(lead)[0]]
    assert told == ([found] if found else [])


def test_moves_of_one_day_are_in_order_in_a_log_that_grows_upwards_too() -> None:
    lead = lead_of("""
        ---
        type: lead
        ---
        ## Log
        - 2026-11-03 stage: B -> C
        - 2026-11-03 stage: A -> B
        - 2026-11-01 stage: D -> A
    """)
    assert [change.after for change in told_changes(lead)[0]] == ["A", "B", "C"]


def test_an_entry_that_cannot_be_read_is_a_finding_with_its_line() -> None:
    _, findings = told_changes(
        lead_of("---\ntype: lead\nhistory: [in spring Qualified]\nstage_since: soon\n---\n")
    )
    assert {(finding.code, finding.line) for finding in findings} == {
        ("history-unclear", 3),
        ("history-unclear", 4),
    }


def test_a_commit_that_saw_what_the_log_tells_is_no_second_move() -> None:
    assert united(change(3, "B"), change(5, "B", Source.GIT, since=2)) == ([(3, "B")], [])


def test_a_commit_outside_of_the_log_s_day_that_tells_the_same_move_is_none_either() -> None:
    assert united(change(3, "B"), change(5, "B", Source.GIT, since=4)) == ([(3, "B")], [])


def test_a_move_that_only_git_saw_enters_the_history() -> None:
    assert united(change(3, "B"), change(8, "C", Source.GIT, since=7)) == ([(3, "B"), (8, "C")], [])


def test_two_logged_moves_between_two_commits_are_both_kept() -> None:
    moves = change(3, "B"), change(4, "C"), change(5, "C", Source.GIT, since=2)
    assert united(*moves) == ([(3, "B"), (4, "C")], [])


def test_the_narrower_time_counts_where_two_looks_saw_the_same() -> None:
    looks = change(9, "B", Source.GIT, since=1), change(7, "B", Source.JOURNAL, since=5)
    facts, _ = unite(looks, lambda _, one, other: one == other)
    assert [(fact.earliest.day, fact.day.day) for fact in facts] == [(5, 7)]
    assert [evidence.source for evidence in facts[0].evidence] == [Source.JOURNAL, Source.GIT]


def test_a_contradiction_keeps_the_log_and_is_reported() -> None:
    facts, problems = united(change(3, "B"), change(4, "D", Source.GIT, since=2))
    assert facts == [(3, "B")]
    assert problems == ["stage: log says 'B' on 2026-11-03, git (line 4) saw 'D' by 2026-11-04."]


def test_two_commits_whose_times_touch_are_two_moves() -> None:
    commits = change(5, "B", Source.GIT, since=4), change(8, "C", Source.GIT, since=5)
    assert united(*commits) == ([(5, "B"), (8, "C")], [])


CHANGES = st.lists(
    st.builds(
        change,
        st.integers(1, 28),
        st.sampled_from("ABC"),
        st.sampled_from(Source),
    ),
    max_size=8,
)


@given(CHANGES)
def test_facts_are_in_order_and_each_changes_something(changes: list[Change]) -> None:
    facts, _ = unite(changes, lambda _, one, other: one == other)
    assert [fact.day for fact in facts] == sorted(fact.day for fact in facts)
    afters = [fact.after for fact in facts]
    assert all(one != other for one, other in itertools.pairwise(afters))


@given(CHANGES)
def test_telling_everything_twice_changes_no_fact(changes: list[Change]) -> None:
    def told(facts: tuple[Fact, ...]) -> list[tuple[date, str]]:
        return [(fact.day, fact.after) for fact in facts]

    later = [c for c in changes if c.source is not Source.LOG]
    once, _ = unite(later, lambda _, one, other: one == other)
    twice, _ = unite([*later, *later], lambda _, one, other: one == other)
    assert told(once) == told(twice)


COURSE = """
    ---
    type: lead
    stage: C
    created: 2026-11-01
    ---
    ## Log
    - 2026-11-03 stage: A -> B
    - 2026-11-08 stage: B -> A
    - 2026-11-10 stage: A -> C
"""


def test_stays_run_from_entering_to_leaving_and_the_last_one_up_to_today() -> None:
    course = course_of(COURSE)
    spans = [
        (stay.stage.name, stay.entered.day, stay.left and stay.left.day) for stay in course.stays
    ]
    assert spans == [("A", 1, 3), ("B", 3, 8), ("A", 8, 10), ("C", 10, None)]
    times = sum_up(course, STAGES, TODAY).times
    assert [(time.stage, time.latest, time.total, time.is_running) for time in times] == [
        ("A", 2, 4, False),
        ("B", 5, 5, False),
        ("C", None, 12, True),
    ]


def test_back_moves_and_skips_are_counted_and_do_not_undo_what_was_reached() -> None:
    moves = moves_of(course_of(COURSE), STAGES)
    assert (moves.furthest, moves.forward, moves.back, moves.skipped) == (2, 2, 1, 1)


def test_a_move_within_one_day_has_no_days() -> None:
    text = COURSE.replace("- 2026-11-08 stage: B -> A", "- 2026-11-03 stage: B -> A")
    course = course_of(text)
    assert [stay.days(TODAY) for stay in course.stays] == [2, 0, 7, 12]


def test_a_won_deal_has_reached_every_stage_and_ends_on_its_day() -> None:
    text = COURSE.replace("stage: C\n", "stage: Won\n    closed_on: 2026-11-20\n")
    course = course_of(text)
    assert course.outcome is StageKind.WON
    assert course.ended == date(2026, 11, 20)
    assert course.stays[-1].entered == date(2026, 11, 20)
    assert course.stays[-1].earliest == date(2026, 11, 10)
    assert moves_of(course, STAGES).furthest == 3


def test_a_deal_that_was_opened_again_says_so() -> None:
    text = COURSE + "    - 2026-11-12 stage: C -> Lost\n    - 2026-11-15 stage: Lost -> C\n"
    course = course_of(text)
    assert course.reopened == 1
    assert course.ended is None


def test_a_deal_without_any_history_is_one_stay() -> None:
    course = course_of("---\ntype: lead\nstage: B\ncreated: 2026-11-01\n---\n")
    assert [(stay.stage.name, stay.days(TODAY)) for stay in course.stays] == [("B", 21)]


def test_a_deal_without_any_day_has_no_stays() -> None:
    course = course_of("---\ntype: lead\nstage: B\n---\n")
    assert (course.began, course.stays, course.ended) == (None, (), None)


@given(st.lists(st.tuples(st.integers(0, 20), st.sampled_from("ABCD")), max_size=8))
def test_stays_fill_the_time_without_a_gap(moves: list[tuple[int, str]]) -> None:
    lines = "".join(
        f"- {date(2026, 11, 1) + timedelta(days=at)} stage: {name}\n" for at, name in sorted(moves)
    )
    course = course_of(f"---\ntype: lead\nstage: A\ncreated: 2026-11-01\n---\n## Log\n{lines}")
    for stay, following in zip(course.stays, course.stays[1:], strict=False):
        assert stay.left == following.entered
    spent = sum(stay.days(TODAY) for stay in course.stays)
    first = course.stays[0].entered
    assert spent == (TODAY - first).days
