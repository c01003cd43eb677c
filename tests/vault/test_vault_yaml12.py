from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from front_matter_builders import RECORDED
from hypothesis import given
from hypothesis import strategies as st

from vaultflow.vault.frontmatter import yaml12
from vaultflow.vault.frontmatter.scalars import MAX_FRONT_MATTER_BYTES
from vaultflow.vault.frontmatter.yaml12 import (
    MAX_ALIASES,
    MAX_NESTING,
    Failure,
    read_mapping,
)
from vaultflow.vault.plain import to_plain

# What yaml 2.7 of npm made of each text: the parser inside Obsidian.
JAVASCRIPT: list[dict[str, Any]] = json.loads((RECORDED / "yaml-2.7.json").read_text("utf-8"))


def failure(source: str) -> tuple[str, int]:
    read = read_mapping(source)
    assert isinstance(read, Failure)
    assert read.message.endswith(".")
    return read.code, read.line


@pytest.mark.parametrize("case", JAVASCRIPT, ids=lambda case: repr(case["yaml"])[:40])
def test_values_are_those_of_obsidians_parser(case: dict[str, Any]) -> None:
    read = read_mapping(case["yaml"])
    if "error" in case:
        assert isinstance(read, Failure)
    else:
        assert not isinstance(read, Failure)
        assert {key: to_plain(entry.value) for key, entry in read.items()} == case["value"]


def test_text_is_kept_as_typed_and_without_quotes() -> None:
    read = read_mapping("phone: 0441\nname: 'it''s'\nlist: [1]\nempty:\nnote: >-\n  a\n  b\n")
    assert not isinstance(read, Failure)
    texts = {key: entry.text for key, entry in read.items()}
    assert texts == {"phone": "0441", "name": "it's", "list": "", "empty": "", "note": "a b"}


@pytest.mark.parametrize("source", ["", "\n", "# nothing yet\n", "~\n"])
def test_nothing_at_all_is_an_empty_mapping(source: str) -> None:
    assert read_mapping(source) == {}


def test_an_alias_has_the_text_of_what_it_refers_to() -> None:
    read = read_mapping("a: &x 0441\nb: *x\n")
    assert not isinstance(read, Failure)
    assert (read["b"].text, read["b"].value) == ("0441", 441)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", ("yaml-duplicate-key", 3)),
        ("a:\n  b: 1\n  b: 2\n", ("yaml-duplicate-key", 3)),
        ("- a\n- b\n", ("yaml-not-a-mapping", 1)),
        ("\njust text\n", ("yaml-not-a-mapping", 2)),
        ("a: 1\nb: *x\n", ("yaml-unknown-alias", 2)),
        ("a: 1\nb: Re: hello\n", ("yaml-syntax", 2)),
        ("a: 1\nb:\n\t- c\n", ("yaml-syntax", 3)),
        ('a: 1\nb: "open\nc: 3\n', ("yaml-syntax", 2)),
        ("a: 1\nb: [open\nc: 3\n", ("yaml-syntax", 2)),
        ("a: 1\n--- b\n", ("yaml-several-documents", 2)),
    ],
)
def test_f17_what_cannot_be_read_is_a_failure_with_its_line(
    source: str, expected: tuple[str, int]
) -> None:
    assert failure(source) == expected


def nested(depth: int) -> str:
    """A list in a list ..., as deep as told; the mapping around it counts too."""
    return f"a: {'[' * (depth - 1)}{']' * (depth - 1)}\n"


def test_nesting_just_at_the_limit_is_read() -> None:
    assert not isinstance(read_mapping(nested(MAX_NESTING)), Failure)


def test_nesting_just_above_the_limit_is_refused() -> None:
    assert failure(nested(MAX_NESTING + 1)) == ("yaml-too-deep", 1)


def test_aliases_just_at_the_limit_are_read() -> None:
    assert not isinstance(read_mapping(f"a: &x 1\nb: [{'*x ,' * MAX_ALIASES}]\n"), Failure)


def test_aliases_just_above_the_limit_are_refused() -> None:
    assert failure(f"a: &x 1\nb: [{'*x ,' * (MAX_ALIASES + 1)}]\n") == ("yaml-too-many-aliases", 2)


def test_a_source_just_at_the_greatest_size_is_read() -> None:
    assert not isinstance(read_mapping("a: " + "é" * ((MAX_FRONT_MATTER_BYTES - 4) // 2)), Failure)


def test_a_source_above_the_greatest_size_is_refused_by_its_bytes() -> None:
    assert failure("a: " + "é" * (MAX_FRONT_MATTER_BYTES // 2)) == ("yaml-too-large", 1)


MERGE_BOMB = "a0: &a0 {x: 1}\n" + "".join(
    f"a{level}: &a{level} {{<<: [*a{level - 1}, *a{level - 1}]}}\n" for level in range(1, 25)
)
ALIAS_TOWER = "a0: &a0 [x]\n" + "".join(
    f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, 10)
)


@pytest.mark.parametrize("bomb", [MERGE_BOMB, ALIAS_TOWER, "a: " + "[" * 60_000, "{" * 60_000])
def test_f22_a_bomb_ends_the_pass_long_before_its_end(bomb: str) -> None:
    document = yaml12._Document(bomb)
    with pytest.raises((yaml12._RefusedError, yaml.YAMLError)) as refused:
        document.entries()
    # A parser that has a limit of its own names where it stopped; else our own has left the rest.
    own = getattr(refused.value, "problem_mark", None)
    mark = own or next(document._events).start_mark
    assert mark is not None
    assert mark.index < len(bomb) / 2


@pytest.mark.parametrize("deep", ["[", "{"])
def test_f22_what_is_nested_too_deep_is_said_alike_by_every_parser(deep: str) -> None:
    assert failure("a: " + deep * 40) == failure("a: " + deep * 60_000) == ("yaml-too-deep", 1)


def test_a_message_quotes_no_more_of_the_note_than_a_line_holds() -> None:
    read = read_mapping(f"{'x' * 500}: 1\n{'x' * 500}: 2\n")
    assert isinstance(read, Failure)
    assert len(read.message) < 150


def test_f22_a_hundred_thousand_brackets_are_not_even_parsed() -> None:
    assert failure("a: " + "[" * 100_000) == ("yaml-too-large", 1)


VALUES = (
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.text("ab: #'\"\\é🔥\x85", max_size=8)
)


@given(st.dictionaries(st.text("abc é", min_size=1, max_size=5), VALUES, max_size=6))
def test_json_is_yaml(mapping: dict[str, object]) -> None:
    read = read_mapping(json.dumps(mapping, ensure_ascii=False))
    assert not isinstance(read, Failure)
    assert {key: entry.value for key, entry in read.items()} == mapping


@given(st.text(max_size=60) | st.text("ab:-[]{}&*!|>'\"%@`#,? \t\r\n<=~", max_size=60))
def test_no_text_makes_reading_raise(source: str) -> None:
    read = read_mapping(source)
    assert not isinstance(read, Failure) or 1 <= read.line <= source.count("\n") + 1
