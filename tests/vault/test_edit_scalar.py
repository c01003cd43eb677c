from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
import yaml
from edit_builders import WORDS
from hypothesis import given, settings

from vaultflow.vault.edit.scalar import is_plain_text, is_value, unquoted, written, written_json
from vaultflow.vault.frontmatter.yaml12 import Failure, read_mapping

if TYPE_CHECKING:
    from vaultflow.vault.edit.edit import FieldValue
    from vaultflow.vault.note import Value

OTHER_TYPES = (
    "yes no on off Yes NO On OFF y n Y N true False null Null ~ = << 12 -1 +34600111 0123 08 0o17 "
    "0x1F 0b11 1_000 1e3 12e03 .5 1. 1.5 .inf -.INF .nan 10:30 190:20:30 1:30.5 2026-11-23 "
    "2026-11-23T10:00:00Z"
).split()


@pytest.mark.parametrize("text", ["", *OTHER_TYPES])
def test_what_another_reader_would_take_for_another_type_is_quoted(text: str) -> None:
    assert not is_plain_text(text)
    assert written(text) == f'"{text}"'
    assert yaml.safe_load(written(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        *(
            "lead",
            "Send revised quote",
            "C++ (new)",
            "€12",
            "a:b",
            "a#b",
            "12 rooms",
            "Zoë",
            "1,200",
        ),
        *("50%", "2026-11", "no way", "it's", "a, b [c]", "x & y * z"),
    ],
)
def test_plain_text_stays_without_quotes(text: str) -> None:
    assert written(text) == text
    assert yaml.safe_load(f"x: {text}") == {"x": text}


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("[[Acme]]", '"[[Acme]]"'),
        ("a: b", '"a: b"'),
        ("a:", '"a:"'),
        ("a #b", '"a #b"'),
        (" a", '" a"'),
        ("a ", '"a "'),
        ("- a", '"- a"'),
        ("@acme", '"@acme"'),
        ('"so"', "'\"so\"'"),
        ("\\new", "'\\new'"),
        ("'a' \\", "\"'a' \\\\\""),
        ("a\nb\tc", '"a\\nb\\tc"'),
        ("a\x85b\u2028c\x00", '"a\\u0085b\\u2028c\\u0000"'),
        ("\U0010fffd", '"\\U0010FFFD"'),
    ],
)
def test_other_text_is_quoted_on_one_line(text: str, typed: str) -> None:
    assert written(text) == typed
    assert yaml.safe_load(typed) == text


@pytest.mark.parametrize(
    ("value", "typed", "json"),
    [
        (None, "", "null"),
        (True, "true", "true"),
        (12, "12", "12"),
        (Decimal("1E+3"), "1000", "1000"),
        (date(2026, 1, 5), "2026-01-05", '"2026-01-05"'),
        (("a", "b, c"), '[a, "b, c"]', '["a", "b, c"]'),
        ("lead", "lead", '"lead"'),
        ((), "[]", "[]"),
    ],
)
def test_each_type_has_its_form(value: FieldValue, typed: str, json: str) -> None:
    assert written(value) == typed
    assert written_json(value) == json


def test_no_more_than_digits_and_words_go_without_quotes() -> None:
    assert [unquoted(False), unquoted(Decimal("0.50")), unquoted(None)] == ["false", "0.50", ""]


@pytest.mark.parametrize(
    ("read", "wished", "same"),
    [
        ("lead", "lead", True),
        ("12", 12, False),
        (1, True, False),
        (12, Decimal("12.00"), True),
        (0.1, Decimal("0.1"), True),
        (True, Decimal(1), False),
        ("2026-01-05", date(2026, 1, 5), True),
        (("a", "b"), ("a", "b"), True),
        ((1,), ("1",), False),
        (None, None, True),
        ("", None, False),
    ],
)
def test_a_value_is_the_same_only_with_its_type(
    read: Value, wished: FieldValue, same: bool
) -> None:
    assert is_value(read, wished) is same


@settings(max_examples=300, deadline=None)
@given(WORDS)
def test_any_text_reads_back_in_both_versions_of_yaml(text: str) -> None:
    for typed, wished in ((written(text), text), (written((text, "x")), [text, "x"])):
        assert yaml.safe_load(f"x: {typed}") == {"x": wished}
        entries = read_mapping(f"x: {typed}")
        assert not isinstance(entries, Failure)
        assert entries["x"].value == (tuple(wished) if isinstance(wished, list) else wished)
