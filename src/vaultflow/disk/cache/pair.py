"""Many notes read by two processes at once, on Linux: cold, a large vault takes half the time.

The second process is a fork of this one, so it has all that it needs in memory. Both take chunks of
the notes from one pipe until it is empty; what the other one has read comes back through a file. If
it dies, what it had taken is read here. Elsewhere a second process would have to be started from
nothing, which takes longer than the reading.
"""

from __future__ import annotations

import os
import struct
import sys
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TypeVar

from msgspec.msgpack import Decoder, Encoder

from vaultflow.disk.cache.notes import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


Task = TypeVar("Task")

LEAST_NOTES = 400  # to fork takes 10 ms, as long as reading a hundred notes
MOST_CHUNKS = 4_000  # their numbers fit into a pipe that nobody empties yet

_NUMBER = struct.Struct("I")
_HEAD = struct.Struct("IQ")  # the chunk's number, and how many bytes follow
_ENCODER = Encoder()
_DECODER = Decoder(list[Row])


def pays(notes: int) -> bool:
    """Whether a second process saves time: with a fork, a free core, and no thread to harm."""
    return (
        sys.platform == "linux"
        and notes >= LEAST_NOTES
        and len(os.sched_getaffinity(0)) > 1
        and threading.active_count() == 1
    )


def work_in_pair(
    work: Callable[[Sequence[Task]], list[Row]], chunks: Sequence[Sequence[Task]]
) -> Iterator[list[Row]]:
    """What the work gives of each chunk, in no certain order."""
    missing = set(range(len(chunks)))
    with _results() as results, _claims(len(chunks)) as claims:
        child = os.fork()
        if not child:
            _work_for_parent(work, chunks, claims, results)
        reader = _Results(results)
        while (number := _claim(claims)) is not None:
            missing.discard(number)
            yield work(chunks[number])
            for done, rows in reader.take():
                missing.discard(done)
                yield rows
        with suppress(ChildProcessError):
            os.waitpid(child, 0)
        for done, rows in reader.take():
            missing.discard(done)
            yield rows
    yield from (work(chunks[number]) for number in sorted(missing))


@contextmanager
def _results() -> Iterator[int]:
    """A file without a name, in memory."""
    handle = os.memfd_create("results")
    try:
        yield handle
    finally:
        os.close(handle)


@contextmanager
def _claims(count: int) -> Iterator[int]:
    """A pipe that holds the chunks' numbers; whoever reads one has it to himself."""
    source, sink = os.pipe()
    try:
        os.write(sink, b"".join(map(_NUMBER.pack, range(count))))
        os.close(sink)
        yield source
    finally:
        os.close(source)


def _claim(claims: int) -> int | None:
    taken = os.read(claims, _NUMBER.size)
    return _NUMBER.unpack(taken)[0] if taken else None


def _work_for_parent(
    work: Callable[[Sequence[Task]], list[Row]],
    chunks: Sequence[Sequence[Task]],
    claims: int,
    results: int,
) -> None:
    """The life of the second process. It ends here: nothing of the parent's may run twice."""
    status = 1
    try:
        while (number := _claim(claims)) is not None:
            packed = _ENCODER.encode(work(chunks[number]))
            os.write(results, _HEAD.pack(number, len(packed)) + packed)
        status = 0
    finally:
        os._exit(status)


class _Results:
    """What the second process has written so far, taken whole result by whole result."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._position = 0

    def take(self) -> Iterator[tuple[int, list[Row]]]:
        """The results that have come since the last time."""
        end = os.fstat(self._handle).st_size
        while end - self._position >= _HEAD.size:
            head = os.pread(self._handle, _HEAD.size, self._position)
            number, size = _HEAD.unpack(head)
            start = self._position + _HEAD.size
            if end < start + size:
                return
            yield number, _DECODER.decode(os.pread(self._handle, size, start))
            self._position = start + size
