"""A vault from outside, and VaultFlow itself: names, sizes and times of all that a command reads.

Nothing is opened, no setting is known yet, and nothing but Python's own is imported: so it takes
little more than listing the folders to say that nothing can have changed since the last time. What
no command reads counts too; when only that has changed, somebody looks closer in vain.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
import time
from functools import cache
from hashlib import blake2b

from vaultflow.vault.obsidian.names import OBSIDIAN_FILES

TYPE_CHECKING = False  # `typing` takes as long to import as all of the above
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    Seen: TypeAlias = tuple[str] | tuple[str, int, int, int, int]
    """A folder's name; or a file's, with its times of change (of content; of anything) in
    nanoseconds, its size and its kind."""
    Mark: TypeAlias = tuple[str, int, int, int, int, int]
    """Where a path leads, all symlinks followed; times of change, size, kind and number of what is
    there. Of nothing there is but the number of the error."""

UNSEEN_FOLDERS = frozenset({"node_modules"})
"""Besides the dot-folders, which Obsidian does not show either."""
DIGEST_BYTES = 16  # with 128 bits, two vaults never have one by chance
PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Outside:
    """A vault from outside at one moment. Made by `look_from_outside`."""

    __slots__ = ("_digests", "folders", "marks", "taken_ns")

    def __init__(self, folders: dict[str, list[Seen]], marks: list[Mark], taken_ns: int) -> None:
        self.folders = folders
        """What is in each folder that is looked into, in no certain order. By the folder's path
        with `/` behind; the root's is empty."""
        self.marks = marks
        """Of what lies elsewhere: where symlinks lead, and Obsidian's settings."""
        self.taken_ns = taken_ns
        """When, in nanoseconds since 1970: nothing was looked at before."""
        self._digests: dict[str, str] = {}

    def digests(self) -> dict[str, str]:
        """By folder, what stays the same until something in it changes; subfolders apart."""
        if not self._digests:
            self._digests = {folder: _digest(held) for folder, held in self.folders.items()}
        return self._digests

    def fingerprint(self) -> str:
        """Stays the same until any of it changes."""
        return _digest((list(self.digests().items()), self.marks))

    def elsewhere(self) -> str:
        """Stays the same until something changes that is in no folder."""
        return _digest(self.marks)

    def newest_ns(self) -> int:
        """The latest time of change of any file."""
        every = (one for held in self.folders.values() for one in held)
        files = [max(one[1], one[2]) for one in every if len(one) > 1]
        return max([*files, *(max(mark[1], mark[2]) for mark in self.marks)], default=0)


def _digest(seen: list[Seen] | list[Mark] | tuple[list[tuple[str, str]], list[Mark]]) -> str:
    # In marshal's format 0 the same values always give the same bytes.
    return blake2b(marshal.dumps(seen, 0), digest_size=DIGEST_BYTES).hexdigest()


def look_from_outside(root: str) -> Outside | None:
    """The vault from outside; None when a folder cannot be listed or a file goes meanwhile."""
    taken_ns = time.time_ns()
    folders: dict[str, list[Seen]] = {}
    waiting = [""]
    try:
        for folder in waiting:  # which grows on the way
            held = folders[folder] = _held(f"{root}/{folder}")
            waiting += [f"{folder}{one[0]}/" for one in held if is_entered(one)]
    except OSError:
        return None
    marks = [_mark(place) for place in _elsewhere(root, folders)]
    return Outside(folders, marks, taken_ns)


def is_unseen(folder_name: str) -> bool:
    """Whether nothing in a folder of this name is of the vault."""
    return folder_name.startswith(".") or folder_name in UNSEEN_FOLDERS


def is_entered(one: Seen) -> bool:
    """Whether it is a folder that is looked into."""
    return len(one) == 1 and not is_unseen(one[0])


def _held(folder: str) -> list[Seen]:
    """What the folder holds."""
    is_open = os.scandir in os.supports_fd  # not on Windows; open, its files are found by name
    place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY) if is_open else folder
    try:
        with os.scandir(place) as entries:
            return [_seen(entry) for entry in entries]
    finally:
        if isinstance(place, int):
            os.close(place)


def _seen(entry: os.DirEntry[str]) -> Seen:
    if entry.is_dir(follow_symlinks=False):
        return (entry.name,)
    status = entry.stat(follow_symlinks=False)
    kind = status.st_mode
    if sys.platform == "darwin":  # where a file may be in the cloud: see is_dataless
        kind |= (status.st_flags << 1 | (status.st_blocks == 0)) << 32
    return entry.name, status.st_mtime_ns, status.st_ctime_ns, status.st_size, kind


def is_plain(kind: int) -> bool:
    """Whether it is an ordinary file, and on macOS one that no sync tool has marked."""
    return stat.S_ISREG(kind) and kind < 1 << 32


def _elsewhere(root: str, folders: dict[str, list[Seen]]) -> Iterator[str]:
    """Symlinks, and the settings in every folder that may be Obsidian's."""
    for folder, held in folders.items():
        for one in held:
            if len(one) > 1 and stat.S_ISLNK(one[4]):
                yield f"{root}/{folder}{one[0]}"
    hidden = sorted(one[0] for one in folders[""] if one[0].startswith("."))
    yield from (f"{root}/{name}/{file}" for name in hidden for file in OBSIDIAN_FILES)


def _mark(place: str) -> Mark:
    """Where it leads and what there is."""
    leads_to = os.path.realpath(place)
    try:
        status = os.stat(place)
    except OSError as error:
        return (leads_to, 0, 0, 0, 0, error.errno or 0)
    times = (status.st_mtime_ns, status.st_ctime_ns)
    return (leads_to, *times, status.st_size, status.st_mode, status.st_ino)


@cache
def code_marks() -> list[str]:
    """What changes with VaultFlow's own code and templates, or when a package is installed.

    No version number has to be remembered, and a checkout in which somebody works is never served
    what older code has read.
    """
    installed = [
        f"{os.stat(folder).st_mtime_ns}"
        for folder in sys.path
        if os.path.basename(folder) == "site-packages" and os.path.isdir(folder)
    ]
    ours = (*_modules(PACKAGE), *_modules(packed_place("templates")))
    return [sys.version, *sorted(ours), *installed]


def packed_place(name: str) -> str:
    """Where a folder that comes with us is: packed into the wheel, or beside the source."""
    packed = f"{PACKAGE}/{name}"
    return (
        packed if os.path.isdir(packed) else f"{os.path.dirname(os.path.dirname(PACKAGE))}/{name}"
    )


def _modules(folder: str) -> Iterator[str]:
    """Name, size and time of each module and template in the folder and below."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith((".py", ".md")):
                status = entry.stat()
                yield f"{entry.name}:{status.st_size}:{status.st_mtime_ns}"
            elif entry.name != "__pycache__" and entry.is_dir():
                yield from _modules(entry.path)
