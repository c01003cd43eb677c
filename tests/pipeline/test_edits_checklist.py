from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from edits_builders import LEAD, PATH, SETTINGS, TODAY, context, edited
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pipeline_builders import lead_of

from vaultflow.pipeline.edits.checklist import checklist_operations
from vaultflow.pipeline.edits.new import new_note, plain_note
from vaultflow.pipeline.edits.stages import move_operations
from vaultflow.pipeline.practice.process.criteria import exit_goal
from vaultflow.pipeline.presets.five import MEETINGS, QUALIFICATION
from vaultflow.pipeline.settings import LeadSettings, PipelineSettings, Settings, Stage
from vaultflow.vault.edit.edit import run_operations
from vaultflow.vault.edit.quote import adding_quote

WITH_CHECKLISTS = replace(SETTINGS, leads=LeadSettings(checklist=True))
CHECKLIST = """\
## Checklist: Meetings
- [ ] What hurts them is written down
- [ ] They have seen the part that answers it
- [ ] Every question of theirs has an answer
- What hurts them, and what we show for it:
- What they can see or try, without installing anything:
- Questions they asked, and our answers:

"""


def checked(text: str, stage: Stage = MEETINGS, settings: Settings = SETTINGS) -> str:
    return edited(text, checklist_operations(stage, settings))


def test_s2_39_the_checklist_of_a_meeting_stands_above_the_log_and_nothing_else_changes() -> None:
    assert checked(LEAD) == LEAD.replace("## Log\n", f"{CHECKLIST}## Log\n")


def test_a_note_without_a_log_gets_it_at_its_end() -> None:
    assert checked("Mine.\n") == f"Mine.\n\n{CHECKLIST}".rstrip("\n") + "\n"


def test_line_ends_and_bullets_stay_as_the_note_has_them() -> None:
    after = checked("Mine.\r\n\r\n## Log\r\n- x\r\n")
    assert after == f"Mine.\n\n{CHECKLIST}## Log\n- x\n".replace("\n", "\r\n")


def test_a_second_time_it_adds_nothing_even_when_it_was_filled_in() -> None:
    filled = checked(LEAD).replace("[ ] What", "[x] what").replace("for it:", "for it: the phone")
    assert checked(filled) == filled


@given(st.sets(st.integers(0, 5)))
def test_what_stands_there_is_kept_and_only_the_rest_is_added(kept: set[int]) -> None:
    lines = CHECKLIST.strip().split("\n")[1:]
    own = "".join(f"{line}\n" for at, line in enumerate(lines) if at in kept)
    after = checked(f"My list:\n\n{own}")
    assert after.startswith(f"My list:\n\n{own}".rstrip("\n"))
    assert all(after.count(line) == 1 for line in lines)
    assert checked(after) == after


def test_a_criterion_that_is_a_field_has_no_box() -> None:
    stage = Stage(name="Terms", exit=("expected_close", "They agree"))
    settings = Settings(pipeline=PipelineSettings(stages=(stage, Stage(name="Last"))))
    assert checked("Mine.\n", stage, settings) == (
        "Mine.\n\n## Checklist: Terms\n- [ ] They agree\n"
    )


def test_a_ticked_box_of_the_checklist_is_read_back_as_met() -> None:
    text = checked(LEAD).replace("[ ] They have seen", "[x] They have seen")
    assert [one.met for one in exit_goal(lead_of(text), MEETINGS).criteria] == [
        "unknown",
        "yes",
        "unknown",
    ]


def test_a_checklist_in_properties_that_cannot_be_closed_is_refused() -> None:
    raw = b"---\nstage: a\n"
    edit = run_operations(PATH, raw, checklist_operations(MEETINGS, SETTINGS))
    assert edit.after == raw
    assert edit.refusal


def test_with_the_setting_every_move_into_an_open_stage_brings_the_checklist() -> None:
    moved = edited(LEAD, move_operations(QUALIFICATION, today=TODAY, settings=WITH_CHECKLISTS))
    assert "## Checklist: Qualification\n- [ ] They have a need that we can meet\n" in moved
    moved = edited(LEAD, move_operations(QUALIFICATION, today=TODAY, settings=SETTINGS))
    assert "Checklist" not in moved


@pytest.mark.parametrize("as_setting", [True, False])
def test_s2_35_each_new_lead_begins_with_the_same_checklist(*, as_setting: bool) -> None:
    made = context(settings=WITH_CHECKLISTS if as_setting else SETTINGS)
    base = plain_note(PurePosixPath("Leads/A.md"), SETTINGS)
    after, problem = new_note(base, {}, made, checklist=not as_setting)
    assert problem == ""
    assert after.decode().endswith(
        "## Checklist: Initial contact\n- [ ] The reason for the contact is known\n"
        "- [ ] A next conversation is agreed\n\n## Log\n"
    )


def test_s2_36_the_reason_is_a_field_and_a_quote_of_their_words() -> None:
    base = plain_note(PurePosixPath("Leads/A.md"), SETTINGS)
    words = "We lose orders:\n# on the phone\n"
    after, _ = new_note(base, {"reason_for_contact": words}, context())
    text = after.decode()
    assert 'reason_for_contact: "We lose orders: # on the phone"\n---\n' in text
    assert "---\n> [!quote] Their words\n> We lose orders:\n> # on the phone\n\n## Log\n" in text
    assert lead_of(text).said["reason_for_contact"].text == "We lose orders: # on the phone"


def test_a_quote_stands_above_the_text_with_a_line_between() -> None:
    assert edited("Mine.\n", [adding_quote("Said", "a\n\nb")]) == (
        "> [!quote] Said\n> a\n>\n> b\n\nMine.\n"
    )
