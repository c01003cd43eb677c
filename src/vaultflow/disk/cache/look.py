"""A look at the vault through the cache: what has changed is read, all else is known.

listing -> the files that are not as the cache has them -> read these -> the cache is as the files
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from vaultflow.disk.cache.database import code_digest, digest
from vaultflow.disk.cache.notes import State, Writing
from vaultflow.disk.cache.stamp import stamp_of
from vaultflow.disk.cache.stored import StoredNotes
from vaultflow.disk.cache.task import Task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path, PurePosixPath

    from vaultflow.disk.cache.notes import Known, NoteCache, Row
    from vaultflow.disk.scan import FileEntry, Listing
    from vaultflow.vault.note import Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """The notes of a vault as they are now, and what has changed since the cache was last saved."""

    notes: Mapping[PurePosixPath, Note]
    state: State
    """Of the vault as it is now."""
    before: State
    """Of the vault as the cache had it."""
    changed: tuple[PurePosixPath, ...] | None
    """The notes that say something else now; None when files have come or gone since."""
    is_settled: bool
    """Whether a file that changes from now on must show it: see `is_settled` of stamps."""


class _Gathered:
    """What comes out of reading, while it goes on."""

    def __init__(self) -> None:
        self.facts: dict[str, bytes] = {}
        """Of the notes that say something else now, by path."""
        self.packed: dict[str, bytes] = {}
        """Those of them that could not be put into the cache."""
        self.is_settled = True


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
    before = cache.state() if cache else State()
    fingerprint = listing.fingerprint()
    is_same = fingerprint == before.fingerprint and not verify
    known = cache.known(only_again=is_same) if cache else {}
    notes = StoredNotes(root, listing, cache)
    if is_same and not known:
        return Looked(notes=notes, state=before, before=before, changed=(), is_settled=True)
    entries = notes.entries
    gone = () if is_same else tuple(known.keys() - entries.keys())
    tasks = list(_tasks(entries, known, is_same=is_same, verify=verify))
    with cache.writing() if cache else nullcontext(Writing(None, before)) as writing:
        gathered = _gather(_rows(root, tasks), writing, len(tasks), progress)
        writing.drop(gone)
        names = before.names if is_same else _names(listing)
        facts = before.facts
        if gathered.facts or gone or names != before.names:
            known = cache.known() if cache and is_same else known
            facts = _facts(entries, known, gathered.facts)
        state = State(fingerprint=fingerprint, names=names, facts=facts)
        writing.conclude(state)
    return Looked(
        notes=StoredNotes(root, listing, cache, gathered.packed),
        state=state,
        before=before,
        changed=_changed(entries, gathered.facts) if names == before.names else None,
        is_settled=gathered.is_settled,
    )


def _tasks(
    entries: Mapping[str, FileEntry], known: Mapping[str, Known], *, is_same: bool, verify: bool
) -> Iterator[Task]:
    """The notes that must be read; when all files are the same, those which the cache doubts."""
    if is_same:
        yield from (Task(entries[text], one) for text, one in known.items() if text in entries)
        return
    for text, entry in entries.items():
        one = known.get(text)
        if (
            verify
            or one is None
            or one.again
            or entry.finding is not None
            or one.stamp != stamp_of(entry)
        ):
            yield Task(entry, one)


def _rows(root: Path, tasks: Sequence[Task]) -> Iterator[list[Row]]:
    """What the notes say, some at a time."""
    if not tasks:
        return iter(())
    # Mostly nothing has changed, and loading what reads notes takes longer than the rest.
    from vaultflow.disk.cache.reading import read_rows  # noqa: PLC0415

    return read_rows(root, tasks)


def _gather(
    chunks: Iterator[list[Row]],
    writing: Writing,
    count: int,
    progress: Callable[[int, int], None] | None,
) -> _Gathered:
    """Puts the rows into the cache, and keeps what must be known of them afterwards."""
    gathered = _Gathered()
    done = 0
    for chunk in chunks:
        writing.put(chunk)
        for row in chunk:
            gathered.is_settled = gathered.is_settled and not row.known.again
            if not row.is_same:
                gathered.facts[row.text] = row.known.facts
                if writing.is_lost and row.packed:
                    gathered.packed[row.text] = row.packed
        done += len(chunk)
        if progress:
            progress(done, count)
    return gathered


def _names(listing: Listing) -> bytes:
    both = chain(listing.notes, listing.others)
    return digest("\n".join(entry.text for entry in both).encode())


def _facts(entries: Iterable[str], known: Mapping[str, Known], fresh: Mapping[str, bytes]) -> bytes:
    """Digest of what all the notes say, in the order of their paths, as this code reads it."""
    facts = {**{text: one.facts for text, one in known.items()}, **fresh}
    # A row that a damaged cache has lost counts as nothing: then what was kept is not found.
    return digest(code_digest(), *(facts.get(text, b"") for text in entries))


def _changed(
    entries: Mapping[str, FileEntry], facts: Mapping[str, bytes]
) -> tuple[PurePosixPath, ...]:
    return tuple(entries[text].path for text in facts)
