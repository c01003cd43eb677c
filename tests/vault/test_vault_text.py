from __future__ import annotations

import pytest
from front_matter_builders import NOTE, codes, oddity
from hypothesis import given
from hypothesis import strategies as st

from vaultflow.errors import Level
from vaultflow.vault.text import MAX_NOTE_BYTES, decode_note, line_of


@pytest.mark.parametrize("name", ["crlf", "mixed-eol", "empty", "yes-no"])
def test_f18_line_ends_stay_as_they_are(name: str) -> None:
    raw = oddity(name)
    assert decode_note(NOTE, raw) == (raw.decode(), ())


@pytest.mark.parametrize("name", ["bom", "bom-crlf"])
def test_f18_a_byte_order_mark_is_passed_over_and_told(name: str) -> None:
    text, findings = decode_note(NOTE, oddity(name))
    assert text is not None
    assert text.startswith("---")
    assert codes(findings) == [("text-bom", 1)]
    assert findings[0].level is Level.INFO


def test_f23_utf16_is_refused() -> None:
    text, findings = decode_note(NOTE, oddity("utf16le"))
    assert text is None
    assert codes(findings) == [("note-not-text", 1)]
    assert findings[0].level is Level.ERROR
    assert findings[0].hint


def test_f23_a_nul_byte_is_refused_with_its_line() -> None:
    text, findings = decode_note(NOTE, oddity("nul"))
    assert text is None
    assert codes(findings) == [("note-not-text", 6)]


def test_f23_a_few_bytes_that_are_not_utf8_do_not_hide_the_rest() -> None:
    text, findings = decode_note(NOTE, oddity("latin1"))
    assert text == "---\nname: Caf�\n---\nCaf�\n"
    assert codes(findings) == [("text-not-utf8", 2)]
    assert findings[0].level is Level.WARNING


def test_f23_a_note_in_another_code_page_is_refused() -> None:
    text, findings = decode_note(NOTE, "Привет, это заметка".encode("cp1251"))
    assert text is None
    assert codes(findings) == [("note-not-text", 1)]


def test_f22_a_note_of_the_greatest_size_is_read() -> None:
    text, findings = decode_note(NOTE, b"x" * MAX_NOTE_BYTES)
    assert text is not None
    assert not findings


def test_f22_a_larger_note_is_one_finding() -> None:
    text, findings = decode_note(NOTE, b"x" * (MAX_NOTE_BYTES + 1))
    assert text is None
    assert codes(findings) == [("note-too-large", 1)]


CONFLICT = "# Acme\n<<<<<<< HEAD\nvalue 1\n=======\nvalue 2\n>>>>>>> other\n"


@pytest.mark.parametrize(
    "text",
    [
        CONFLICT,
        CONFLICT.replace("\n", "\r\n"),
        CONFLICT.replace("value 1\n", "value 1\n||||||| base\nvalue 0\n"),
        CONFLICT.replace("value 1\n", "Heading\n=======\n"),
    ],
)
def test_f33_a_merge_conflict_is_told_with_its_line(text: str) -> None:
    decoded, findings = decode_note(NOTE, text.encode())
    assert decoded == text
    assert codes(findings) == [("conflict-marks", 2)]


@pytest.mark.parametrize("text", ["Heading\n=======\n", "<<<<<<< HEAD\n", "a <<<<<<< b\n=======\n"])
def test_a_part_of_the_marks_is_no_merge_conflict(text: str) -> None:
    assert decode_note(NOTE, text.encode())[1] == ()


def test_lines_are_counted_from_one() -> None:
    assert [line_of("a\r\nb\n\nc", offset) for offset in (0, 2, 3, 5, 6)] == [1, 1, 2, 3, 4]


@given(st.binary(max_size=200))
def test_no_bytes_make_decoding_raise(raw: bytes) -> None:
    text, findings = decode_note(NOTE, raw)
    assert text is not None or [finding.level for finding in findings] == [Level.ERROR]
