"""The vault's notes as last read, and what has changed since: only that is read again.

A watcher runs all day: it holds each note packed and compressed, in a tenth of the memory, and
opens it when somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeVar
from zlib import compress, decompress

from msgspec import Struct
from msgspec.structs import replace

from vaultflow.disk.cache.database import digest
from vaultflow.disk.files import read_bytes
from vaultflow.disk.scan import FileEntry, scan_files, scan_vault
from vaultflow.errors import Finding
from vaultflow.vault.knowing import links_in, may_lead, packed_targets
from vaultflow.vault.note import Note
from vaultflow.vault.packed import pack_note, unpack_links, unpack_note
from vaultflow.vault.reader import read_note, unreadable_note

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from vaultflow.disk.scan import Listing
    from vaultflow.vault.note import Link

Kept = TypeVar("Kept")

# An editor that truncates and writes slowly leaves a short note for a moment: below half of what
# it was, or empty, it must be found the same again after this time.
DOUBT_S = 2.0
SHRUNK = 0.5

SPARE = 1  # zlib's quickest level: it takes half, and the slowest only a tenth more


class LiveNote(Struct, frozen=True, kw_only=True, gc=False):
    """A note with what tells whether its file has changed."""

    entry: FileEntry
    digest: bytes
    """Of the bytes that were read: a file that is written anew with the same bytes is the same."""
    is_page: bool
    is_readable: bool
    targets: bytes
    """What it links to: see `packed_targets`."""
    packed: bytes | None
    """What it says, compressed; None when that cannot be packed."""
    held: Note | None
    """The note itself, when it cannot be packed."""

    @classmethod
    def of(cls, entry: FileEntry, content: bytes, note: Note) -> LiveNote:
        """The note as it is held, with the digest of what it was read from."""
        packed = pack_note(note)
        return cls(
            entry=entry,
            digest=content,
            is_page=note.is_page,
            is_readable=note.readable,
            targets=packed_targets(note),
            packed=compress(packed, SPARE) if packed else None,
            held=None if packed else note,
        )

    @property
    def note(self) -> Note:
        """What it says."""
        note = unpack_note(decompress(self.packed)) if self.packed else self.held
        assert note is not None, "what was packed here can be opened here"  # noqa: S101
        return note


class LiveNotes(Mapping[PurePosixPath, Note]):
    """What the notes of a `LiveVault` say, each opened when it is asked for."""

    def __init__(self, notes: Mapping[PurePosixPath, LiveNote]) -> None:
        self._notes = notes

    def __len__(self) -> int:
        return len(self._notes)

    def __iter__(self) -> Iterator[PurePosixPath]:
        return iter(self._in_order)

    def __contains__(self, path: object) -> bool:
        return path in self._notes

    def __getitem__(self, path: PurePosixPath) -> Note:
        return self._notes[path].note

    def is_page(self, path: PurePosixPath) -> bool:
        """Whether there is a note at the path that is a page of ours."""
        return path in self._notes and self._notes[path].is_page

    def linking(self, names: AbstractSet[str]) -> Iterator[PurePosixPath]:
        """The notes that link to one of these names: see `vault.knowing`."""
        return (path for path, live in self._notes.items() if may_lead(live.targets, names))

    def unreadable(self) -> Iterator[PurePosixPath]:
        """The notes that are not `readable`."""
        return (path for path, live in self._notes.items() if not live.is_readable)

    def texts(self) -> Iterator[str]:
        """The paths of all notes as text, in path order."""
        return map(str, self._in_order)

    def links(self) -> Iterator[tuple[str, tuple[Link, ...]]]:
        """The links in each note: see `vault.knowing`."""
        for path in self._in_order:
            live = self._notes[path]
            links = unpack_links(decompress(live.packed)) if live.packed else None
            yield str(path), links_in(live.note) if links is None else links

    @cached_property
    def _in_order(self) -> tuple[PurePosixPath, ...]:
        return tuple(sorted(self._notes, key=str))


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
    moved: tuple[PurePosixPath, ...]
    """Those of them that are new or gone."""


def look_at_all(
    root: Path,
    before: LiveVault,
    ignore: Sequence[str],
    at_s: float,
    *,
    verify: bool = False,
) -> Look:
    """All files: those are read whose size or times differ from what is known.

    Args:
        root: the vault's folder.
        before: what is known of it.
        ignore: globs of what is not read.
        at_s: the time of a clock that never goes back, in seconds.
        verify: read every file, whatever its times say.

    Raises:
        VaultError: the folder cannot be listed.
    """
    listing = scan_vault(root, ignore)
    reading = _Reading(root, before, at_s)
    # To make a path takes longer than all else that there is to do about a file that stays.
    paths = {note.entry.text: path for path, note in before.notes.items()}
    for entry in listing.notes:
        reading.look(entry, paths.get(entry.text) or entry.path, trust_time=not verify)
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
        reading.look(entry, entry.path, trust_time=False)
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

    def look(self, entry: FileEntry, path: PurePosixPath, *, trust_time: bool) -> None:
        """Takes the note at the path as known, or reads it."""
        known = self.before.notes.get(path)
        if known and trust_time and known.entry == entry and path not in self.before.doubts:
            self.notes[path] = known
        elif read := self._read(entry, known):
            self.notes[path] = read

    def _read(self, entry: FileEntry, known: LiveNote | None) -> LiveNote | None:
        """The note as it is now, the known one while in doubt; None when it has vanished."""
        content = entry.finding or read_bytes(self.root, entry.path)
        if isinstance(content, Finding) and content.code == "note-vanished":
            return None
        read = digest(str(content).encode() if isinstance(content, Finding) else content)
        if known and known.digest == read:
            return replace(known, entry=entry)
        if known and isinstance(content, bytes) and self._is_doubtful(known, content, read):
            return known
        if isinstance(content, Finding):
            return LiveNote.of(entry, read, unreadable_note(entry.path, content))
        return LiveNote.of(entry, read, read_note(entry.path, content))

    def _is_doubtful(self, known: LiveNote, content: bytes, read: bytes) -> bool:
        """Whether the note may be half written; a page of ours is short when we made it so."""
        if known.is_page or len(content) > known.entry.size * SHRUNK:
            return False
        path = known.entry.path
        doubt = self.before.doubts.get(path)
        if doubt is None or doubt.digest != read:
            doubt = Doubt(digest=read, since_s=self.at_s)
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
        read = {path for path, note in self.notes.items() if before.notes.get(path) is not note}
        told = (before.findings.keys() & scope) | findings.keys()
        touched = scope.difference(self.notes) | read | others.keys() | told
        changed = tuple(sorted(path for path in touched if _differs(before, live, path)))
        moved = tuple(path for path in changed if _has_moved(before, live, path))
        return Look(live=live, changed=changed, moved=moved)


def _replaced(
    before: Mapping[PurePosixPath, Kept],
    scope: set[PurePosixPath],
    found: Mapping[PurePosixPath, Kept],
) -> Mapping[PurePosixPath, Kept]:
    if not before:
        return found
    after = dict(before)
    for path in scope.difference(found):
        after.pop(path, None)
    after.update(found)
    return after


def _differs(before: LiveVault, live: LiveVault, path: PurePosixPath) -> bool:
    old, new = before.notes.get(path), live.notes.get(path)
    return (
        (old and old.digest) != (new and new.digest)
        or _has_moved(before, live, path)
        or before.findings.get(path) != live.findings.get(path)
    )


def _has_moved(before: LiveVault, live: LiveVault, path: PurePosixPath) -> bool:
    was, now = ((path in vault.notes, path in vault.others) for vault in (before, live))
    return was != now
