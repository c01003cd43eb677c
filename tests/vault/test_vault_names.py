from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultflow.vault.names import fold, nfc
from vaultflow.vault.odd_names import copy_of, icloud_stub, is_temporary, leftover_of


def test_f27_a_name_in_decomposed_form_equals_the_composed_one() -> None:
    typed, listed = "Café Müller", unicodedata.normalize("NFD", "Café Müller")
    assert typed != listed
    assert nfc(typed) == nfc(listed)
    assert fold(listed) == fold("CAFÉ müller")


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("name", "tool"),
    [
        ("Acme (Conflicted copy MyMac 202611221015).md", "Obsidian Sync"),
        ("Acme (Conflicted copy Ann's Mac (2) 202611221015).md", "Obsidian Sync"),
        ("Acme.sync-conflict-20261122-101500-ABCDEFG.md", "Syncthing"),
        ("Acme (Ana's conflicted copy 2026-11-22).md", "Dropbox"),
        ("Acme (Ana's conflicted copy 2026-11-22 1).md", "Dropbox"),
        ("Acme (In Konflikt stehende Kopie von ANA 2026-11-22).md", "Dropbox"),
        ("Acme (copia in conflitto di ANA 2026-11-22).md", "Dropbox"),
        ("Acme (Copie en conflit de ANA 2026-11-22).md", "Dropbox"),
        ("Acme (conflicted copy 2026-11-22 101500).md", "Dropbox"),
    ],
)
def test_f33_a_conflict_copy_is_known_by_its_name(name: str, tool: str) -> None:
    mark = copy_of(PurePosixPath("Leads", name))
    assert mark is not None
    assert (mark.original, mark.tool, mark.certain) == ("Acme", tool, True)


@pytest.mark.parametrize(
    "name",
    [
        "Acme 2.md",
        "Acme 1٣.md",
        "Acme (1).md",
        "Acme(1).md",
        "Acme-DESKTOP-AB12.md",
        "Acme-ANNA.md",
    ],
)
def test_f33_a_name_that_a_person_may_choose_is_an_uncertain_copy(name: str) -> None:
    mark = copy_of(PurePosixPath(name))
    assert mark is not None
    assert (mark.original, mark.certain) == ("Acme", False)


@pytest.mark.parametrize(
    "name",
    [
        "Acme.md",
        "2026-11-22.md",
        "Plan 2026.md",
        "O'Brien & Søns (AS).md",
        "Conflict with Acme.md",
        "Offer 1.md",
        "Meeting (conflict of interest).md",
        "Follow-up.md",
    ],
)
def test_an_ordinary_name_is_no_copy(name: str) -> None:
    assert copy_of(PurePosixPath(name)) is None


@pytest.mark.parametrize(
    "name",
    [
        "#Acme.md#",
        ".#Acme.md",
        ".Acme.md.icloud",
        ".Acme.md.swp",
        ".DS_Store",
        ".syncthing.Acme.md.tmp",
        ".~lock.Acme.md#",
        ".~vf-0123456789ab.tmp",
        "4913",
        "._Acme.md",
        "Acme.md.crdownload",
        "Acme.md.tmp",
        "Acme.md~",
        "Acme.md.sb-1a2b3c4d-QrStUv",
        "Icon\r",
        "Thumbs.db",
        "desktop.ini",
        "~$Acme.docx",
        "~syncthing~Acme.md.tmp",
    ],
)
def test_leftovers_of_editors_and_sync_tools_are_temporary(name: str) -> None:
    assert is_temporary(name)


@pytest.mark.parametrize(
    "name", ["Acme.md", "Icon design.md", "#1 priority.md", "~ draft.md", "tmp.md", "Part.md"]
)
def test_a_note_is_not_temporary(name: str) -> None:
    assert not is_temporary(name)


def test_an_icloud_stub_names_the_note_that_it_stands_for() -> None:
    assert icloud_stub(".Acme.md.icloud") == "Acme.md"
    assert icloud_stub("Acme.md") is None


@pytest.mark.parametrize(
    "name",
    [
        *(".syncthing.A b.md.tmp", "~syncthing~A b.md.tmp", "A b.md.tmp", "A b.md~"),
        *("A b.md.crdownload", "A b.md.part", "A b.md.sb-1a2b3c4d-XyZ12a"),
    ],
)
def test_a_temporary_file_that_was_to_become_a_note_tells_which(name: str) -> None:
    assert is_temporary(name)
    assert leftover_of(name) == "A b.md"


@pytest.mark.parametrize(
    "name", [".~vf-0a1b2c3d4e5f.tmp", "#a.md#", "4913", "a.png.tmp", ".a.md.swp", "a.md", ".md~"]
)
def test_other_temporary_files_tell_nothing(name: str) -> None:
    assert leftover_of(name) is None
