"""Bytes of somebody else's that came into our hands: they get a name beside the note.

And what a kill has left behind: temporary files of ours, which may hold such bytes.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING

from vaultflow.disk.writing.displaced import displaced_by, hash_of
from vaultflow.disk.writing.temporary import claim, remove, token_of
from vaultflow.errors import VaultError

if TYPE_CHECKING:
    from pathlib import Path

LEFTOVER_SECONDS = 600.0  # a temporary file lives for seconds: older ones are a killed process's


def keep_stranger(temp: Path, target: Path, at: datetime) -> Path:
    """Gives the bytes in `temp` a free name beside the note, as sync tools name a conflict.

    Raises:
        OSError: it cannot be done.
    """
    day = at.astimezone(UTC)
    for number in count(1):
        mark = f"(vaultflow conflict {day:%Y-%m-%d %H%M%S}{f' {number}' if number > 1 else ''})"
        name = target.with_name(f"{target.stem} {mark}{target.suffix}")
        with suppress(FileExistsError):
            claim(temp, name)
            return name
    raise AssertionError  # the numbers do not end


def sweep(root: Path, folder: Path) -> None:
    """Removes what killed processes have left in a folder that was just written to.

    A temporary file that was complete and holds neither our bytes nor those that we displaced is
    somebody's: it gets a name. What cannot be removed stays for the next time.
    """
    with suppress(OSError, VaultError):
        now = folder.stat().st_mtime  # it has just changed: the time by its drive's own clock
        for file in _leftovers(folder, now):
            _clear(root, file)


def _leftovers(folder: Path, now: float) -> list[Path]:
    with os.scandir(folder) as entries:
        ours = [entry for entry in entries if token_of(entry.name)]
    return [folder / entry.name for entry in ours if _is_leftover(entry, now)]


def _is_leftover(entry: os.DirEntry[str], now: float) -> bool:
    with suppress(FileNotFoundError):
        status = entry.stat(follow_symlinks=False)
        # An exchange leaves the note's own time on what it brings out; the change of its name,
        # which POSIX systems note in st_ctime, is what happened last.
        age = now - max(status.st_mtime, status.st_ctime)
        return stat.S_ISREG(status.st_mode) and age > LEFTOVER_SECONDS
    return False


def _clear(root: Path, file: Path) -> None:
    record = displaced_by(root, token_of(file.name) or "")
    if record and hash_of(file.read_bytes()) not in (record.before, record.after):
        keep_stranger(file, file.with_name(record.path.name), record.at)
    remove(file)
