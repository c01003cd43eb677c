"""What tells, without reading a file, that it is still the one that was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from vaultflow.disk.scan import FileEntry

GRAIN_NS = 2_000_000_000
"""The coarsest clock of a drive, FAT's. Within one step of it a file can change unseen."""


class Stamp(NamedTuple):
    """Size and times of a file when it was read."""

    size: int
    mtime_ns: int
    ctime_ns: int
    """Time of the last change of content, name or times: nobody can set it back. On Windows the
    time of creation."""


def stamp_of(entry: FileEntry) -> Stamp:
    """The stamp of a file as the folder lists it."""
    return Stamp(entry.size, entry.mtime_ns, entry.ctime_ns)


def is_settled(stamp: Stamp, read_ns: int) -> bool:
    """Whether any later change must show in the stamp.

    It need not when the file was written so shortly before it was read that both fall into one
    step of the drive's clock, nor when the file is of the future, for then a clock goes wrong.

    Args:
        stamp: the file's.
        read_ns: when it was read, in nanoseconds since 1970.
    """
    return max(stamp.mtime_ns, stamp.ctime_ns) < read_ns - GRAIN_NS
