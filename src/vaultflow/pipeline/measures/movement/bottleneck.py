"""The stage where leads wait longest or fall off most: where to look first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.measures.movement.stays import StageTime
from vaultflow.pipeline.measures.numbers.ratio import Ratio
from vaultflow.pipeline.settings import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vaultflow.pipeline.measures.movement.conversion import Conversion


class FallOff(Struct, frozen=True, kw_only=True):
    """A stage from which fewer go on than before."""

    stage: Stage
    to: str
    lately: Ratio
    before: Ratio

    @property
    def drop(self) -> float:
        """By how much the share is less, 0 to 1."""
        return (self.before.share or 0) - (self.lately.share or 0)

    @property
    def may_be_chance(self) -> bool:
        """Whether the share of before lies within the interval of that of lately."""
        interval = self.lately.interval
        return interval is not None and (self.before.share or 0) <= interval[1]


class Bottleneck(Struct, frozen=True, kw_only=True):
    """What holds leads up most, by each of two measures."""

    slow: StageTime | None
    """The largest median beside what is expected, above it; None when no stage is slow, or too
    few have left it."""
    fall_off: FallOff | None
    """The largest drop of the share that goes on; None when there is none, or of too few."""

    @property
    def stage(self) -> Stage | None:
        """The one to name: slow before falling off, as what waits can still be helped."""
        found = self.slow or self.fall_off
        return found.stage if found else None


def find_bottleneck(
    times: Iterable[StageTime],
    lately: Sequence[Conversion],
    before: Sequence[Conversion],
    least: int,
) -> Bottleneck:
    """Where leads wait longest and where they fall off most.

    Args:
        times: of the open stages.
        lately: of the same stages, the share that went on of those that came in lately.
        before: the same of those that came in before.
        least: fewer cases say nothing.
    """
    slow = [time for time in times if time.over >= least and (time.times_expected or 0) > 1]
    falls = [
        FallOff(stage=late.stage, to=late.to, lately=late.resolved, before=early.resolved)
        for late, early in zip(lately, before, strict=True)
        if min(late.resolved.whole, early.resolved.whole) >= least
    ]
    dropped = [fall for fall in falls if fall.drop > 0]
    return Bottleneck(
        slow=max(slow, key=lambda time: time.times_expected or 0, default=None),
        fall_off=max(dropped, key=lambda fall: fall.drop, default=None),
    )
