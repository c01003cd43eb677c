from __future__ import annotations

from dataclasses import replace as changed
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from pages_builders import (
    FIRST,
    LAST,
    LOST,
    MONDAY,
    SECOND,
    WON,
    a_context,
    a_lead,
    days_ago,
    in_days,
    many_leads,
    overdue,
    parked,
    planned,
    stale,
    unreadable,
    with_people,
)

from vaultflow.pages.counts import count_leads
from vaultflow.pages.daily import FEW, LIST_LIMIT, NEW_DAYS, build_daily
from vaultflow.pages.rows import Party
from vaultflow.pages.unread import folders_text
from vaultflow.pipeline.field_names import FieldNames
from vaultflow.pipeline.lead import Box
from vaultflow.pipeline.settings import LeadSettings, Settings
from vaultflow.vault.plain import to_plain

if TYPE_CHECKING:
    from vaultflow.pages.daily import FocusLead
    from vaultflow.pages.listing import Listing
    from vaultflow.pages.page import Context
    from vaultflow.pipeline.lead import Lead


def names(listing: Listing) -> list[str]:
    return [lead.row.name for lead in listing.leads]


def test_s0_01_the_question_of_the_day_is_answered_from_the_numbers() -> None:
    page = build_daily(a_context([overdue(), planned(), a_lead(), stale()]))
    assert page.answer == (
        "Yes: 4 open leads, 2 with a next action, 2 without.",
        "Worth €48,000, weighted €19,200.",
        "1 action overdue, 1 deal stale.",
    )


def test_s0_01_without_leads_the_answer_says_how_to_start() -> None:
    page = build_daily(a_context())
    assert page.answer == (
        "No – start with one person you could help.",
        "“vaultflow new NAME” gives them a note; so does any with the property “type: lead”.",
        "Have your leads got notes already? Then “vaultflow init” finds them.",
    )
    assert page.focus == ()


def test_s0_01_how_to_start_speaks_the_words_of_the_vault() -> None:
    settings = Settings(leads=LeadSettings(types=("klant",)), fields=FieldNames(type=("soort",)))
    page = build_daily(a_context(settings=settings))
    assert page.answer[1].endswith("any with the property “soort: klant”.")


def test_s0_01_leads_that_are_all_won_lost_or_parked_are_none() -> None:
    page = build_daily(a_context([a_lead("a", stage=WON), a_lead("b", stage=LOST), parked("c")]))
    assert page.answer[0].startswith("No")
    assert page.answer[-1] == "1 lead parked: is the time right for one of them?"


def test_one_lead_in_good_order_is_praised() -> None:
    page = build_daily(a_context([planned()]))
    assert page.answer == (
        "Yes: 1 open lead, 1 with a next action, none without.",
        "Worth €12,000, weighted €4,800.",
        "Nothing is overdue and nothing is stale. Keep it so.",
    )


def test_currencies_are_summed_apart_and_leads_without_value_counted() -> None:
    leads = [
        planned("a"),
        planned("b", value="2000", currency="USD"),
        planned("c", value=None),
    ]
    page = build_daily(a_context(leads))
    assert page.answer[1] == "Worth €12,000 + $2,000, weighted €4,800 + $800; 1 without a value."


def test_without_any_value_nothing_is_said_of_money() -> None:
    assert len(build_daily(a_context([planned(value=None)])).answer) == 2


def test_unreadable_notes_are_counted_and_named() -> None:
    page = build_daily(a_context([planned(), unreadable("Broken")]))
    assert page.answer[0] == (
        "Yes: 2 open leads, 1 with a next action, none without, 1 cannot be read."
    )
    assert [(note.name, note.is_lead) for note in page.unreadable.notes] == [("Broken", True)]


@pytest.mark.parametrize("count", [0, 1, 7, 40])
def test_s0_01_the_parts_add_up_to_the_open_leads(count: int) -> None:
    leads = [*many_leads(count), unreadable(), a_lead("odd", stage=None), parked("away")]
    counts = count_leads(a_context(leads))
    assert counts.with_action + counts.without_action + counts.unreadable == counts.open
    assert counts.open == count + 2


