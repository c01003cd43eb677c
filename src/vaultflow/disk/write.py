"""The one place that writes into the vault: whole, or not at all.

A file is never written in place: the new bytes go into a temporary file beside it, reach the disk,
and take its name in one step. Who kills us at any instant leaves the old file or the new one.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from vaultflow.disk.files import read_bytes
from vaultflow.disk.root import locate
from vaultflow.errors import ConflictError, Finding, VaultError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from vaultflow.disk.change import Change

PRIVATE = 0o600  # until the file has the rights of the one that it replaces
BY_UMASK = 0o666  # a new file's rights: the system takes away what the user's umask says

SHARING_ERRORS = frozenset({5, 32, 33})  # Windows: access denied, sharing and lock violation
RETRY_SECONDS = (0.05, 0.1, 0.2, 0.4, 0.75, 1.0)  # scanners and sync tools let go within 2.5 s

NO_LINKS = frozenset(
    {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL, errno.EMLINK}
)
"""What os.link says on FAT, SMB and the like."""

NO_FOLDER_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF})
"""What fsync of a folder says on some network drives."""

HINTS = {
    errno.ENOSPC: "make room on the disk",
    errno.EDQUOT: "make room on the disk: your quota is used up",
    errno.EROFS: "the vault is read-only here",
    errno.EACCES: "check the permissions of the file and its folder",
    errno.EPERM: "check the permissions of the file and its folder",
}


def apply_change(root: Path, change: Change) -> bool:
    """Writes the change; gives whether a write was needed.

    Raises:
        ConflictError: the file is not as the plan found it, or cannot be replaced safely.
        VaultError: the path leads out of the vault, or the system cannot write there. The file
            is as it was, unless only the last step, making its name durable, went wrong.
    """
    if change.before == change.after:
        return False
    target = locate(root, change.path)
    try:
        return _replace(root, target, change)
    except OSError as error:
        raise _failure(change, error) from error


def _replace(root: Path, target: Path, change: Change) -> bool:
    mode = _confirm(root, target, change)
    if mode is None:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    with _temporary(target.parent, PRIVATE if change.before is not None else BY_UMASK) as temp:
        _fill(temp, change.after, mode)
        # Between reading and now a person may have typed: look again at the last moment.
        if _confirm(root, target, change) is None:
            return False
        if change.before is None:
            _place_new(temp, target, change)
        else:
            _patiently(lambda: temp.replace(target))
    _sync_folder(target.parent)
    return True


def _confirm(root: Path, target: Path, change: Change) -> int | None:
    """The rights that the file is to have, 0 for the system's choice; None: it is written already.

    Raises:
        ConflictError: the file is not what the plan was made from.
    """
    status = _status(target)
    if status is None:
        if change.before is None:
            return 0
        raise _conflict(change, "the file was deleted meanwhile")
    _check_replaceable(change, status)
    current = read_bytes(root, change.path)
    if isinstance(current, Finding):
        raise _conflict(change, current.message)
    if current == change.after:
        return None
    if change.before is None:
        raise _conflict(change, "a file of this name came up meanwhile")
    if current != change.before:
        raise _conflict(change, "the file was changed meanwhile")
    return stat.S_IMODE(status.st_mode)


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


@contextmanager
def _temporary(folder: Path, mode: int) -> Iterator[Path]:
    """A new empty file in the folder, gone at the end unless it was renamed.

    Obsidian does not show a name with a dot, and its scan and ours know this one for temporary.
    """
    temp = folder / f".~vf-{secrets.token_hex(6)}.tmp"
    handle = os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        os.close(handle)
        yield temp
    finally:
        _remove(temp)


def _remove(file: Path) -> None:
    """Removes the file if it is there; a passing fault must not leave it behind."""
    try:
        _patiently(lambda: file.unlink(missing_ok=True))
    except OSError:
        file.unlink(missing_ok=True)


def _fill(file: Path, content: bytes, mode: int) -> None:
    """Puts the bytes into the file and onto the disk; `mode` 0 leaves its rights alone."""
    handle = os.open(file, os.O_WRONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0))
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(handle, rest) :]
        if mode and hasattr(os, "fchmod"):
            os.fchmod(handle, mode)
        os.fsync(handle)
    finally:
        os.close(handle)


def _place_new(temp: Path, target: Path, change: Change) -> None:
    """Gives the temporary file its name, which must be free."""
    try:
        _claim(temp, target)
    except FileExistsError as error:
        raise _conflict(change, "a file of this name came up meanwhile") from error


def _claim(temp: Path, target: Path) -> None:
    try:
        os.link(temp, target)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        _claim_without_link(temp, target)


def _claim_without_link(temp: Path, target: Path) -> None:
    """Takes the name with an empty file first: without hard links nothing else is sure."""
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    try:
        os.close(handle)
        _patiently(lambda: temp.replace(target))
    except OSError:
        _remove(target)
        raise


def _patiently(action: Callable[[], object]) -> None:
    """Does it, again and again while another program on Windows holds the file."""
    for seconds in RETRY_SECONDS:
        try:
            action()
        except OSError as error:
            if getattr(error, "winerror", None) not in SHARING_ERRORS:
                raise
            time.sleep(seconds)
        else:
            return
    action()


def _sync_folder(folder: Path) -> None:
    """Makes the new name durable, where the system can open a folder and cares."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in NO_FOLDER_SYNC:
            raise
    finally:
        os.close(handle)


def _conflict(change: Change, message: str, *, hint: str = "") -> ConflictError:
    return ConflictError(
        f"{message}: nothing was written",
        path=str(change.path),
        hint=hint or "run the command again",
    )


def _failure(change: Change, error: OSError) -> VaultError:
    is_held = getattr(error, "winerror", None) in SHARING_ERRORS
    hint = (
        "another program holds the file: close it" if is_held else HINTS.get(error.errno or 0, "")
    )
    message = f"the file cannot be written: {error.strerror or error}"
    return VaultError(message, path=str(change.path), hint=hint)
