"""A look at the vault through the cache: what has changed is read, all else is known.

listing -> the files that are not as the cache has them -> read these -> the cache is as the files
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from vaultflow.disk.cache.database import code_digest, digest
from vaultflow.disk.cache.notes import State, Writing
from vaultflow.disk.cache.stamp import stamp_of
from vaultflow.disk.cache.stored import StoredNotes
from vaultflow.disk.cache.task import Task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from vaultflow.disk.cache.notes import NoteCache, Row
    from vaultflow.disk.scan import FileEntry, Listing
    from vaultflow.vault.note import Note

UNREADABLE = "unreadable"
OTHERS = "others"
"""Lists of paths that are kept for the next look: notes that cannot be read, and files that are no
notes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """The notes of a vault as they are now, and what has changed since the cache was last saved."""

    notes: Mapping[PurePosixPath, Note]
    state: State
    """Of the vault as it is now."""
    before: State
    """Of the vault as the cache had it."""
    changed_texts: tuple[str, ...] = ()
    """The paths of `changed`: of a new vault they are many, and seldom asked for."""
    moved: tuple[PurePosixPath, ...] | None = ()
    """The files that have come or gone, so that links may lead elsewhere; None when unknown."""
    is_settled: bool = True
    """Whether a file that changes from now on must show it: see `is_settled` of stamps."""

    @property
    def changed(self) -> tuple[PurePosixPath, ...]:
        """The notes that say something else now, new ones among them."""
        return tuple(map(PurePosixPath, self.changed_texts))


class _Fresh(NamedTuple):
    """What is kept of a note that says something else now."""

    facts: bytes
    is_readable: bool


