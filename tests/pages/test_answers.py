"""What an answer on a page makes of its lead, by values."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from answers_builders import (
    ACTIONS,
    AGAIN,
    BELONGS,
    FORWARD,
    MONDAY,
    NEXT,
    QUALIFICATION,
    REVIEW,
    STALE,
    Desk,
    desk,
    find_item,
    lead_note,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultflow.pipeline.settings import StageKind

LINK = "([[2026-11-23 Pipeline review]])"
TUESDAY = date(2026, 11, 24)


def settled(before: Desk) -> Desk:
    """The desk with the answers applied, which a second time must not change."""
    after = before.applied()
    again = after.applied()
    assert again.notes == after.notes
    assert again.plan().edits == ()
    return after


def renamed(before: Desk, old: str, new: str) -> Desk:
    """The desk after Obsidian has renamed a note, and the links to it."""
    notes = {
        path.replace(f"{old}.md", f"{new}.md"): text.replace(f"[[{old}]]", f"[[{new}]]")
        for path, text in before.notes.items()
    }
    return replace(before, notes=notes)


def test_s4_15_what_is_next_and_by_when_goes_into_the_lead() -> None:
    after = settled(desk().answered(NEXT, "next:: Send contract", "by:: fri"))
    assert after.lead().next_action == "Send contract"
    assert after.lead().next_action_due == date(2026, 11, 27)
    assert after.log() == [f"- 2026-11-23 review: next Send contract by 2026-11-27 {LINK}"]


def test_only_the_bytes_of_the_answer_change() -> None:
    before = desk()
    after = before.answered(NEXT, "next:: Send contract", "by:: fri").applied()
    old = before.notes["Acme.md"].splitlines()
    new = after.notes["Acme.md"].splitlines()
    assert [line for line in new if line not in old] == [
        "next_action: Send contract",
        "next_action_due: 2026-11-27",
        f"- 2026-11-23 review: next Send contract by 2026-11-27 {LINK}",
    ]
    assert len(new) == len(old) + 1


def test_a_review_is_no_touch() -> None:
    before = desk()
    after = before.answered(NEXT, "next:: Send contract", "by:: fri").applied()
    assert after.lead().touches == before.lead().touches
    assert after.lead().reviewed_on == MONDAY


def test_a_day_alone_moves_the_next_action() -> None:
    after = settled(desk().answered(NEXT, "by:: +3d"))
    assert after.lead().next_action == "Send revised quote"
    assert after.lead().next_action_due == date(2026, 11, 26)
    assert after.log() == [f"- 2026-11-23 review: by 2026-11-26 {LINK}"]


def test_a_day_without_any_action_is_asked_back() -> None:
    after = settled(desk(Acme=lead_note(action="")).answered(NEXT, "by:: fri"))
    assert after.lead().next_action_due is None
    assert after.remarks() == [
        'by: there is a day but no action: say what must happen in the line "next".'
    ]


def test_an_action_without_a_day_does_not_take_over_the_old_ones_day() -> None:
    after = settled(desk().answered(NEXT, "next:: Send contract"))
    assert after.lead().next_action == "Send contract"
    assert after.lead().next_action_due is None


def test_s4_21_a_number_picks_from_the_quick_list_and_keeps_its_meaning() -> None:
    before = desk().answered(NEXT, "next:: 2", "by:: fri").answered(BELONGS, "stage:: Closing")
    picked = before.lead().stage
    assert picked
    after = settled(before)
    assert after.lead().next_action == picked.actions[1]
    assert after.lead().stage != picked
    settled(after.written())


def test_s0_10_a_ticked_action_is_logged_today_and_cleared() -> None:
    after = settled(desk().ticked("[[Acme]]: Send revised quote"))
    assert after.lead().next_action == ""
    assert after.lead().next_action_due is None
    assert after.log() == [f"- 2026-11-23 review: done Send revised quote {LINK}"]


def test_s0_10_a_ticked_action_makes_way_for_the_one_that_is_answered_beside_it() -> None:
    before = desk().ticked("[[Acme]]: Send revised quote")
    after = settled(before.answered(NEXT, "next:: Call Jane", "by:: tomorrow"))
    assert after.lead().next_action == "Call Jane"
    assert after.log() == [
        f"- 2026-11-23 review: done Send revised quote; next Call Jane by 2026-11-24 {LINK}"
    ]


@pytest.mark.parametrize("state", ["-", "/", ">", "?"])
def test_a_box_with_another_sign_is_not_done(state: str) -> None:
    after = settled(desk().answered("[[Acme]]: Send revised quote", tick=state))
    assert after.lead().next_action == "Send revised quote"
    assert after.log() == []


def test_an_action_that_is_ticked_on_two_pages_is_done_once() -> None:
    before = desk().written(ACTIONS).ticked("[[Acme]]: Send revised quote")
    both = before.ticked("[[Acme]]: Send revised quote", path=ACTIONS)
    assert len(settled(both).log()) == 1
    one_by_one = before.applied().ticked("[[Acme]]: Send revised quote", path=ACTIONS)
    assert len(settled(one_by_one).log()) == 1


def test_a_ticked_action_leaves_a_newer_one_in_place_and_the_page_says_so() -> None:
    before = desk().ticked("[[Acme]]: Send revised quote")
    after = settled(before.changed("Acme.md", "Send revised quote", "Call Jane"))
    assert after.lead().next_action == "Call Jane"
    assert after.log() == [f"- 2026-11-23 review: done Send revised quote {LINK}"]
    said = 'done Send revised quote is logged; "Call Jane" is newer and stays the next action.'
    assert after.remarks() == [said]
    assert after.written().remarks() == [said]


def test_a_ticked_question_says_that_the_lead_was_looked_at() -> None:
    after = settled(desk().ticked(NEXT))
    assert after.log() == [f"- 2026-11-23 review: looked at {LINK}"]
    answered = settled(after.answered(BELONGS, "buying:: yes"))
    assert answered.log() == [f"- 2026-11-23 review: buying yes {LINK}"]


def test_s0_05_the_answer_to_what_must_happen_is_kept_and_logged() -> None:
    after = settled(desk().answered(FORWARD, "answer:: Legal must sign"))
    assert after.log() == [f"- 2026-11-23 review: answer Legal must sign {LINK}"]
    twice = after.written().written()
    assert "\t- answer:: Legal must sign\n" in twice.notes[REVIEW]
    assert twice.applied().log() == after.log()


def test_s0_05_the_answer_is_offered_as_next_action_where_there_is_none() -> None:
    after = settled(desk(Acme=lead_note(action="")).answered(FORWARD, "answer:: Legal must sign"))
    (remark,) = after.remarks()
    assert "may be the next action" in remark
    assert after.lead().next_action == ""
    acted = settled(after.answered(NEXT, "next:: Ask legal", "by:: fri"))
    assert acted.remarks() == []


@pytest.mark.parametrize("said", ["yes", "unsure", "Yes, they asked for terms"])
def test_s4_13_whether_they_are_buying_is_logged(said: str) -> None:
    after = settled(desk().answered(BELONGS, f"buying:: {said}"))
    assert after.log() == [f"- 2026-11-23 review: buying {said[0].lower()}{said[1:]} {LINK}"]
    assert after.remarks() == []


def test_s4_13_another_word_is_asked_back() -> None:
    after = settled(desk().answered(BELONGS, "buying:: dunno"))
    assert after.log() == []
    assert after.remarks() == ['buying: "dunno" is none of yes, no and unsure.']


def test_s4_14_why_a_lead_belongs_in_its_stage_is_kept_with_its_history() -> None:
    after = settled(desk().answered(BELONGS, "why:: They compare us (needs) with one other"))
    assert "why_stage: They compare us (needs) with one other\n" in after.notes["Acme.md"]
    assert after.log() == [
        f"- 2026-11-23 review: why They compare us (needs) with one other {LINK}"
    ]


def test_s4_16_no_alone_loses_nobody_but_asks_for_the_reason() -> None:
    after = settled(desk().answered(BELONGS, "buying:: no, went quiet"))
    lead = after.lead()
    assert lead.stage
    assert lead.stage.kind is StageKind.OPEN
    (remark,) = after.remarks()
    assert "say why" in remark


@pytest.mark.parametrize("reason", ["yes", "no", "x?"])
def test_s4_16_without_a_reason_nobody_is_lost(reason: str) -> None:
    after = settled(desk().answered(BELONGS, "buying:: no", f"lost:: {reason.strip('x')}"))
    lead = after.lead()
    assert lead.stage
    assert lead.stage.kind is StageKind.OPEN


def test_s4_16_a_reason_loses_the_lead_and_a_day_brings_it_back() -> None:
    before = desk().answered(BELONGS, "buying:: no", "lost:: Too expensive", "revisit:: 2027-03-01")
    after = settled(before)
    lead = after.lead()
    assert lead.stage
    assert lead.stage.kind is StageKind.LOST
    assert lead.lost_reason == "Too expensive"
    assert lead.revisit_on == date(2027, 3, 1)
    assert lead.closed_on == MONDAY
    assert after.remarks() == []
    assert after.log() == [
        "- 2026-11-23 stage: Proposals -> Lost",
        "- 2026-11-23 review: lost Too expensive, look again 2027-03-01; buying no " + LINK,
    ]


def test_a_stage_moves_the_lead_with_its_own_log_line() -> None:
    after = settled(desk().answered(BELONGS, "stage:: closing"))
    lead = after.lead()
    assert lead.stage
    assert lead.stage.name == "Closing"
    assert after.log() == [
        "- 2026-11-23 stage: Proposals -> Closing",
        f"- 2026-11-23 review: stage Closing {LINK}",
    ]


def test_an_unknown_stage_is_asked_back_with_the_nearest() -> None:
    after = settled(desk().answered(BELONGS, "stage:: Closng"))
    assert after.remarks() == ['stage: "Closng" is not a stage: did you mean "Closing"?']


def test_the_lost_stage_wants_a_reason_too() -> None:
    after = settled(desk().answered(BELONGS, "stage:: lost"))
    assert "stage: Proposals" in after.notes["Acme.md"]
    assert after.remarks()


def test_a_day_to_look_again_parks_the_lead() -> None:
    after = settled(desk().answered(NEXT, "revisit:: 2w"))
    assert after.lead().revisit_on == date(2026, 12, 7)
    assert f"- 2026-11-23 review: revisit 2026-12-07 {LINK}" in after.log()


def test_a_touch_is_a_line_of_its_own_and_counts() -> None:
    after = settled(desk().answered(NEXT, "touch:: called, left a message"))
    assert after.log() == [
        "- 2026-11-23 call: called, left a message",
        f"- 2026-11-23 review: touch called, left a message {LINK}",
    ]
    assert after.lead().touches[0].day == MONDAY


def test_a_touch_in_the_form_of_the_log_stays_so() -> None:
    after = settled(desk().answered(NEXT, "touch:: email out (needs): sent the list"))
    assert after.log()[0] == "- 2026-11-23 email out (needs): sent the list"


def test_a_changed_touch_replaces_its_line() -> None:
    after = settled(desk().answered(NEXT, "touch:: called"))
    again = settled(after.changed(REVIEW, "touch:: called", "touch:: met them"))
    assert again.log() == [
        "- 2026-11-23 meeting: met them",
        f"- 2026-11-23 review: touch met them {LINK}",
    ]


def test_a_touch_whose_line_was_edited_by_hand_leaves_that_line() -> None:
    after = settled(desk().answered(NEXT, "touch:: called"))
    edited = after.changed("Acme.md", "call: called", "call out: called Jane")
    again = settled(edited.changed(REVIEW, "touch:: called", "touch:: met them"))
    assert "- 2026-11-23 call out: called Jane" in again.log()
    assert "- 2026-11-23 meeting: met them" in again.log()


def test_a_note_is_logged() -> None:
    after = settled(desk().answered(NEXT, "note:: Ask for Jane; not Bob"))
    assert after.log() == [f"- 2026-11-23 review: note Ask for Jane; not Bob {LINK}"]


def test_a_changed_answer_is_applied_anew_and_replaces_its_log_line() -> None:
    after = settled(desk().answered(NEXT, "next:: Send contract", "by:: fri"))
    again = settled(after.changed(REVIEW, "next:: Send contract", "next:: Call Jane"))
    assert again.lead().next_action == "Call Jane"
    assert again.log() == [f"- 2026-11-23 review: next Call Jane by 2026-11-27 {LINK}"]


def test_an_answer_that_is_taken_away_leaves_the_lead_as_it_is() -> None:
    after = settled(desk().answered(NEXT, "next:: Send contract", "by:: fri", "note:: x y"))
    without = settled(after.changed(REVIEW, "next:: Send contract", "next::"))
    assert without.lead().next_action == "Send contract"


def test_what_the_person_does_to_the_lead_afterwards_stays() -> None:
    after = settled(desk().answered(NEXT, "next:: Send contract", "by:: fri"))
    changed = after.changed("Acme.md", "next_action: Send contract", "next_action: Call Jane")
    assert settled(changed).lead().next_action == "Call Jane"
    assert settled(changed.written()).lead().next_action == "Call Jane"


def test_an_answer_that_is_not_understood_stays_as_typed_with_a_remark() -> None:
    after = settled(desk().answered(NEXT, "next:: Send contract", "by:: friday-ish").written())
    assert "\t- by:: friday-ish\n\t- ⚠ by: " in after.notes[REVIEW]
    assert after.lead().next_action == "Send revised quote"
    (finding,) = after.plan().findings
    assert str(finding.path) == REVIEW
    assert "by:: friday-ish" in after.notes[REVIEW].splitlines()[finding.line - 1]
    assert after.written().notes[REVIEW] == after.notes[REVIEW]


def test_a_remark_is_gone_when_the_answer_is_mended() -> None:
    wrong = desk().answered(NEXT, "next:: Send contract", "by:: friday-ish").applied()
    mended = settled(wrong.changed(REVIEW, "friday-ish", "fri"))
    assert mended.remarks() == []
    assert "⚠" not in mended.notes[REVIEW]
    assert mended.lead().next_action_due == date(2026, 11, 27)


def test_a_lead_that_has_changed_keeps_the_newer_action_and_the_page_says_so() -> None:
    before = desk().answered(NEXT, "next:: Send contract", "by:: fri")
    after = settled(before.changed("Acme.md", "Send revised quote", "Call Jane"))
    assert after.lead().next_action == "Call Jane"
    assert after.log() == []
    said = (
        'next Send contract, by fri: not taken, as "Call Jane by 2026-11-20" is newer. '
        "Answer in other words to replace it."
    )
    assert after.remarks() == [said]
    regenerated = settled(after.written())
    assert regenerated.remarks() == [said]
    assert regenerated.lead().next_action == "Call Jane"


def test_an_answer_given_in_other_words_after_that_is_taken() -> None:
    before = desk().answered(NEXT, "next:: Send contract", "by:: fri")
    told = before.changed("Acme.md", "Send revised quote", "Call Jane").applied()
    after = settled(told.changed(REVIEW, "next:: Send contract", "next:: Send the contract"))
    assert after.lead().next_action == "Send the contract"
    assert after.remarks() == []


def test_a_lead_whose_day_has_changed_keeps_it() -> None:
    before = desk().answered(NEXT, "by:: fri")
    after = settled(before.changed("Acme.md", "due: 2026-11-20", "due: 2026-12-20"))
    assert after.lead().next_action_due == date(2026, 12, 20)


def test_a_lead_that_has_moved_on_keeps_its_stage() -> None:
    before = desk().answered(BELONGS, "lost:: Too expensive")
    after = settled(before.changed("Acme.md", "stage: Proposals", "stage: Won"))
    lead = after.lead()
    assert lead.stage
    assert lead.stage.kind is StageKind.WON
    (remark,) = after.remarks()
    assert '"Won" is newer' in remark


@pytest.mark.parametrize(
    "action", ["Send [[offer]] | *now* & <b>", "Call `x` #soon", r"a\*b %% c", "Why? Ask!", "1. x"]
)
def test_an_unchanged_action_is_no_conflict_whatever_signs_it_holds(action: str) -> None:
    note = lead_note(action=f'"{action}"'.replace("\\", "\\\\"))
    for before in (desk(Acme=note), desk(Acme=note.replace("2026-11-20\n", "2026-11-30\n", 1))):
        after = settled(before.answered(NEXT, "next:: Send contract", "by:: fri"))
        assert after.lead().next_action == "Send contract"


def test_an_unchanged_action_of_a_stale_deal_is_no_conflict() -> None:
    before = desk(Acme=lead_note(log="- 2026-09-02 call out: hello\n")).written(STALE)
    after = settled(before.answered("What is next", "next:: Call Jane", "by:: fri", path=STALE))
    assert after.lead().next_action == "Call Jane"
    assert "[[Stale deals#^vf-" in after.log()[-1]


def test_days_on_a_page_without_a_day_keep_their_meaning() -> None:
    before = desk(Acme=lead_note(action="")).written(ACTIONS)
    after = settled(before.answered("what is next", "next:: Call Jane", "by:: +3d", path=ACTIONS))
    assert after.lead().next_action_due == date(2026, 11, 26)
    for day in (TUESDAY, date(2026, 12, 15)):
        assert settled(after.on(day)).notes == after.notes
    later = after.on(TUESDAY).changed(ACTIONS, "+3d", "+4d")
    assert settled(later).lead().next_action_due == date(2026, 11, 28)


def test_an_older_review_counts_from_its_own_day() -> None:
    after = settled(desk().answered(NEXT, "next:: Call", "by:: tomorrow").on(TUESDAY))
    assert after.lead().next_action_due == TUESDAY
    assert after.log() == [f"- 2026-11-23 review: next Call by 2026-11-24 {LINK}"]


def test_of_two_reviews_the_later_one_has_the_last_word() -> None:
    monday = desk().answered(NEXT, "next:: Call Jane", "by:: fri")
    tuesday = monday.on(TUESDAY).written("Reviews/2026-11-24 Pipeline review.md")
    both = tuesday.answered(
        NEXT, "next:: Send it", "by:: fri", path="Reviews/2026-11-24 Pipeline review.md"
    )
    after = settled(both)
    assert after.lead().next_action == "Send it"
    assert len(after.log()) == 2


def test_a_renamed_lead_is_found_by_its_link() -> None:
    before = (
        desk().answered(NEXT, "next:: Call Jane", "by:: fri").ticked("[[Acme]]: Send revised quote")
    )
    after = settled(renamed(before, "Acme", "Acme Group"))
    assert after.lead("Acme Group").next_action == "Call Jane"
    assert len(after.log("Acme Group")) == 1
    assert len(settled(after.written()).log("Acme Group")) == 1


def test_the_id_alone_finds_the_lead() -> None:
    before = desk().answered(NEXT, "next:: Call Jane", "by:: fri")
    after = settled(before.changed(REVIEW, "### [[Acme]]", "### Acme"))
    assert after.lead().next_action == "Call Jane"


def two_leads() -> Desk:
    """Acme and below it Beta, each with questions; Beta is in another stage."""
    return desk(Acme=lead_note(), Beta=lead_note("Closing", action="Call Bob"))


def heading_of(page: str, lead: str) -> str:
    return next(line for line in page.splitlines() if line.startswith(f"### [[{lead}]]"))


@pytest.mark.parametrize("retyped", ["", "**[[Beta]]**", "### Beta"])
def test_an_item_without_its_leads_heading_is_still_about_that_lead(retyped: str) -> None:
    before = two_leads().answered(NEXT, "next:: Send it", "lost:: Too dear", lead="Beta")
    after = settled(before.changed(REVIEW, heading_of(before.notes[REVIEW], "Beta"), retyped))
    assert after.notes["Acme.md"] == before.notes["Acme.md"]
    assert after.lead("Beta").next_action == "Send it"
    assert after.log("Beta")[-1] == f"- 2026-11-23 review: next Send it; lost Too dear {LINK}"
    assert settled(after.written()).notes["Acme.md"] == before.notes["Acme.md"]


def test_an_item_below_the_heading_of_another_lead_is_about_its_own() -> None:
    before = two_leads().answered(NEXT, "next:: Send it", lead="Acme")
    page = before.notes[REVIEW].split("\n")
    at = find_item(page, NEXT, "Acme")
    item, rest = page[at : at + 3], [*page[:at], *page[at + 3 :]]
    below = rest.index(heading_of(before.notes[REVIEW], "Beta")) + 1
    after = settled(before.having(REVIEW, "\n".join([*rest[:below], *item, *rest[below:]])))
    assert after.lead().next_action == "Send it"
    assert after.notes["Beta.md"] == before.notes["Beta.md"]
    assert settled(after.written()).notes["Beta.md"] == before.notes["Beta.md"]


def test_an_answer_on_a_page_of_today_lets_only_its_own_lead_go() -> None:
    before = desk(Acme=lead_note(), Beta=lead_note("Closing")).on(date(2027, 3, 1)).written(STALE)
    page = before.notes[STALE]
    first, second = sorted(("Acme", "Beta"), key=lambda lead: page.index(f"[[{lead}]]"))
    answered = before.answered("What is next", "lost:: Too dear", lead=second, path=STALE)
    after = settled(answered.changed(STALE, heading_of(page, second), ""))
    assert after.notes[f"{first}.md"] == before.notes[f"{first}.md"]
    assert "lost Too dear" in after.notes[f"{second}.md"]


def test_an_answer_to_what_is_asked_once_and_for_all_is_about_its_own_lead() -> None:
    before = two_leads().written(QUALIFICATION)
    page = before.notes[QUALIFICATION]
    first, second = sorted(("Acme", "Beta"), key=lambda lead: page.index(f"### [[{lead}]]"))
    at = find_item(page.split("\n"), "- [ ]", second)
    field = page.split("\n")[at + 1].strip("\t-: ")
    answered = before.answered("- [ ]", f"{field}:: yes", lead=second, path=QUALIFICATION)
    after = settled(answered.changed(QUALIFICATION, heading_of(page, second), ""))
    assert after.notes[f"{first}.md"] == before.notes[f"{first}.md"]
    assert f" review: {field}: yes " in after.notes[f"{second}.md"]


def test_a_new_lead_in_the_place_of_a_renamed_one_gets_none_of_its_answers() -> None:
    answered = desk().answered(NEXT, "next:: Send it", "lost:: Too dear")
    moved = renamed(answered, "Acme", "Acme Group").having("Acme.md", lead_note("Closing"))
    after = settled(moved)
    assert after.notes == {**moved.notes, REVIEW: after.notes[REVIEW]}
    (remark,) = after.remarks()
    assert remark.startswith('By its place this is about "Acme Group", by its id about "Acme".')


def test_what_a_renamed_lead_was_given_is_not_asked_back_for_a_new_one_in_its_place() -> None:
    given = desk().answered(NEXT, "next:: Send it", "lost:: Too dear").applied()
    moved = renamed(given, "Acme", "Acme Group").having("Acme.md", lead_note("Closing"))
    assert moved.applied().notes == moved.notes


def test_what_was_given_by_id_is_not_asked_back_when_the_other_lead_is_gone_from_the_page() -> None:
    before = two_leads().answered(NEXT, "next:: Send it", lead="Beta")
    page = before.notes[REVIEW].split("\n")
    at = find_item(page, NEXT, "Beta")
    item = "\n".join(page[at : at + 3])
    given = settled(before.changed(REVIEW, heading_of(before.notes[REVIEW], "Beta"), ""))
    item = item.replace(" ^vf-", " ([[Acme]]) ^vf-")
    alone = f"%% vaultflow:begin focus %%\n{item}\n%% vaultflow:end focus 000000000000 %%\n"
    left = given.having(REVIEW, alone)
    assert left.applied().notes == left.notes


def test_an_answer_about_no_lead_is_asked_back() -> None:
    before = desk().answered(NEXT, "next:: Call Jane", "by:: fri")
    gone = replace(before, notes={REVIEW: before.notes[REVIEW]})
    assert settled(gone).remarks() == ["There is no such lead, so the answer stays here."]


def test_an_answer_about_a_lead_that_cannot_be_read_waits() -> None:
    before = desk().answered(NEXT, "next:: Call Jane", "by:: fri")
    broken = before.changed("Acme.md", "stage: Proposals", "stage: [Proposals")
    after = settled(broken)
    assert after.notes["Acme.md"] == broken.notes["Acme.md"]
    (remark,) = after.remarks()
    assert "cannot be read" in remark


def test_two_answers_to_one_field_are_told_and_the_first_counts() -> None:
    before = desk().answered(NEXT, "next:: Call Jane", "by:: fri")
    after = settled(before.answered("[[Acme]]: Send revised quote", "next:: Call Bob"))
    assert after.lead().next_action == "Call Jane"
    (remark,) = after.remarks()
    assert remark == 'next: another answer says "Call Jane", which counts.'


def test_what_is_said_about_a_second_answer_stays_when_lines_move() -> None:
    before = desk().answered(NEXT, "next:: Call Jane", "by:: fri")
    both = before.answered("[[Acme]]: Send revised quote", "next:: Call Bob").applied().written()
    moved = both.having(REVIEW, f"A line of mine.\n{both.notes[REVIEW]}")
    assert moved.written().notes == moved.notes == moved.applied().notes


@pytest.mark.parametrize("sign", ["::", "::\u00a0", "\u00a0::"])
def test_an_answer_is_taken_that_stands_close_behind_its_sign(sign: str) -> None:
    before = (
        desk().answered(NEXT, "by::fri").changed(REVIEW, "\t- next::", f"\t- next{sign}Send it")
    )
    after = settled(before)
    assert after.log() == [f"- 2026-11-23 review: next Send it by 2026-11-27 {LINK}"]
    assert settled(after.written()).log() == after.log()


def test_an_answer_is_taken_behind_a_bullet_with_a_hard_blank() -> None:
    before = desk().changed(REVIEW, "\t- next::", "\t-\u00a0next:: Send it")
    assert settled(before).lead().next_action == "Send it"


@pytest.mark.parametrize(
    "line",
    [
        "- next: Send it",
        "- Next : Send it",
        "- next：：Send it",
        "- next:::Send it",
        "- [next:: Send it] (by:: fri)",
        "- (next:: Send it)",
        "- [ ] next:: Send it",
        "1. next:: Send it",
    ],
)
@pytest.mark.parametrize("tick", [" ", "x"])
def test_an_answer_that_is_written_another_way_is_told_and_is_no_look(line: str, tick: str) -> None:
    before = desk().answered(NEXT, tick=tick).changed(REVIEW, "\t- next::", f"\t{line}")
    after = settled(before)
    assert after.log() == []
    assert after.remarks() == [
        'next: this is not taken as it is written. Begin a line with "next::" for it.'
    ]
    assert settled(after.written()).remarks() == after.remarks()
    mended = after.changed(REVIEW, f"\t{line}", "\t- next:: Send it")
    assert settled(mended).lead().next_action == "Send it"
    assert settled(mended).remarks() == []


@pytest.mark.parametrize("line", ["- Jane: on holiday", "- 10:30 is fine", "- next: a guess"])
def test_other_notes_and_those_beside_an_answer_are_not_talked_about(line: str) -> None:
    before = desk().answered(NEXT, "next:: Send it", line)
    after = settled(before)
    assert after.lead().next_action == "Send it"
    assert after.remarks() == []


def test_a_parked_lead_is_taken_up_again_by_a_yes() -> None:
    note = lead_note(action="", more="revisit_on: 2026-11-20\n")
    before = desk(Acme=note.replace("stage: Proposals", "stage: Parked"))
    asked = settled(before.answered(AGAIN, "answer:: yes"))
    assert asked.remarks() == ['answer yes: say where it stands now in a line "stage".']
    after = settled(asked.answered(AGAIN, "stage:: Proposals"))
    lead = after.lead()
    assert lead.stage
    assert lead.stage.name == "Proposals"
    assert lead.revisit_on is None


def test_a_parked_lead_rests_until_another_day() -> None:
    note = lead_note(action="", more="revisit_on: 2026-11-20\n")
    before = desk(Acme=note.replace("stage: Proposals", "stage: Parked"))
    after = settled(before.answered(AGAIN, "answer:: no", "revisit:: 2027-01-15"))
    assert after.lead().revisit_on == date(2027, 1, 15)


@pytest.mark.parametrize("block", ["focus", "due"])
def test_nothing_is_applied_from_a_page_with_broken_markers(block: str) -> None:
    before = desk().answered(NEXT, "next:: Call Jane", "by:: fri")
    broken = before.changed(REVIEW, f"%% vaultflow:begin {block} %%\n", "")
    after = settled(broken)
    assert after.notes == broken.notes
    assert [finding.code for finding in broken.plan().findings] == ["marker-unopened"]


def test_broken_markers_are_told_of_a_page_without_answers_too() -> None:
    broken = desk().changed(REVIEW, "%% vaultflow:begin focus %%\n", "")
    assert [finding.code for finding in broken.plan().findings] == ["marker-unopened"]


def test_f29_ticks_and_answers_survive_and_are_applied_once() -> None:
    names = ["Acme", "Acme Group"]
    state = desk(Acme=lead_note(), Other=lead_note()).answered(NEXT, "note:: Keep me", tick="x")
    for number in range(100):
        if number % 10 == 0:  # Obsidian renames the note, and the links to it
            state = renamed(state, *names)
            names.reverse()
        worth = "value: 12000" if number % 2 else "value: 1"  # puts it before or behind the other
        note = state.notes[f"{names[0]}.md"].replace("value: 12000", "value: 1")
        state = state.having(f"{names[0]}.md", note.replace("value: 1", worth))
        state = (state.applied() if number % 5 == 0 else state).written()
    assert state.notes[REVIEW].count("\t- note:: Keep me\n") == 1
    assert len(state.log(names[0])) == 1
    (item,) = (line for line in state.notes[REVIEW].splitlines() if line.startswith("- [x] What"))
    assert NEXT in item


def test_f31_the_users_text_in_a_block_is_kept_while_answers_are_applied() -> None:
    before = desk().answered(NEXT, "by:: friday-ish", "She is back on Monday.")
    edited = before.changed(REVIEW, "Quick list:", "My own words.\nQuick list:")
    after = settled(edited)
    assert [line for line in after.notes[REVIEW].splitlines() if "⚠" not in line] == (
        edited.notes[REVIEW].splitlines()
    )
    regenerated = after.written().notes[REVIEW]
    assert "\t- She is back on Monday.\n" in regenerated
    assert "My own words." in regenerated


def test_a_remark_that_the_user_has_edited_is_theirs() -> None:
    after = desk().answered(NEXT, "by:: friday-ish", "next:: Call").applied()
    edited = after.changed(REVIEW, "⚠ by:", "⚠ I meant Friday by:")
    assert "⚠ I meant Friday by:" in edited.applied().written().notes[REVIEW]


ANSWERS = st.sampled_from(
    [
        ("next:: Send contract", "by:: fri"),
        ("next:: 1",),
        ("by:: friday-ish",),
        ("by:: eom", "touch:: called"),
        ("stage:: Closing", "note:: a; next b"),
        ("lost:: Too (dear)", "revisit:: 3m"),
        ("revisit:: 2w",),
        ("buying:: no", "why:: they; touch us"),
        ("touch:: call out: hello", "next:: x"),
        ("stage:: nowhere",),
        ("answer:: yes",),
    ]
)


@settings(max_examples=15, deadline=None)
@given(first=ANSWERS, second=ANSWERS, tick=st.booleans(), refresh=st.booleans())
def test_applying_twice_is_applying_once(
    first: tuple[str, ...], second: tuple[str, ...], tick: bool, refresh: bool
) -> None:
    state = desk().answered(NEXT, *first)
    state = state.ticked("[[Acme]]: Send revised quote") if tick else state
    after = settled(state)
    after = settled(after.written() if refresh else after)
    changed = (
        settled(after.answered(BELONGS, *second)) if "[[Acme]] ·" in after.notes[REVIEW] else after
    )
    assert settled(changed.on(TUESDAY)).notes == changed.notes


def test_an_answer_that_would_make_the_lead_a_template_is_not_taken() -> None:
    before = desk().answered(NEXT, "next:: Fill {{name}} in", "by:: fri")
    after = settled(before.answered(BELONGS, "buying:: yes {{sure}}", "why:: They <% pay %>"))
    lead = after.lead()
    assert (lead.next_action, lead.said.get("why_stage")) == ("Send revised quote", None)
    assert after.log() == [f"- 2026-11-23 review: buying yes {{{{sure}}}} {LINK}"]
    said = "not taken, as with {} in a property the lead would be an unfilled template, in no list."
    assert sorted(after.remarks()) == [
        f"next: {said.format('{{name}}')} Leave out {{{{name}}}}.",
        f"why: {said.format('<%')} Leave out <%.",
    ]
    mended = settled(after.written().changed(REVIEW, "{{name}}", "the name"))
    assert mended.lead().next_action == "Fill the name in"
    assert len(mended.remarks()) == 1


def test_an_answer_with_a_placeholder_is_taken_where_it_does_no_harm() -> None:
    note = lead_note(action="").replace("A line of my own.", "next_action:: Call")
    before = desk(Acme=note).answered(NEXT, "next:: Fill {{name}} in", "touch:: sent {{it}}")
    after = settled(before)
    assert after.lead().next_action == "Fill {{name}} in"
    assert "- 2026-11-23 note: sent {{it}}" in after.log()
    assert after.remarks() == []
