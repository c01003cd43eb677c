from __future__ import annotations

from decimal import Decimal

import pytest
from edits_builders import LEAD, PATH, SETTINGS, TODAY, context, edited, set_in
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pipeline_builders import lead_of, note, vault_of

from vaultflow.pipeline.edits.actions import act_operations, quick_action, quick_list
from vaultflow.pipeline.edits.fields import set_operations
from vaultflow.pipeline.edits.log import LOGGED_KINDS, log_line, log_operations, logged_kind
from vaultflow.pipeline.edits.needs import EntryNeeds, entry_needs
from vaultflow.pipeline.edits.types import (
    FieldType,
    is_link,
    likely_type,
    our_field,
    settled_type,
)
from vaultflow.pipeline.edits.values import linked, read_typed, stage_named, whole_if_whole
from vaultflow.pipeline.field_names import FieldNames
from vaultflow.pipeline.lead import Direction, TouchKind
from vaultflow.pipeline.presets.five import PROPOSALS
from vaultflow.pipeline.reading.fields import find_field
from vaultflow.pipeline.settings import MoneySettings, PipelineSettings, Settings, Stage
from vaultflow.vault.reader import read_note

VAULT = vault_of(
    note("A company.\n", "Companies/Acme BV.md"), note("A person.\n", "People/Jane Doe.md")
)


@pytest.mark.parametrize(
    ("key", "typed", "line"),
    [
        ("expected_close", "15 dec", "expected_close: 2026-12-15"),
        ("expected close", "2026-01-31", "expected_close: 2026-01-31"),
        ("value", "12k", "value: 12000"),
        ("value", "1,250.50", "value: 1250.50"),
        ("probability", "40%", "probability: 40"),
        ("stage", "quote", "stage: Proposals"),
        ("owner", "Ann", "owner: Ann"),
        ("owner", "no", 'owner: "no"'),
        ("company", "Acme BV", 'company: "[[Acme BV]]"'),
        ("company", "[[Beta]]", 'company: "[[Beta]]"'),
        ("company", "Beta, Inc.", "company: Beta, Inc."),
        ("next_action_due", "+3wd", "next_action_due: 2026-11-25"),
        ("phone", "+49 30 1234", 'phone: "+49 30 1234"'),
        ("phone", "0441123", 'phone: "0441123"'),
    ],
)
def test_a_value_is_read_by_the_type_of_its_field(key: str, typed: str, line: str) -> None:
    after = set_in("---\ntype: lead\n---\n", key, typed, context(vault=VAULT))
    assert after == f"---\ntype: lead\n{line}\n---\n"


def test_people_are_a_list_of_links_and_of_names_that_no_note_has() -> None:
    after = set_in(
        "---\npeople:\n---\n", "people", "Jane Doe, [[Doe, John]], Bob", context(vault=VAULT)
    )
    lead = read_note(PATH, after.encode())
    assert lead.frontmatter
    assert lead.frontmatter["people"] == ("[[Jane Doe]]", "[[Doe, John]]", "Bob")


def test_one_person_in_a_field_of_one_stays_one() -> None:
    after = set_in('---\nperson: "[[Bob]]"\n---\n', "person", "Jane Doe", context(vault=VAULT))
    assert after == '---\nperson: "[[Jane Doe]]"\n---\n'


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        ("expected_close", "soon", 'expected_close: "soon" is not understood'),
        ("value", "lots", '"lots" is not an amount'),
        ("value", "12.000", "can mean thousands or thousandths"),
        ("probability", "140", "not a chance in percent"),
        ("stage", "propsal", 'did you mean "Proposals"?'),
        ("stage", "xyz", "the stages are Initial contact"),
        ("currency", "shells", "is not a currency"),
        ("done", "perhaps", "neither true nor false"),
        ("score", "high", "is not a number"),
    ],
)
def test_what_is_no_value_for_the_field_is_said_and_nothing_is_done(
    key: str, typed: str, said: str
) -> None:
    assert said in set_in(LEAD, key, typed, context(done="checkbox", score="number"))


