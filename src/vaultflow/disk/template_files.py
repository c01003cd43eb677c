"""The files of templates, without what they say: enough to know whether one has changed."""

from __future__ import annotations

from time import time_ns
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from vaultflow.disk.cache.stamp import GRAIN_NS
from vaultflow.disk.packed import packed_folder

if TYPE_CHECKING:
    import os
    from pathlib import Path


class TemplateStamp(NamedTuple):
    """What tells of one template whether it has changed."""

    name: str
    times_ns: tuple[int, ...]
    """Of the last change, of content and of any kind: of the file, and of where a symlink leads."""
    size: int
    numbers: tuple[int, ...]
    """The system's, of the file and of where a symlink leads."""


Stamps: TypeAlias = tuple[TemplateStamp, ...]


def own_folder(root: Path, folder: str) -> Path | None:
    """The vault's own folder of templates; None when there is none, or when it leads outside.

    Args:
        root: the vault's folder.
        folder: relative to it; empty for none.
    """
    own = root / folder
    is_inside = folder and own.is_dir() and own.resolve().is_relative_to(root.resolve())
    return own if is_inside else None


def template_stamps(root: Path, folder: str) -> Stamps:
    """Those of the vault's own templates, and of those that we bring: see `own_folder`."""
    folders = (own_folder(root, folder), packed_folder("templates"))
    files = (file for each in folders if each for file in sorted(each.glob("*.md")))
    return tuple(map(_stamp, files))


def are_settled(stamps: Stamps) -> bool:
    """Whether a template that changes from now on must show it: see `is_settled` of notes."""
    newest_ns = max((time for stamp in stamps for time in stamp.times_ns), default=0)
    return newest_ns < time_ns() - GRAIN_NS


def _stamp(file: Path) -> TemplateStamp:
    itself = file.lstat()
    status = _led_to(file) or itself
    return TemplateStamp(
        name=file.name,
        times_ns=(itself.st_mtime_ns, itself.st_ctime_ns, status.st_mtime_ns, status.st_ctime_ns),
        size=status.st_size,
        numbers=(itself.st_ino, status.st_ino),
    )


def _led_to(file: Path) -> os.stat_result | None:
    try:
        return file.stat()
    except OSError:
        return None
