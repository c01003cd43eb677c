from __future__ import annotations

import pytest
from msgspec.structs import replace

from vaultflow.pipeline.presets import PRESETS
from vaultflow.pipeline.presets.endings import LOST, WON
from vaultflow.pipeline.settings import PipelineSettings, Settings, Stage, StageKind
from vaultflow.pipeline.stages import (
    check_stages,
    find_stage,
    nearest_stage,
    open_stages,
    percentage_of,
    stage_after,
    stages_in_force,
)

ENDS = (WON, LOST)


def stages_of(*stages: Stage) -> tuple[Stage, ...]:
    return stages_in_force(Settings(pipeline=PipelineSettings(stages=(*stages, *ENDS))))


def preset(name: str) -> tuple[Stage, ...]:
    return stages_in_force(Settings(pipeline=PipelineSettings(preset=name)))  # type: ignore[arg-type]  # one of the four


@pytest.mark.parametrize("name", PRESETS)
def test_s2_04_every_preset_loads_without_a_problem(name: str) -> None:
    assert check_stages(preset(name)) == ()


@pytest.mark.parametrize("name", PRESETS)
def test_s2_05_every_open_stage_of_a_preset_says_outcome_timeline_and_actions(name: str) -> None:
    for stage in open_stages(preset(name)):
        assert stage.outcome
        assert stage.entry
        assert stage.exit
        assert stage.expected_days
        assert stage.stale_days
        assert 4 <= len(stage.actions) <= 6, stage.name


def test_s3_02_to_07_the_preset_six_has_the_six_stages() -> None:
    names = [stage.name for stage in open_stages(preset("six"))]
    assert names == [
        "Prospecting",
        "Qualifying",
        "Needs analysis",
        "Proposal",
        "Negotiation",
        "Closing",
    ]


def test_s2_35_to_43_the_preset_five_has_the_five_stages() -> None:
    names = [stage.name for stage in open_stages(preset("five"))]
    assert names == ["Initial contact", "Qualification", "Meetings", "Proposals", "Closing"]


def test_s2_40_a_proposal_leaves_its_stage_by_six_criteria() -> None:
    proposals = find_stage(preset("five"), "Proposals")
    assert proposals
    assert len(proposals.exit) == 6


@pytest.mark.parametrize("name", PRESETS)
def test_s3_08_each_stage_is_at_least_as_near_to_won_as_the_one_before(name: str) -> None:
    chances = [stage.probability or 0 for stage in open_stages(preset(name))]
    assert chances == sorted(chances)


@pytest.mark.parametrize(
    "label",
    [
        "40% – Issues Identified",
        "40% - Issues Identified",
        "40% — Issues Identified",
        "40 %–Issues Identified",
        "40% Issues Identified",
    ],
)
def test_s4_06_a_leading_percentage_of_the_label_is_the_probability(label: str) -> None:
    stage, *_ = stages_of(Stage(name="Issues", label=label))
    assert stage.probability == 40


def test_s4_06_a_probability_that_is_set_comes_before_the_label() -> None:
    stage, *_ = stages_of(Stage(name="Issues", label="40% – Issues", probability=35))
    assert stage.probability == 35


def test_s4_06_the_name_counts_as_label_when_there_is_none() -> None:
    stage, *_ = stages_of(Stage(name="40% – Issues"))
    assert (stage.label, stage.probability) == ("40% – Issues", 40)
    assert find_stage((stage,), "issues") == stage


def test_a_label_without_percentage_has_none() -> None:
    assert percentage_of("Issues 40%") is None
    assert percentage_of("") is None


def test_won_and_lost_have_a_probability_of_their_own() -> None:
    won, lost = Stage(name="W", kind=StageKind.WON), Stage(name="L", kind=StageKind.LOST)
    settings = Settings(pipeline=PipelineSettings(stages=(won, lost)))
    assert [stage.probability for stage in stages_in_force(settings)] == [100, 0]


@pytest.mark.parametrize(
    "typed",
    [
        "40% – Issues Identified",
        "40% - issues identified",
        "Issues Identified",
        " ISSUES   identified ",
        "issues_identified",
        "issues-identified",
        "[[Issues Identified]]",
        "[[Stages/Issues Identified|here]]",
        "40%",
        "discovery",
    ],
)
def test_s4_05_a_stage_is_found_however_it_is_typed(typed: str) -> None:
    found = find_stage(preset("percent"), typed)
    assert found
    assert found.name == "Issues Identified"


@pytest.mark.parametrize("typed", ["", "   ", "propsal", "Issues Identified?", "[[]]"])
def test_s4_05_what_names_no_stage_finds_none(typed: str) -> None:
    assert find_stage(preset("percent"), typed) is None


def test_a_name_comes_before_the_alias_of_an_earlier_stage() -> None:
    first = Stage(name="First", aliases=("Second",))
    second = Stage(name="Second")
    assert find_stage((first, second), "second") == second


def test_the_nearest_stage_is_what_a_slip_of_the_finger_meant() -> None:
    near = nearest_stage(preset("six"), "propsal")
    assert near
    assert near.name == "Proposal"
    assert nearest_stage(preset("six"), "xyzzy") is None


def test_the_stage_after_the_last_open_one_is_none() -> None:
    stages = preset("five")
    first, *_, last = open_stages(stages)
    following = stage_after(stages, first)
    assert following
    assert following.name == "Qualification"
    assert stage_after(stages, last) is None
    assert stage_after(stages, WON) is None


A, B = Stage(name="A", probability=20), Stage(name="B", probability=40)


@pytest.mark.parametrize(
    ("stages", "words"),
    [
        ((B, A, *ENDS), "comes after"),
        ((A, B, LOST), 'no stage has the kind "won"'),
        ((A, B, WON), 'no stage has the kind "lost"'),
        (ENDS, 'no stage has the kind "open"'),
        ((A, replace(B, name="a"), *ENDS), '"a" names 2 stages'),
        ((A, replace(B, aliases=("A",)), *ENDS), '"a" names 2 stages'),
        ((replace(A, stale_days=-1), *ENDS), "stale_days is -1"),
        ((replace(A, expected_days=-3), *ENDS), "expected_days is -3"),
        ((replace(A, probability=120), *ENDS), "probability is 120"),
        ((A, replace(WON, probability=90), LOST), "its probability is 100"),
        ((A, WON, replace(LOST, probability=5)), "its probability is 0"),
        ((A, replace(B, name=" "), *ENDS), "a stage has no name"),
    ],
)
def test_s4_08_what_is_wrong_with_stages_is_said(stages: tuple[Stage, ...], words: str) -> None:
    assert any(words in problem for problem in check_stages(stages))


def test_s4_08_equal_probabilities_are_in_order() -> None:
    assert check_stages((A, replace(B, probability=20), *ENDS)) == ()


def test_s4_08_the_order_is_checked_by_the_labels_percentages_too() -> None:
    stages = (Stage(name="A", label="60% – A"), Stage(name="B", label="40% – B"), *ENDS)
    assert len(check_stages(stages)) == 1
