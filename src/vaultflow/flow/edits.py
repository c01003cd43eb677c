"""One edit of one note: its bytes are read, the operations run over them, the result is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.disk.change import Change
from vaultflow.disk.notes import read_existing
from vaultflow.disk.write import apply_change
from vaultflow.disk.writing.lock import vault_lock
from vaultflow.errors import ConflictError
from vaultflow.vault.edit.edit import run_operations

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path, PurePosixPath

    from vaultflow.vault.edit.edit import Operation


def plan_edit(root: Path, path: PurePosixPath, operations: Iterable[Operation]) -> Change | None:
    """What the operations make of the note as it is now; None when there is nothing to do.

    Raises:
        ConflictError: the note is gone, or cannot be edited safely.
        VaultError: the path leads out of the vault.
    """
    before = read_existing(root, path)
    if before is None:
        raise ConflictError("there is no such note any more", path=str(path))
    edit = run_operations(path, before, operations)
    if refusal := edit.refusal:
        raise ConflictError(
            refusal.message, path=str(path), line=refusal.line, hint=refusal.hint or "edit by hand"
        )
    if edit.after == before:
        return None
    return Change(path=path, before=before, after=edit.after)


def edit_note(root: Path, path: PurePosixPath, operations: Iterable[Operation]) -> Change | None:
    """Runs the operations over the note and writes what comes out; None when nothing changed.

    The vault's lock is held from reading to writing, so that of two edits neither is lost.

    Raises:
        ConflictError: the note is gone, was changed meanwhile, or cannot be edited safely.
        VaultError: the note cannot be written, or the path leads out of the vault.
    """
    with vault_lock(root):
        change = plan_edit(root, path, operations)
        if change is None or not apply_change(root, change):
            return None
        return change
