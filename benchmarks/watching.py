"""A `vaultflow watch` in a process of its own, and what can be seen of it from outside."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

from processes import BenchError

if TYPE_CHECKING:
    from collections.abc import Callable

    from places import Desk

START_LIMIT_S = 900.0
PAGE_LIMIT_S = 60.0
LOOK_S = 0.0005
"""How often a file is looked at: far below what is measured, and no core is taken by looking."""


class Watching:
    """The watcher of a desk's vault, while it runs.

    Args:
        desk: the vault.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.batches: list[str] = []
        self._last_s = 0.0

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(
            self.desk.vaultflow("--json", "watch"),
            env=self.desk.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        until(lambda: self.batches or self.process.poll() is not None, START_LIMIT_S)
        if self.process.poll() is not None:
            raise BenchError(f"the watcher ended with {self.process.returncode}")
        return self

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()
        self._reader.join()
        if self.process.stdout:
            self.process.stdout.close()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            json.loads(line)
            self._last_s = time.monotonic()
            self.batches.append(line.decode())

    def until_more_than(self, batches: int) -> None:
        """Waits until it has told of more batches than that."""
        until(lambda: len(self.batches) > batches, PAGE_LIMIT_S)

    def until_quiet(self, quiet_s: float = 1.0) -> None:
        """Waits until it has said nothing for so long."""
        until(lambda: time.monotonic() - self._last_s > quiet_s, START_LIMIT_S)

    def resident_mb(self) -> float:
        """Its resident memory, in 10^6 bytes."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def stop_listening(self) -> None:
        """Halts it, so that the system's queue of events for it runs over."""
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Lets it run again."""
        self.process.send_signal(signal.SIGCONT)


def until(is_so: Callable[[], object], limit_s: float, pause_s: float = 0.02) -> None:
    """Waits until the condition holds.

    Raises:
        BenchError: it did not within the limit.
    """
    deadline = time.monotonic() + limit_s
    while not is_so():
        if time.monotonic() > deadline:
            raise BenchError(f"nothing came within {limit_s:.0f} s")
        time.sleep(pause_s)


def seconds_until_shown(file: Path, text: bytes, change: Callable[[], float]) -> float:
    """Makes the change, which says when it was done, and waits until the file holds the text."""
    began = change()
    seen = (0, 0)

    def is_shown() -> bool:
        nonlocal seen
        status = file.stat()
        now = (status.st_mtime_ns, status.st_ino)
        is_new, seen = now != seen, now
        return is_new and text in file.read_bytes()

    until(is_shown, PAGE_LIMIT_S, LOOK_S)
    return time.perf_counter() - began
