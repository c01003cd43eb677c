"""The leads of a kept pipeline, each opened when it is asked for.

Most commands look at all of them; but who asks for one lead by its name need not open thousands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, overload

from vaultflow.pipeline.standing import Standing

if TYPE_CHECKING:
    from pathlib import PurePosixPath


class StandingsLater(Sequence[Standing]):
    """Standings by place, equal to a tuple of the same."""

    def __init__(
        self,
        texts: Sequence[str],
        open_all: Callable[[], tuple[Standing, ...]],
        open_one: Callable[[int], Standing],
    ) -> None:
        """Takes the leads' paths as text, and what opens the standings, all or that at a place."""
        self.texts = texts
        self._open_all = open_all
        self._open_one = open_one

    @overload
    def __getitem__(self, place: int) -> Standing: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Standing]: ...
    def __getitem__(self, place: int | slice) -> Standing | Sequence[Standing]:
        return self._opened[place]

    def __len__(self) -> int:
        return len(self.texts)

    def __iter__(self) -> Iterator[Standing]:
        return iter(self._opened)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StandingsLater | tuple) and self._opened == tuple(other)

    def __hash__(self) -> int:
        return hash(self._opened)

    def of(self, path: PurePosixPath) -> Standing:
        """The standing of the lead of this path, alone."""
        return self._open_one(self.texts.index(str(path)))

    @cached_property
    def _opened(self) -> tuple[Standing, ...]:
        return self._open_all()


def lead_texts(standings: Sequence[Standing]) -> Sequence[str]:
    """The paths of the leads as text, in their order."""
    if isinstance(standings, StandingsLater):
        return standings.texts
    return [str(standing.lead.path) for standing in standings]


def standing_of(standings: Sequence[Standing], path: PurePosixPath) -> Standing:
    """The standing of the lead of this path."""
    if isinstance(standings, StandingsLater):
        return standings.of(path)
    return next(standing for standing in standings if standing.lead.path == path)
