from __future__ import annotations

from datetime import date

import pytest
from edits_builders import LEAD, PATH, SETTINGS, TODAY, edited
from msgspec.structs import replace
from pipeline_builders import lead_of, standing_of

from vaultflow.pipeline.edits.places import clearing, filling, writing
from vaultflow.pipeline.edits.stages import (
    lose_operations,
    move_operations,
    park_operations,
    present_stage,
    win_operations,
)
from vaultflow.pipeline.field_names import FieldNames
from vaultflow.pipeline.settings import PipelineSettings, Stage, StageKind
from vaultflow.pipeline.stages import find_stage, stages_in_force
from vaultflow.vault.edit.edit import run_operations
from vaultflow.vault.reader import read_note


def stage(name: str) -> Stage:
    found = find_stage(stages_in_force(SETTINGS), name)
    assert found
    return found


def moved(text: str, name: str) -> str:
    return edited(text, move_operations(stage(name), today=TODAY, settings=SETTINGS))


def lost(text: str, reason: str, revisit: date | None = None) -> str:
    return edited(text, lose_operations(reason, revisit, today=TODAY, settings=SETTINGS))


def test_a_move_writes_the_stage_and_a_log_line_and_nothing_else() -> None:
    after = moved(LEAD, "closing")
    assert after == LEAD.replace("stage: Proposals", "stage: Closing") + (
        "- 2026-11-22 stage: Proposals -> Closing\n"
    )


def test_s4_7_the_log_line_of_a_move_is_read_back_as_history() -> None:
    lead = lead_of(moved(LEAD, "closing"))
    assert lead.stage == stage("Closing")
    assert lead.touches[0].kind == "stage"


@pytest.mark.parametrize("spelled", ["Proposals", "proposals", "Proposal sent", "'Quote'"])
def test_f19_a_move_to_the_same_stage_changes_nothing_however_it_is_spelled(spelled: str) -> None:
    text = LEAD.replace("Proposals", spelled)
    assert moved(text, "Proposals") == text


def test_a_note_without_a_log_gets_one() -> None:
    after = moved("---\nstage: Qualification\n---\nText.\n", "Meetings")
    assert after.startswith("---\nstage: Meetings\n---\nText.\n")
    assert after.endswith("## Log\n- 2026-11-22 stage: Qualification -> Meetings\n")


def test_a_lead_without_a_stage_comes_from_nowhere() -> None:
    after = moved("---\ntype: lead\n---\n## Log\n", "Meetings")
    assert "stage: Meetings\n---" in after
    assert after.endswith("- 2026-11-22 stage: Meetings\n")


def test_the_log_says_an_unknown_stage_as_it_was_typed() -> None:
    after = moved('---\nstage: "[[Old stage]]"\n---\n## Log\n', "Meetings")
    assert after == "---\nstage: Meetings\n---\n## Log\n- 2026-11-22 stage: Old stage -> Meetings\n"


def test_the_field_is_written_under_the_name_that_the_note_uses() -> None:
    assert "Status: Meetings\n" in moved("---\nStatus: Qualification\n---\n", "Meetings")
    after = moved("---\nowner: Ann\n---\nstage:: Qualification\n", "Meetings")
    assert after.startswith("---\nowner: Ann\n---\nstage:: Meetings\n")


def test_a_new_field_gets_the_first_configured_name() -> None:
    settings = replace(SETTINGS, fields=FieldNames(closed_on=("done", "closed_on")))
    after = edited(LEAD, win_operations(today=TODAY, settings=settings))
    assert "\ndone: 2026-11-22\n" in after


def test_winning_sets_stage_and_day_and_ends_the_waiting() -> None:
    after = edited(
        LEAD.replace("value: 12000", "revisit_on: 2027-01-01"),
        win_operations(today=TODAY, settings=SETTINGS),
    )
    lead = lead_of(after)
    assert (lead.stage, lead.closed_on, lead.revisit_on) == (stage("Won"), TODAY, None)
    assert after.endswith("- 2026-11-22 stage: Proposals -> Won\n")


def test_s4_16_losing_says_stage_reason_day_and_when_to_look_again() -> None:
    after = lost(LEAD, "no budget\nthis year", date(2027, 5, 22))
    lead = lead_of(after)
    assert lead.stage == stage("Lost")
    assert lead.lost_reason == "no budget this year"
    assert (lead.closed_on, lead.revisit_on) == (TODAY, date(2027, 5, 22))
    assert after.endswith("- 2026-11-22 stage: Proposals -> Lost\n")


