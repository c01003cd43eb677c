"""What a rule is: a function of one standing and the pipeline around it that gives findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from vaultflow.errors import Finding, Level
from vaultflow.pipeline.settings import StageKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.pipeline.settings import Stage
    from vaultflow.pipeline.standing import Standing

PipelineRule: TypeAlias = "Callable[[Standing, Pipeline], Iterable[Finding]]"
"""Looks at one lead and gives what is worth a look."""


def finding_at(
    standing: Standing, level: Level, code: str, message: str, hint: str, at: str | int = ""
) -> Finding:
    """The finding at a line, or where the field of that name stands."""
    lead = standing.lead
    line = at if isinstance(at, int) else lead.lines.get(at, 0)
    return Finding(level=level, code=code, path=lead.path, line=line, message=message, hint=hint)


def has_kind(standing: Standing, kind: StageKind) -> bool:
    """Whether the lead stands in a stage of the kind."""
    return standing.lead.stage is not None and standing.lead.stage.kind is kind


def is_past_first_stage(standing: Standing, pipeline: Pipeline) -> bool:
    """Whether the lead is open and has left the first stage."""
    is_in_stage = standing.is_open and has_kind(standing, StageKind.OPEN)
    return is_in_stage and standing.lead.stage != first_stage(pipeline)


def first_stage(pipeline: Pipeline) -> Stage | None:
    """The first open stage; None without any."""
    return next((stage for stage in pipeline.stages if stage.kind is StageKind.OPEN), None)


def as_sentence(text: str) -> str:
    """The text with a capital at its begin and a stop at its end."""
    return f"{text[:1].upper()}{text[1:]}."


def line_of_last_touch(standing: Standing) -> int:
    """Where the newest touch stands in the lead's own note; 0 elsewhere."""
    touch = standing.last_touch
    return touch.line if touch and touch.path == standing.lead.path else 0
