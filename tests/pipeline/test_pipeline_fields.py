from __future__ import annotations

import pytest
from pipeline_builders import note

from vaultflow.pipeline.reading.fields import (
    field_text,
    field_texts,
    find_field,
    find_fields,
    shown_name,
    sought,
    spoken,
)

NOTE = note("""
    ---
    Next Action: Call Jane
    phone: 0441234
    at: 12:30
    answer: no
    owner: "[[People/Ann Lee|Ann]]"
    people:
      - "[[Jane Doe]]"
      - Bob
    empty:
    qualification:
      problem: too slow
      Who Pays: "[[Jane Doe]]"
      deep: {deeper: 3}
    stage: Proposal
    ---
    stage:: Closing
    empty:: filled
    - Expected Close:: 2026-12-01
    """)


@pytest.mark.parametrize("name", ["next_action", "next-action", "Next Action", "NEXT ACTION"])
def test_a_field_is_found_in_any_spelling_that_dataview_treats_alike(name: str) -> None:
    field = find_field(NOTE, (name,))
    assert field
    assert (field.key, field.text, field.line) == ("Next Action", "Call Jane", 2)


def test_the_front_matter_comes_before_an_inline_field() -> None:
    assert field_text(find_field(NOTE, ("stage",))) == "Proposal"


def test_an_inline_field_counts_where_the_front_matter_says_nothing() -> None:
    field = find_field(NOTE, ("empty",))
    assert field
    assert (field.text, field.is_inline) == ("filled", True)
    close = find_field(NOTE, ("expected_close",))
    assert close
    assert close.line == 19


def test_the_first_name_that_is_filled_counts() -> None:
    field = find_field(NOTE, ("missing", "stage", "owner"))
    assert field
    assert field.key == "stage"


def test_a_field_that_is_not_there_is_none_and_has_no_text() -> None:
    assert find_field(NOTE, ("missing", "")) is None
    assert field_text(None) == ""
    assert field_texts(None) == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("qualification.problem", "too slow"),
        ("Qualification.who_pays", "Jane Doe"),
        ("qualification.deep.deeper", "3"),
    ],
)
def test_nested_fields_are_read_by_dotted_names(name: str, text: str) -> None:
    assert field_text(find_field(NOTE, (name,))) == text


def test_a_dotted_name_that_leads_nowhere_finds_nothing() -> None:
    assert find_field(NOTE, ("qualification.missing", "stage.more")) is None


@pytest.mark.parametrize(
    ("name", "text"), [("phone", "0441234"), ("at", "12:30"), ("answer", "no")]
)
def test_f20_values_are_shown_as_typed(name: str, text: str) -> None:
    assert field_text(find_field(NOTE, (name,))) == text


def test_a_link_says_its_alias_or_its_notes_name() -> None:
    assert field_text(find_field(NOTE, ("owner",))) == "Ann"
    assert field_texts(find_field(NOTE, ("people",))) == ("Jane Doe", "Bob")
    assert spoken("met [[People/Jane Doe.md#Role]]\nand  [[#Here]]") == "met Jane Doe and Here"


def test_a_links_shown_name_is_its_alias_first() -> None:
    first, second = note("[[Acme BV|Acme]] [[Folder/Beta]]").links
    assert (shown_name(first), shown_name(second)) == ("Acme", "Beta")


def test_many_fields_are_found_in_one_reading_of_the_note() -> None:
    wanted = sought({"a": ("missing", "stage"), "b": ("Owner",), "c": ("empty",), "d": ("none",)})
    assert find_fields(NOTE, wanted) == {
        "a": find_field(NOTE, ("stage",)),
        "b": find_field(NOTE, ("owner",)),
        "c": find_field(NOTE, ("empty",)),
    }


def test_what_is_filled_comes_before_a_better_name_that_is_empty() -> None:
    text = note("---\nfirst:\nsecond:\nqualification: {why: x}\n---\n- third:: here\n")
    found = find_field(text, ("first", "qualification.when", "second", "third"))
    assert found
    assert found.key == "third"
    empty = find_field(text, ("missing", "second", "first"))
    assert empty
    assert empty.key == "second"
