"""The files of the vault, quickly: names, sizes and times, nothing read.

Every command begins with a scan, so it should cost little more than the system's own calls. Hence
a folder's files are looked at while it is open and in the order in which it lists them, an ordinary
name is not asked about twice, and a path stays text until somebody asks for it.
"""

from __future__ import annotations

import os
from collections import defaultdict
from contextlib import contextmanager
from functools import partial
from itertools import chain
from operator import attrgetter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeAlias

from vaultflow.disk.entry import (
    SeenEntry,
    file_finding,
    is_text,
    look_closely,
    ordinary_file,
    ordinary_seen,
    unspeakable,
)
from vaultflow.disk.listing import FileEntry, Listing
from vaultflow.disk.outside import is_unseen
from vaultflow.errors import Finding, VaultError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from vaultflow.disk.entry import Entry
    from vaultflow.disk.outside import Outside

    Ignored: TypeAlias = Callable[[str], bool]
    """Whether a path relative to the root is left out; a folder's ends in `/`."""
    Look: TypeAlias = Callable[[str], list[FileEntry | Finding | str]]
    """See `_look_into`: what the folder of a path holds."""

__all__ = ["FileEntry", "Listing", "is_listed", "scan_files", "scan_vault"]


def scan_vault(root: Path, ignore: Sequence[str] = (), outside: Outside | None = None) -> Listing:
    """All files below the root but those in dot-folders and those that a glob ignores.

    Args:
        root: the vault's folder.
        ignore: globs as in a `.gitignore` at the root.
        outside: the vault from outside, which then is listed as it was at that moment.

    Raises:
        VaultError: the root cannot be listed.
    """
    is_ignored = _ignored_by(ignore)
    if outside is None:
        return _listing(_walk(partial(_look_into, root, is_ignored=is_ignored)))
    return _listing(_walk(partial(_look_back, root, outside, is_ignored)))


def scan_files(root: Path, paths: Iterable[PurePosixPath], ignore: Sequence[str] = ()) -> Listing:
    """Those of the files that the vault has, listed as `scan_vault` does; folders are left out.

    Args:
        root: the vault's folder.
        paths: of files, relative to it; of one that iCloud took away, its own path.
        ignore: globs as in a `.gitignore` at the root.
    """
    by_folder: dict[PurePosixPath, set[str]] = defaultdict(set)
    for path in paths:
        if is_text(path.name):
            by_folder[path.parent] |= {path.name, f".{path.name}.icloud"}
    is_ignored = _ignored_by(ignore)
    looks = (_look_for(root, *wanted, is_ignored) for wanted in by_folder.items())
    return _listing(sorted(chain.from_iterable(looks), key=attrgetter("path")))


def _listing(found: Iterable[FileEntry | Finding]) -> Listing:
    notes, others, findings = [], [], []
    for each in found:
        if isinstance(each, Finding):
            findings.append(each)
        elif each.is_note:
            notes.append(each)
        else:
            others.append(each)
    return Listing(notes=tuple(notes), others=tuple(others), findings=tuple(findings))


def _look_for(
    root: Path, folder: PurePosixPath, names: set[str], is_ignored: Ignored
) -> Iterator[FileEntry | Finding]:
    """The files of these names in one folder; nothing when the folder itself is not looked into."""
    if not _is_reached(root, folder, is_ignored):
        return
    try:
        found = _look_into(root, f"{folder}/" if folder.name else "", is_ignored, names)
    except OSError:
        return
    yield from (each for each in found if not isinstance(each, str))


def is_listed(root: Path, path: PurePosixPath, ignore: Sequence[str] = ()) -> bool:
    """Whether the scan of the vault lists a file of this path, if there is one."""
    is_ignored = _ignored_by(ignore)
    return _is_reached(root, path.parent, is_ignored) and not is_ignored(str(path))


def _is_reached(root: Path, folder: PurePosixPath, is_ignored: Ignored) -> bool:
    """Whether the scan goes into the folder, as far as the names on the way tell."""
    return all(_is_entered(root, above, is_ignored) for above in (folder, *folder.parents))


