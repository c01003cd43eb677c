"""Two files take each other's names, in one step where the system can do it.

So what our bytes displace is not gone with the step but lies there to be looked at: a save that
came in at the last instant can be put back.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from functools import cache
from typing import TYPE_CHECKING

from vaultflow.disk.writing.temporary import NO_LINKS, aside_name, patiently, remove

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

AT_FDCWD = -100  # Linux, fcntl.h: paths count from the current folder
RENAME_EXCHANGE = 2  # Linux, stdio.h
RENAME_SWAP = 2  # macOS, stdio.h
REPLACEFILE_IGNORE_MERGE_AND_ACL_ERRORS = 0x2 | 0x4  # Windows, winbase.h

NO_EXCHANGE = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})
"""What the system says of drives, such as NFS, on which two names cannot be exchanged."""


def swap(temp: Path, target: Path) -> None:
    """Exchanges the two files' names; both must exist. `target` names a whole file all the while.

    On Windows and on drives that cannot do it in one step, `temp` has no file for a moment.

    Raises:
        OSError: it cannot be done.
    """
    exchange = _exchange()
    if exchange is None:
        patiently(lambda: swap_by_steps(temp, target))
        return
    try:
        patiently(lambda: exchange(temp, target))
    except OSError as error:
        if error.errno not in NO_EXCHANGE:
            raise
        swap_by_steps(temp, target)


def swap_by_steps(temp: Path, target: Path) -> None:
    """The same by a second name for the displaced file; a copy of it where there are no links.

    Raises:
        OSError: it cannot be done.
    """
    aside = aside_name(temp)
    _name_again(target, aside)
    try:
        temp.replace(target)
    except OSError:
        remove(aside)
        raise
    patiently(lambda: aside.replace(temp))


def _name_again(file: Path, name: Path) -> None:
    try:
        os.link(file, name)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        shutil.copyfile(file, name)


@cache
def _exchange() -> Callable[[Path, Path], None] | None:
    """The system's own way; None when it has none that we know."""
    match sys.platform:
        case "linux":
            return _libc_exchange("renameat2")
        case "darwin":
            return _libc_exchange("renamex_np")
        case "win32":
            return _replace_file
        case _:
            return None


def _libc_exchange(name: str) -> Callable[[Path, Path], None] | None:
    import ctypes  # noqa: PLC0415  # most commands write nothing

    call = getattr(ctypes.CDLL(None, use_errno=True), name, None)
    if call is None:
        return None

    def exchange(temp: Path, target: Path) -> None:
        one, other = os.fsencode(temp), os.fsencode(target)
        if name == "renameat2":
            failed = call(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE)
        else:
            failed = call(one, other, RENAME_SWAP)
        if failed:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(target))

    return exchange


def _replace_file(temp: Path, target: Path) -> None:
    """ReplaceFileW, which keeps the note's creation time and access list."""
    import ctypes  # noqa: PLC0415  # most commands write nothing

    aside = aside_name(temp)
    flags = REPLACEFILE_IGNORE_MERGE_AND_ACL_ERRORS
    replace = ctypes.WinDLL("kernel32", use_last_error=True).ReplaceFileW  # type: ignore[attr-defined,unused-ignore]  # Windows only
    replace.argtypes = [ctypes.c_wchar_p] * 3 + [ctypes.c_uint32] + [ctypes.c_void_p] * 2
    if not replace(str(target), str(temp), str(aside), flags, None, None):
        error: OSError = ctypes.WinError(ctypes.get_last_error())  # type: ignore[attr-defined,unused-ignore]  # Windows only
        if not target.exists() and aside.exists():  # it stopped half-way: error 1177
            aside.replace(target)
        raise error
    patiently(lambda: aside.replace(temp))
