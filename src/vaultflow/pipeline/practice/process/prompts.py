"""What to write down about a lead while it stands in a stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.pipeline.presets.endings import CLOSING_PROMPTS, WON_PROMPTS
from vaultflow.pipeline.settings import StageKind
from vaultflow.pipeline.stages import open_stages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultflow.pipeline.settings import Stage


def prompts_of(stage: Stage, stages: Sequence[Stage]) -> tuple[str, ...]:
    """The stage's own prompts; at the close, where it has none, those that every close has."""
    if stage.prompts:
        return stage.prompts
    if stage.kind is StageKind.WON:
        return WON_PROMPTS
    return CLOSING_PROMPTS if stage in open_stages(stages)[-1:] else ()
