"""The bytes of one file of the vault: read with care, whatever stands under its name."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from vaultflow.disk.root import is_inside, real_path
from vaultflow.errors import Finding, Level
from vaultflow.vault.text import MAX_NOTE_BYTES

if TYPE_CHECKING:
    from pathlib import Path

# Not every system has all of them. Without O_NONBLOCK, opening a pipe waits for a writer.
SAFE_READ = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


def read_bytes(root: Path, path: PurePosixPath | str) -> bytes | Finding:
    """All bytes of one file, or why they cannot be had.

    Only a regular file inside the vault and within `MAX_NOTE_BYTES` is read; nothing is waited for.
    Where many are read, the path as text is quicker.
    """
    try:
        return _read_regular(f"{root}/{path}", path)  # half the time of Path's join: speed.md
    except OSError as error:
        if not _is_link(error):
            return _unreadable(path, error)
    target = root / path
    if not is_inside(root, target):
        return _finding(path, "link-not-followed", "The symlink leads out of the vault.", "")
    try:
        return _read_regular(str(real_path(target)), path)
    except OSError as error:
        return _unreadable(path, error)


def _read_regular(file: str, path: PurePosixPath | str) -> bytes | Finding:
    handle = os.open(file, SAFE_READ)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            message = "This is no file but a folder, a pipe, a socket or a device."
            return _finding(path, "note-not-a-file", message, "remove it")
        content = b"" if status.st_size > MAX_NOTE_BYTES else _read_all(handle, status.st_size)
    finally:
        os.close(handle)
    if max(status.st_size, len(content)) > MAX_NOTE_BYTES:
        return _too_large(path, max(status.st_size, len(content)))
    return content


def _read_all(handle: int, expected_bytes: int) -> bytes:
    """What the file holds, up to just above the limit: it may have grown meanwhile."""
    # One byte more is asked for, so that just what is expected means that there is no more.
    content = chunk = os.read(handle, expected_bytes + 1)
    while chunk and len(content) != expected_bytes and len(content) <= MAX_NOTE_BYTES:
        chunk = os.read(handle, MAX_NOTE_BYTES + 1 - len(content))
        content += chunk
    return content


def _is_link(error: OSError) -> bool:
    # FreeBSD's O_NOFOLLOW says EMLINK where the others say ELOOP.
    return error.errno in {errno.ELOOP, errno.EMLINK}


def _too_large(path: PurePosixPath | str, size: int) -> Finding:
    mebibyte = 1024**2
    message = (
        f"The file has {size / mebibyte:.1f} MiB; more than {MAX_NOTE_BYTES // mebibyte} MiB"
        " is not read."
    )
    return _finding(path, "note-too-large", message, "split it, or move it out of the vault")


def _unreadable(path: PurePosixPath | str, error: OSError) -> Finding:
    if isinstance(error, FileNotFoundError):
        return _finding(path, "note-vanished", "The file was deleted while it was read.", "")
    return _finding(path, "note-unreadable", f"The file cannot be read: {error.strerror}.", "")


def _finding(path: PurePosixPath | str, code: str, message: str, hint: str) -> Finding:
    return Finding(
        level=Level.ERROR,
        code=code,
        path=PurePosixPath(path),
        line=0,
        message=message,
        hint=hint,
    )
