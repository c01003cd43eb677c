from __future__ import annotations

import base64
import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from edit_builders import NOTE, done, read, refused
from front_matter_builders import oddity
from vault_builders import RECORDED

from vaultflow.vault.edit.edit import run_operations
from vaultflow.vault.edit.field import set_field, setting

if TYPE_CHECKING:
    from vaultflow.vault.edit.edit import FieldValue

CASES = sorted((RECORDED / "frontmatter-cases").glob("*.json"))


def wished(case: dict[str, Any]) -> FieldValue:
    typed = case["value"]["value"]
    return date.fromisoformat(typed) if case["value"]["type"] == "date" else str(typed)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_f16_the_recorded_cases(path: Any) -> None:  # noqa: ANN401 - pytest's own
    case = json.loads(path.read_text(encoding="utf-8"))
    raw = base64.b64decode(case["input_b64"])
    accepted = [base64.b64decode(note) for note in case["accept_b64"]]
    edit = set_field(NOTE, raw, case["key"], wished(case))
    assert (edit.refusal is not None) == (case["outcome"] == "refuse")
    assert (edit.after == raw) == (case["outcome"] in {"refuse", "noop"})
    assert edit.after in accepted


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("stage:\n", "stage: lost\n"),
        ("stage: \n", "stage: lost\n"),
        ("stage:  \n", "stage: lost \n"),
        ("stage: # why\n", "stage: lost # why\n"),
        ("stage:   # why\n", "stage: lost  # why\n"),
        ("stage:\t'x'\t# why\n", "stage:\tlost\t# why\n"),
        ("stage: &new lead # why\n", "stage: lost # why\n"),
        ("stage: !!str 12\n", "stage: lost\n"),
        ("stage: two\n  lines # why\nx: 1\n", "stage: lost # why\nx: 1\n"),
        ("stage: 'two\n\n  lines' # why\n", "stage: lost # why\n"),
        ("stage: | # why\n  a\n\n  b\n\nx: 1\n", "stage: lost # why\n\nx: 1\n"),
        ("stage: >-\n  a\n# below\n", "stage: lost\n# below\n"),
        ("stage: |\n", "stage: lost\n"),
        ("stage: # why\n  - a\n  - b # c\n# below\n", "stage: lost # why # c\n# below\n"),
        ("stage:\n- a\nx: 1\n", "stage: lost\nx: 1\n"),
        ("stage:\n  a: 1\n  b:\nx: 1\n", "stage: lost\nx: 1\n"),
        ("stage: [a,\n  b] # why\n", "stage: lost # why\n"),
        ("stage: {a: 1}\n", "stage: lost\n"),
        ("stage:\n  lead # why\n", "stage:\n  lost # why\n"),
        ("x: &a 1\nstage: *a # why\n", "x: &a 1\nstage: lost # why\n"),
        ("? stage\n: lead\n", "? stage\n: lost\n"),
        ("  stage: lead\n  x: 1\n", "  stage: lost\n  x: 1\n"),
        ('{"stage":"lead", "x": 1}\n', '{"stage": "lost", "x": 1}\n'),
        ("{stage: , x: 1}\n", '{stage: "lost" , x: 1}\n'),
        ("x: a\u2028b\u0085c\nstage: 💶 # why\n", "x: a\u2028b\u0085c\nstage: lost # why\n"),
    ],
)
def test_f16_only_the_value_makes_way(before: str, after: str) -> None:
    assert done(f"---\n{before}---\nBody\n", setting("stage", "lost")) == f"---\n{after}---\nBody\n"


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("x: 1\n", ("a", "[[b]]"), 'x: 1\nto:\n  - a\n  - "[[b]]"\n'),
        ("to: # who\nx: 1\n", ("a",), "to: # who\n  - a\nx: 1\n"),
        ("to: [a,  b] # who\n", ("a", "c, d"), 'to: [a, "c, d"] # who\n'),
        ("to: a # who\n", ("a", "b"), "to: [a, b] # who\n"),
        ("to:\n    - a # first\n    - b # last\n", ("a", "b", "c"), None),
        ("to: # who\n- a # first\n- b # last\n", ("b",), "to: # who\n- b # last\n"),
        ("to:\n  - a\n", (), "to: []\n"),
        ("to:\n  - a\n", None, "to:\n"),
        ("to:\n  x: 1\n", ("a",), "to: [a]\n"),
        ("  x: 1\n", ("a",), "  x: 1\n  to:\n    - a\n"),
    ],
)
def test_a_list_is_written_as_obsidian_writes_it(
    before: str, value: FieldValue, after: str | None
) -> None:
    after = after or "to:\n    - a # first\n    - b # last\n    - c\n"
    assert done(f"---\n{before}---\n", setting("to", value)) == f"---\n{after}---\n"