def test_obsidians_types_count_for_fields_that_are_none_of_ours() -> None:
    around = context(done="checkbox", score="number", seen="date", topics="multitext", note="text")
    text = "---\nx: 1\n---\n"
    for key, typed, line in (
        ("done", "yes", "done: true"),
        ("score", "7", "score: 7"),
        ("Score", "7,5", "Score: 7.5"),
        ("seen", "fri", "seen: 2026-11-27"),
        ("note", "7", 'note: "7"'),
    ):
        assert f"\n{line}\n" in set_in(text, key, typed, around)
    assert "topics:\n  - a\n  - b\n" in set_in(text, "topics", "a, b", around)


@pytest.mark.parametrize(
    ("present", "typed", "after"),
    [
        ("5", "7", "7"),
        ("5", "high", "high"),
        ("5", "0441", '"0441"'),
        ("true", "no", "false"),
        ("true", "maybe", "maybe"),
        ("2026-01-05", "1 feb 2026", "2026-02-01"),
        ("2026-01-05", "later", "later"),
        ("some text", "2026-01-05", '"2026-01-05"'),
        ("some text", "7", '"7"'),
        ('"[[Acme BV]]"', "Jane Doe", '"[[Jane Doe]]"'),
        ("[a, b]", "c, d", "[c, d]"),
        ("", "no", '"no"'),
    ],
)
def test_another_field_takes_its_type_from_what_it_holds(
    present: str, typed: str, after: str
) -> None:
    text = f"---\nfield: {present}\n---\n"
    assert set_in(text, "field", typed, context(vault=VAULT)) == f"---\nfield: {after}\n---\n"


def test_an_empty_text_empties_the_field() -> None:
    assert set_in("---\nvalue: 5\n---\n", "value", " ") == "---\nvalue: \n---\n"


def test_only_in_leads_do_our_names_mean_anything() -> None:
    text = "---\nstatus: active\n---\n"
    around = context(is_lead=False)
    assert set_in(text, "status", "done", around) == "---\nstatus: done\n---\n"
    assert set_in(text, "value", "lots", around) == "---\nstatus: active\nvalue: lots\n---\n"


def test_our_name_for_a_field_finds_the_vaults() -> None:
    around = context(settings=replace(SETTINGS, fields=FieldNames(value=("fee", "amount"))))
    assert set_in("---\namount: 5\n---\n", "value", "6", around) == "---\namount: 6\n---\n"
    assert set_in("---\nx: 5\n---\n", "value", "6", around) == "---\nx: 5\nfee: 6\n---\n"
    assert set_in("---\nx: 5\n---\n", "amount", "6", around) == "---\nx: 5\namount: 6\n---\n"


def test_a_field_that_stands_there_as_typed_comes_before_its_other_names() -> None:
    text = "---\nstatus: Meetings\nstage:\n---\n"
    assert set_in(text, "stage", "quote") == "---\nstatus: Meetings\nstage: Proposals\n---\n"


def test_money_in_another_currency_brings_it_along() -> None:
    assert set_in("---\nvalue: 5\n---\n", "value", "$7") == "---\nvalue: 7\ncurrency: USD\n---\n"
    text = "---\nvalue: 5\ncurrency: CHF\n---\n"
    assert set_in(text, "value", "7") == "---\nvalue: 7\ncurrency: CHF\n---\n"
    assert set_in(text, "value", "€7") == "---\nvalue: 7\ncurrency: EUR\n---\n"


def test_an_amount_keeps_the_currency_that_was_typed_with_the_old_one() -> None:
    after = set_in("---\nvalue: $12,000\n---\n", "value", "15k")
    assert after == "---\nvalue: 15000\ncurrency: USD\n---\n"
    inline = set_in("---\nx: 1\n---\nvalue:: 12000\n", "value", "15k")
    assert inline == "---\nx: 1\n---\nvalue:: 15000\n"


def test_money_is_read_in_the_vaults_decimal_sign() -> None:
    around = context(settings=replace(SETTINGS, money=MoneySettings(decimal=",")))
    assert set_in("---\nvalue: 5\n---\n", "value", "12.000,50", around) == (
        "---\nvalue: 12000.50\n---\n"
    )


@given(st.text(max_size=30), st.sampled_from(["value", "stage", "people", "due", "own", "tags"]))
def test_no_text_makes_setting_raise(text: str, key: str) -> None:
    operations, problem = set_operations(read_note(PATH, LEAD.encode()), key, text, context())
    assert bool(operations) != bool(problem)


