"""One edit of one note: its bytes are read, the operations run over them, the result is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from vaultflow.disk.change import Change
from vaultflow.disk.notes import read_existing
from vaultflow.disk.write import edit_file
from vaultflow.errors import ConflictError
from vaultflow.pipeline.reading.hidden import placeholder_of
from vaultflow.vault.edit.edit import run_operations
from vaultflow.vault.reader import read_note

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path, PurePosixPath

    from vaultflow.vault.edit.edit import Operation
    from vaultflow.vault.note import Note


class Place(Protocol):
    """Where notes are edited: a workspace, or a folder outside of any vault."""

    @property
    def root(self) -> Path:
        """The folder."""

    def is_lead(self, note: Note) -> bool:
        """Whether the note is in the pipeline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """A folder outside of any vault."""

    root: Path

    def is_lead(self, _: Note) -> bool:
        """Never: there is no pipeline."""
        return False


def plan_edit(place: Place, path: PurePosixPath, operations: Iterable[Operation]) -> Change | None:
    """What the operations make of the note as it is now; None when there is nothing to do.

    Raises:
        ConflictError: the note is gone, cannot be edited safely, or would be no lead any more.
        VaultError: the path leads out of the vault.
    """
    before = read_existing(place.root, path)
    if before is None:
        raise ConflictError("there is no such note any more", path=str(path))
    return _planned(place, path, before, operations)


def edit_note(place: Place, path: PurePosixPath, operations: Iterable[Operation]) -> Change | None:
    """Runs the operations over the note and writes what comes out; None when nothing changed.

    The vault's lock is held from reading to writing, so that of two edits neither is lost. When
    somebody saves the note meanwhile, the operations run again over what is there then.

    Raises:
        ConflictError: the note is gone, cannot be edited safely, would be no lead any more, or is
            saved all the time.
        VaultError: the note cannot be written, or the path leads out of the vault.
    """
    steps = tuple(operations)
    change: Change | None = None

    def edit(before: bytes) -> bytes:
        nonlocal change
        change = _planned(place, path, before, steps)
        return change.after if change else before

    return change if edit_file(place.root, path, edit) else None


def _planned(
    place: Place, path: PurePosixPath, before: bytes, operations: Iterable[Operation]
) -> Change | None:
    edit = run_operations(path, before, operations)
    if refusal := edit.refusal:
        hint = refusal.hint or "edit it by hand"
        raise ConflictError(refusal.message, path=str(path), line=refusal.line, hint=hint)
    if edit.after == before:
        return None
    made = read_note(path, edit.after)
    if made.is_template and place.is_lead(read_note(path, before)):
        raise _hiding(made)
    return Change(path=path, before=before, after=edit.after)


def _hiding(made: Note) -> ConflictError:
    """The error of an edit after which the lead would stand in no list."""
    line, text = placeholder_of(made)
    message = f"with {text} in a property this lead would be an unfilled template, in no list"
    hint = f"leave out {text}; nothing was written"
    return ConflictError(message, path=str(made.path), line=line, hint=hint)
