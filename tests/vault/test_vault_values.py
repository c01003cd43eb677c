from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultflow.vault.frontmatter.values import (
    canonical_name,
    read_date,
    read_text_list,
    unquoted_link,
)

if TYPE_CHECKING:
    from vaultflow.vault.note import Value

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    "key",
    ["Next Action", "next-action", "next_action", "NEXT  ACTION", " next action ", "Next_Action!"],
)
def test_all_spellings_of_a_field_have_one_name(key: str) -> None:
    assert canonical_name(key) == "next-action"


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("Größe", "größe"),
        ("Gro\u0308ße", "größe"),
        ("**Value** (EUR)", "value-eur"),
        ("🔥 Heat", "🔥-heat"),
        ("2nd try", "2nd-try"),
        ("...", ""),
    ],
)
def test_a_name_keeps_letters_digits_hyphens_and_emoji(key: str, name: str) -> None:
    assert canonical_name(key) == name


@given(st.text(max_size=20))
def test_a_canonical_name_is_its_own(key: str) -> None:
    assert canonical_name(canonical_name(key)) == canonical_name(key)


@pytest.mark.parametrize(
    "value",
    [
        "2026-11-20",
        " 2026-11-20 ",
        "2026-11-20T23:59:00-08:00",
        "2026-11-20 10:30",
        "2026-11-20T10:30:00.5 +0100",
        "2026/11/20",
        "20261120",
        20261120,
        "[[2026-11-20]]",
        "[[Daily/2026-11-20|last Friday]]",
        "[[2026-11-20.md#Log]]",
        (("2026-11-20",),),
    ],
)
def test_a_day_is_read_as_typed_whatever_stands_around_it(value: Value) -> None:
    assert read_date(value) == FRIDAY


def test_a_day_may_be_typed_without_zeros() -> None:
    assert read_date("2026-1-5") == date(2026, 1, 5)


@pytest.mark.parametrize(
    "value",
    [
        "2026-02-30",
        "2026-13-45",
        "2026-11",
        "2026-11/20",
        "20261320",
        "12345678",
        "Friday",
        "",
        "2026-11-20x",
        "2026-11-20 call",
        "2026-11-20 10:30 call",
        "{{date}}",
    ],
)
def test_f21_what_is_no_day_is_none(value: str) -> None:
    assert read_date(value) is None


@pytest.mark.parametrize("value", [None, True, 1.5, 12, ("2026-11-20",), {"a": "2026-11-20"}])
def test_only_a_single_value_is_a_day(value: Value) -> None:
    assert read_date(value) is None


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        (None, ()),
        ("", ()),
        ("one, still one", ("one, still one",)),
        (("a", None, " b ", 3, True, ""), ("a", "b", "3", "true")),
        ((("Bob",),), ("[[Bob]]",)),
        (((("Ann",),), (("Bob", "Jr"),)), ("[[Ann]]", "[[Bob, Jr]]")),
        ({"a": 1}, ()),
    ],
)
def test_a_list_of_texts_may_be_a_single_one(value: Value, texts: tuple[str, ...]) -> None:
    assert read_text_list(value) == texts


@pytest.mark.parametrize("value", ["[[Bob]]", ("Bob",), ((1,),), ((),), (("a",), ("b",)), None])
def test_only_a_list_in_a_list_is_an_unquoted_link(value: Value) -> None:
    assert unquoted_link(value) is None


@given(st.text(max_size=30) | st.text("0123456789-/T: Z+[]|#", max_size=30))
def test_no_text_makes_reading_a_day_raise(text: str) -> None:
    day = read_date(text)
    assert day is None or f"{day.year}" in text
