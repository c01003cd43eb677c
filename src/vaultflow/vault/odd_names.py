"""Names of files that are odd: copies and leftovers of other tools, and what is no note.

Apart from `names`, as the patterns take longer to prepare than most commands need them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyMark:
    """What a name tells about the note being a copy that a sync tool made."""

    original: str
    """Name of the note that it is a copy of, without `.md`."""
    tool: str
    certain: bool
    """False when a person may well have chosen such a name: then the texts must be compared."""


_CERTAIN_COPIES = (
    ("Obsidian Sync", re.compile(r"(?P<original>.+?) \(Conflicted copy .*\d{12}\)")),
    (
        "Syncthing",
        re.compile(r"(?P<original>.+?)\.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]+)?"),
    ),
    (
        # Dropbox and Nextcloud speak the user's language: only the word and the date are sure.
        "Dropbox",
        re.compile(
            r"(?P<original>.+?) \("
            r"(?i:.*(?:conflic?t|konflikt|конфликт|冲突|衝突|競合|충돌).*)"
            r"\d{4}-\d{2}-\d{2}[^()]*\)"
        ),
    ),
)
_UNCERTAIN_COPIES = (
    ("iCloud", re.compile(r"(?P<original>.+) (?:[2-9]|[1-9]\d)")),
    ("iCloud or Google Drive", re.compile(r"(?P<original>.+?) ?\(\d{1,2}\)")),
    ("OneDrive", re.compile(r"(?P<original>.+?)-[A-Z][A-Z0-9]+(?:-[A-Z0-9]+)*")),
)

_TEMPORARY = re.compile(
    r"""
    \.~.* | ~\$.* | \.\#.* | \#.*\# | .*~        # LibreOffice, Office, Emacs, and our own .~vf-
    | \.syncthing\..* | ~syncthing~.*
    | .*\.(?:tmp|crdownload|part|download)
    | \..*\.sw[a-p] | 4913                       # Vim; 4913 is how it tries whether it may write
    | .*\.sb-[0-9a-f]+-\w+                       # macOS, while an app saves
    | \._.* | \.DS_Store | Icon\r? | desktop\.ini | Thumbs\.db
    | \..+\.icloud
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)

_LEFTOVER = re.compile(
    r"(?:\.syncthing\.|~syncthing~)?(?P<note>[^.~#].*\.md)"
    r"(?:\.tmp|\.crdownload|\.part|\.download|~|\.sb-[0-9a-f]+-\w+)",
    re.IGNORECASE | re.DOTALL,
)
"""A temporary file that was to become a note, or was one."""

_ICLOUD_STUB = re.compile(r"\.(?P<name>.+)\.icloud", re.DOTALL)


def copy_of(path: PurePosixPath) -> CopyMark | None:
    """What the name tells about the note being a sync tool's copy; None when nothing does."""
    name = path.stem
    if not _ends_like_a_copy(name):
        return None
    kinds = ((_CERTAIN_COPIES, True), (_UNCERTAIN_COPIES, False))
    return next(
        (
            CopyMark(original=match["original"], tool=tool, certain=certain)
            for patterns, certain in kinds
            for tool, pattern in patterns
            if (match := pattern.fullmatch(name))
        ),
        None,
    )


def _ends_like_a_copy(name: str) -> bool:
    """Whether the name has an end that all the patterns ask for; most names have none."""
    last = name[-1:]
    return last == ")" or last.isdecimal() or "A" <= last <= "Z"


def is_temporary(name: str) -> bool:
    """Whether the file belongs to an editor, a sync tool or the system, and is no note."""
    return _TEMPORARY.fullmatch(name) is not None


def leftover_of(name: str) -> str | None:
    """Name of the note that a temporary file was to become; None when it is of another kind."""
    match = _LEFTOVER.fullmatch(name)
    return match["note"] if match else None


def icloud_stub(name: str) -> str | None:
    """Name of the file that iCloud has taken off this computer; None when this is no stub."""
    match = _ICLOUD_STUB.fullmatch(name)
    return match["name"] if match else None
