"""The files of the vault, quickly: names, sizes and times, nothing read."""

from __future__ import annotations

import os
import stat
import sys
from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypeAlias

from vaultflow.disk.root import is_inside
from vaultflow.errors import Finding, Level, VaultError
from vaultflow.vault.names import icloud_stub, is_temporary, leftover_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Ignored: TypeAlias = Callable[[str], bool]
    """Whether a path relative to the root is left out; a folder's ends in `/`."""

NOTE_SUFFIX = ".md"
UNSEEN_FOLDERS = frozenset({"node_modules"})
"""Besides the dot-folders, which Obsidian does not show either."""

SF_DATALESS = 0x40000000  # macOS, sys/stat.h: the file's content lies in the cloud only


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEntry:
    """A file of the vault as the folder lists it."""

    path: PurePosixPath
    """Relative to the root, spelled as on disk."""
    size: int
    """In bytes; 0 when it must not be read."""
    mtime_ns: int
    finding: Finding | None = None
    """Why a note must not be read: then it is counted, and shown as unreadable."""

    @property
    def is_note(self) -> bool:
        """Whether Obsidian would show it as a note: `.md`, in any case."""
        return self.path.name[-len(NOTE_SUFFIX) :].lower() == NOTE_SUFFIX


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """All files of a vault. Made by `scan_vault`."""

    files: tuple[FileEntry, ...]
    """Notes and attachments, in path order."""
    findings: tuple[Finding, ...]
    """What could not be listed; what is wrong with one listed note stands at its entry."""

    @property
    def notes(self) -> tuple[FileEntry, ...]:
        """The entries that are notes."""
        return tuple(entry for entry in self.files if entry.is_note)

    @property
    def others(self) -> tuple[FileEntry, ...]:
        """The entries that are not: links and embeds lead to them."""
        return tuple(entry for entry in self.files if not entry.is_note)


def scan_vault(root: Path, ignore: Sequence[str] = ()) -> Listing:
    """All files below the root but those in dot-folders and those that a glob ignores.

    Args:
        root: the vault's folder.
        ignore: globs as in a `.gitignore` at the root.

    Raises:
        VaultError: the root cannot be listed.
    """
    found = tuple(_walk(root, _ignored_by(ignore)))
    return Listing(
        files=tuple(entry for entry in found if isinstance(entry, FileEntry)),
        findings=tuple(entry for entry in found if isinstance(entry, Finding)),
    )


def scan_files(root: Path, paths: Iterable[PurePosixPath], ignore: Sequence[str] = ()) -> Listing:
    """Those of the files that the vault has, listed as `scan_vault` does; folders are left out.

    Args:
        root: the vault's folder.
        paths: of files, relative to it; of one that iCloud took away, its own path.
        ignore: globs as in a `.gitignore` at the root.
    """
    by_folder: dict[PurePosixPath, set[str]] = defaultdict(set)
    for path in paths:
        by_folder[path.parent] |= {path.name, f".{path.name}.icloud"}
    is_ignored = _ignored_by(ignore)
    looks = (_look_in(root, *wanted, is_ignored) for wanted in by_folder.items())
    found = sorted(chain.from_iterable(looks), key=attrgetter("path"))
    return Listing(
        files=tuple(entry for entry in found if isinstance(entry, FileEntry)),
        findings=tuple(entry for entry in found if isinstance(entry, Finding)),
    )


def _look_in(
    root: Path, folder: PurePosixPath, names: set[str], is_ignored: Ignored
) -> Iterator[FileEntry | Finding]:
    """The files of these names in one folder; nothing when the folder itself is not looked into."""
    if not all(_is_entered(root, above, is_ignored) for above in (folder, *folder.parents)):
        return
    try:
        children = _children(str(root / folder))
    except OSError:
        return
    for entry in reversed(children):
        path = folder / entry.name
        is_file = not entry.is_dir(follow_symlinks=False)
        if entry.name in names and is_file and _is_text(entry.name) and not is_ignored(str(path)):
            yield from _look(root, entry, path)


def _is_entered(root: Path, folder: PurePosixPath, is_ignored: Ignored) -> bool:
    """Whether the scan of the vault goes into the folder, as far as its own name tells."""
    if not folder.name:
        return True
    hidden = _is_unseen(folder.name) or is_ignored(f"{folder}/")
    return not hidden and not (root / folder).is_symlink()


def _ignored_by(globs: Sequence[str]) -> Ignored:
    if not globs:
        return lambda _path: False
    from pathspec import GitIgnoreSpec  # noqa: PLC0415  # most vaults ignore nothing: speed.md

    return GitIgnoreSpec.from_lines(globs).match_file


def _walk(root: Path, is_ignored: Ignored) -> Iterator[FileEntry | Finding]:
    """Files and troubles in path order, by a stack: no tree is too deep."""
    prefix = len(os.path.join(root, ""))  # noqa: PTH118  # Path drops the separator at the end
    waiting = _top(root)
    while waiting:
        entry = waiting.pop()
        path = entry.path[prefix:].replace(os.sep, "/")
        if not _is_text(entry.name):
            yield _unspeakable(path)
        elif entry.is_dir(follow_symlinks=False):
            if not _is_unseen(entry.name) and not is_ignored(f"{path}/"):
                yield from _enter(entry, path, waiting)
        elif not is_ignored(path):
            yield from _look(root, entry, PurePosixPath(path))