def test_s4_17_lost_without_a_day_to_look_again_it_leaves_every_list() -> None:
    text = LEAD.replace("value: 12000", "revisit_on: 2027-01-01")
    standing = standing_of(lost(text, "chose another"))
    assert standing.buckets == ()
    assert standing.lead.revisit_on is None


def test_losing_again_only_mends_the_reason() -> None:
    once = lost(LEAD, "no budget")
    assert lost(once, "no budget") == once
    assert lost(once, "went silent") == once.replace("no budget", "went silent")


def test_a_lead_in_another_lost_stage_stays_in_it() -> None:
    stages = (
        Stage(name="Talk"),
        Stage(name="Won", kind=StageKind.WON),
        Stage(name="Lost", kind=StageKind.LOST),
        Stage(name="Disqualified", kind=StageKind.LOST),
    )
    settings = replace(SETTINGS, pipeline=PipelineSettings(stages=stages))
    operations = lose_operations("too small", today=TODAY, settings=settings)
    assert "stage: disqualified\n" in edited("---\nstage: disqualified\n---\n", operations)
    assert "stage: Lost\n" in edited("---\nstage: Talk\n---\n", operations)


def test_s2_46_a_parked_lead_rests_until_its_day() -> None:
    until = date(2027, 2, 1)
    after = edited(LEAD, park_operations(until, today=TODAY, settings=SETTINGS))
    standing = standing_of(after)
    assert standing.is_parked
    assert standing.lead.revisit_on == until


def test_without_a_parked_stage_the_day_alone_parks() -> None:
    stages = tuple(each for each in stages_in_force(SETTINGS) if each.kind is not StageKind.PARKED)
    settings = replace(SETTINGS, pipeline=PipelineSettings(stages=stages))
    after = edited(LEAD, park_operations(date(2027, 2, 1), today=TODAY, settings=settings))
    assert after == LEAD.replace("value: 12000", "value: 12000\nrevisit_on: 2027-02-01")


def test_a_lead_that_is_open_again_is_neither_closed_nor_waiting() -> None:
    after = moved(lost(LEAD, "no budget", date(2027, 5, 22)), "Closing")
    lead = lead_of(after)
    assert (lead.closed_on, lead.revisit_on) == (None, None)
    assert lead.lost_reason == "no budget"


def test_the_present_stage_is_known_or_only_typed() -> None:
    note = read_note(PATH, b"---\nstage: quote\n---\n")
    assert present_stage(note, SETTINGS) == (stage("Proposals"), "quote")
    odd = read_note(PATH, b"---\nstage: odd\n---\n")
    assert present_stage(odd, SETTINGS) == (None, "odd")


def test_f17_a_note_that_cannot_be_read_is_refused_whole() -> None:
    raw = b"---\ntitle: a: b\nstage: Proposals\n---\nstage:: Proposals\n"
    for operations in (
        move_operations(stage("Closing"), today=TODAY, settings=SETTINGS),
        lose_operations("x", today=TODAY, settings=SETTINGS),
    ):
        edit = run_operations(PATH, raw, operations)
        assert edit.after == raw
        assert edit.refusal
        assert edit.refusal.line == 2


def test_a_field_is_emptied_filled_or_left_as_its_verb_says() -> None:
    text = "---\nowner: Ann\nsource:\n---\n"
    assert edited(text, [clearing(("owner",))]) == "---\nowner: \nsource:\n---\n"
    assert edited(text, [clearing(("source",)), clearing(("value",))]) == text
    assert edited(text, [filling(("owner",), "Bob")]) == text
    assert edited(text, [filling(("source",), "fair")]) == text.replace("source:", "source: fair")


def test_a_field_that_the_vault_does_without_is_never_written() -> None:
    settings = replace(SETTINGS, fields=FieldNames(closed_on=()))
    after = edited(LEAD, win_operations(today=TODAY, settings=settings))
    assert "closed" not in after
    assert "stage: Won\n" in after


def test_a_nested_field_is_not_guessed_at() -> None:
    raw = b"---\ndeal:\n  value: 5\n---\n"
    edit = run_operations(PATH, raw, [writing(("deal.value",), 7)])
    assert edit.after == raw
    assert edit.refusal
    assert edit.refusal.code == "field-nested"
