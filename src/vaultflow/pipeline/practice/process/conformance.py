"""Whether leads go the way that the process describes: what was skipped, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.practice.process.criteria import Met, entry_goal
from vaultflow.pipeline.practice.process.moves import moves_of, own_touches
from vaultflow.pipeline.practice.qualifying.answers import is_order
from vaultflow.pipeline.practice.qualifying.qualification import read_coverage
from vaultflow.pipeline.settings import StageKind
from vaultflow.pipeline.stages import stage_place

if TYPE_CHECKING:
    from vaultflow.pipeline.lead import Lead
    from vaultflow.pipeline.practice.process.criteria import Criterion
    from vaultflow.pipeline.practice.process.moves import Move
    from vaultflow.pipeline.settings import QualificationSettings, Stage


class Conduct(Struct, frozen=True, kw_only=True):
    """How far one lead follows the process."""

    moves: tuple[Move, ...]
    """All that its log tells of; none when nothing is known of its way."""
    entry_missing: tuple[Criterion, ...]
    """What its stage asks for and it does not have; empty when nothing at all is known of it."""
    is_unqualified: bool
    """It is further than it should be with so few answers."""

    @property
    def skipped(self) -> tuple[Move, ...]:
        """The moves that passed over a stage."""
        return tuple(move for move in self.moves if move.skipped)


def conduct_of(lead: Lead, stages: tuple[Stage, ...], settings: QualificationSettings) -> Conduct:
    """How far the lead follows the process; what was never said is not held against it."""
    return Conduct(
        moves=moves_of(own_touches(lead), stages),
        entry_missing=entry_missing(lead),
        is_unqualified=is_late(lead, stages, settings)
        and read_coverage(lead).count < settings.answers,
    )


def entry_missing(lead: Lead) -> tuple[Criterion, ...]:
    """What the lead's open stage asks for and it came in without; nothing when nothing is known."""
    if lead.stage is None or lead.stage.kind is not StageKind.OPEN:
        return ()
    goal = entry_goal(lead, lead.stage)
    return goal.missing if goal.met is Met.NO else ()


def is_late(lead: Lead, stages: tuple[Stage, ...], settings: QualificationSettings) -> bool:
    """Whether the lead is past the stage by whose end it should be qualified, and is to be sold to.

    An order, such as a renewal, needs no selling.
    """
    if lead.stage is None or lead.stage.kind is not StageKind.OPEN:
        return False
    return not is_order(lead) and (stage_place(lead.stage, stages) or 0) >= settings.by_stage
