from __future__ import annotations

import os
import unicodedata
from typing import TYPE_CHECKING

import pytest
from disk_builders import LEAD, at, posix_only, vault

from vaultflow.disk.notes import load_note, load_notes, read_existing
from vaultflow.disk.scan import FileEntry, scan_vault
from vaultflow.errors import ConflictError, VaultError

if TYPE_CHECKING:
    from pathlib import Path


def test_every_note_entry_becomes_a_note_in_order(tmp_path: Path) -> None:
    root = vault(tmp_path, {"b.md": LEAD, "a.md": "# A", "c.png": b"\x89PNG"})
    notes = load_notes(root, scan_vault(root).files)
    assert [str(note.path) for note in notes] == ["a.md", "b.md"]
    assert notes[1].frontmatter == {"type": "lead", "stage": "Proposal"}


def test_an_unreadable_note_is_counted_and_the_others_go_on(tmp_path: Path) -> None:
    root = vault(tmp_path, {"a.md": LEAD, "b.md": LEAD, "c.md": LEAD})
    entries = scan_vault(root).files
    (root / "b.md").unlink()
    notes = load_notes(root, entries)
    assert [note.readable for note in notes] == [True, False, True]
    assert [finding.code for finding in notes[1].findings] == ["note-vanished"]


@posix_only
def test_f24_a_special_file_is_an_unreadable_note(tmp_path: Path) -> None:
    root = vault(tmp_path, {"a.md": LEAD})
    os.mkfifo(root / "pipe.md")
    (pipe,) = (note for note in load_notes(root, scan_vault(root).files) if not note.readable)
    assert [finding.code for finding in pipe.findings] == ["note-not-a-file"]


def test_a_note_that_lies_in_the_cloud_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = vault(tmp_path, {".Acme.md.icloud": b"bplist"})
    (entry,) = scan_vault(root).notes
    monkeypatch.delattr(os, "open")
    note = load_note(root, entry)
    assert (str(note.path), note.readable) == ("Acme.md", False)


def test_f27_a_note_is_read_by_the_name_that_is_listed(tmp_path: Path) -> None:
    apart = unicodedata.normalize("NFD", "Café.md")
    root = vault(tmp_path, {apart: LEAD})
    (note,) = load_notes(root, scan_vault(root).files)
    assert note.readable
    assert unicodedata.normalize("NFC", note.name) == "Café"


def test_f23_bytes_that_are_no_text_do_not_stop_the_run(tmp_path: Path) -> None:
    files = {"bin.md": bytes(range(256)), "utf16.md": "# A".encode("utf-16"), "ok.md": LEAD}
    root = vault(tmp_path, dict(files))
    notes = {note.name: note for note in load_notes(root, scan_vault(root).files)}
    assert notes["ok"].readable
    assert notes["bin"].findings
    assert notes["utf16"].findings


def test_progress_is_told_after_each_note(tmp_path: Path) -> None:
    root = vault(tmp_path, {"a.md": "", "b.md": "", "c.png": ""})
    told: list[tuple[int, int]] = []
    load_notes(root, scan_vault(root).files, lambda count, total: told.append((count, total)))
    assert told == [(1, 2), (2, 2)]


def test_a_file_to_be_changed_is_read_or_is_not_there(tmp_path: Path) -> None:
    root = vault(tmp_path, {"a.md": LEAD})
    assert read_existing(root, at("a.md")) == LEAD
    assert read_existing(root, at("new/b.md")) is None


@posix_only
def test_a_file_that_cannot_be_read_cannot_be_changed(tmp_path: Path) -> None:
    root = vault(tmp_path, {})
    (root / "broken.md").symlink_to("gone.md")
    (root / "folder.md").mkdir()
    for path in ("broken.md", "folder.md"):
        with pytest.raises(ConflictError):
            read_existing(root, at(path))
    with pytest.raises(VaultError, match="leads out"):
        read_existing(root, at("../x.md"))


def test_an_entry_made_by_hand_will_do(tmp_path: Path) -> None:
    vault(tmp_path, {"a.md": LEAD})
    assert load_note(tmp_path, FileEntry(text="a.md", size=0, mtime_ns=0)).readable
