from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultflow.vault.knowing import links_in
from vaultflow.vault.packed import pack_note, unpack_links, unpack_note
from vaultflow.vault.reader import read_note

PATH = PurePosixPath("Leads/Acme é.md")
ROOT = Path(__file__).parent.parent.parent
NOTES = sorted(
    file for folder in ("example-vault", "tests/data") for file in (ROOT / folder).rglob("*.md")
)

NESTED = b"""---
tags: [a, b]
people:
  - "[[Jane]]"
  - [x, [y, 1.5, null]]
deep: {a: [1, {b: true}], c: 2026-11-22}
---
- [ ] Call [[Jane|her]] #soon \xf0\x9f\x93\x85 2026-11-25 ^id
"""


@pytest.mark.parametrize("file", NOTES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_note_comes_out_as_it_went_in(file: Path) -> None:
    note = read_note(PurePosixPath(file.relative_to(ROOT)), file.read_bytes())
    packed = pack_note(note)
    assert packed is not None
    assert unpack_note(packed) == note


def test_nested_properties_come_out_with_tuples() -> None:
    note = read_note(PATH, NESTED)
    assert note.properties is not None
    assert note.properties["people"].value == ("[[Jane]]", ("x", ("y", 1.5, None)))
    assert unpack_note(pack_note(note) or b"") == note


@given(raw=st.one_of(st.binary(), st.text().map(str.encode)))
def test_a_note_of_any_bytes_comes_out_as_it_went_in(raw: bytes) -> None:
    note = read_note(PATH, raw)
    packed = pack_note(note)
    assert packed is None or unpack_note(packed) == note
    assert packed is None or unpack_links(packed) == links_in(note)


def test_the_links_of_a_note_are_opened_without_the_rest() -> None:
    raw = b"---\nto: '[[a]]'\n---\n![[b.png]] [[c]]\n[[d|e]] [f](g.md#h)\n"
    links = unpack_links(pack_note(read_note(PATH, raw)) or b"")
    assert links == links_in(read_note(PATH, raw))
    assert [link.target for link in links or ()] == ["a", "c", "b.png", "d", "g.md"]


@pytest.mark.parametrize("packed", [b"", b"\x90", b"\xc1", b"\x91" * 100_000])
def test_something_else_has_no_links(packed: bytes) -> None:
    assert unpack_links(packed) is None


@pytest.mark.parametrize("number", ["123456789012345678901234567890", "9007199254740993", ".inf"])
def test_a_huge_number_comes_out_as_it_went_in(number: str) -> None:
    note = read_note(PATH, f"---\niban: {number}\n---\n".encode())
    assert unpack_note(pack_note(note) or b"") == note


def test_a_number_beyond_the_format_is_not_packed() -> None:
    note = read_note(PATH, b"---\niban: 18446744073709551616\n---\n")
    assert pack_note(note) is None


@given(noise=st.binary())
def test_noise_is_no_note(noise: bytes) -> None:
    assert unpack_note(noise) is None


def test_a_cut_note_is_no_note() -> None:
    packed = pack_note(read_note(PATH, NESTED)) or b""
    assert [unpack_note(packed[:length]) for length in range(len(packed))] == [None] * len(packed)
