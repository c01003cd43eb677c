"""Dataview's inline fields."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultflow.vault.markdown.body import read_body
from vaultflow.vault.markdown.inline_fields import MAX_LINE, read_inline_fields


def fields(text: str) -> list[tuple[str, str]]:
    return [(field.key, field.text) for field in read_inline_fields(read_body(text).lines)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Next Action:: call Jane", [("Next Action", "call Jane")]),
        ("next::", [("next", "")]),
        ("next::soon", [("next", "soon")]),
        ("- next:: Send quote", [("next", "Send quote")]),
        ("1. next:: Send quote", [("next", "Send quote")]),
        ("> next:: quoted", [("next", "quoted")]),
        ("## Stage:: won", [("Stage", "won")]),
        ("**Bold**:: x", [("Bold", "x")]),
        ("  **~key~** :: x", [("key", "x")]),
        ("🔥 heat:: 3", [("🔥 heat", "3")]),
        ("💰:: 12", [("💰", "12")]),
        ("Größe:: 5", [("Größe", "5")]),
        ("a/b-c_d:: 1", [("a/b-c_d", "1")]),
        ("key:: `code` and a::b", [("key", "`code` and a::b")]),
        ("key:: [[Acme BV|Acme]]", [("key", "[[Acme BV|Acme]]")]),
        ("one:: 1\ntwo:: 2", [("one", "1"), ("two", "2")]),
    ],
)
def test_a_field_can_take_the_whole_line(text: str, found: list[tuple[str, str]]) -> None:
    assert fields(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He has [budget:: 10k] and (mood:: good).", [("budget", "10k"), ("mood", "good")]),
        ("[next:: [[Acme]] first]", [("next", "[[Acme]] first")]),
        ("[a:: (b [c] d)] e", [("a", "(b [c] d)")]),
        (r"[a:: b \] c]", [("a", r"b \] c")]),
        ("key:: x [a:: 1]", [("a", "1")]),
        ("text [open:: no end", []),
        ("[ :: x]", []),
        ("text (a:: 1", []),
        ("| [a:: 1] | b:: 2 |\n|---|---|\n", [("a", "1")]),
    ],
)
def test_fields_in_brackets_can_stand_anywhere(text: str, found: list[tuple[str, str]]) -> None:
    assert fields(text) == found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Best Contact:: Jane\n**Deal Size**:: 10k", ["best-contact", "deal-size"]),
        ("Worth [score:: 8] of ten, and [mood:: hopeful].", ["score", "mood"]),
        ("Hidden in reading (LastSeenAt:: fair).", ["lastseenat"]),
        ("Año:: 2026\nお客様:: 山田", ["año", "お客様"]),
        ("[\U0001f4de:: daily] and [calls\U0001f4de:: 3]", ["\U0001f4de", "calls\U0001f4de"]),
        (r"[really! :: \[yes]", ["really"]),
        ("[site:: <a href='x'>y</a>]", ["site"]),
        ("[[[[depth:: 4]]", ["depth"]),
        ("[one:: 1] [one:: 2]", ["one", "one"]),
        ("[one:two] (one:two) [] ()", []),
    ],
)
def test_fields_have_the_names_that_dataviews_documentation_gives(
    text: str, names: list[str]
) -> None:
    assert [field.name for field in read_inline_fields(read_body(text).lines)] == names


@pytest.mark.parametrize(
    "text",
    [
        "`next:: x`",
        "`[next:: x]`",
        "```\nnext:: x\n```",
        "<!-- [next:: x] -->",
        "- [ ] next:: x",
        "- [ ] call [due:: 2026-11-25]",
        "- [x] done\n  next:: on the same task",
        "Well, next:: no",
        "a.b:: no",
        "no colons: here",
        "::",
    ],
)
def test_code_comments_tasks_and_sentences_hold_no_fields(text: str) -> None:
    assert fields(text) == []


def test_an_item_below_a_task_has_fields() -> None:
    assert fields("- [ ] What is next? ^vf-1\n\t- next:: Call\n\t- by::") == [
        ("next", "Call"),
        ("by", ""),
    ]


def test_a_field_knows_its_line_and_its_canonical_name() -> None:
    (field,) = read_inline_fields(read_body("x\n\nNext Action:: y", first_line=5).lines)
    assert (field.line, field.name) == (7, "next-action")


def test_very_long_lines_are_skipped_as_dataview_does() -> None:
    assert fields("key:: " + "x" * MAX_LINE) == []


@given(st.text(alphabet="ab:[]()\\`_* \n🔥-", max_size=60))
@settings(max_examples=100)
def test_a_fields_text_stands_in_its_line(text: str) -> None:
    lines = ["", *text.split("\n")]
    for field in read_inline_fields(read_body(text).lines):
        assert field.key in lines[field.line]
        assert field.text in lines[field.line]
        assert field.name
