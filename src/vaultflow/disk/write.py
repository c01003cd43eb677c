"""The one place that writes into the vault: whole, or not at all, and over nobody's text.

A file is never written in place: the new bytes go into a temporary file beside it, reach the disk,
and exchange names with the note in one step. Who kills us at any instant leaves the old file or the
new one. What comes out of the exchange must be what was read; else it goes back, for a person or
a sync tool has saved meanwhile. `writing/` has the parts; this is the recipe.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from vaultflow.disk.change import Change
from vaultflow.disk.files import read_bytes
from vaultflow.disk.notes import read_existing
from vaultflow.disk.root import locate
from vaultflow.disk.writing.displaced import file_stamp, keep_displaced, last_displaced
from vaultflow.disk.writing.exchange import swap
from vaultflow.disk.writing.lock import vault_lock
from vaultflow.disk.writing.settle import settled_bytes, wait_until_settled
from vaultflow.disk.writing.strangers import keep_stranger, sweep
from vaultflow.disk.writing.temporary import (
    BY_UMASK,
    PRIVATE,
    SHARING_ERRORS,
    claim,
    fill,
    sync_folder,
    temporary,
)
from vaultflow.errors import ConflictError, Finding, VaultError, VaultFlowError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path, PurePosixPath

TRIES = 3  # against somebody who saves again and again at just the wrong instant

HINTS = {
    errno.ENOSPC: "make room on the disk",
    errno.EDQUOT: "make room on the disk: your quota is used up",
    errno.EROFS: "the vault is read-only here",
    errno.EACCES: "check the permissions of the file and its folder",
    errno.EPERM: "check the permissions of the file and its folder",
}


def apply_change(root: Path, change: Change, now: datetime | None = None) -> bool:
    """Writes the change; gives whether a write was needed.

    It locks the vault for the time of the write; what reads and decides too holds `vault_lock`
    around both. A note that somebody is just saving is waited for, up to five seconds.

    Args:
        root: the vault's folder.
        change: what is to be written, made from the file as it was read.
        now: when this happens, for `undo`; by default as the vault's own drive tells the time.

    Raises:
        ConflictError: the file is not as the plan found it, or cannot be replaced safely.
        VaultError: the path leads out of the vault, another VaultFlow keeps writing, or the
            system cannot write there. The file is as it was, unless only the last step, making
            its name durable, went wrong.
    """
    if change.before == change.after:
        return False
    target = locate(root, change.path)
    with vault_lock(root) as hold:
        try:
            if _is_written(root, target, change):
                return False
            target.parent.mkdir(parents=True, exist_ok=True)
            write = _make if change.before is None else _replace
            if not write(root, target, change, now):
                return False
            sync_folder(target.parent)
        except OSError as error:
            raise _failure(change, error) from error
        if target.parent not in hold.swept:
            hold.swept.add(target.parent)
            sweep(root, target.parent)
    return True


def edit_file(
    root: Path, path: PurePosixPath, edit: Callable[[bytes], bytes], now: datetime | None = None
) -> bool:
    """Reads a file, edits its bytes and writes them; gives whether a write was needed.

    When somebody saves the file meanwhile, all is done again on what is there then. What `edit`
    raises ends it, with nothing written.

    Raises:
        ConflictError: the file is not there, cannot be edited safely, or is saved all the time.
        VaultError: as `apply_change`.
    """
    target = locate(root, path)
    with vault_lock(root):
        for tries_left in reversed(range(TRIES)):
            # What is half saved must not even be read: an edit of it could be refused.
            _settle(root, target, path, least_bytes=0, now=time.time())
            before = read_existing(root, path)
            if before is None:
                raise ConflictError("there is no such file", path=str(path))
            change = Change(path=path, before=before, after=edit(before))
            try:
                return apply_change(root, change, now)
            except ConflictError:
                if not tries_left:
                    raise
    raise AssertionError  # the last try has returned or raised


def _make(root: Path, target: Path, change: Change, now: datetime | None) -> bool:
    """Puts a new file in place; whether that was needed."""
    with temporary(target.parent, BY_UMASK) as temp:
        fill(temp, change.after)
        # Between planning and now the name may have come up: look again at the last moment.
        if _is_written(root, target, change):
            return False
        at = now or _time_of(temp)
        record = keep_displaced(root, change.path, None, change.after, at, temp)
        try:
            claim(temp, target)
        except OSError as error:
            record.unlink(missing_ok=True)
            if isinstance(error, FileExistsError):
                raise _conflict(change, "a file of this name came up meanwhile") from error
            raise
    return True


def _replace(root: Path, target: Path, change: Change, now: datetime | None) -> bool:
    """Puts new bytes in the place of those that were read; whether that was needed."""
    with temporary(target.parent, PRIVATE) as temp:
        fill(temp, change.after, like=target)
        drive_time = temp.stat().st_mtime
        half = len(change.before or b"") // 2
        _settle(root, target, change.path, least_bytes=half, now=drive_time)
        for _ in range(TRIES):
            if _is_written(root, target, change):
                return False
            if _exchange(root, temp, target, change, now or _time_of(temp)):
                return True
    raise _conflict(change, "somebody keeps saving the file")


def _exchange(root: Path, temp: Path, target: Path, change: Change, at: datetime) -> bool:
    """Whether the new bytes are in place; else what somebody else has saved is there again."""
    record = keep_displaced(root, change.path, change.before, change.after, at, temp)
    ours = temp.stat()
    try:
        swap(temp, target)
        if settled_bytes(temp) == change.before:
            return True
        _put_back(temp, target, change, at)
    except (OSError, ConflictError):
        there = _status(target)
        if there is None or not os.path.samestat(there, ours):
            record.unlink(missing_ok=True)
        raise
    record.unlink(missing_ok=True)
    return False


def _put_back(temp: Path, target: Path, change: Change, at: datetime) -> None:
    """Undoes the exchange, which has brought out what somebody else saved."""
    try:
        swap(temp, target)
    except OSError:
        keep_stranger(temp, target, at)
        raise
    if settled_bytes(temp) == change.after:
        return
    # Our version was saved over too: the last save takes the place, the one before goes beside it.
    swap(temp, target)
    copy = keep_stranger(temp, target, at)
    hint = f"one of the two is now {copy.name}: compare them"
    raise _conflict(change, "the file was saved twice meanwhile", hint=hint)


def _settle(root: Path, target: Path, path: PurePosixPath, *, least_bytes: int, now: float) -> None:
    def is_ours(status: os.stat_result) -> bool:
        last = last_displaced(root, path)
        return last is not None and last.written == file_stamp(status)

    if not wait_until_settled(target, least_bytes, now, is_ours):
        message = "another program keeps writing to the file: nothing was written"
        raise ConflictError(message, path=str(path), hint="close it there, or try again later")


def _time_of(temp: Path) -> datetime:
    """When the file was written, by the clock of its drive."""
    return datetime.fromtimestamp(temp.stat().st_mtime, UTC)


def _is_written(root: Path, target: Path, change: Change) -> bool:
    """Whether the file holds the new bytes already.

    Raises:
        ConflictError: the file is not what the plan was made from.
    """
    status = _status(target)
    if status is None:
        if change.before is None:
            return False
        raise _conflict(change, "the file was deleted meanwhile")
    _check_replaceable(change, status)
    current = read_bytes(root, change.path)
    if isinstance(current, Finding):
        raise _conflict(change, current.message)
    if current not in (change.before, change.after):
        is_new = change.before is None
        what = "a file of this name came up" if is_new else "the file was changed"
        raise _conflict(change, f"{what} meanwhile")
    return current == change.after


def _check_replaceable(change: Change, status: os.stat_result) -> None:
    """Refuses what replacing would tear off from something else."""
    if stat.S_ISLNK(status.st_mode):
        raise _conflict(change, "this is a symlink", hint="edit the file that it leads to")
    if not stat.S_ISREG(status.st_mode):
        raise _conflict(change, "this is no file")
    if status.st_nlink > 1:
        hint = "replacing it would part it from its other names; make it a file of its own"
        raise _conflict(change, "the file has several names (hard links)", hint=hint)


def _status(target: Path) -> os.stat_result | None:
    try:
        return os.lstat(target)
    except FileNotFoundError:
        return None


def _conflict(change: Change, message: str, *, hint: str = "") -> ConflictError:
    return ConflictError(
        f"{message}: nothing was written",
        path=str(change.path),
        hint=hint or "run the command again",
    )


def _failure(change: Change, error: OSError) -> VaultFlowError:
    if isinstance(error, FileNotFoundError) and change.before is not None:
        return _conflict(change, "the file was deleted meanwhile")
    is_held = getattr(error, "winerror", None) in SHARING_ERRORS
    hint = (
        "another program holds the file: close it" if is_held else HINTS.get(error.errno or 0, "")
    )
    message = f"the file cannot be written: {error.strerror or error}"
    return VaultError(message, path=str(change.path), hint=hint)
