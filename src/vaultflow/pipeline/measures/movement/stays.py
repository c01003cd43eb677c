"""How long leads stay in a stage: those still there count as staying at least so long.

Source: practice 3.6. The days of those that have left alone would make every stage look quick.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.measures.movement.flow import stays_of
from vaultflow.pipeline.measures.numbers.survival import Duration, End, days_until_over
from vaultflow.pipeline.settings import Stage
from vaultflow.pipeline.stages import open_stages

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from vaultflow.pipeline.history.course import Course, Stay
    from vaultflow.pipeline.measures.numbers.periods import Period

HALF, MOST = 0.5, 0.8


class StageTime(Struct, frozen=True, kw_only=True):
    """How long leads stay in one open stage."""

    stage: Stage
    over: int
    """Stays that began in the period and are over."""
    running: int
    """Stays that began in it and are not."""
    median: int | None
    """Days after which half have left; None when fewer than half have."""
    p80: int | None
    """Days after which four of five have left; None when fewer have."""
    here: int
    """Leads that stand there now, whenever they came in."""
    median_age: float | None
    """Days that these have been there, at the median; None without any."""

    @property
    def times_expected(self) -> float | None:
        """The median by the days that the stage is expected to take; None without either."""
        expected = self.stage.expected_days
        return self.median / expected if expected and self.median is not None else None


def stage_times(
    courses: Iterable[Course], stages: Sequence[Stage], period: Period, today: date
) -> tuple[StageTime, ...]:
    """How long leads stay in each open stage, in order; the stays that began in the period."""
    by_stage: dict[str, list[Stay]] = {}
    for course in courses:
        for stay, _ in stays_of(course):
            by_stage.setdefault(stay.stage.name, []).append(stay)
    return tuple(
        _stage_time(stage, by_stage.get(stage.name, []), period, today)
        for stage in open_stages(stages)
    )


def _stage_time(stage: Stage, stays: Sequence[Stay], period: Period, today: date) -> StageTime:
    durations = [
        Duration(days=stay.days(today), end=End.OPEN if stay.left is None else End.WON)
        for stay in stays
        if stay.entered in period
    ]
    ages = [stay.days(today) for stay in stays if stay.left is None]
    over = sum(one.end is not End.OPEN for one in durations)
    return StageTime(
        stage=stage,
        over=over,
        running=len(durations) - over,
        median=days_until_over(durations, HALF),
        p80=days_until_over(durations, MOST),
        here=len(ages),
        median_age=median(ages) if ages else None,
    )
