"""One edit of one note: its bytes are read, the operations run over them, the result is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.disk.change import Change
from vaultflow.disk.notes import read_existing
from vaultflow.disk.write import edit_file
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
    return _planned(path, before, operations)


def edit_note(root: Path, path: PurePosixPath, operations: Iterable[Operation]) -> Change | None:
    """Runs the operations over the note and writes what comes out; None when nothing changed.

    The vault's lock is held from reading to writing, so that of two edits neither is lost. When
    somebody saves the note meanwhile, the operations run again over what is there then.

    Raises:
        ConflictError: the note is gone, cannot be edited safely, or is saved all the time.
        VaultError: the note cannot be written, or the path leads out of the vault.
    """
    steps = tuple(operations)
    change: Change | None = None

    def edit(before: bytes) -> bytes:
        nonlocal change
        change = _planned(path, before, steps)
        return change.after if change else before

    return change if edit_file(root, path, edit) else None


def _planned(path: PurePosixPath, before: bytes, operations: Iterable[Operation]) -> Change | None:
    edit = run_operations(path, before, operations)
    if refusal := edit.refusal:
        hint = refusal.hint or "edit it by hand"
        raise ConflictError(refusal.message, path=str(path), line=refusal.line, hint=hint)
    return Change(path=path, before=before, after=edit.after) if edit.after != before else None
