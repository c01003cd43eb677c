"""A tuple that is made when it is first looked into: for what few ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TypeVar, overload

Item = TypeVar("Item")


class Later(Sequence[Item]):
    """A tuple that is made when it is first looked into; equal to any tuple of the same."""

    def __init__(self, open_all: Callable[[], tuple[Item, ...]]) -> None:
        """Takes what makes it."""
        self._open_all = open_all

    @property
    def is_open(self) -> bool:
        """Whether somebody has looked into it."""
        return "_opened" in self.__dict__

    @overload
    def __getitem__(self, place: int) -> Item: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Item]: ...
    def __getitem__(self, place: int | slice) -> Item | Sequence[Item]:
        return self._opened[place]

    def __len__(self) -> int:
        return len(self._opened)

    def __iter__(self) -> Iterator[Item]:
        return iter(self._opened)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Later | tuple) and self._opened == tuple(other)

    def __hash__(self) -> int:
        return hash(self._opened)

    def __repr__(self) -> str:
        return repr(self._opened)

    @cached_property
    def _opened(self) -> tuple[Item, ...]:
        return self._open_all()
