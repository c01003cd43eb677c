"""What was made of leads before: pages share it, and a watcher shows it again on the next save."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import date
    from pathlib import PurePosixPath

    from vaultflow.pipeline.standing import Standing
    from vaultflow.vault.links.index import Memo

    Key: TypeAlias = tuple[str, ...]

Kept = TypeVar("Kept")
NOTHING: Mapping[Key, Any] = {}  # Any: each key has a kind of its own


class Made:
    """The records that were made of one lead, by what they are for.

    Args:
        before: those of the same standing and day, when files had other names.
    """

    __slots__ = ("_before", "_now")

    def __init__(self, before: Mapping[Key, Any]) -> None:
        self._before = before
        self._now: dict[Key, Any] = {}

    def get(self, key: Key, make: Callable[[], Kept]) -> Kept:
        """The record under the key, made if need be.

        One that says what it said before is the one of before: what was made of that serves on.
        """
        known: Kept | None = self._now.get(key)
        if known is not None:
            return known
        made, before = make(), self._before.get(key)
        self._now[key] = kept = before if made == before else made
        return kept

    def elsewhere(self) -> Made:
        """To start with when files have other names."""
        return Made({**self._before, **self._now})


class KnownRows:
    """By lead what was made of it. It serves as long as all is the same that it was made of.

    That is the lead's standing, the day, and the names of the vault's files, which say how a link
    to one is written. Those change with every new file, and hardly ever for a lead.
    """

    def __init__(self) -> None:
        self._day: date | None = None
        self._files: Memo | None = None
        self._made: dict[PurePosixPath, tuple[Standing, Made]] = {}

    def of(self, standing: Standing, today: date, files: Memo) -> Made:
        """What was made of the lead, to be added to; nothing yet when it has changed."""
        if today != self._day:
            self._made.clear()
        elif files is not self._files:
            self._made = {
                path: (known, made.elsewhere()) for path, (known, made) in self._made.items()
            }
        self._day, self._files = today, files
        known = self._made.get(standing.lead.path)
        if known is None or known[0] is not standing:
            known = self._made[standing.lead.path] = (standing, Made(NOTHING))
        return known[1]

    def paths(self) -> Collection[PurePosixPath]:
        """Of the leads of which something was made."""
        return self._made.keys()
