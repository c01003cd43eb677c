"""The temporary file in which a note's new bytes come into being, and how it gets its name.

Obsidian and its sync pass over a name with a dot, and our own scan knows this one for temporary.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PRIVATE = 0o600  # until the file has the rights of the one that it replaces
BY_UMASK = 0o666  # a new file's rights: the system takes away what the user's umask says

# Windows: access denied, sharing and lock violation, and ReplaceFileW's word for the same.
SHARING_ERRORS = frozenset({5, 32, 33, 1175})
RETRY_SECONDS = (0.05, 0.1, 0.2, 0.4, 0.75, 1.0)  # scanners and sync tools let go within 2.5 s

NO_LINKS = frozenset(
    {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL, errno.EMLINK}
)
"""What os.link says on FAT, SMB and the like."""

NO_FOLDER_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF})
"""What fsync of a folder says on some network drives."""

COPYFILE_ACL_AND_XATTR = 1 << 0 | 1 << 2  # macOS, copyfile.h

_NAME = re.compile(r"\.~vf-(?P<token>[0-9a-f]{12})(?:\.old)?\.tmp")


def temporary_name() -> str:
    """A new name for a temporary file of ours."""
    return f".~vf-{secrets.token_hex(6)}.tmp"


def aside_name(temp: Path) -> Path:
    """Where a system that cannot exchange two names puts the displaced file for a moment."""
    return temp.with_suffix(".old.tmp")


def token_of(name: str) -> str | None:
    """What a temporary file and the record of its write have in common; None: it is not ours."""
    match = _NAME.fullmatch(name)
    return match["token"] if match else None


@contextmanager
def temporary(folder: Path, mode: int) -> Iterator[Path]:
    """A new empty file in the folder; at the end, whatever has its name is gone."""
    temp = folder / temporary_name()
    handle = os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        os.close(handle)
        yield temp
    finally:
        remove(temp)


def remove(file: Path) -> None:
    """Removes the file if it is there; a passing fault must not leave it behind."""
    try:
        patiently(lambda: file.unlink(missing_ok=True))
    except OSError:
        file.unlink(missing_ok=True)


def fill(file: Path, content: bytes, like: Path | None = None) -> None:
    """Puts the bytes into the file and onto the disk.

    With `like`, the file gets that one's owner, rights and extended attributes as far as allowed.
    """
    handle = os.open(file, os.O_WRONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0))
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(handle, rest) :]
        if like and sys.platform != "win32":
            _copy_rights(like, handle)
        _sync(handle)
    finally:
        os.close(handle)


def claim(temp: Path, target: Path) -> None:
    """Gives the temporary file its name, which must be free.

    Raises:
        FileExistsError: it is not.
    """
    try:
        os.link(temp, target)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        _claim_without_link(temp, target)


def patiently(action: Callable[[], object]) -> None:
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


def sync_folder(folder: Path) -> None:
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


def _claim_without_link(temp: Path, target: Path) -> None:
    """Takes the name with an empty file first: without hard links nothing else is sure."""
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    try:
        os.close(handle)
        patiently(lambda: temp.replace(target))
    except OSError:
        remove(target)
        raise


def _sync(handle: int) -> None:
    """Waits until the bytes are on the disk, and not in the drive's own memory only."""
    if sys.platform == "darwin":
        with suppress(OSError):  # network drives do not know it
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
            return
    os.fsync(handle)


if sys.platform != "win32":

    def _copy_rights(source: Path, handle: int) -> None:
        """Owner and attributes as far as we may, then the mode, which a new owner resets."""
        status = os.lstat(source)
        ours = os.fstat(handle)
        if (status.st_uid, status.st_gid) != (ours.st_uid, ours.st_gid):
            with suppress(OSError):
                os.fchown(handle, status.st_uid, status.st_gid)
        _copy_attributes(source, handle)
        os.fchmod(handle, status.st_mode & 0o7777)

    def _copy_attributes(source: Path, handle: int) -> None:
        """Extended attributes, with Linux's and macOS's access lists among them."""
        if sys.platform == "darwin":
            _copy_file_attributes(source, handle)
        elif sys.platform == "linux":
            with suppress(OSError):
                for name in os.listxattr(source, follow_symlinks=False):
                    with suppress(OSError):
                        os.setxattr(handle, name, os.getxattr(source, name, follow_symlinks=False))

    def _copy_file_attributes(source: Path, handle: int) -> None:
        import ctypes  # noqa: PLC0415  # needed on macOS only

        origin = os.open(source, os.O_RDONLY)
        try:
            ctypes.CDLL(None).fcopyfile(origin, handle, None, COPYFILE_ACL_AND_XATTR)
        finally:
            os.close(origin)
