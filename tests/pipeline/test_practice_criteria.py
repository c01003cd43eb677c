from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pipeline_builders import lead_of

from vaultflow.pipeline.practice.following.passage import goal_words, passage_words
from vaultflow.pipeline.practice.process.criteria import (
    Met,
    entry_goal,
    exit_goal,
    goal_of,
    said_of,
    unmet_before,
)
from vaultflow.pipeline.practice.process.prompts import prompts_of
from vaultflow.pipeline.presets import PRESETS
from vaultflow.pipeline.presets.answers import ANSWERED_BY
from vaultflow.pipeline.presets.endings import LOST, PARKED, WON, WON_PROMPTS
from vaultflow.pipeline.presets.five import (
    CLOSING,
    FIVE,
    INITIAL_CONTACT,
    MEETINGS,
    PROPOSALS,
    QUALIFICATION,
)
from vaultflow.pipeline.reading.boxes import criterion_key
from vaultflow.pipeline.settings import PipelineSettings, Settings, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

PARTS = ("needs", "fit", "summary", "roi", "why_us", "mutual")


def proposal(*parts: str, boxes: Iterable[str] = (), stage: str = "Proposals") -> str:
    fields = "".join(f"proposal_{part}: yes\n" for part in parts)
    ticks = "".join(f"- [x] {text}\n" for text in boxes)
    return f"---\ntype: lead\nstage: {stage}\n{fields}---\n{ticks}"


def test_every_criterion_that_fields_answer_is_one_of_a_preset() -> None:
    stages = [stage for preset in PRESETS.values() for stage in preset]
    known = {criterion_key(text) for stage in stages for text in (*stage.entry, *stage.exit)}
    assert set(ANSWERED_BY) <= known


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("", Met.UNKNOWN),
        ("?", Met.UNKNOWN),
        ("tbd", Met.UNKNOWN),
        ("no", Met.NO),
        ("No, not this year", Met.NO),
        ("none", Met.NO),
        ("No overview of their stock", Met.YES),
        ("yes", Met.YES),
        ("yes?", Met.YES),
        ("Nora Quist", Met.YES),
    ],
)
def test_any_words_but_a_no_say_yes(text: str, met: Met) -> None:
    assert said_of(text) is met


@pytest.mark.parametrize(("parts", "met"), [(0, "unknown"), (1, "no"), (5, "no"), (6, "yes")])
def test_s2_40_a_proposal_has_reached_its_goal_with_all_six_parts(parts: int, met: str) -> None:
    goal = exit_goal(lead_of(proposal(*PARTS[:parts])), PROPOSALS)
    assert (goal.met, goal.done, len(goal.missing)) == (met, parts, 6 - parts)


def test_s2_40_a_ticked_box_does_as_well_as_a_field_and_says_where() -> None:
    lead = lead_of(proposal(*PARTS[1:], boxes=["it states their needs in their words"]))
    goal = exit_goal(lead, PROPOSALS)
    assert goal.met is Met.YES
    assert goal.criteria[0].line == 10
    assert goal.criteria[1].line == 4


def test_s2_6_a_tick_counts_more_than_a_field_that_says_no() -> None:
    text = "---\ntype: lead\nneed: no\n---\n{}They have a need that we can meet\n"
    (need, *_) = exit_goal(lead_of(text.format("- [x] ")), QUALIFICATION).criteria
    assert need.met is Met.YES
    (need, *_) = exit_goal(lead_of(text.format("- [ ] ")), QUALIFICATION).criteria
    assert need.met is Met.NO


def test_several_fields_of_one_criterion_must_all_say_so() -> None:
    three = "need: yes\nbracket: yes\nwill_buy: {}\n"
    for word, met in (("yes", Met.YES), ("?", Met.UNKNOWN), ("no", Met.NO)):
        lead = lead_of(f"---\ntype: lead\n{three.format(word)}---\n")
        assert entry_goal(lead, MEETINGS).criteria[0].met is met