@pytest.mark.parametrize(
    ("value", "typed"),
    [
        ("12:30", '"12:30"'),
        ("0441 2345", "0441 2345"),
        ("0441", '"0441"'),
        (12, "12"),
        (Decimal("12000.50"), "12000.50"),
        (date(2026, 12, 1), "2026-12-01"),
        (True, "true"),
        (None, ""),
        ("", '""'),
    ],
)
def test_f20_a_typed_value_reads_back_as_it_was_meant(value: FieldValue, typed: str) -> None:
    after = f"---\nx: 1\nphone: {typed}".rstrip() + "\n---\n"
    assert done("---\nx: 1\n---\n", setting("phone", value)) == after
    assert done(after, setting("phone", value)) == after


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        *(("no", "no"), ("12:30", "12:30"), ("'x'", "x"), ('"2026-01-05"', date(2026, 1, 5))),
        *(("12000.00", 12000), ("1e3", Decimal(1000)), ("~", None), ("[a,  b]", ("a", "b"))),
        *(("True", True), ("|-\n  a", "a")),
    ],
)
def test_f20_what_says_the_same_is_never_rewritten(typed: str, value: FieldValue) -> None:
    text = f"---\nx: {typed}\n---\n"
    assert done(text, setting("x", value)) == text


@pytest.mark.parametrize(
    ("typed", "value", "after"),
    [("12", "12", '"12"'), ("'12'", 12, "12"), ("1", True, "true"), ("[[A]]", "[[A]]", '"[[A]]"')],
)
def test_a_value_of_another_type_is_another_value(
    typed: str, value: FieldValue, after: str
) -> None:
    assert done(f"---\nx: {typed}\n---\n", setting("x", value)) == f"---\nx: {after}\n---\n"


def test_f20_other_values_stay_as_they_were_typed() -> None:
    before = "---\ntime: 12:30\nphone: 0441222\nreply: no\nstage: lead\n---\n"
    assert done(before, setting("stage", "won")) == before.replace("lead", "won")


@pytest.mark.parametrize(
    ("front_matter", "code", "line"),
    [
        ("stage: lead\nx: 1\nstage: won\n", "yaml-duplicate-key", 4),
        ("x: 1\nstage: &a lead\ny: *a\n", "edit-anchor-shared", 3),
        ("stage:\n  - &a lead\ny: *a\n", "edit-anchor-shared", 2),
        ("stage: lead\nx: [1\n", "yaml-syntax", 3),
        ("stage: lead\n--- x\n", "yaml-several-documents", 3),
        ("- stage\n", "yaml-not-a-mapping", 2),
        ("Stage: a\nSTAGE: b\n", "edit-key-ambiguous", 3),
        ("? stage\n", "edit-unsafe", 2),
        (f"stage: lead\nx: {'y' * 65_536}\n", "yaml-too-large", 2),
        (f"stage: lead\nx: {'[' * 40}{']' * 40}\n", "yaml-too-deep", 3),
    ],
)
def test_f17_what_cannot_be_edited_safely_is_refused_by_its_line(
    front_matter: str, code: str, line: int
) -> None:
    text = f"---\n{front_matter}---\nBody\n"
    assert refused(text, setting("stage", "won")) == (code, line)


@pytest.mark.parametrize("text", ["---\nstage: lead\n", "---\n\n# Title\n", "---", "---\n"])
def test_f17_an_open_fence_is_refused(text: str) -> None:
    assert refused(text, setting("stage", "won")) == ("front-matter-open", 1)


def test_f17_properties_that_obsidian_does_not_see_are_not_pushed_further_down() -> None:
    text = "\n\n---\nstage: lead\n---\n"
    assert refused(text, setting("stage", "won")) == ("front-matter-late", 3)


def test_f17_a_merge_conflict_is_left_alone() -> None:
    text = "---\nstage: lead\n---\n<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n"
    assert refused(text, setting("stage", "won")) == ("conflict-marks", 4)


