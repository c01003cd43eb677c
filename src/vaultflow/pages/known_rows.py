"""What was made of leads before: pages share it, and a watcher shows it again on the next save."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from pathlib import PurePosixPath

    from vaultflow.pipeline.standing import Standing
    from vaultflow.vault.links.index import Memo

Made: TypeAlias = dict[tuple[str, ...], Any]  # Any: each kind of record has a key of its own
"""The records that were made of one lead, by what they are for."""


class KnownRows:
    """By lead what was made of it. It serves as long as all is the same that it was made of.

    That is the lead's standing, the day, and the names of the vault's files, which say how a link
    to one is written.
    """

    def __init__(self) -> None:
        self._day: date | None = None
        self._files: Memo | None = None
        self._made: dict[PurePosixPath, tuple[Standing, Made]] = {}

    def of(self, standing: Standing, today: date, files: Memo) -> Made:
        """What was made of the lead, to be added to; nothing yet when it has changed."""
        if today != self._day or files is not self._files:
            self._made.clear()
            self._day, self._files = today, files
        known = self._made.get(standing.lead.path)
        if known is None or known[0] is not standing:
            known = self._made[standing.lead.path] = (standing, {})
        return known[1]

    def paths(self) -> Collection[PurePosixPath]:
        """Of the leads of which something was made."""
        return self._made.keys()
