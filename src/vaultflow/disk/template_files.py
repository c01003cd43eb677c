"""The files of templates, without what they say: enough to know whether one has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.disk.packed import packed_folder

if TYPE_CHECKING:
    from pathlib import Path

Stamps = tuple[tuple[str, int, int], ...]
"""Name, time in nanoseconds, and size of each template."""


def template_stamps(root: Path, folder: str) -> Stamps:
    """The templates of the vault's own folder, relative to its root, and those that we bring."""
    folders = (root / folder, packed_folder("templates"))
    files = (file for each in folders for file in sorted(each.glob("*.md")))
    stamps = ((file.name, file.lstat()) for file in files)
    return tuple((name, status.st_mtime_ns, status.st_size) for name, status in stamps)
