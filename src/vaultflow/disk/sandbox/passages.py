"""Passages: what a loop's body wrote for one item, written once and put on the page again.

A page of 3,000 leads is made anew on every save, though one row of it has changed. What a body
writes follows from its item and the other names in it, as long as it neither sets nor calls
anything: then its text is kept, and found again for the very same item. A page that has text of
notes with signs in it is rendered twice, and all but these signs is found again too.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TypeAlias

from jinja2.runtime import LoopContext

Key: TypeAlias = tuple[Hashable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What a body wrote for an item."""

    text: str
    made: int
    """What `Rendering.step` counted on the way."""
    about: tuple[object, ...]
    """The item and the other values; held, so that nothing else comes to have their identity."""


class Passages:
    """Those of one page: of its last rendering, and of the one that goes on."""

    def __init__(self) -> None:
        self._last: dict[Key, Passage] = {}
        self._now: dict[Key, Passage] = {}

    @property
    def kept(self) -> tuple[Passage, ...]:
        """Those of the last rendering."""
        return tuple(self._last.values())

    def find(self, key: Key) -> Passage | None:
        """The passage under this key."""
        passage = self._last.get(key) or self._now.get(key)
        if passage:
            self._now[key] = passage
        return passage

    def keep(self, key: Key, passage: Passage) -> None:
        """Keeps a passage for the next rendering."""
        self._now[key] = passage

    def forget_others(self) -> None:
        """Ends a rendering: what it did not need is forgotten."""
        self._last, self._now = self._now, {}


def identity(value: object) -> Hashable:
    """What tells a value from others: a record from one that says the same, `1` from `True`.

    A loop tells of another item each time, so nothing is found by one.
    """
    if type(value) is str:
        return value
    if type(value) in (int, float, bool, type(None)):
        return type(value), repr(value)
    return object() if isinstance(value, LoopContext) else id(value)
