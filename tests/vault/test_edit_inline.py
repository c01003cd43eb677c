from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from edit_builders import NOTE, done, refused

from vaultflow.vault.edit.inline import set_inline_field, setting_inline_field

if TYPE_CHECKING:
    from vaultflow.vault.edit.edit import FieldValue


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("next_action:: call\n", "next_action:: mail\n"),
        ("a\r\n- Next Action::  call \r\nb", "a\r\n- Next Action::  mail \r\nb"),
        ("Do [next-action::call] (due:: fri)", "Do [next-action::mail] (due:: fri)"),
        ("(next action:: call), soon", "(next action:: mail), soon"),
        ("**next action**::\n", "**next action**:: mail\n"),
        ("next_action:: \n", "next_action:: mail\n"),
        ("---\nx: 1\n---\n> next_action:: call\n", "---\nx: 1\n---\n> next_action:: mail\n"),
        (
            "- [ ] next_action:: a\n\nnext_action:: call\n",
            "- [ ] next_action:: a\n\nnext_action:: mail\n",
        ),
        ("`next_action:: a`\n\nnext_action:: mail\n", "`next_action:: a`\n\nnext_action:: mail\n"),
    ],
)
def test_only_what_stands_behind_the_colons_changes(before: str, after: str) -> None:
    assert done(before, setting_inline_field("next_action", "mail")) == after


@pytest.mark.parametrize(
    ("value", "typed"),
    [
        (date(2026, 12, 1), "2026-12-01"),
        (Decimal("12000.50"), "12000.50"),
        (("[[A]]", "[[B]]"), "[[A]], [[B]]"),
        (True, "true"),
        (None, ""),
    ],
)
def test_a_value_is_written_as_dataview_reads_it(value: FieldValue, typed: str) -> None:
    assert done("x:: a\n", setting_inline_field("x", value)) == f"x:: {typed}\n"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("Body\n", "inline-field-missing", 0),
        ("x:: 1\n\n[X:: 2]\n", "inline-field-twice", 3),
        ("[x:: a] [y:: b\n", "edit-unsafe", 1),
    ],
)
def test_a_field_that_is_not_there_once_is_left_alone(text: str, code: str, line: int) -> None:
    assert refused(text, setting_inline_field("x", "a] b")) == (code, line)


def test_an_inline_value_is_one_line() -> None:
    assert refused("x:: 1\n", setting_inline_field("x", "a\nb"))[0] == "edit-not-a-line"


def test_f23_an_inline_field_leaves_bytes_that_are_no_text() -> None:
    edit = set_inline_field(NOTE, b"Caf\xe9 au lait, please\nx:: th\xe9\n", "x", "tea")
    assert edit.after == b"Caf\xe9 au lait, please\nx:: tea\n"
