"""Whether somebody is in the middle of saving a note: then we wait.

An editor that truncates the file and writes it anew leaves it empty or half for a moment. What
stands there then must be neither edited nor replaced.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from typing import TYPE_CHECKING

from vaultflow.disk.files import SAFE_READ

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

QUIET_SECONDS = 0.3  # editors save in two or three writes, a few milliseconds apart
DOUBTFUL_SECONDS = 2.0  # for a file that is empty or has shrunk, as by a save that has begun
LIMIT_SECONDS = 5.0  # then the note is left alone, and the user told

STEP_SECONDS = 0.01
LAST_LOOK_SECONDS = 1.0  # for one who had the displaced file open to close it
BLIND_LOOK_SECONDS = 0.02  # where the system does not tell who has a file open


def wait_until_settled(
    file: Path, least_bytes: int, now: float, is_ours: Callable[[os.stat_result], bool]
) -> bool:
    """Whether nobody writes to the file any more; it waits up to `LIMIT_SECONDS` for that.

    Many files that were saved at one time are waited for once: the second has aged with the first.

    Args:
        file: the note, which may vanish and come back while we look.
        least_bytes: a smaller file is likely to be half written.
        now: the time by the clock of the file's own drive, as the epoch's seconds.
        is_ours: whether we wrote the file ourselves, as it is: then there is nothing to wait for.
    """
    deadline = time.monotonic() + LIMIT_SECONDS
    seen = _status(file)
    pause = _pause(seen, least_bytes, now)
    if pause > 0 and seen and is_ours(seen):
        pause = 0.0
    while pause > 0 or is_open_for_writing(file):
        if time.monotonic() + pause > deadline:
            return False
        time.sleep(max(pause, STEP_SECONDS))
        before, seen = seen, _status(file)
        # What did not change while we watched is quiet, whatever its time says.
        pause = 0.0 if _same(before, seen) else _quiet_seconds(seen, least_bytes)
    return True


def settled_bytes(file: Path) -> bytes | None:
    """The bytes of a file whose name was just taken from it; None when they are not to be had.

    Who opened it while it was the note may still write to it: it is looked at again until all
    have closed it, for `LAST_LOOK_SECONDS` at most.
    """
    try:
        return _bytes_at_rest(file)
    except OSError:
        return None


def _bytes_at_rest(file: Path) -> bytes | None:
    deadline = time.monotonic() + LAST_LOOK_SECONDS
    while is_open := is_open_for_writing(file):
        if time.monotonic() > deadline:
            return None
        time.sleep(STEP_SECONDS)
    if is_open is None:
        time.sleep(BLIND_LOOK_SECONDS)
    return file.read_bytes()


def is_open_for_writing(file: Path) -> bool | None:
    """Whether any program has the file open for writing; None when the system does not tell.

    Linux tells: it grants a read lease only on a file that nobody can write to.
    """
    if sys.platform != "linux":
        return None
    try:
        handle = os.open(file, SAFE_READ)
    except OSError:
        return None
    try:
        # Who opens the file while we have the lease makes the system send us a signal: one that is
        # ignored, and not SIGIO, which would end us.
        fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except OSError:
        return None  # a network drive, or another user's file
    else:
        return False
    finally:
        os.close(handle)


def _status(file: Path) -> os.stat_result | None:
    try:
        return os.lstat(file)
    except FileNotFoundError:
        return None


def _same(one: os.stat_result | None, other: os.stat_result | None) -> bool:
    def marks(status: os.stat_result | None) -> tuple[int, ...] | None:
        return status and (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)

    return marks(one) == marks(other)


def _quiet_seconds(status: os.stat_result | None, least_bytes: int) -> float:
    """For how long the file must not have changed."""
    is_doubtful = status is not None and (not status.st_size or status.st_size < least_bytes)
    return DOUBTFUL_SECONDS if is_doubtful else QUIET_SECONDS


def _pause(status: os.stat_result | None, least_bytes: int, now: float) -> float:
    """How many of those seconds are still to pass; a time in the future tells nothing."""
    quiet = _quiet_seconds(status, least_bytes)
    age = now - status.st_mtime if status else 0.0
    return quiet if age < 0 else quiet - age
