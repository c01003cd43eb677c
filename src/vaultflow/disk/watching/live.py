"""The vault's notes as last read, and what has changed since: only that is read again."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, TypeVar

from vaultflow.disk.files import read_bytes
from vaultflow.disk.scan import scan_files, scan_vault
from vaultflow.errors import Finding
from vaultflow.vault.reader import read_note, unreadable_note

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from pathlib import Path, PurePosixPath

    from vaultflow.disk.scan import FileEntry, Listing
    from vaultflow.vault.note import Note

Kept = TypeVar("Kept")

# An editor that truncates and writes slowly leaves a short note for a moment: below half of what
# it was, or empty, it must be found the same again after this time.
DOUBT_S = 2.0
SHRUNK = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveNote:
    """A note with what tells whether its file has changed."""

    entry: FileEntry
    digest: bytes
    """Of the bytes that were read: a file that is written anew with the same bytes is the same."""
    note: Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A note that has suddenly become short; until that is certain, the old one counts."""

    digest: bytes
    since_s: float
    """When these bytes were first seen, by the clock of the caller."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveVault:
    """All files of a vault as last looked at. Made by `look_at_all` and `look_at`."""

    notes: Mapping[PurePosixPath, LiveNote] = field(default_factory=dict)
    others: Mapping[PurePosixPath, FileEntry] = field(default_factory=dict)
    findings: Mapping[PurePosixPath, Finding] = field(default_factory=dict)
    """What could not be listed, by path."""
    doubts: Mapping[PurePosixPath, Doubt] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a look at the files has given."""

    live: LiveVault
    changed: tuple[PurePosixPath, ...]
    """Files that are new, gone, or hold other bytes, in path order; of attachments only those that
    are new or gone, since nobody reads them."""


def look_at_all(
    root: Path,
    before: LiveVault,
    ignore: Sequence[str],
    at_s: float,
    progress: Callable[[int, int], None] | None = None,
) -> Look:
    """All files: those are read whose size or time differs from what is known.

    Args:
        root: the vault's folder.
        before: what is known of it.
        ignore: globs of what is not read.
        at_s: the time of a clock that never goes back, in seconds.
        progress: is told how many notes have been looked at, and of how many.

    Raises:
        VaultError: the folder cannot be listed.
    """
    listing = scan_vault(root, ignore)
    reading = _Reading(root, before, at_s)
    for count, entry in enumerate(listing.notes, start=1):
        reading.look(entry, trust_time=True)
        if progress:
            progress(count, len(listing.notes))
    known = {*before.notes, *before.others, *before.findings}
    return reading.result(listing, known)


def look_at(
    root: Path,
    before: LiveVault,
    ignore: Sequence[str],
    at_s: float,
    paths: Collection[PurePosixPath],
) -> Look:
    """These files only, whose bytes are read whatever their times say.

    Args:
        root: the vault's folder.
        before: what is known of it.
        ignore: globs of what is not read.
        at_s: the time of a clock that never goes back, in seconds.
        paths: of files, relative to the root; they need not be there.
    """
    listing = scan_files(root, paths, ignore)
    reading = _Reading(root, before, at_s)
    for entry in listing.notes:
        reading.look(entry, trust_time=False)
    return reading.result(listing, set(paths))


def touches_folder(root: Path, live: LiveVault, paths: Iterable[PurePosixPath]) -> bool:
    """Whether a path is a folder, or was one: then what lies below may have changed too."""
    unknown = [path for path in paths if path not in live.notes and path not in live.others]
    if any((root / path).is_dir() for path in unknown):
        return True
    gone = {path for path in unknown if not (root / path).exists()}
    known = (*live.notes, *live.others) if gone else ()
    return any(not gone.isdisjoint(file.parents) for file in known)


class _Reading:
    """One look, while it goes on."""

    def __init__(self, root: Path, before: LiveVault, at_s: float) -> None:
        self.root = root
        self.before = before
        self.at_s = at_s
        self.notes: dict[PurePosixPath, LiveNote] = {}
        self.doubts: dict[PurePosixPath, Doubt] = {}

    def look(self, entry: FileEntry, *, trust_time: bool) -> None:
        """Takes the note as known, or reads it."""
        known = self.before.notes.get(entry.path)
        if known and trust_time and known.entry == entry and entry.path not in self.before.doubts:
            self.notes[entry.path] = known
        elif read := self._read(entry, known):
            self.notes[entry.path] = read

    def _read(self, entry: FileEntry, known: LiveNote | None) -> LiveNote | None:
        """The note as it is now, the known one while in doubt; None when it has vanished."""
        content = entry.finding or read_bytes(self.root, entry.path)
        if isinstance(content, Finding) and content.code == "note-vanished":
            return None
        raw = str(content).encode() if isinstance(content, Finding) else content
        digest = blake2b(raw, digest_size=16).digest()
        if known and known.digest == digest:
            return LiveNote(entry=entry, digest=digest, note=known.note)
        if known and isinstance(content, bytes) and self._is_doubtful(known, content, digest):
            return known
        if isinstance(content, Finding):
            return LiveNote(entry=entry, digest=digest, note=unreadable_note(entry.path, content))
        return LiveNote(entry=entry, digest=digest, note=read_note(entry.path, content))

    def _is_doubtful(self, known: LiveNote, content: bytes, digest: bytes) -> bool:
        """Whether the note may be half written; a page of ours is short when we made it so."""
        if known.note.is_page or len(content) > known.entry.size * SHRUNK:
            return False
        path = known.entry.path
        doubt = self.before.doubts.get(path)
        if doubt is None or doubt.digest != digest:
            doubt = Doubt(digest=digest, since_s=self.at_s)
        if self.at_s - doubt.since_s >= DOUBT_S:
            return False
        self.doubts[path] = doubt
        return True

    def result(self, listing: Listing, scope: set[PurePosixPath]) -> Look:
        """What is known now: of the scope what was found, of everything else what was known."""
        before = self.before
        others = {entry.path: entry for entry in listing.others}
        findings = {finding.path: finding for finding in listing.findings}
        live = LiveVault(
            notes=_replaced(before.notes, scope, self.notes),
            others=_replaced(before.others, scope, others),
            findings=_replaced(before.findings, scope, findings),
            doubts=_replaced(before.doubts, scope, self.doubts),
        )
        touched = scope | self.notes.keys() | others.keys() | findings.keys()
        changed = sorted(path for path in touched if _differs(before, live, path))
        return Look(live=live, changed=tuple(changed))


def _replaced(
    before: Mapping[PurePosixPath, Kept],
    scope: set[PurePosixPath],
    found: Mapping[PurePosixPath, Kept],
) -> Mapping[PurePosixPath, Kept]:
    after = dict(before)
    for path in scope:
        after.pop(path, None)
    return {**after, **found}


def _differs(before: LiveVault, live: LiveVault, path: PurePosixPath) -> bool:
    old, new = before.notes.get(path), live.notes.get(path)
    return (
        (old and old.digest) != (new and new.digest)
        or (path in before.others) != (path in live.others)
        or before.findings.get(path) != live.findings.get(path)
    )
