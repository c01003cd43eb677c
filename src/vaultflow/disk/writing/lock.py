"""Who may write: one process a vault at a time, and one watcher.

The locks are the system's own, which lets go of them when a process ends, however it ends. So
there is nothing to unlock by hand, and the number left in the file is for the message only.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from vaultflow.disk.home import STATE_VARIABLE
from vaultflow.disk.state import state_folder, vault_id
from vaultflow.errors import AlreadyRunningError, VaultError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WRITE_LOCK = "lock"
WATCH_LOCK = "watcher"

WAIT_SECONDS = 15.0  # above what one writer may wait for an editor to finish: settle.py
RETRY_SECONDS = 0.01

OWNER_BYTES = 12  # of the file, for the number of the process that has the lock
LOCKED_BYTE = 1 << 30  # Windows forbids reading what is locked, so the lock is behind the number


class Hold:
    """A vault's lock within this process; it changes as threads take and leave it."""

    def __init__(self) -> None:
        self.mutex = threading.RLock()
        self.depth = 0  # how many times the thread that has it has taken it
        self.swept: set[Path] = set()  # folders rid of old temporary files since it was taken


# The system's lock is the process's: threads and nested calls must know of each other, so this is
# the one place with state of the module.
_holds: dict[str, Hold] = {}
_holds_mutex = threading.Lock()


@contextmanager
def vault_lock(root: Path) -> Iterator[Hold]:
    """The right to write into the vault; what reads, decides and writes holds it all the while.

    It can be taken again by the thread that has it.

    Raises:
        VaultError: another process keeps it for too long, or the state folder cannot be used.
    """
    with _holds_mutex:
        hold = _holds.setdefault(vault_id(root), Hold())
    with hold.mutex:
        handle = None if hold.depth else _wait_for(state_folder(root) / WRITE_LOCK)
        hold.depth += 1
        try:
            yield hold
        finally:
            hold.depth -= 1
            if handle is not None:
                hold.swept.clear()
                _close(handle)


@contextmanager
def watcher_lock(root: Path) -> Iterator[None]:
    """The right to be this vault's only watcher.

    Raises:
        AlreadyRunningError: another process is.
        VaultError: the state folder cannot be used.
    """
    file = state_folder(root) / WATCH_LOCK
    handle = _take(file)
    if handle is None:
        message = f"a watcher has this vault already{_by(file)}"
        raise AlreadyRunningError(message, path=str(root), hint="stop it first")
    try:
        yield
    finally:
        _close(handle)


def watcher_process(root: Path) -> int | None:
    """The number of the process that watches this vault; None when none does, 0 when it hides.

    Raises:
        VaultError: the state folder cannot be used.
    """
    file = state_folder(root) / WATCH_LOCK
    if not file.exists():
        return None
    handle = _open(file)
    try:
        return None if _lock(handle) else _owner(file)
    finally:
        _close(handle)


def _wait_for(file: Path) -> int:
    deadline = time.monotonic() + WAIT_SECONDS
    while (handle := _take(file)) is None:
        if time.monotonic() > deadline:
            message = f"another VaultFlow is writing to this vault{_by(file)}"
            raise VaultError(message, hint="wait for it to end, and run the command again")
        time.sleep(RETRY_SECONDS)
    return handle


def _take(file: Path) -> int | None:
    """A handle that holds the lock until it is closed; None when another has it."""
    handle = _open(file)
    try:
        is_ours = _lock(handle) and _is_there(handle, file)
    except VaultError:
        _close(handle)
        raise
    if not is_ours:
        _close(handle)
        return None
    with suppress(OSError):  # it is for the message only: on a full disk, too, the lock is ours
        # Always as long: to truncate first would make some systems flush the file each time.
        os.write(handle, f"{os.getpid():<{OWNER_BYTES}}".encode())
    return handle


def _open(file: Path) -> int:
    try:
        return os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    except OSError as error:
        message = f"VaultFlow's lock cannot be opened: {error.strerror}"
        raise VaultError(message, path=str(file)) from error


def _close(handle: int) -> None:
    """Lets go of the lock; whatever closing says, the handle is closed."""
    with suppress(OSError):
        os.close(handle)


def _lock(handle: int) -> bool:
    """Whether the lock is ours now."""
    try:
        if sys.platform == "win32":
            os.lseek(handle, LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if not isinstance(error, BlockingIOError | PermissionError):
            hint = f"this drive knows no locks: name a folder on another in {STATE_VARIABLE}"
            raise VaultError(f"no lock can be had: {error.strerror}", hint=hint) from error
        return False
    return True


def _is_there(handle: int, file: Path) -> bool:
    """Whether the locked file still has its name: with the state folder deleted it locks nobody."""
    try:
        return os.path.samestat(os.fstat(handle), file.stat())
    except OSError:
        return False


def _owner(file: Path) -> int:
    try:
        return int(file.read_bytes() or b"0")
    except (OSError, ValueError):
        return 0


def _by(file: Path) -> str:
    owner = _owner(file)
    return f": process {owner}" if owner else ""
