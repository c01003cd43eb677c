"""How each stage is lived: who stands there, who has met its goal, who came in too early."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaultflow.pipeline.practice.process.conformance import entry_missing
from vaultflow.pipeline.practice.process.criteria import Met, exit_goal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultflow.pipeline.settings import Stage
    from vaultflow.pipeline.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class StageState:
    """The open leads of one stage, by how far they are in it."""

    leads: tuple[Standing, ...]
    met: int
    """Have met its goal."""
    unmet: int
    """Have met a part of it, or are known not to have."""
    unknown: int
    """Say nothing about it."""
    came_early: tuple[Standing, ...]
    """Stand here without what the stage asks for, as far as that is known; by path."""


def stage_state(standings: Iterable[Standing], stage: Stage) -> StageState:
    """How the open leads in the stage stand to what it asks for and what it is to bring about."""
    here = tuple(each for each in standings if each.is_open and each.lead.stage == stage)
    counts = Counter(exit_goal(each.lead, stage).met for each in here)
    return StageState(
        leads=here,
        met=counts[Met.YES],
        unmet=counts[Met.NO],
        unknown=counts[Met.UNKNOWN],
        came_early=tuple(each for each in here if entry_missing(each.lead)),
    )


def unknown_labels(standings: Iterable[Standing]) -> tuple[tuple[str, int], ...]:
    """What leads give as their stage and is none, with how many do, by label."""
    labels = Counter(
        each.lead.stage_text
        for each in standings
        if each.lead.stage is None and each.lead.stage_text
    )
    return tuple(sorted(labels.items()))
