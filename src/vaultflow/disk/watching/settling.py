"""When changed files are worked on: once they are quiet, or after a while all the same.

Knows no clock: every call says what time it is, in seconds of any clock that never goes back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from vaultflow.pipeline.settings import WatchSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How long to wait for quiet."""

    quiet_s: float
    """Seconds without a change that end a batch."""
    flush_s: float
    """Seconds after the first change at which a batch ends, quiet or not."""


def pace_of(settings: WatchSettings) -> Pace:
    """The pace that the settings ask for."""
    return Pace(quiet_s=settings.quiet_ms / 1000, flush_s=settings.flush_s)


class Settling:
    """The paths that have changed since the last batch.

    Args:
        pace: how long to wait for quiet.
    """

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self._paths: set[PurePosixPath] = set()
        self._first_s = 0.0
        self._last_s = 0.0

    def add(self, path: PurePosixPath, at_s: float) -> None:
        """Takes note that the path has changed."""
        if not self._paths:
            self._first_s = at_s
        self._last_s = at_s
        self._paths.add(path)

    def due_s(self) -> float | None:
        """When the batch ends unless more changes come; None when there is nothing in it."""
        if not self._paths:
            return None
        quiet = self._last_s + self.pace.quiet_s
        return min(quiet, self._first_s + self.pace.flush_s)

    def take(self, at_s: float) -> frozenset[PurePosixPath]:
        """The batch, if it has ended by now; else nothing."""
        due_s = self.due_s()
        if due_s is None or at_s < due_s:
            return frozenset()
        batch = frozenset(self._paths)
        self._paths.clear()
        return batch
