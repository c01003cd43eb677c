"""What our writes have displaced, kept for `vaultflow undo`.

One file a write, in the vault's state folder: a line of JSON that tells what it is, then the bytes
as they were. It is there before the note changes, so that no kill can come between.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from vaultflow.disk.state import state_folder
from vaultflow.disk.writing.lock import vault_lock
from vaultflow.disk.writing.temporary import temporary_name, token_of
from vaultflow.errors import VaultError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

FOLDER = "displaced"
KEPT_FOR = timedelta(days=30)

# A watcher may refresh a page a thousand times a day. Beyond the newest ones, one an hour is kept,
# which bounds a page of 5 kB to some 4 MB.
KEPT_ALL = 100
HOUR_DIGITS = len("20261123T14")

_STAMP = "%Y%m%dT%H%M%S"


@dataclass(frozen=True, slots=True, kw_only=True)
class Displaced:
    """One write of ours: what stood there before, and what it put there."""

    path: PurePosixPath
    """Relative to the vault's root."""
    at: datetime
    """When it was written, in UTC."""
    content: bytes | None
    """The file's bytes before the write; None when the write made the file."""
    before: str
    """SHA-256 of `content`, in hexadecimal; empty when there was no file."""
    after: str
    """SHA-256 of what was written: a file that reads otherwise has been changed since."""
    written: str
    """`file_stamp` of the file that was written; empty when not known."""


def hash_of(content: bytes) -> str:
    """The bytes' SHA-256 in hexadecimal, as `before` and `after` of a record have it."""
    return hashlib.sha256(content).hexdigest()


def file_stamp(status: os.stat_result) -> str:
    """What tells the file as we wrote it from the same bytes saved by another program."""
    return f"{status.st_ino}:{status.st_mtime_ns}:{status.st_size}"


def keep_displaced(
    root: Path,
    path: PurePosixPath,
    before: bytes | None,
    after: bytes,
    at: datetime,
    temp: Path | None = None,
) -> Path:
    """Keeps what a write is about to displace; gives the file in which it is kept.

    What is older than `KEPT_FOR`, seen from `at`, goes.

    Args:
        root: the vault's folder.
        path: the note's, relative to the root.
        before: its bytes; None when there is no such note yet.
        after: the bytes that will be written.
        at: the time of the write, with its time zone.
        temp: the temporary file, complete, that is to take the note's place.

    Raises:
        VaultError: it cannot be kept: then the write must not happen.
    """
    head = {
        "path": str(path),
        "at": at.astimezone(UTC).isoformat(),
        "before": "" if before is None else hash_of(before),
        "after": hash_of(after),
        "written": file_stamp(temp.stat()) if temp else "",
    }
    record = json.dumps(head).encode() + b"\n" + (before or b"")
    name = temp.name if temp else temporary_name()
    with vault_lock(root):
        try:
            return _add(_folder(root), path, record, at, token_of(name) or name)
        except OSError as error:
            message = f"what was there before cannot be kept for undo: {error.strerror}"
            raise VaultError(message, path=str(path), hint="nothing was written") from error


def displaced(root: Path, path: PurePosixPath | None = None) -> tuple[Displaced, ...]:
    """What was displaced from one note, or from all: the newest first.

    Raises:
        VaultError: the state folder cannot be used.
    """
    store = _folder(root)
    folders = [_key(path)] if path else _listed(store)
    records = [record for folder in folders for record in _records(store / folder)]
    # Within a folder the order is that of the writes, whatever the clock said; sorting keeps it.
    return tuple(records if path else sorted(records, key=lambda record: record.at, reverse=True))


def last_displaced(root: Path, path: PurePosixPath) -> Displaced | None:
    """What the last write of ours to the note displaced; None when none is known of.

    Raises:
        VaultError: the state folder cannot be used.
    """
    return next(_records(_folder(root) / _key(path)), None)


def displaced_by(root: Path, token: str) -> Displaced | None:
    """The record of the write whose temporary file had this token; None when there is none.

    Raises:
        VaultError: the state folder cannot be used.
    """
    files = sorted(_folder(root).glob(f"*/*-{token}"))
    return next((record for file in files if (record := _read(file))), None)


def _folder(root: Path) -> Path:
    return state_folder(root) / FOLDER


def _key(path: PurePosixPath) -> str:
    """The name of a note's folder: a path may hold what no name of a file may."""
    return hash_of(str(path).encode("utf-8", "surrogatepass"))[:16]


def _add(store: Path, path: PurePosixPath, record: bytes, at: datetime, token: str) -> Path:
    folder = store / _key(path)
    if not folder.is_dir():
        # A new note comes up about once a day, which is often enough to look through all.
        for other in _listed(store):
            _prune(store / other, at)
        folder.mkdir(mode=0o700, parents=True)
    names = _newest_first(folder)
    number = int(names[0].partition("-")[0]) + 1 if names else 1
    file = folder / f"{number:08}-{at.astimezone(UTC):{_STAMP}}-{token}"
    try:
        file.write_bytes(record)
    except OSError:
        file.unlink(missing_ok=True)
        raise
    _prune(folder, at)
    return file


def _listed(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder), reverse=True)  # noqa: PTH208  # Path's sort is slow
    except FileNotFoundError:
        return []


def _newest_first(folder: Path) -> list[str]:
    """The names of one note's records, which begin with the number of the write."""
    return [name for name in _listed(folder) if name[:1].isdigit()]


def _records(folder: Path) -> Iterator[Displaced]:
    """What one folder keeps, the newest first, without what is broken."""
    return (record for name in _newest_first(folder) if (record := _read(folder / name)))


def _prune(folder: Path, now: datetime) -> None:
    """Deletes what need not be kept of one note, and its folder when nothing is left."""
    names = _newest_first(folder)
    oldest = f"{now.astimezone(UTC) - KEPT_FOR:{_STAMP}}"
    kept = set(_worth_keeping(names, oldest))
    for name in names:
        if name not in kept:
            (folder / name).unlink(missing_ok=True)
    if not kept:
        folder.rmdir()


def _worth_keeping(names: Sequence[str], oldest: str) -> Iterator[str]:
    """The names, newest first, that are kept: all of the last writes, then one an hour."""
    young = [name for name in names if _stamp(name) >= oldest]
    yield from young[:KEPT_ALL]
    for _, hour in groupby(young[KEPT_ALL:], key=lambda name: _stamp(name)[:HOUR_DIGITS]):
        yield list(hour)[-1]


def _stamp(name: str) -> str:
    return name.split("-")[1]


def _read(file: Path) -> Displaced | None:
    """The record in a file; None when it is broken, as by a kill while it was written."""
    try:
        first, _, content = file.read_bytes().partition(b"\n")
        head = json.loads(first)
        made = not head["before"]
        if not made and hash_of(content) != head["before"]:
            return None
        return Displaced(
            path=PurePosixPath(head["path"]),
            at=datetime.fromisoformat(head["at"]),
            content=None if made else content,
            before=head["before"],
            after=head["after"],
            written=head["written"],
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
