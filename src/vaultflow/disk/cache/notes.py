"""The cache as its users see it: rows about files, packed notes, and results that are kept.

No method raises over a bad database: it gives nothing, and the file is thrown away in the end.
"""

from __future__ import annotations

import weakref
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from vaultflow.disk.cache.database import (
    DATABASE_ERRORS,
    digest,
    open_database,
    remove_database,
    will_pass,
)
from vaultflow.disk.cache.stamp import Stamp
from vaultflow.disk.state import state_folder
from vaultflow.errors import VaultError
from vaultflow.vault.knowing import may_lead

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path


class Known(NamedTuple):
    """What is known of one file."""

    stamp: Stamp
    again: bool
    """It must be read again even if its stamp is the same."""
    content: bytes
    """Digest of its bytes; empty when they cannot be had."""
    facts: bytes
    """Digest of what its note says."""


class Row(NamedTuple):
    """A note as it goes into the cache."""

    text: str
    """Its path."""
    known: Known
    packed: bytes | None
    """What it says; None when that has not changed, or cannot be packed."""
    targets: bytes
    """What it links to: see `packed_targets`."""
    is_readable: bool
    is_same: bool
    """Whether it says what the cache has already."""


class State(NamedTuple):
    """What the cache has been made from as a whole; empty when there is nothing in it."""

    fingerprint: bytes = b""
    """Of the listing: names, sizes and times."""
    others: bytes = b""
    """Digest of the names of all files that are no notes."""
    facts: bytes = b""
    """Digest of the paths of all notes, and of all that they say."""