@pytest.mark.parametrize("name", ["bom-crlf", "bom", "crlf", "mixed-eol", "close-trailing-space"])
def test_f18_line_ends_and_bom_stay(name: str) -> None:
    before = oddity(name)
    edit = set_field(NOTE, before, "stage", "won")
    assert edit.after == before.replace(b"proposal", b"won")


@pytest.mark.parametrize("rest", ["---", "---\r\nlast line", "---  \r\n\r\n\r\n"])
def test_f18_a_new_line_ends_as_the_opening_fence_does(rest: str) -> None:
    before = f"\ufeff---\r\nx: 1\n{rest}"
    after = f"\ufeff---\r\nx: 1\nstage: won\r\n{rest}"
    assert done(before, setting("stage", "won")) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "---\nstage: won\n---\n"),
        ("Body", "---\nstage: won\n---\nBody"),
        ("\ufeffa\r\nb\n", "\ufeff---\r\nstage: won\r\n---\r\na\r\nb\n"),
        ("----\nx: 1\n----\n", "---\nstage: won\n---\n----\nx: 1\n----\n"),
        ("---\n---\n", "---\nstage: won\n---\n"),
        ("---\n# nothing yet\n\n---\n", "---\n# nothing yet\n\nstage: won\n---\n"),
    ],
)
def test_f18_a_note_without_properties_gets_them_before_its_first_byte(
    before: str, after: str
) -> None:
    assert done(before, setting("stage", "won")) == after


def test_f23_bytes_of_the_body_that_are_no_text_are_kept() -> None:
    edit = set_field(NOTE, b"---\nstage: lead\n---\nCaf\xe9 au lait, a large one\n", "stage", "won")
    assert edit.after == b"---\nstage: won\n---\nCaf\xe9 au lait, a large one\n"


@pytest.mark.parametrize(
    ("raw", "code", "line"),
    [
        (b"---\nstage: lead\nx: Caf\xe9 au lait\n---\n", "text-not-utf8", 3),
        (oddity("utf16le"), "note-not-text", 1),
        (b"---\nstage: lead\n---\nBody\n\x00", "note-not-text", 5),
        (bytes(range(128, 256)), "note-not-text", 1),
    ],
)
def test_f23_what_is_no_text_is_refused(raw: bytes, code: str, line: int) -> None:
    assert refused(raw, setting("stage", "won")) == (code, line)


@pytest.mark.parametrize("key", ["next_action", "Next Action", "next-action"])
def test_a_key_is_found_in_any_spelling(key: str) -> None:
    before = "---\nnext-Action: call\n---\n"
    assert done(before, setting(key, "mail")) == "---\nnext-Action: mail\n---\n"


def test_the_spelling_as_typed_comes_first() -> None:
    before = "---\nNext Action: a\nnext_action: b\n---\n"
    assert done(before, setting("next_action", "c")) == before.replace("b\n", "c\n")


@pytest.mark.parametrize(
    "key", ["", "yes", "12", "a: b", "a\nb", "#new", "null", "a ", "-a", "x" * 200]
)
def test_a_new_key_must_be_a_plain_name(key: str) -> None:
    assert refused("---\nx: 1\n---\n", setting(key, "v"))[0] == "edit-key-unsafe"


def test_a_line_cannot_be_put_into_braces() -> None:
    assert refused('---\n{"x": 1}\n---\n', setting("stage", "won"))[0] == "edit-unsafe"


@pytest.mark.parametrize(
    "value", [2**64, Decimal("NaN"), Decimal("0.12345678901234567890"), "\udce9"]
)
def test_a_value_that_would_not_read_back_is_refused(value: FieldValue) -> None:
    assert refused("---\nx: 1\n---\n", setting("x", value))[0] == "edit-unsafe"


def test_several_edits_are_one_and_the_first_refusal_undoes_them_all() -> None:
    raw = b"---\nstage: lead\nx: &a 1\ny: *a\n---\n"
    both = run_operations(NOTE, raw, [setting("stage", "won"), setting("closed_on", "today")])
    assert read(both.after).frontmatter == {"stage": "won", "x": 1, "y": 1, "closed_on": "today"}
    none = run_operations(NOTE, raw, [setting("stage", "won"), setting("x", 2)])
    assert none.after == raw
    assert none.refusal is not None
