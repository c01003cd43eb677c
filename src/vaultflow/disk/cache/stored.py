"""The notes of a vault, each opened when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from operator import attrgetter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from vaultflow.vault.note import Note
from vaultflow.vault.packed import unpack_note

if TYPE_CHECKING:
    from pathlib import Path

    from vaultflow.disk.cache.notes import NoteCache
    from vaultflow.disk.scan import FileEntry, Listing


class StoredNotes(Mapping[PurePosixPath, Note]):
    """The notes of a listing by path, from the cache; what it does not have is read from its file.

    Nothing that was opened is held on to: a vault of any size takes little memory, and who needs a
    note twice keeps it.
    """

    def __init__(
        self,
        root: Path,
        listing: Listing,
        cache: NoteCache | None,
        packed: Mapping[str, bytes] | None = None,
        unreadable: Iterable[str] | None = None,
    ) -> None:
        """Takes what stands for each note.

        Args:
            root: the vault's folder.
            listing: its files.
            cache: has what most of the notes say; None when there is no cache.
            packed: what the others say that have been read already, by path.
            unreadable: the paths of those that cannot be read; None when that is not known.
        """
        self._root = root
        self._listing = listing
        self._cache = cache
        self._packed = packed or {}
        self._unreadable = unreadable

    @cached_property
    def entries(self) -> Mapping[str, FileEntry]:
        """The notes as listed, by path and in path order."""
        return {entry.text: entry for entry in sorted(self._listing.notes, key=attrgetter("text"))}

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[PurePosixPath]:
        return iter(self._paths)

    def __contains__(self, path: object) -> bool:
        return isinstance(path, PurePosixPath) and str(path) in self.entries

    def __getitem__(self, path: PurePosixPath) -> Note:
        text = str(path)
        entry = self.entries[text]
        packed = self._packed.get(text) or (self._cache and self._cache.packed(text))
        return (packed and unpack_note(packed)) or self._from_file(entry)

    def linking(self, names: Iterable[str]) -> Iterator[PurePosixPath]:
        """The notes that may link to one of these names: see `vault.knowing`."""
        may, do_not = self._cache.linking(names) if self._cache else (set(), set())
        for text, entry in self.entries.items():
            if text in may or text not in do_not or text in self._packed:
                yield entry.path

    def unreadable(self) -> Iterator[PurePosixPath]:
        """The notes that are not `readable`."""
        texts = self._unreadable
        if texts is None:
            texts = (str(path) for path, note in self.items() if not note.readable)
        return map(PurePosixPath, texts)

    def _from_file(self, entry: FileEntry) -> Note:
        from vaultflow.disk.notes import load_note  # noqa: PLC0415  # hardly ever needed

        return load_note(self._root, entry)

    @cached_property
    def _paths(self) -> tuple[PurePosixPath, ...]:
        return tuple(entry.path for entry in self.entries.values())