def _is_entered(root: Path, folder: PurePosixPath, is_ignored: Ignored) -> bool:
    """Whether the scan of the vault goes into the folder, as far as its own name tells."""
    if not folder.name:
        return True
    hidden = is_unseen(folder.name) or is_ignored(f"{folder}/")
    return not hidden and not (root / folder).is_symlink()


def _ignored_by(globs: Sequence[str]) -> Ignored:
    if not globs:
        return lambda _path: False
    from pathspec import GitIgnoreSpec  # noqa: PLC0415  # most vaults ignore nothing: speed.md

    return GitIgnoreSpec.from_lines(globs).match_file


def _walk(look: Look) -> Iterator[FileEntry | Finding]:
    """Files and troubles in path order, by a stack of folders half told: no tree is too deep."""
    looks = [iter(_look_at_top(look))]
    while looks:
        for found in looks[-1]:
            if isinstance(found, str):
                looks.append(iter(_enter(look, found)))
                break
            yield found
        else:
            looks.pop()


def _look_at_top(look: Look) -> list[FileEntry | Finding | str]:
    try:
        return look("")
    except OSError as error:
        message = f"the vault cannot be read: {error.strerror}"
        raise VaultError(message, hint="check the folder and its permissions") from error


def _enter(look: Look, folder: str) -> list[FileEntry | Finding | str]:
    """What the folder holds; a finding when it cannot be read."""
    try:
        return look(folder)
    except FileNotFoundError:
        return []  # it was deleted while we looked, notes and all
    except OSError as error:
        message = f"The folder cannot be read: {error.strerror}. Its notes are not counted."
        path = PurePosixPath(folder)
        return [file_finding(path, "folder-unreadable", message, "check its permissions")]


def _look_into(
    root: Path, folder: str, is_ignored: Ignored, names: Collection[str] | None = None
) -> list[FileEntry | Finding | str]:
    """What one folder holds, in the order of names; of each subfolder its path, with `/` behind.

    Args:
        root: the vault's folder.
        folder: path in the vault, with `/` behind; empty for the root.
        is_ignored: tells what is left out.
        names: the only ones that are looked at; None for all.
    """
    with _opened(f"{root}/{folder}") as place, os.scandir(place) as entries:
        found = {
            entry.name: seen
            for entry in entries
            if (names is None or entry.name in names)
            and (seen := _look_at(root, entry, f"{folder}{entry.name}", is_ignored))
        }
    return [found[name] for name in sorted(found)]


def _look_back(
    root: Path, outside: Outside, is_ignored: Ignored, folder: str
) -> list[FileEntry | Finding | str]:
    """What `_look_into` gives, from what has been seen of the folder already."""
    found: dict[str, FileEntry | Finding | str] = {}
    for one in outside.folders[folder]:
        path = f"{folder}{one[0]}"
        ordinary = ordinary_seen(one, path)
        if ordinary and is_ignored(path):
            continue
        seen = ordinary or _look_at(root, SeenEntry(root, path, one), path, is_ignored)
        if seen:
            found[one[0]] = seen
    return [found[name] for name in sorted(found)]


@contextmanager
def _opened(folder: str) -> Iterator[int | str]:
    """The folder as `os.scandir` takes it: open, for then its files are found by name alone."""
    if os.scandir not in os.supports_fd:  # Windows
        yield folder
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield handle
    finally:
        os.close(handle)


def _look_at(
    root: Path, entry: Entry, path: str, is_ignored: Ignored
) -> FileEntry | Finding | str | None:
    """What there is to say of the file; of a folder its path, with `/`; None for what is hidden."""
    if listed := ordinary_file(entry, path):
        return None if is_ignored(path) else listed
    if not is_text(entry.name):
        return unspeakable(path)
    if entry.is_dir(follow_symlinks=False):
        is_hidden = is_unseen(entry.name) or is_ignored(f"{path}/")
        return None if is_hidden else f"{path}/"
    return None if is_ignored(path) else look_closely(root, entry, PurePosixPath(path))
