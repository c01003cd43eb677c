"""The moves of a lead from stage to stage, as its log tells them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from vaultflow.pipeline.lead import TouchKind
from vaultflow.pipeline.reading.log import stages_of
from vaultflow.pipeline.stages import find_stage, open_stages, stage_place, steps_between

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vaultflow.pipeline.lead import Lead, Touch
    from vaultflow.pipeline.reading.log import LogLine
    from vaultflow.pipeline.settings import Stage

Entry: TypeAlias = "LogLine | Touch"
"""A line of a log, as it was read or as the touch that it is."""


class Move(Struct, frozen=True, kw_only=True):
    """One move between two stages that are known."""

    day: date
    line: int
    before: Stage
    after: Stage
    steps: int | None
    """Stages forward, less than 0 for back; None to or from lost and parked."""
    skipped: tuple[str, ...]
    """Names of the open stages that were passed over."""


def own_touches(lead: Lead) -> tuple[Touch, ...]:
    """The touches that the lead's own log tells of, oldest first; of one day as they stand there.

    Of its reviews only those are among them that say that an action was done.
    """
    own = (touch for touch in lead.touches if touch.path == lead.path)
    return tuple(sorted(own, key=lambda touch: touch.day))


def moves_of(log: Iterable[Entry], stages: tuple[Stage, ...]) -> tuple[Move, ...]:
    """The moves in the order of their days; lines of one day as they stand."""
    found = (move_of(line, stages) for line in log)
    return tuple(sorted((move for move in found if move), key=lambda move: move.day))


def move_of(line: Entry, stages: tuple[Stage, ...]) -> Move | None:
    """The move that the line tells of; None when it names no two stages that are known."""
    if line.kind is not TouchKind.STAGE:
        return None
    before, after = (find_stage(stages, text) for text in stages_of(line.text))
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
