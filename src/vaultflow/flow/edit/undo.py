"""Taking back what VaultFlow has written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.disk.change import Change
from vaultflow.disk.notes import read_existing
from vaultflow.disk.writing.displaced import displaced, hash_of
from vaultflow.errors import ConflictError, UsageError
from vaultflow.flow.choice import chosen
from vaultflow.vault.reader import read_note

if TYPE_CHECKING:
    from pathlib import Path

    from vaultflow.disk.writing.displaced import Displaced


def plan_undo(root: Path, note: str | None = None) -> Change:
    """The change that takes back the last write to the note, or to any of the user's notes.

    Pages are passed over unless named: they are written after every edit.

    Raises:
        UsageError: when nothing of it is kept, or it is not clear which note is meant.
        ConflictError: when the note has changed since, or was made by that write.
        VaultError: when what is kept cannot be read.
    """
    kept = displaced(root)
    if note:
        path = chosen({each.path for each in kept}, note, root, "changed note")
        wanted = (each for each in kept if each.path == path)
    else:
        wanted = (each for each in kept if not _is_page(root, each))
    last = next(wanted, None)
    if last is None:
        raise UsageError("VaultFlow has changed no note of yours here in the last 30 days")
    return _putting_back(last, read_existing(root, last.path))


def _is_page(root: Path, record: Displaced) -> bool:
    content = record.content or read_existing(root, record.path) or b""
    return read_note(record.path, content).is_page


def _putting_back(record: Displaced, now: bytes | None) -> Change:
    path = str(record.path)
    if now is None or hash_of(now) != record.after:
        message = "the note has changed since VaultFlow wrote it: nothing was taken back"
        hint = f"written at {record.at:%Y-%m-%d %H:%M} UTC"
        raise ConflictError(message, path=path, hint=hint)
    if record.content is None:
        hint = "delete it yourself"
        raise ConflictError("VaultFlow made this note, and deletes none", path=path, hint=hint)
    return Change(path=record.path, before=now, after=record.content)