def test_s0_03_people_are_named_with_links_before_the_deal() -> None:
    (lead,) = build_daily(a_context([with_people(a_lead())])).focus
    assert lead.row.people == (Party(name="Jane Doe", target="Jane Doe"),)
    assert lead.row.company == Party(name="Acme Holding", target="")


def test_s0_05_every_lead_in_focus_is_asked_what_must_happen_for_it_to_close() -> None:
    page = build_daily(a_context(many_leads(5)))
    for lead in page.focus:
        assert lead.questions[0].text.startswith("What needs to happen for this deal to close?")
        assert lead.questions[0].fields == ("answer",)


def test_s0_05_the_same_day_asks_under_the_same_id_whatever_else_changes() -> None:
    before = build_daily(a_context([overdue("Acme")])).focus[0]
    after = build_daily(a_context([planned("Acme", value="99"), overdue("B"), stale("C")]))
    (same,) = (lead for lead in after.focus if lead.row.name == "Acme")
    assert [one.id for one in same.questions] == [one.id for one in before.questions]


def test_s0_05_the_next_day_asks_anew() -> None:
    today = build_daily(a_context([a_lead()])).focus[0].questions
    tomorrow = build_daily(a_context([a_lead()], today=in_days(1))).focus[0].questions
    assert {one.id for one in today}.isdisjoint(one.id for one in tomorrow)


def test_s0_06_the_next_stage_is_named_with_what_it_asks_for() -> None:
    (lead,) = build_daily(a_context([a_lead(stage=FIRST)])).focus
    assert lead.questions[0].text.endswith("Or to move forward, to 40% – Proposal?")
    assert lead.next_stage == "40% – Proposal"
    assert lead.entry == ("The need is clear", "The budget is known")


def test_s0_06_in_the_last_open_stage_there_is_nothing_to_move_to() -> None:
    (lead,) = build_daily(a_context([a_lead(stage=LAST)])).focus
    assert lead.questions[0].text == "What needs to happen for this deal to close?"
    assert (lead.next_stage, lead.entry) == ("", ())


def test_s0_07_a_day_off_asks_nothing() -> None:
    saturday = in_days(5)
    page = build_daily(a_context(many_leads(5), today=saturday))
    assert not page.is_working_day
    assert len(page.focus) == 5
    assert all(lead.questions == () for lead in page.focus)


def test_s0_08_two_runs_on_a_day_show_the_same() -> None:
    leads = many_leads(40)
    again = build_daily(a_context(tuple(reversed(leads))))
    assert to_plain(build_daily(a_context(leads))) == to_plain(again)


def test_s4_13_it_is_asked_whether_they_are_in_a_buying_mode() -> None:
    (lead,) = build_daily(a_context([a_lead()])).focus
    assert "truly in a buying mode" in lead.questions[2].text
    assert lead.questions[2].fields[0] == "buying"


def test_s4_14_it_is_asked_why_the_deal_belongs_in_its_stage() -> None:
    (lead,) = build_daily(a_context([a_lead()])).focus
    assert "why does it belong in 40% – Proposal?" in lead.questions[2].text
    assert lead.questions[2].fields[1] == "why"


def test_s4_14_without_a_stage_it_is_asked_which_one() -> None:
    (lead,) = build_daily(a_context([a_lead(stage=None)])).focus
    assert "which stage is it in?" in lead.questions[2].text


def test_s4_15_what_must_happen_next_is_asked_with_its_day() -> None:
    (lead,) = build_daily(a_context([a_lead()])).focus
    assert lead.questions[1].text == "What must happen next, and by when?"
    assert lead.questions[1].fields == ("next", "by")


def test_s4_21_the_quick_list_of_the_stage_stands_beside_the_questions() -> None:
    (lead,) = build_daily(a_context([a_lead()])).focus
    assert lead.actions == SECOND.actions


def test_a_parked_lead_is_asked_one_question_only() -> None:
    (lead,) = build_daily(a_context([parked(until=MONDAY)])).focus
    assert [question.rule for question in lead.questions] == ["revisit"]


def test_due_actions_stand_oldest_first_with_those_in_focus() -> None:
    leads = [a_lead("now", action="Call", due=MONDAY), overdue("late", 1), overdue("later", 9)]
    assert names(build_daily(a_context(leads)).due) == ["later", "late", "now"]


