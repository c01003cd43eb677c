"""Whether what was said to be 70 % came true in seven of ten cases. Source: practice 3.13.

A forecast is the chance that stood in the note at a fixed moment, before anybody knew. What was
edited afterwards is none.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.measures.numbers.ratio import Ratio, ratio

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST_RESOLVED = 20
"""Fewer forecasts make no curve."""


class Forecast(Struct, frozen=True, kw_only=True):
    """A chance as it was said, and what came of it."""

    percent: int
    came_true: bool


class Bin(Struct, frozen=True, kw_only=True):
    """All forecasts of one chance."""

    percent: int
    happened: Ratio


class Calibration(Struct, frozen=True, kw_only=True):
    """How good forecasts were. Made by `calibrate`, of at least one."""

    forecasts: int
    brier: float
    """Mean square of what was said less what came, 0 to 1; less is better."""
    base_brier: float
    """That of always saying the base rate: Murphy's uncertainty."""
    reliability: float
    """How far the bins are off; less is better. Less `resolution` plus `base_brier`: `brier`."""
    resolution: float
    """How far the bins are apart; more is better."""
    rose_tint: float
    """Mean of what was said less the share that came, -1 to 1; above 0: too hopeful."""
    bins: tuple[Bin, ...]
    """By chance, lowest first."""

    @property
    def skill(self) -> float | None:
        """1 for a seer, 0 for the base rate, less for worse; None when all came or none did."""
        return 1 - self.brier / self.base_brier if self.base_brier else None

    @property
    def has_few(self) -> bool:
        """Whether there are too few for a curve."""
        return self.forecasts < LEAST_RESOLVED


def calibrate(forecasts: Sequence[Forecast]) -> Calibration | None:
    """How good the forecasts were; None without any."""
    if not forecasts:
        return None
    count = len(forecasts)
    base = sum(one.came_true for one in forecasts) / count
    groups: dict[int, list[bool]] = defaultdict(list)
    for one in forecasts:
        groups[one.percent].append(one.came_true)
    bins = tuple(
        Bin(percent=percent, happened=ratio(sum(came), len(came)))
        for percent, came in sorted(groups.items())
    )
    weights = [(one, one.happened.part / one.happened.whole) for one in bins]
    return Calibration(
        forecasts=count,
        brier=sum((one.percent / 100 - one.came_true) ** 2 for one in forecasts) / count,
        base_brier=base * (1 - base),
        reliability=sum(
            one.happened.whole * (one.percent / 100 - share) ** 2 for one, share in weights
        )
        / count,
        resolution=sum(one.happened.whole * (share - base) ** 2 for one, share in weights) / count,
        rose_tint=sum(one.percent / 100 for one in forecasts) / count - base,
        bins=bins,
    )


def shrunk_percent(prior: int, won: int, resolved: int, weight: int = 10) -> float:
    """A stage's chance in percent from what is configured and what came of deals that reached it.

    The configured one counts as much as `weight` deals. Source: practice 3.12.
    """
    return 100 * (weight * prior / 100 + won) / (weight + resolved)
