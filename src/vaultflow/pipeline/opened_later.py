"""The leads of a kept pipeline, opened when they are asked for.

Most commands look at all of them; but who asks for one by its name need not open thousands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.pipeline.standing import Standing
from vaultflow.vault.later import Later

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import PurePosixPath


class StandingsLater(Later[Standing]):
    """The standings of leads, of which one can be had without the others."""

    def __init__(
        self,
        texts: Sequence[str],
        open_all: Callable[[], tuple[Standing, ...]],
        open_one: Callable[[int], Standing],
    ) -> None:
        """Takes the leads' paths as text, and what opens the standings, all or that at a place."""
        super().__init__(open_all)
        self.texts = texts
        self._open_one = open_one

    def __len__(self) -> int:
        return len(self.texts)

    def of(self, path: PurePosixPath) -> Standing:
        """The standing of the lead of this path, alone."""
        return self._open_one(self.texts.index(str(path)))


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