class NoteCache:
    """One process's view of the cache, as of the moment at which it was opened or last saved."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self._connection = connection
        self._folder = folder
        self._is_broken = False
        self._is_foreign = False
        self._finalizer = weakref.finalize(self, connection.close)

    @classmethod
    def open(cls, root: Path) -> NoteCache | None:
        """The cache of a vault; None when there can be none."""
        try:
            folder = state_folder(root)
        except VaultError:
            return None
        connection = open_database(folder)
        if connection is None:
            return None
        cache = cls(connection, folder)
        cache._pin()
        return cache

    def close(self) -> None:
        """Ends the use of the cache; throws it away if it turned out to be broken."""
        self._finalizer()
        if self._is_broken:
            remove_database(self._folder)

    def state(self) -> State:
        """What the cache was made from."""
        found = dict(self._ask("SELECT key, value FROM state"))
        values = [found.get(name) for name in State._fields]
        return State(*(value if isinstance(value, bytes) else b"" for value in values))

    def known(self, *, only_again: bool = False) -> dict[str, Known]:
        """What is known of each file, by its path; or of those only that must be read again."""
        which = "WHERE again" if only_again else ""
        rows = self._ask(
            f"SELECT path, size, mtime_ns, ctime_ns, again, content, facts FROM file {which}"  # noqa: S608
        )
        return {
            path: Known(Stamp(size, mtime_ns, ctime_ns), bool(again), content, facts)
            for path, size, mtime_ns, ctime_ns, again, content, facts in rows
            if isinstance(path, str) and isinstance(content, bytes) and isinstance(facts, bytes)
        }

    def packed(self, text: str) -> bytes | None:
        """What the note of this path says, packed; None when the cache does not know."""
        rows = self._ask(
            "SELECT packed, facts FROM file JOIN note USING (id) WHERE path = ?", (text,)
        )
        packed, facts = rows[0] if rows else (None, None)
        return packed if isinstance(packed, bytes) and digest(packed) == facts else None

    def packed_after(self, text: str, limit: int) -> list[tuple[str, bytes | None]]:
        """The next notes behind this path, by path, each with what it says; see `packed`."""
        rows = self._ask(
            "SELECT path, packed, facts FROM file JOIN note USING (id)"
            " WHERE path > ? ORDER BY path LIMIT ?",
            (text, limit),
        )
        return [
            (path, packed if isinstance(packed, bytes) and digest(packed) == facts else None)
            for path, packed, facts in rows
            if isinstance(path, str)
        ]

    def linking(self, names: AbstractSet[str]) -> tuple[set[str], set[str]]:
        """Paths of notes that may link to a file of a folded name, and of those that do not.

        Of notes that are in neither, nothing is known.
        """
        may: set[str] = set()
        do_not: set[str] = set()
        for path, targets, known in self._ask(
            "SELECT path, targets, linked.digest FROM file JOIN linked USING (id)"
        ):
            if isinstance(targets, bytes) and digest(targets) == known:
                (may if may_lead(targets, names) else do_not).add(path)
        return may, do_not

    def kept(self, name: str, key: bytes) -> bytes | None:
        """The result that was kept under this name for this very key; None when there is none."""
        rows = self._ask("SELECT value, digest FROM kept WHERE name = ? AND key = ?", (name, key))
        value, known = rows[0] if rows else (None, None)
        return value if isinstance(value, bytes) and digest(key, value) == known else None

    def keep(self, name: str, key: bytes, value: bytes) -> None:
        """Keeps a result in the place of the one of this name; a busy cache forgets it."""
        with self.writing() as writing:
            writing.keep(name, key, value)

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """All changes made in the `with` block at once, or none of them."""
        before = self.state()
        writing = Writing(None if self._is_broken else self._connection, before)
        try:
            yield writing
        except BaseException:
            writing.is_lost = True
            raise
        finally:
            after = writing.finish()
            self._is_broken = self._is_broken or writing.is_broken
            self._pin()
            # Another process may have written in between: its notes are not those of our listing.
            if self.state() != after:
                self._is_foreign = True

    def _pin(self) -> None:
        """Has all that is asked from now on answered as of this moment."""
        self._ask("BEGIN")
        self._ask("SELECT value FROM state LIMIT 1")

    def _ask(self, statement: str, values: Sequence[object] = ()) -> list[Any]:
        if self._is_broken or self._is_foreign:
            return []
        try:
            return self._connection.execute(statement, values).fetchall()
        except DATABASE_ERRORS as error:
            self._is_broken = not will_pass(error)
            return []


class Writing:
    """Changes of the cache on their way; once one is refused, the others are not tried."""

    def __init__(self, connection: sqlite3.Connection | None, state: State) -> None:
        self._connection = connection
        self._state = self._before = state
        self.is_lost = connection is None
        """Whether nothing of it will be kept."""
        self.is_broken = False

    def run(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Executes the statement once for each row."""
        if self.is_lost or self._connection is None:
            return
        try:
            self._connection.executemany(statement, rows)
        except DATABASE_ERRORS as error:
            self.is_lost = True
            self.is_broken = not will_pass(error)

    def put(self, rows: Sequence[Row]) -> None:
        """Takes what was read of some notes."""
        self.run(
            "INSERT INTO file (path, size, mtime_ns, ctime_ns, again, content, facts)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET size = excluded.size,"
            " mtime_ns = excluded.mtime_ns, ctime_ns = excluded.ctime_ns, again = excluded.again,"
            " content = excluded.content, facts = excluded.facts",
            [(row.text, *row.known.stamp, *row.known[1:]) for row in rows],
        )
        self.run(
            "INSERT OR REPLACE INTO note SELECT id, ? FROM file WHERE path = ?",
            [(row.packed, row.text) for row in rows if not row.is_same],
        )
        self.run(
            "INSERT OR REPLACE INTO linked SELECT id, ?, ? FROM file WHERE path = ?",
            [(row.targets, digest(row.targets), row.text) for row in rows if not row.is_same],
        )

    def drop(self, texts: Iterable[str]) -> None:
        """Forgets files that are no longer there."""
        gone = [(text,) for text in texts]
        for table in ("note", "linked"):
            of_file = "WHERE id = (SELECT id FROM file WHERE path = ?)"
            self.run(f"DELETE FROM {table} {of_file}", gone)  # noqa: S608
        self.run("DELETE FROM file WHERE path = ?", gone)

    def keep(self, name: str, key: bytes, value: bytes) -> None:
        """Keeps a result in the place of the one of this name."""
        row = (name, key, value, digest(key, value))
        self.run("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", [row])

    def conclude(self, state: State) -> None:
        """Says what the cache is made from now."""
        self.run(
            "INSERT OR REPLACE INTO state VALUES (?, ?)", zip(State._fields, state, strict=True)
        )
        self._state = state

    def finish(self) -> State:
        """Ends the transaction; gives what the cache is made from then."""
        if not self._ends("ROLLBACK" if self.is_lost else "COMMIT"):
            self.is_lost = True
            self._ends("ROLLBACK")
        return self._before if self.is_lost else self._state

    def _ends(self, statement: str) -> bool:
        try:
            if self._connection:
                self._connection.execute(statement)
        except DATABASE_ERRORS:
            return False
        return True
