"""The notes of a vault, each opened when it is asked for."""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, Mapping, ValuesView
from functools import cached_property
from operator import attrgetter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from vaultflow.vault.knowing import links_in
from vaultflow.vault.note import Note
from vaultflow.vault.packed import Paths, unpack_links, unpack_note

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from vaultflow.disk.cache.notes import NoteCache
    from vaultflow.disk.scan import FileEntry, Listing
    from vaultflow.vault.note import Link


FETCHED = 500  # notes at once: enough to make the fetching cheap, few enough to hold in memory
_NO_ROW = ("", None)


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
        self._by_text = Paths()

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
        return (packed and unpack_note(packed, self._by_text)) or self._from_file(entry)

    def items(self) -> ItemsView[PurePosixPath, Note]:
        """All notes by path, opened one after the other."""
        return _Opened(self)

    def values(self) -> ValuesView[Note]:
        """All notes in path order, opened one after the other."""
        return _OpenedNotes(self)

    def in_order(self) -> Iterator[tuple[PurePosixPath, Note]]:
        """What `items` goes through: many are fetched at once, which takes a third of the time."""
        for path, (entry, found) in zip(self._paths, self._fetched(), strict=True):
            yield path, (found and unpack_note(found, self._by_text)) or self._from_file(entry)

    def _fetched(self) -> Iterator[tuple[FileEntry, bytes | None]]:
        """All notes in path order, each with what it says, packed; None where nobody knows."""
        rows = self._rows()
        text, packed = next(rows, _NO_ROW)
        for wanted, entry in self.entries.items():
            while text < wanted and text:
                text, packed = next(rows, _NO_ROW)
            yield entry, self._packed.get(wanted) or (packed if text == wanted else None)

    def _rows(self) -> Iterator[tuple[str, bytes | None]]:
        """All that the cache has, by path."""
        text = ""
        rows = self._cache.packed_after(text, FETCHED) if self._cache else []
        while rows and rows[-1][0] > text:  # the order of a damaged cache may run in circles
            yield from rows
            text = rows[-1][0]
            rows = self._cache.packed_after(text, FETCHED) if self._cache else []

    def linking(self, names: AbstractSet[str]) -> Iterator[PurePosixPath]:
        """The notes that may link to one of these names: see `vault.knowing`."""
        may, do_not = self._cache.linking(names) if self._cache else (set(), set())
        for path, text in zip(self._paths, self.entries, strict=True):
            if text in may or text not in do_not or text in self._packed:
                yield path

    def unreadable(self) -> Iterator[PurePosixPath]:
        """The notes that are not `readable`."""
        texts = self._unreadable
        if texts is None:
            texts = (str(path) for path, note in self.items() if not note.readable)
        return map(PurePosixPath, texts)

    def texts(self) -> Iterable[str]:
        """The paths of all notes as text, in path order."""
        return self.entries

    def links(self) -> Iterator[tuple[str, tuple[Link, ...]]]:
        """The links in each note: see `vault.knowing`."""
        for entry, packed in self._fetched():
            links = unpack_links(packed) if packed else None
            yield entry.text, links_in(self._from_file(entry)) if links is None else links

    def _from_file(self, entry: FileEntry) -> Note:
        from vaultflow.disk.notes import load_note  # noqa: PLC0415  # hardly ever needed

        return load_note(self._root, entry)

    @cached_property
    def _paths(self) -> tuple[PurePosixPath, ...]:
        return tuple(self._by_text[text] for text in self.entries)


class _Opened(ItemsView[PurePosixPath, Note]):
    def __init__(self, notes: StoredNotes) -> None:
        super().__init__(notes)
        self._notes = notes

    def __iter__(self) -> Iterator[tuple[PurePosixPath, Note]]:
        return self._notes.in_order()


class _OpenedNotes(ValuesView[Note]):
    def __init__(self, notes: StoredNotes) -> None:
        super().__init__(notes)
        self._notes = notes

    def __iter__(self) -> Iterator[Note]:
        return (note for _, note in self._notes.in_order())
