"""What the watcher leaves behind for `vaultflow status`, and for itself when it starts again."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from vaultflow.disk.state import state_folder

if TYPE_CHECKING:
    from pathlib import Path

STATUS_FILE = "watch.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one round did, for the log."""

    at: str
    """When it began: ISO, in the vault's time zone."""
    seconds: float
    """How long it took."""
    leads: int
    changed_count: int
    """Files that were found new, gone, or with other bytes; at the start, all that there are."""
    is_start: bool = False
    """Whether it is the first round of a watcher."""
    changed: tuple[str, ...] = ()
    """The first few of the files that had changed."""
    written: tuple[str, ...] = ()
    """Pages, and leads into which answers went."""
    held: str = ""
    """Why nothing was written although there was a change."""
    troubles: tuple[str, ...] = ()
    """What could not be done, a line each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchStatus:
    """What is known of the watcher of one vault."""

    since: str
    """When it started: ISO, in the vault's time zone."""
    last: Batch | None = None
    """Its last round in which anything changed."""
    leads: int = 0
    """How many there were when pages were last made."""
    pages: tuple[str, ...] = ()
    """The pages it has seen: it makes none anew that the user has deleted."""


def load_status(root: Path) -> WatchStatus | None:
    """What the vault's watcher left; None when there is none, or when it cannot be read.

    Raises:
        VaultError: the state folder cannot be used.
    """
    try:
        content = (state_folder(root) / STATUS_FILE).read_bytes()
        return msgspec.json.decode(content, type=WatchStatus)
    except (OSError, msgspec.DecodeError):
        return None


def save_status(root: Path, status: WatchStatus) -> None:
    """Keeps it, whole or not at all; a full disk keeps the old one.

    Raises:
        VaultError: the state folder cannot be used.
    """
    file = state_folder(root) / STATUS_FILE
    fresh = file.with_suffix(f".{os.getpid()}")
    try:
        fresh.write_bytes(msgspec.json.encode(status))
        fresh.replace(file)
    except OSError:
        fresh.unlink(missing_ok=True)
