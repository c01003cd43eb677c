"""What is to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from vaultflow.disk.cache.notes import Known
    from vaultflow.disk.scan import FileEntry


class Task(NamedTuple):
    """A note that is to be read."""

    entry: FileEntry
    known: Known | None
    """What was known of it; None when it is new."""
