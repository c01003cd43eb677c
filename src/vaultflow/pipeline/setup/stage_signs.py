"""Which stages fit a vault: a preset that knows its stages, or stages of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from vaultflow.pipeline.presets import PRESETS
from vaultflow.pipeline.presets.endings import LOST, WON
from vaultflow.pipeline.settings import PipelineSettings, Settings, Stage, StageKind
from vaultflow.pipeline.stages import check_stages, find_stage, percentage_of, stages_in_force

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultflow.pipeline.setup.lead_signs import Seen

_ENOUGH = 0.8  # of the leads; the rest may be slips of the finger
_KINDS = tuple(StageKind)


def fitting_stages(values: Sequence[Seen]) -> PipelineSettings:
    """The preset that knows most of the leads' stages, else stages made from the values."""
    known = {name: _share_known(_preset(name), values) for name in PRESETS}
    best = max(known, key=lambda name: known[name])
    if not values or _tells_apart(_preset(best), values):
        return _preset(best)
    own = PipelineSettings(stages=_own_stages(values))
    return _preset(best) if check_stages(own.stages) else own


def unknown_stages(pipeline: PipelineSettings, values: Sequence[Seen]) -> tuple[Seen, ...]:
    """The values that are no stage of the pipeline."""
    stages = stages_in_force(Settings(pipeline=pipeline))
    return tuple(seen for seen in values if find_stage(stages, seen.name) is None)


def _preset(name: str) -> PipelineSettings:
    match name:
        case "six" | "percent" | "coach":
            return PipelineSettings(preset=name)
        case _:
            return PipelineSettings()


def _share_known(pipeline: PipelineSettings, values: Sequence[Seen]) -> float:
    unknown = sum(seen.count for seen in unknown_stages(pipeline, values))
    return 1 - unknown / (sum(seen.count for seen in values) or 1)


def _tells_apart(pipeline: PipelineSettings, values: Sequence[Seen]) -> bool:
    """Whether every value in use has a stage of its own; one that occurs once may be a slip."""
    stages = stages_in_force(Settings(pipeline=pipeline))
    found = [find_stage(stages, seen.name) for seen in values]
    open_ones = [stage.name for stage in found if stage and stage.kind is StageKind.OPEN]
    only_slips = all(seen.count == 1 for seen in unknown_stages(pipeline, values))
    is_enough = _share_known(pipeline, values) >= _ENOUGH
    return only_slips and is_enough and len(open_ones) == len(set(open_ones))


def _own_stages(values: Sequence[Seen]) -> tuple[Stage, ...]:
    """One a value, what a preset knows of it filled in; the two ends are added when missing."""
    stages = [_stage_named(seen.name) for seen in values]
    kinds = {stage.kind for stage in stages}
    ends = [_plain(end, end.name) for end in (WON, LOST) if end.kind not in kinds]
    # Stages of which no chance is known stand first, in the order of their names: "1 - New".
    order = sorted(
        (*stages, *ends),
        key=lambda stage: (_KINDS.index(stage.kind), stage.probability or 0, stage.name),
    )
    return tuple(order)


def _stage_named(value: str) -> Stage:
    known = next(
        (
            stage
            for name in PRESETS
            if (stage := find_stage(stages_in_force(Settings(pipeline=_preset(name))), value))
        ),
        None,
    )
    if known is None:
        return Stage(name=value, stale_days=14, probability=percentage_of(value))
    return _plain(known, value)


def _plain(known: Stage, name: str) -> Stage:
    """The known stage under the vault's name for it, without aliases that may be other stages."""
    return replace(known, name=name, label="", aliases=())
