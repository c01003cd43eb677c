"""Taking back what VaultFlow has written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.disk.change import Change
from vaultflow.disk.notes import read_existing
from vaultflow.disk.writing.displaced import displaced, hash_of
from vaultflow.errors import ConflictError, UsageError
from vaultflow.flow.choice import chosen

if TYPE_CHECKING:
    from pathlib import Path


def plan_undo(root: Path, note: str | None = None) -> Change:
    """The change that takes back the last write, to the note or to any when none is named.

    Raises:
        UsageError: when nothing of it is kept, or it is not clear which note is meant.
        ConflictError: when the note has changed since, or was made by that write.
        VaultError: when what is kept cannot be read.
    """
    kept = displaced(root)
    path = chosen({each.path for each in kept}, note, root, "changed note") if note else None
    last = next((each for each in kept if path in (None, each.path)), None)
    if last is None:
        raise UsageError("VaultFlow has changed no note here in the last 30 days")
    now = read_existing(root, last.path)
    if now is None or hash_of(now) != last.after:
        raise ConflictError(
            "the note has changed since VaultFlow wrote it: nothing was taken back",
            path=str(last.path),
            hint=f"written at {last.at:%Y-%m-%d %H:%M} UTC",
        )
    if last.content is None:
        raise ConflictError(
            "VaultFlow made this note, and deletes none",
            path=str(last.path),
            hint="delete it yourself",
        )
    return Change(path=last.path, before=now, after=last.content)
