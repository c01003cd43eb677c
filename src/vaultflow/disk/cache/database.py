"""The cache's file: a SQLite database in the user's state folder.

All in it can be made again from the vault. So nothing is waited for until it is safely on the disk,
and whatever is wrong with the file, it is thrown away: without a cache, all is as with one, only
slower. Every value that is taken from it is checked by the one who takes it.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from vaultflow.disk.outside import code_marks

if TYPE_CHECKING:
    from pathlib import Path

FILE = "notes.sqlite3"
SCHEMA = 3
DIGEST_BYTES = 16  # with 128 bits, two notes never have one digest by chance
BUSY_S = 0.2  # a second process rather reads the vault itself than waits
PAGE_BYTES = 8192  # a packed note has about 2 kB; twice SQLite's own choice writes a third faster
WAL_BYTES = 1_000_000

DATABASE_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""A torn database may have its own damage said back in SQLite's message, which then is no text."""

_PASSING = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_INTERRUPT,
    }
)

_TABLES = """
CREATE TABLE state (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE file (
    id INTEGER PRIMARY KEY, path TEXT UNIQUE NOT NULL,
    size INTEGER, mtime_ns INTEGER, ctime_ns INTEGER, again INTEGER, content BLOB, facts BLOB
);
CREATE TABLE note (id INTEGER PRIMARY KEY, packed BLOB);
CREATE TABLE linked (id INTEGER PRIMARY KEY, targets BLOB, digest BLOB);
CREATE TABLE kept (name TEXT PRIMARY KEY, key BLOB, value BLOB, digest BLOB);
"""
"""`file` is narrow, as every run reads all of it when anything has changed; `note` is wide.
`linked` has the targets of a note's links, for finding out who links to one."""


def digest(*parts: bytes) -> bytes:
    """A fingerprint of some bytes, by which they are known again.

    SHA-256, as today's processors reckon it themselves: it takes half of what BLAKE2 does.
    """
    return sha256(b"".join(parts)).digest()[:DIGEST_BYTES]


def open_database(folder: Path) -> sqlite3.Connection | None:
    """The database in the folder, made if need be; None when there can be none."""
    for _ in range(2):
        try:
            return _opened(folder / FILE)
        except DATABASE_ERRORS as error:
            if will_pass(error):
                return None
            remove_database(folder)
    return None


def will_pass(error: Exception) -> bool:
    """Whether it is only that the file cannot be used now; else it is no database, or a torn one.

    A torn one may also give text that is none: Python's own error, which has no code of SQLite's.
    """
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _PASSING


def remove_database(folder: Path) -> None:
    """Throws the database away, as far as the system lets us."""
    for suffix in ("", "-wal", "-shm"):
        with suppress(OSError):
            (folder / f"{FILE}{suffix}").unlink()


def _opened(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=BUSY_S, isolation_level=None)
    try:
        for setting in (
            f"page_size={PAGE_BYTES}",
            "journal_mode=WAL",
            "synchronous=OFF",
            f"journal_size_limit={WAL_BYTES}",
        ):
            connection.execute(f"PRAGMA {setting}")
        _adopt(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _adopt(connection: sqlite3.Connection) -> None:
    """Makes the tables anew unless this very VaultFlow has made them."""
    if _maker(connection) == code_digest():
        return
    connection.execute("BEGIN IMMEDIATE")
    if _maker(connection) != code_digest():  # else another process was quicker
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (name,) in tables.fetchall():
            connection.execute(f'DROP TABLE "{name}"')
        for statement in _TABLES.split(";"):
            connection.execute(statement)
        connection.execute("INSERT INTO state VALUES ('maker', ?)", (code_digest(),))
        connection.execute(f"PRAGMA user_version={SCHEMA}")
    connection.execute("COMMIT")


def _maker(connection: sqlite3.Connection) -> bytes | None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version != SCHEMA:
        return None
    row = connection.execute("SELECT value FROM state WHERE key = 'maker'").fetchone()
    return row[0] if row else None


@cache
def code_digest() -> bytes:
    """Of the code that reads notes: another version may read other things from the same file."""
    return digest("\n".join(code_marks()).encode())
