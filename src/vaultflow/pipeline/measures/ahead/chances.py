"""The chance of each stage by what came of the deals that reached it. Source: practice 3.12."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.history.course import CLOSED, moves_of
from vaultflow.pipeline.measures.ahead.calibration import shrunk_percent
from vaultflow.pipeline.measures.numbers.ratio import Ratio, ratio
from vaultflow.pipeline.measures.results.kpis import sold
from vaultflow.pipeline.settings import Stage, StageKind
from vaultflow.pipeline.stages import open_stages

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vaultflow.pipeline.history.course import Course


class StageChance(Struct, frozen=True, kw_only=True):
    """A stage's chance as it is configured, and as it turned out."""

    stage: Stage
    won: Ratio
    """Of the deals that reached it and are decided."""
    percent: float | None
    """The configured chance, moved towards what came; what came alone when none is configured;
    None when there is neither."""

    @property
    def proposed(self) -> int | None:
        """The same in whole percents."""
        return None if self.percent is None else round(self.percent)


class StageChances(Struct, frozen=True, kw_only=True):
    """The chances of all open stages."""

    stages: tuple[StageChance, ...]
    decided: int
    """Deals that they were learned from, whether they tell how far they came or not."""
    unknown: int
    """Lost deals of which nothing tells how far they came: they are in no stage's number."""

    def percent_in(self, stage: Stage | None) -> float | None:
        """The chance of a deal in the stage."""
        return next((one.percent for one in self.stages if one.stage == stage), None)


def stage_chances(courses: Iterable[Course], stages: Sequence[Stage]) -> StageChances:
    """What the decided deals say of each open stage; orders and leads that were none left out."""
    decided = decided_deals(courses)
    reached = [
        (furthest, course.outcome is StageKind.WON)
        for course in decided
        if (furthest := moves_of(course, stages).furthest) is not None
    ]
    return StageChances(
        stages=tuple(
            _chance(stage, [won for furthest, won in reached if furthest >= place])
            for place, stage in enumerate(open_stages(stages))
        ),
        decided=len(decided),
        unknown=len(decided) - len(reached),
    )


def decided_deals(courses: Iterable[Course]) -> tuple[Course, ...]:
    """The deals that had to be sold and were won or lost."""
    return tuple(course for course in sold(courses) if course.outcome in CLOSED)


def _chance(stage: Stage, outcomes: Sequence[bool]) -> StageChance:
    won = ratio(sum(outcomes), len(outcomes))
    if stage.probability is None:
        percent = None if won.share is None else 100 * won.share
    else:
        percent = shrunk_percent(stage.probability, won.part, won.whole)
    return StageChance(stage=stage, won=won, percent=percent)