def look(
    root: Path,
    listing: Listing,
    cache: NoteCache | None,
    *,
    verify: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Looked:
    """The notes as they are now; the cache is brought up to date on the way.

    Args:
        root: the vault's folder.
        listing: its files.
        cache: what is known of them; None: nothing, and nothing is kept.
        verify: read every file and compare, whatever sizes and times say.
        progress: is told how many notes are read, and of how many.
    """
    looking = _Looking(root, listing, cache, verify=verify)
    if looking.is_same and not looking.known:
        return Looked(notes=looking.notes(), state=looking.before, before=looking.before)
    return looking.look_closely(progress)


class _Looking:
    """One look, and what it starts from."""

    def __init__(
        self, root: Path, listing: Listing, cache: NoteCache | None, *, verify: bool
    ) -> None:
        self.root = root
        self.listing = listing
        self.cache = cache
        self.verify = verify
        self.before = cache.state() if cache else State()
        self.fingerprint = listing.fingerprint()
        self.is_same = self.fingerprint == self.before.fingerprint and not verify
        """Whether the listing is that of the last time: then no file has come or gone."""
        self.known = cache.known(only_again=self.is_same) if cache else {}
        self.unreadable = self._kept_paths(UNREADABLE, self.before.facts)
        self.packed: dict[str, bytes] = {}
        """What notes say that could not be put into the cache, by path."""
        self.is_settled = True

    def notes(self) -> StoredNotes:
        """The notes, each opened when it is asked for."""
        return StoredNotes(self.root, self.listing, self.cache, self.packed, self.unreadable)

    def look_closely(self, progress: Callable[[int, int], None] | None) -> Looked:
        """Reads what has changed, and puts it into the cache."""
        entries = self.notes().entries
        gone = [] if self.is_same else [text for text in self.known if text not in entries]
        tasks = list(self._tasks(entries))
        others = [entry.text for entry in self.listing.others]
        moved = self._moved(entries, gone, others)
        writes = self.cache.writing() if self.cache else nullcontext(Writing(None, self.before))
        with writes as writing:
            fresh = self._read(tasks, writing, progress)
            writing.drop(gone)
            state = self._state(entries, fresh, others, is_other=bool(fresh or moved or gone))
            self.unreadable = self._unreadable_now(fresh, gone)
            writing.conclude(state)
            if self.unreadable is not None:
                writing.keep(UNREADABLE, state.facts, _packed_paths(self.unreadable))
            if state.others != self.before.others:
                writing.keep(OTHERS, state.others, _packed_paths(others))
        return Looked(
            notes=self.notes(),
            state=state,
            before=self.before,
            changed_texts=tuple(fresh),
            moved=None if moved is None else tuple(map(PurePosixPath, moved)),
            is_settled=self.is_settled,
        )

    def _tasks(self, entries: Mapping[str, FileEntry]) -> Iterator[Task]:
        """The notes to read; when the listing is the same, those of which the cache is in doubt."""
        if self.is_same:
            known = self.known.items()
            yield from (Task(entries[text], one) for text, one in known if text in entries)
            return
        for text, entry in entries.items():
            one = self.known.get(text)
            if (
                self.verify
                or one is None
                or one.again
                or entry.finding is not None
                or one.stamp != stamp_of(entry)
            ):
                yield Task(entry, one)

    def _read(
        self,
        tasks: Sequence[Task],
        writing: Writing,
        progress: Callable[[int, int], None] | None,
    ) -> dict[str, _Fresh]:
        """Reads the notes and puts them into the cache; gives those that say something else."""
        fresh: dict[str, _Fresh] = {}
        done = 0
        for rows in _rows(self.root, tasks):
            writing.put(rows)
            for row in rows:
                self.is_settled = self.is_settled and not row.known.again
                if not row.is_same:
                    if writing.is_lost and row.packed:
                        self.packed[row.text] = row.packed
                    fresh[row.text] = _Fresh(row.known.facts, row.is_readable)
            done += len(rows)
            if progress:
                progress(done, len(tasks))
        return fresh

    def _moved(
        self, entries: Mapping[str, FileEntry], gone: Sequence[str], others: Sequence[str]
    ) -> list[str] | None:
        """The files that have come or gone; None when it is not known what there was."""
        if self.is_same:
            return []
        others_before = self._kept_paths(OTHERS, self.before.others)
        if others_before is None or not self.before.facts:
            return None
        come = [text for text in entries if text not in self.known]
        return [*come, *gone, *set(others).symmetric_difference(others_before)]

    def _state(
        self,
        entries: Iterable[str],
        fresh: Mapping[str, _Fresh],
        others: Sequence[str],
        *,
        is_other: bool,
    ) -> State:
        """What the cache is made from now."""
        if self.is_same and not is_other:
            return self.before
        known = self.cache.known() if self.cache and self.is_same else self.known
        facts = {text: one.facts for text, one in known.items()}
        facts |= {text: note.facts for text, note in fresh.items()}
        # A row that a damaged cache has lost counts as nothing: then what was kept is not found.
        each = (facts.get(text, b"") for text in entries)
        return State(
            fingerprint=self.fingerprint,
            others=digest(_packed_paths(others)),
            facts=digest(code_digest(), *each),
        )

    def _unreadable_now(self, fresh: Mapping[str, _Fresh], gone: Iterable[str]) -> list[str] | None:
        """The notes that cannot be read, in path order; None when that is not known."""
        if self.unreadable is None and self.known:
            return None  # a damaged cache has lost them: whoever asks looks at all notes
        still = set(self.unreadable or ()).difference(gone, fresh)
        return sorted(still.union(text for text, note in fresh.items() if not note.is_readable))

    def _kept_paths(self, name: str, key: bytes) -> list[str] | None:
        kept = self.cache.kept(name, key) if self.cache else None
        if kept is None:
            return None
        return kept.decode("utf-8", "surrogatepass").split("\n") if kept else []


def _packed_paths(texts: Iterable[str]) -> bytes:
    return "\n".join(texts).encode("utf-8", "surrogatepass")


def _rows(root: Path, tasks: Sequence[Task]) -> Iterator[list[Row]]:
    """What the notes say, some at a time."""
    if not tasks:
        return iter(())
    # Mostly nothing has changed, and loading what reads notes takes longer than the rest.
    from vaultflow.disk.cache.reading import read_rows  # noqa: PLC0415

    return read_rows(root, tasks)
