"""One file as its folder lists it: an entry, or why there is none."""

from __future__ import annotations

import os
import re
import stat
import sys
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Protocol

from vaultflow.disk.listing import FileEntry
from vaultflow.disk.outside import is_plain
from vaultflow.disk.root import is_inside
from vaultflow.errors import Finding, Level

if TYPE_CHECKING:
    from pathlib import Path

    from vaultflow.disk.outside import Seen

SF_DATALESS = 0x40000000  # macOS, sys/stat.h: the file's content lies in the cloud only

ORDINARY_ENDS = (".md", ".png", ".jpg", ".jpeg", ".pdf", ".canvas", ".base", ".svg", ".webp")
ODD_STARTS = ".~#"
"""A name that ends so and does not start so is of no tool's making, and needs no closer look."""

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class Entry(Protocol):
    """What `os.scandir` gives of a file or folder, as far as it is asked for."""

    @property
    def name(self) -> str:
        """Without its folder."""

    def is_dir(self, *, follow_symlinks: bool = True) -> bool:
        """Whether it is a folder."""

    def stat(self, *, follow_symlinks: bool = True) -> os.stat_result:
        """Sizes and times; asks the system."""


class SeenEntry:
    """An entry that has been seen from outside; its kind is known, all else is asked for."""

    __slots__ = ("_is_dir", "_place", "name")

    def __init__(self, root: Path, path: str, one: Seen) -> None:
        self.name = one[0]
        self._place = f"{root}/{path}"
        self._is_dir = len(one) == 1

    def is_dir(self, *, follow_symlinks: bool = True) -> bool:
        """Whether it is a folder."""
        return self._is_dir or (follow_symlinks and os.path.isdir(self._place))  # noqa: PTH112

    def stat(self, *, follow_symlinks: bool = True) -> os.stat_result:
        """Sizes and times; asks the system."""
        return os.stat(self._place, follow_symlinks=follow_symlinks)  # noqa: PTH116  # text, no Path


def ordinary_seen(one: Seen, path: str) -> FileEntry | None:
    """What `ordinary_file` gives, of a file that has been seen from outside."""
    if len(one) == 1 or not is_ordinary(one[0]) or not is_plain(one[4]):
        return None
    return FileEntry(path, one[3], one[1], one[2])


def ordinary_file(entry: Entry, path: str) -> FileEntry | None:
    """The file when there is no doubt that it is one; else it is looked at with more care."""
    if not is_ordinary(entry.name):
        return None
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError:
        return None
    if not stat.S_ISREG(status.st_mode) or is_dataless(status, sys.platform):
        return None
    return FileEntry(path, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def is_ordinary(name: str) -> bool:
    """Whether no tool gives such a name to a file of its own, and it is text."""
    return name.endswith(ORDINARY_ENDS) and name[0] not in ODD_STARTS and is_text(name)


def is_text(name: str) -> bool:
    """Whether the name is valid UTF-8: else Python holds its bytes as lone surrogates."""
    return name.isascii() or not _LONE_SURROGATE.search(name)


def look_closely(root: Path, entry: Entry, path: PurePosixPath) -> FileEntry | Finding | None:
    """The entry of one file that is no folder; None for temporary and special files."""
    from vaultflow.vault.odd_names import icloud_stub, is_temporary  # noqa: PLC0415  # few names are odd

    if stub := icloud_stub(entry.name):
        return _in_the_cloud(path.with_name(stub))
    if is_temporary(entry.name):
        return _left_over(root, path)
    try:
        status = entry.stat(follow_symlinks=False)
        if stat.S_ISLNK(status.st_mode):
            return _follow(root, entry, path)
    except FileNotFoundError:
        return None  # it was deleted while we looked
    except OSError as error:
        message = f"The file cannot be read: {error.strerror}."
        return _only_note(_unread(path, file_finding(path, "note-unreadable", message, "")))
    return _listed(path, status)


def _left_over(root: Path, path: PurePosixPath) -> Finding | None:
    """A finding for a temporary file that may be all there is of a note; else nothing."""
    from vaultflow.vault.odd_names import leftover_of  # noqa: PLC0415  # as above

    note = leftover_of(path.name)
    if not note or os.path.lexists(root / path.with_name(note)):
        return None
    message = f"This may be all that is left of {note}: another program did not finish writing it."
    hint = f"look into it: rename it to {note}, or delete it"
    return file_finding(path, "note-leftover", message, hint, Level.WARNING)


def _listed(path: PurePosixPath, status: os.stat_result) -> FileEntry | None:
    if not stat.S_ISREG(status.st_mode):
        message = "This is a pipe, a socket or a device, no file; it is not read."
        return _only_note(
            _unread(path, file_finding(path, "note-not-a-file", message, "remove it"))
        )
    if is_dataless(status, sys.platform):
        return _in_the_cloud(path)
    return FileEntry(str(path), status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def is_dataless(status: os.stat_result, platform: str) -> bool:
    """Whether a sync tool keeps the file's content elsewhere: reading it would fetch it.

    Only macOS tells: elsewhere a file without blocks may be small, or compressed.
    """
    if platform != "darwin":
        return False
    flagged = getattr(status, "st_flags", 0) & SF_DATALESS
    return bool(flagged) or (status.st_size > 0 and getattr(status, "st_blocks", 1) == 0)


def _follow(root: Path, entry: Entry, path: PurePosixPath) -> FileEntry | Finding | None:
    """What a symlink leads to: a file inside the vault is listed under the link's name."""
    if not is_inside(root, root / path):
        return _refused_link(path, "leads out of the vault")
    try:
        status = entry.stat()
    except OSError:
        return _refused_link(path, "leads nowhere")
    if stat.S_ISDIR(status.st_mode):
        return _refused_link(path, "leads to a folder")
    return _listed(path, status)


def _refused_link(path: PurePosixPath, why: str) -> FileEntry | Finding:
    message = f"The symlink {why}; it is not followed."
    hint = "put the file itself there, or name the link in [vault] ignore"
    finding = file_finding(path, "link-not-followed", message, hint, Level.WARNING)
    entry = _unread(path, finding)
    return entry if entry.is_note else finding


def _only_note(entry: FileEntry) -> FileEntry | None:
    """The entry when it is a note's: a special file of another kind concerns nobody."""
    return entry if entry.is_note else None


def _unread(path: PurePosixPath, finding: Finding) -> FileEntry:
    return FileEntry(text=str(path), size=0, mtime_ns=0, finding=finding)


def _in_the_cloud(path: PurePosixPath) -> FileEntry:
    message = "The file is in iCloud only, not on this computer; it cannot be read."
    hint = "open it once to fetch it"
    return _unread(path, file_finding(path, "note-in-the-cloud", message, hint, Level.WARNING))


def unspeakable(path: str) -> Finding:
    """About a name that is not UTF-8, its odd bytes written in hexadecimal."""
    readable = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    message = "The name is not valid UTF-8; what has it is not read."
    return file_finding(PurePosixPath(readable), "name-not-utf8", message, "rename it")


def file_finding(
    path: PurePosixPath, code: str, message: str, hint: str, level: Level = Level.ERROR
) -> Finding:
    """A finding about a whole file or folder."""
    return Finding(level=level, code=code, path=path, line=0, message=message, hint=hint)
