"""What files say, read for the cache: of each note its digests, and its record packed."""

from __future__ import annotations

from time import time_ns
from typing import TYPE_CHECKING

from vaultflow.disk.cache.database import digest
from vaultflow.disk.cache.notes import Known, Row
from vaultflow.disk.cache.pair import MOST_CHUNKS, pays, work_in_pair
from vaultflow.disk.cache.stamp import is_settled, stamp_of
from vaultflow.disk.files import read_bytes
from vaultflow.errors import Finding
from vaultflow.vault.knowing import packed_targets
from vaultflow.vault.packed import pack_note
from vaultflow.vault.reader import read_note, unreadable_note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from vaultflow.disk.cache.task import Task


CHUNK = 50  # notes that are read, and then written into the cache at once


def read_rows(root: Path, tasks: Sequence[Task]) -> Iterator[list[Row]]:
    """Reads the notes, some at a time; one whose bytes are those that are known is left at that."""

    def read(chunk: Sequence[Task]) -> list[Row]:
        return [_read_row(root, task) for task in chunk]

    size = max(CHUNK, len(tasks) // MOST_CHUNKS + 1)
    chunks = [tasks[start : start + size] for start in range(0, len(tasks), size)]
    return work_in_pair(read, chunks) if pays(len(tasks)) else map(read, chunks)


def _read_row(root: Path, task: Task) -> Row:
    entry, known = task
    stamp, now = stamp_of(entry), time_ns()
    raw = entry.finding or read_bytes(root, entry.text)
    if isinstance(raw, Finding):
        note, content, again = unreadable_note(entry.path, raw), b"", entry.finding is None
    else:
        content, again = digest(raw), not is_settled(stamp, now)
        if known and known.content == content:
            same = Known(stamp, again, content, known.facts)
            return Row(entry.text, same, None, b"", is_readable=True, is_same=True)
        note = read_note(entry.path, raw)
    packed = pack_note(note)
    facts = digest(packed or entry.text.encode() + content)
    is_same = known is not None and known.facts == facts
    targets = packed_targets(note)
    known_now = Known(stamp, again, content, facts)
    return Row(entry.text, known_now, packed, targets, note.readable, is_same)