@pytest.mark.parametrize(
    ("field", "met"),
    [("", "no"), ("discount: \n", "no"), ("discount: no\n", "yes"), ("Discount: 5\n", "yes")],
)
def test_a_criterion_that_names_a_field_is_met_when_it_is_filled_in(field: str, met: str) -> None:
    stage = Stage(name="Closing", exit=("discount",))
    settings = Settings(pipeline=PipelineSettings(stages=(stage,)))
    lead = lead_of(f"---\ntype: lead\n{field}---\n", settings=settings)
    assert exit_goal(lead, stage).met == met


def test_no_criteria_mean_that_nothing_is_known() -> None:
    goal = goal_of(lead_of("---\ntype: lead\n---\n"), ())
    assert goal.met is Met.UNKNOWN
    assert goal_words(goal) == "unknown, the stage has no exit criteria"


@given(st.sets(st.sampled_from(PROPOSALS.exit)), st.sampled_from(PROPOSALS.exit))
def test_one_more_tick_never_makes_a_goal_less_met(ticked: set[str], more: str) -> None:
    before = exit_goal(lead_of(proposal(boxes=sorted(ticked))), PROPOSALS)
    after = exit_goal(lead_of(proposal(boxes=sorted({*ticked, more}))), PROPOSALS)
    assert after.done - before.done == (more not in ticked)
    assert (after.met is Met.YES) == (len({*ticked, more}) == len(PROPOSALS.exit))
    assert after.met is not Met.UNKNOWN


def test_s2_41_only_the_last_open_stage_looks_back_at_all_earlier_ones() -> None:
    lead = lead_of(proposal(*PARTS))
    unmet = [stage.name for stage, _ in unmet_before(lead, CLOSING, FIVE)]
    assert unmet == ["Initial contact", "Qualification", "Meetings"]
    assert unmet_before(lead, PROPOSALS, FIVE) == ()
    assert unmet_before(lead, WON, FIVE) == ()


def test_s2_41_there_is_no_warning_once_all_earlier_goals_are_met() -> None:
    exits = [text for stage in FIVE[:4] for text in stage.exit]
    words = passage_words(lead_of(proposal(boxes=exits)), CLOSING, FIVE)
    assert not any(word.startswith("warning") for word in words)
    words = passage_words(lead_of(proposal(boxes=exits[1:])), CLOSING, FIVE)
    assert (
        "warning: Closing needs all earlier stages to have done their work, and that is not "
        "known of Initial contact 1 of 2"
    ) in words


def test_s3_8_a_move_back_is_called_so_and_asks_for_no_goal() -> None:
    words = passage_words(lead_of(proposal()), QUALIFICATION, FIVE)
    assert words == ("this goes back, from Proposals to Qualification",)


@pytest.mark.parametrize("end", [LOST, PARKED])
def test_to_lose_or_park_a_lead_no_goal_has_to_be_met(end: Stage) -> None:
    assert passage_words(lead_of(proposal()), end, FIVE) == ()


def test_s2_43_the_problem_is_restated_in_their_words_or_asked_for() -> None:
    lead = lead_of("---\ntype: lead\nstage: Closing\nproblem: orders get lost\n---\n")
    assert "their problem (line 4): orders get lost" in passage_words(lead, WON, FIVE)
    lead = lead_of("---\ntype: lead\nstage: Closing\n---\n")
    assert any("not written down" in word for word in passage_words(lead, WON, FIVE))
    assert not any("problem" in word for word in passage_words(lead, MEETINGS, FIVE))


def test_s2_42_every_close_has_its_prompts_and_own_ones_come_first() -> None:
    stages = (Stage(name="A"), Stage(name="B"), Stage(name="C", prompts=("Mine",)), WON)
    assert prompts_of(stages[0], stages) == prompts_of(stages[1], stages) == ()
    assert prompts_of(stages[2], stages) == ("Mine",)
    assert len(prompts_of(stages[1], (*stages[:2], WON))) == len(WON_PROMPTS) + 1
    assert prompts_of(Stage(name="Signed", kind=WON.kind), stages) == WON_PROMPTS


def test_s2_35_the_first_stage_asks_the_same_of_every_lead() -> None:
    asked = {entry_goal(lead_of(proposal(*PARTS[:n])), INITIAL_CONTACT).criteria for n in (0, 3)}
    assert len(asked) == 1
