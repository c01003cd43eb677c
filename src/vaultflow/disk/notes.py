"""The notes of the vault, read from their files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from vaultflow.disk.files import read_bytes
from vaultflow.disk.root import locate
from vaultflow.errors import ConflictError, Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path, PurePosixPath

    from vaultflow.disk.scan import FileEntry
    from vaultflow.vault.note import Note


def load_notes(
    root: Path,
    entries: Sequence[FileEntry],
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Note, ...]:
    """The notes among the entries, in their order; one that cannot be read is a note all the same.

    Args:
        root: the vault's folder.
        entries: as `scan_vault` gives them.
        progress: called after each note with how many are read and how many there are.
    """
    wanted = tuple(entry for entry in entries if entry.is_note)
    notes = []
    for count, entry in enumerate(wanted, start=1):
        notes.append(load_note(root, entry))
        if progress:
            progress(count, len(wanted))
    return tuple(notes)


def load_note(root: Path, entry: FileEntry) -> Note:
    """One note; unreadable, with the reason as its finding, when its bytes cannot be had."""
    # Most commands look at files here and read no note: loading what does takes longer than they.
    from vaultflow.vault.reader import read_note, unreadable_note  # noqa: PLC0415

    content = entry.finding or read_bytes(root, entry.path)
    if isinstance(content, Finding):
        return unreadable_note(entry.path, content)
    return read_note(entry.path, content)


def read_existing(root: Path, path: PurePosixPath) -> bytes | None:
    """All bytes of a file that is to be changed; None when there is no such file.

    Raises:
        ConflictError: something stands there that cannot be read.
        VaultError: the path leads out of the vault.
    """
    if not os.path.lexists(locate(root, path)):
        return None
    content = read_bytes(root, path)
    if isinstance(content, Finding):
        raise ConflictError(content.message, path=str(path), hint=content.hint)
    return content