def test_what_is_due_is_cut_at_ten() -> None:
    page = build_daily(a_context([overdue(f"{number:02}") for number in range(12)]))
    assert (len(page.due.leads), page.due.more, page.due.count) == (LIST_LIMIT, 2, 12)


def test_the_other_lists_leave_out_what_stands_in_focus_and_say_so() -> None:
    page = build_daily(a_context([stale(f"{number:02}") for number in range(13)]))
    assert (len(page.stale.leads), page.stale.more) == (FEW, 13 - 5 - FEW)
    assert (page.stale.in_focus, page.stale.count) == (5, 13)
    in_focus = {lead.row.name for lead in page.focus}
    assert in_focus.isdisjoint(names(page.stale))


def test_a_changed_action_is_another_item() -> None:
    first = build_daily(a_context([overdue()])).due.leads[0]
    second = build_daily(a_context([replace(overdue(), next_action="Call")])).due.leads[0]
    assert first.id != second.id


@pytest.mark.parametrize(
    ("age", "is_new"), [(0, True), (NEW_DAYS - 1, True), (NEW_DAYS, False), (-1, False)]
)
def test_a_lead_is_new_for_seven_days(age: int, *, is_new: bool) -> None:
    page = build_daily(a_context([a_lead(created=days_ago(age))], capacity=0))
    assert (page.new.count == 1) is is_new


def test_new_leads_stand_newest_first() -> None:
    leads = [a_lead("old", created=days_ago(5)), a_lead("young", created=days_ago(1))]
    assert names(build_daily(a_context(leads, capacity=0)).new) == ["young", "old"]


def test_s4_16_a_lost_lead_comes_back_on_its_day() -> None:
    lost = replace(a_lead("Lost BV", stage=LOST), revisit_on=days_ago(1))
    assert names(build_daily(a_context([lost])).revisit) == ["Lost BV"]


def test_a_lead_of_unknown_stage_is_named() -> None:
    odd = replace(a_lead("Odd", stage=None), stage_text="propsal")
    page = build_daily(a_context([odd], capacity=0))
    assert [lead.row.stage for lead in page.unknown_stage.leads] == ["propsal"]


def test_s4_20_what_is_ticked_already_is_not_asked_for_again() -> None:
    lead = a_lead(stage=FIRST)
    assert first_focus(lead).entry == ("The need is clear", "The budget is known")
    done = Box(text="the need is CLEAR.", line=10, heading="", is_done=True)
    assert first_focus(replace(lead, boxes=(done,))).entry == ("The budget is known",)
    to_do = Box(text="The need is clear", line=10, heading="Plan", is_done=False)
    assert first_focus(replace(lead, boxes=(to_do,))).entry[0] == "The need is clear"


def first_focus(lead: Lead) -> FocusLead:
    return build_daily(a_context([lead])).focus[0]


def with_unread_folders(context: Context, *names: str) -> Context:
    folders = tuple(map(PurePosixPath, names))
    return changed(context, vault=changed(context.vault, unread_folders=folders))


def test_a_folder_that_cannot_be_read_is_told_behind_how_many_there_are() -> None:
    page = build_daily(with_unread_folders(a_context([planned()]), "Leads"))
    assert page.answer[:2] == (
        "Yes: 1 open lead, 1 with a next action, none without.",
        "1 folder cannot be read, and its notes are not counted: Leads.",
    )


def test_nobody_is_told_to_start_while_a_folder_cannot_be_read() -> None:
    page = build_daily(with_unread_folders(a_context([]), "Leads", "Old/2025"))
    told = "2 folders cannot be read, and their notes are not counted: Leads, Old/2025."
    assert page.answer == (f"Not known. {told}",)


@pytest.mark.parametrize(("count", "more"), [(5, ""), (6, " and 1 more")])
def test_of_many_folders_that_cannot_be_read_five_are_named(count: int, more: str) -> None:
    context = with_unread_folders(a_context([]), *map(str, range(count)))
    assert folders_text(context).endswith(f"not counted: 0, 1, 2, 3, 4{more}.")
