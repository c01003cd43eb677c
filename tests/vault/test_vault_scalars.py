from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vaultflow.vault.frontmatter.scalars import key_text, plain_value

if TYPE_CHECKING:
    from vaultflow.vault.note import Value


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "no",
        "On",
        "Off",
        "10:30",
        "190:20:30",
        "1_000",
        "2026-01-05",
        "2026-13-45",
        "=",
        "<<",
        "1,200",
        "€1,200",
        "50%",
        "0o8",
        "0x",
        "-0x1",
        ".",
        "-",
        "+",
        "1e",
        "tRUE",
        "nULL",
        "0b11",
    ],
)
def test_f20_what_only_yaml_1_1_re_types_stays_text(text: str) -> None:
    assert plain_value(text) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0123", 123),
        ("08", 8),
        ("+34600111222", 34600111222),
        ("0o17", 15),
        ("0x1F", 31),
        ("1e3", 1000),
        ("1.0", 1),
        ("1.50", 1.5),
        (".5", 0.5),
        ("-0", 0),
        ("12345678901234567890", 12345678901234567000),
        ("1e21", 1e21),
        ("True", True),
        ("FALSE", False),
    ],
)
def test_numbers_and_truth_values_are_javascripts(text: str, value: float) -> None:
    read = plain_value(text)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    "text", ["", "~", "null", "Null", ".inf", "-.INF", ".nan", "1e400", "0x" + "f" * 300]
)
def test_what_json_cannot_hold_is_none(text: str) -> None:
    assert plain_value(text) is None


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (None, ""),
        (True, "true"),
        (1000, "1000"),
        ("yes", "yes"),
        (("a", None), "[ a, null ]"),
        ((), "[]"),
        ({"date": None}, "{ date }"),
        ({"a": 1, "b": "c"}, "{ a: 1, b: c }"),
        ({"{ date }": None}, "{ ? { date } }"),
    ],
)
def test_a_key_is_the_text_that_javascript_makes_of_it(key: Value, text: str) -> None:
    assert key_text(key) == text