def _top(root: Path) -> list[os.DirEntry[str]]:
    try:
        return _children(str(root))
    except OSError as error:
        message = f"the vault cannot be read: {error.strerror}"
        raise VaultError(message, hint="check the folder and its permissions") from error


def _children(folder: str) -> list[os.DirEntry[str]]:
    """What the folder holds, last name first, as a stack wants it."""
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name, reverse=True)


def _enter(
    entry: os.DirEntry[str], path: str, waiting: list[os.DirEntry[str]]
) -> Iterator[Finding]:
    """Puts the folder's entries on the stack; gives a finding when it cannot be read."""
    try:
        waiting += _children(entry.path)
    except FileNotFoundError:
        return  # it was deleted while we looked, notes and all
    except OSError as error:
        message = f"The folder cannot be read: {error.strerror}. Its notes are not counted."
        yield _finding(PurePosixPath(path), "folder-unreadable", message, "check its permissions")


def _is_unseen(folder_name: str) -> bool:
    return folder_name.startswith(".") or folder_name in UNSEEN_FOLDERS


def _is_text(name: str) -> bool:
    """Whether the name is valid UTF-8: else Python holds its bytes as lone surrogates."""
    return name.isascii() or not any("\ud800" <= char <= "\udfff" for char in name)


def _look(
    root: Path, entry: os.DirEntry[str], path: PurePosixPath
) -> Iterable[FileEntry | Finding]:
    """The entry of one file that is no folder; nothing for temporary and special files."""
    if stub := icloud_stub(entry.name):
        return (_in_the_cloud(path.with_name(stub)),)
    if is_temporary(entry.name):
        return _left_over(entry, path)
    try:
        status = entry.stat(follow_symlinks=False)
        if stat.S_ISLNK(status.st_mode):
            return _follow(root, entry, path)
    except FileNotFoundError:
        return ()  # it was deleted while we looked
    except OSError as error:
        message = f"The file cannot be read: {error.strerror}."
        return _only_note(_unread(path, _finding(path, "note-unreadable", message, "")))
    return _listed(path, status)


def _left_over(entry: os.DirEntry[str], path: PurePosixPath) -> Iterable[Finding]:
    """A finding for a temporary file that may be all there is of a note; else nothing."""
    note = leftover_of(entry.name)
    if not note or os.path.lexists(entry.path.removesuffix(entry.name) + note):
        return ()
    message = f"This may be all that is left of {note}: another program did not finish writing it."
    hint = f"look into it: rename it to {note}, or delete it"
    return (_finding(path, "note-leftover", message, hint, Level.WARNING),)


def _listed(path: PurePosixPath, status: os.stat_result) -> Iterable[FileEntry]:
    if not stat.S_ISREG(status.st_mode):
        message = "This is a pipe, a socket or a device, no file; it is not read."
        return _only_note(_unread(path, _finding(path, "note-not-a-file", message, "remove it")))
    if is_dataless(status, sys.platform):
        return (_in_the_cloud(path),)
    return (FileEntry(path=path, size=status.st_size, mtime_ns=status.st_mtime_ns),)


def is_dataless(status: os.stat_result, platform: str) -> bool:
    """Whether a sync tool keeps the file's content elsewhere: reading it would fetch it.

    Only macOS tells: elsewhere a file without blocks may be small, or compressed.
    """
    if platform != "darwin":
        return False
    flagged = getattr(status, "st_flags", 0) & SF_DATALESS
    return bool(flagged) or (status.st_size > 0 and getattr(status, "st_blocks", 1) == 0)


def _follow(
    root: Path, entry: os.DirEntry[str], path: PurePosixPath
) -> Iterable[FileEntry | Finding]:
    """What a symlink leads to: a file inside the vault is listed under the link's name."""
    if not is_inside(root, Path(entry.path)):
        return _refused_link(path, "leads out of the vault")
    try:
        status = entry.stat()
    except OSError:
        return _refused_link(path, "leads nowhere")
    if stat.S_ISDIR(status.st_mode):
        return _refused_link(path, "leads to a folder")
    return _listed(path, status)


def _refused_link(path: PurePosixPath, why: str) -> Iterable[FileEntry | Finding]:
    message = f"The symlink {why}; it is not followed."
    hint = "put the file itself there, or name the link in [vault] ignore"
    finding = _finding(path, "link-not-followed", message, hint, Level.WARNING)
    entry = _unread(path, finding)
    return (entry,) if entry.is_note else (finding,)


def _only_note(entry: FileEntry) -> Iterable[FileEntry]:
    """The entry when it is a note's: a special file of another kind concerns nobody."""
    return (entry,) if entry.is_note else ()


def _unread(path: PurePosixPath, finding: Finding) -> FileEntry:
    return FileEntry(path=path, size=0, mtime_ns=0, finding=finding)


def _in_the_cloud(path: PurePosixPath) -> FileEntry:
    message = "The file is in iCloud only, not on this computer; it cannot be read."
    hint = "open it once to fetch it"
    return _unread(path, _finding(path, "note-in-the-cloud", message, hint, Level.WARNING))


def _unspeakable(path: str) -> Finding:
    """About a name that is not UTF-8, its odd bytes written in hexadecimal."""
    readable = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    message = "The name is not valid UTF-8; what has it is not read."
    return _finding(PurePosixPath(readable), "name-not-utf8", message, "rename it")


def _finding(
    path: PurePosixPath, code: str, message: str, hint: str, level: Level = Level.ERROR
) -> Finding:
    return Finding(level=level, code=code, path=path, line=0, message=message, hint=hint)
