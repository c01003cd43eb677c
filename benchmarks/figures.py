"""What is made of measured numbers: medians of pairs, percentiles, and how cost grows."""

from __future__ import annotations

from math import ceil, log
from statistics import linear_regression, median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def median_ratio(above: Sequence[float], below: Sequence[float]) -> float:
    """The median of the ratios, pair by pair: what slows the machine down slows both of a pair."""
    return median(one / other for one, other in zip(above, below, strict=True))


def median_difference(more: Sequence[float], less: Sequence[float]) -> float:
    """The median of the differences, pair by pair."""
    return median(one - other for one, other in zip(more, less, strict=True))


def percentile(values: Sequence[float], percent: int) -> float:
    """The least value that so many percent of the values do not exceed."""
    return sorted(values)[max(0, ceil(len(values) * percent / 100) - 1)]


def exponent(costs: Mapping[int, float]) -> float:
    """The power of the size with which the cost grows: 1 when twice the notes cost twice as much.

    By least squares on the logarithms.

    Args:
        costs: at least two, by size.
    """
    sizes = [log(size) for size in costs]
    return linear_regression(sizes, [log(cost) for cost in costs.values()]).slope
