"""The moves of a lead from stage to stage, as its log tells them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaultflow.pipeline.lead import TouchKind
from vaultflow.pipeline.stages import find_stage, open_stages, stage_place, steps_between

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vaultflow.pipeline.reading.log import LogLine
    from vaultflow.pipeline.settings import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One move between two stages that are known."""

    day: date
    line: int
    before: Stage
    after: Stage
    steps: int | None
    """Stages forward, less than 0 for back; None to or from lost and parked."""
    skipped: tuple[str, ...]
    """Names of the open stages that were passed over."""


def moves_of(log: Iterable[LogLine], stages: tuple[Stage, ...]) -> tuple[Move, ...]:
    """The moves in the order of their days; lines of one day as they stand."""
    found = (move_of(line, stages) for line in log)
    return tuple(sorted((move for move in found if move), key=lambda move: move.day))


def move_of(line: LogLine, stages: tuple[Stage, ...]) -> Move | None:
    """The move that the line tells of; None when it names no two stages that are known."""
    if line.kind is not TouchKind.STAGE:
        return None
    before, after = find_stage(stages, line.stage_before), find_stage(stages, line.stage_after)
    if before is None or after is None or before == after:
        return None
    start, end = stage_place(before, stages), stage_place(after, stages)
    between = [] if start is None or end is None else open_stages(stages)[start + 1 : end]
    return Move(
        day=line.day,
        line=line.line,
        before=before,
        after=after,
        steps=steps_between(before, after, stages),
        skipped=tuple(stage.name for stage in between),
    )