def test_each_part_of_reading_a_value_by_itself() -> None:
    assert our_field("Amount", FieldNames()) == "value"
    assert our_field("colour", FieldNames()) == ""
    assert settled_type("tags", "", context()) is FieldType.LIST
    assert settled_type("colour", "", context()) is None
    assert settled_type("amount", "value", context()) is FieldType.MONEY
    assert likely_type(None) is FieldType.TEXT
    links = find_field(read_note(PATH, b'---\nx: ["[[A]]"]\n---\n'), ("x",))
    assert likely_type(links) is FieldType.LINKS
    assert (is_link("[[A]]"), is_link("A"), is_link(5)) == (True, False, False)
    assert linked("Jane Doe", context(vault=VAULT)) == "[[Jane Doe]]"
    assert linked("Jane Doe", context()) == "Jane Doe"
    assert read_typed("7", FieldType.NUMBER, context()) == (7, "")
    assert stage_named("quote", SETTINGS) == (stage_named("Proposals", SETTINGS)[0], "")
    assert str(whole_if_whole(Decimal("1500.0"))) == "1500"


def test_s4_15_the_next_action_is_set_with_its_day() -> None:
    after = edited(LEAD, act_operations("Send the\nquote", TODAY, SETTINGS))
    assert after == LEAD.replace(
        "value: 12000\n",
        "value: 12000\nnext_action: Send the quote\nnext_action_due: 2026-11-22\n",
    )


def test_s4_21_a_number_picks_from_the_quick_list_of_the_stage() -> None:
    assert quick_list(PROPOSALS)[2] == "3 Send the proposal and book the talk about it"
    assert quick_action(PROPOSALS, "3") == ("Send the proposal and book the talk about it", "")
    assert quick_action(PROPOSALS, "Call 3 people") == ("Call 3 people", "")


@pytest.mark.parametrize("number", ["0", "7", "99999999999"])
def test_a_number_beyond_the_quick_list_is_answered_with_the_list(number: str) -> None:
    action, problem = quick_action(PROPOSALS, number)
    assert action == ""
    assert f"no action {number} in" in problem
    assert "6 Send the revised proposal" in problem


def test_no_action_and_no_stage_are_said() -> None:
    assert quick_action(PROPOSALS, " ")[1]
    assert "a lead without a known stage: none" in quick_action(None, "1")[1]


def test_a_log_line_has_the_one_form_and_reads_back() -> None:
    line = log_line(
        TODAY, TouchKind.CALL, "walked\nthrough", direction=Direction.OUT, step=" (needs) "
    )
    assert line == "2026-11-22 call out (needs): walked through"
    touch = lead_of(edited(LEAD, log_operations(line, SETTINGS))).touches[0]
    assert (touch.day, touch.kind, touch.text) == (TODAY, "call", "walked through")
    assert (touch.direction, touch.step) == ("out", "needs")


@given(
    st.sampled_from(LOGGED_KINDS),
    st.sampled_from([None, *Direction]),
    st.sampled_from(["", "needs", "trust"]),
    st.from_regex(r"[a-z]+( [a-z,]+){0,4}", fullmatch=True),
)
def test_every_log_line_reads_back(
    kind: TouchKind, direction: Direction | None, step: str, text: str
) -> None:
    line = log_line(TODAY, kind, text, direction=direction, step=step)
    touch = lead_of(f"---\ntype: lead\n---\n## Log\n- {line}\n").touches[0]
    assert (touch.kind, touch.direction, touch.step or "", touch.text) == (
        kind,
        direction,
        step,
        text,
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [("called Jane", "call"), ("e-mailed", "email"), ("sent a call", "note"), ("stage x", "note")],
)
def test_the_first_word_tells_the_kind_of_a_touch(text: str, kind: str) -> None:
    assert logged_kind(text) == kind


def test_s2_5_what_a_stage_asks_for_is_a_field_or_a_sentence() -> None:
    stage = Stage(name="Closing", entry=("value", "expected_close", "They said yes"))
    settings = Settings(pipeline=PipelineSettings(stages=(stage,)))
    lead = lead_of("---\namount: 5\n---\n", settings=settings)
    assert entry_needs(lead, stage) == EntryNeeds(
        fields=("expected_close",), statements=("They said yes",)
    )
