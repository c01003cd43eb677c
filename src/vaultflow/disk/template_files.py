"""The files of templates, without what they say: enough to know whether one has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.disk.packed import packed_folder

if TYPE_CHECKING:
    from pathlib import Path

Stamps = tuple[tuple[str, int, int, int, int], ...]
"""Name, times of change and of the last change of any kind in nanoseconds, size, and number of each
template's file."""


def template_stamps(root: Path, folder: str) -> Stamps:
    """The templates of the vault's own folder, relative to its root, and those that we bring."""
    folders = (root / folder, packed_folder("templates"))
    files = (file for each in folders for file in sorted(each.glob("*.md")))
    return tuple((file.name, *_stamp(file)) for file in files)


def _stamp(file: Path) -> tuple[int, int, int, int]:
    """Of the file to which a symlink leads, if it leads to one."""
    try:
        status = file.stat()
    except OSError:
        status = file.lstat()
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
