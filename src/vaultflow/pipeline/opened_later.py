"""The leads of a kept pipeline, opened when they are asked for.

Most commands look at all of them; but who asks for one by its name need not open thousands, nor who
brings some up to date.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from vaultflow.pipeline.packed_leads import (
    PackedLeads,
    open_lead,
    open_leads,
    pack_leads,
    with_fresh,
)
from vaultflow.pipeline.standing import Standing
from vaultflow.vault.later import Later

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import PurePosixPath

    from vaultflow.errors import Finding
    from vaultflow.pipeline.settings import Stage
    from vaultflow.vault.packed import Paths


class StandingsLater(Later[Standing]):
    """The standings of leads, of which one can be had without the others."""

    def __init__(self, packed: PackedLeads, stages: Sequence[Stage], paths: Paths) -> None:
        """Takes the leads as bytes, the stages in force, and the paths that are made already."""
        super().__init__(lambda: open_leads(packed, stages, paths))
        self.packed = packed
        self._stages = stages
        self._paths = paths

    def __len__(self) -> int:
        return len(self.packed.texts)

    def of(self, path: PurePosixPath) -> Standing:
        """The standing of the lead of this path, alone."""
        place = self.packed.texts.index(str(path))
        return open_lead(self.packed, place, self._stages, self._paths)

    def paths(self) -> Iterable[PurePosixPath]:
        """The leads' paths."""
        return map(self._paths.__getitem__, self.packed.texts)

    def with_fresh(self, fresh: Collection[Standing]) -> StandingsLater:
        """These when some of the leads stand elsewhere.

        Raises:
            UnicodeEncodeError: for text that cannot be packed, half a letter.
        """
        return self.with_packed(pack_leads(tuple(fresh), self._stages))

    def with_packed(self, fresh: PackedLeads) -> StandingsLater:
        """The same when the fresh ones are packed already."""
        return StandingsLater(with_fresh(self.packed, fresh), self._stages, self._paths)


def lead_texts(standings: Sequence[Standing]) -> Sequence[str]:
    """The paths of the leads as text, in their order."""
    if isinstance(standings, StandingsLater):
        return standings.packed.texts
    return [str(standing.lead.path) for standing in standings]


def lead_paths(standings: Sequence[Standing]) -> Iterable[PurePosixPath]:
    """The paths of the leads, in their order."""
    if isinstance(standings, StandingsLater):
        return standings.paths()
    return (standing.lead.path for standing in standings)


def lead_findings(standings: Sequence[Standing]) -> Iterable[Finding]:
    """What is wrong with each lead, in their order."""
    if isinstance(standings, StandingsLater):
        return chain.from_iterable(standings.packed.findings)
    return (finding for standing in standings for finding in standing.lead.findings)


def packed_leads(standings: Sequence[Standing], stages: Sequence[Stage]) -> PackedLeads:
    """The leads as bytes.

    Raises:
        UnicodeEncodeError: for text that has none, half a letter.
    """
    if isinstance(standings, StandingsLater):
        return standings.packed
    return pack_leads(standings, stages)


def standing_of(standings: Sequence[Standing], path: PurePosixPath) -> Standing:
    """The standing of the lead of this path."""
    if isinstance(standings, StandingsLater):
        return standings.of(path)
    return next(standing for standing in standings if standing.lead.path == path)


def with_fresh_leads(
    standings: Sequence[Standing], fresh: Mapping[PurePosixPath, Standing]
) -> Sequence[Standing]:
    """The standings with those of some leads replaced; who is opened already stays as it is."""
    if isinstance(standings, StandingsLater) and not standings.is_open:
        try:
            return standings.with_fresh(fresh.values())
        except UnicodeEncodeError:
            pass  # nor can the pipeline be packed then
    return tuple(fresh.get(standing.lead.path) or standing for standing in standings)
