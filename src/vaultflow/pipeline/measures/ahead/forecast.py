"""What the open deals may bring: a weighted sum, and how far from it the truth may lie.

A weighted sum is a mean. With few deals it is an amount that cannot happen: a deal of 50,000 at
40 % brings 50,000 or nothing. So the whole distribution is worked out, each deal won or not by its
own chance, and what is shown are its percentiles and the likeliest sum. Source: practice 3.2.

Of many deals the distribution has more sums than can be listed. Up to forty are then counted on a
grid, the sum of all divided by 4,000. Of still more, the eight that matter most are worked out
exactly, and all others together are a bell curve, which so many nearly are.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import accumulate
from math import sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_SUMS = 4_096
"""Different sums up to which the distribution is exact: 12 deals of odd amounts, or hundreds of
round ones."""
MOST_ON_GRID = 40
GRID = 4_000
"""Steps from nothing to winning all: each deal is off by half a step at most."""
LARGEST = 8
"""Deals that are exact beside the bell curve: 256 sums."""
PERCENTILES = (10, 50, 90)
_SMALL = 1e-12  # sums of floats may miss 0.1 by the last bit
_HALVINGS = 60  # the bounds are then the same to the last bit


class Chance(Struct, frozen=True, kw_only=True):
    """One deal of a forecast."""

    amount: Decimal
    percent: int
    """0 to 100."""

    @property
    def variance(self) -> float:
        """How much of the doubt about the sum is this deal's."""
        share = self.percent / 100
        return float(self.amount) ** 2 * share * (1 - share)


class Outlook(Struct, frozen=True, kw_only=True):
    """What some deals may bring together."""

    deals: int
    best: Decimal
    """When all are won."""
    weighted: Decimal
    """The mean."""
    p10: Decimal
    """With 90 % it is at least so much."""
    p50: Decimal
    p90: Decimal
    """With 10 % it is at least so much."""
    likeliest: Decimal | None
    """The single sum that comes out most often; None when there are too many to tell."""
    likeliest_percent: float | None
    is_exact: bool
    """False when amounts were put on a grid, or most deals taken together as a bell curve."""


def outlook(deals: Sequence[Chance]) -> Outlook:
    """What the deals may bring; each is won or not independently of the others."""
    sums = _sums(deals)
    percentiles = _percentiles(deals, sums)
    likeliest = None if sums is None else max(sums, key=lambda amount: (sums[amount], amount))
    return Outlook(
        deals=len(deals),
        best=sum((deal.amount for deal in deals), Decimal(0)),
        weighted=sum((deal.amount * deal.percent / 100 for deal in deals), Decimal(0)),
        p10=percentiles[0],
        p50=percentiles[1],
        p90=percentiles[2],
        likeliest=likeliest,
        likeliest_percent=None if sums is None or likeliest is None else sums[likeliest] * 100,
        is_exact=sums is not None,
    )


def _sums(deals: Sequence[Chance]) -> Mapping[Decimal, float] | None:
    """The probability of each sum; None when there are too many.

    They are added as whole numbers of a common unit, which takes a fraction of the time.
    """
    unit = _common_unit([deal.amount for deal in deals])
    sums: dict[int, float] = {0: 1.0}
    for deal in deals:
        chance, amount = deal.percent / 100, int(deal.amount / unit)
        following = {one: share * (1 - chance) for one, share in sums.items()}
        for one, share in sums.items():
            following[one + amount] = following.get(one + amount, 0.0) + share * chance
        sums = following if 0 < chance < 1 else {one: p for one, p in following.items() if p}
        if len(sums) > MOST_SUMS:
            return None
    return {one * unit: share for one, share in sums.items() if share}


def _common_unit(amounts: Sequence[Decimal]) -> Decimal:
    """The largest power of ten of which all amounts are multiples."""
    exponents = (amount.normalize().as_tuple().exponent for amount in amounts)
    return Decimal(1).scaleb(min((int(one) for one in exponents), default=0))


def _percentiles(deals: Sequence[Chance], sums: Mapping[Decimal, float] | None) -> list[Decimal]:
    if sums is not None:
        return [_percentile(sums, percent) for percent in PERCENTILES]
    if len(deals) > MOST_ON_GRID:
        return _rough_percentiles(deals)
    on_grid = _sums_on_grid(deals)
    return [Decimal(round(_percentile(on_grid, percent))) for percent in PERCENTILES]


def _sums_on_grid(deals: Sequence[Chance]) -> Mapping[Decimal, float]:
    """The probability of each sum, each amount being a whole number of steps of the grid."""
    step = sum((deal.amount for deal in deals), Decimal(0)) / GRID
    steps = [Chance(amount=Decimal(round(one.amount / step)), percent=one.percent) for one in deals]
    shares = [1.0]
    for one in steps:
        chance, shift = one.percent / 100, int(one.amount)
        stay, move = [share * (1 - chance) for share in shares], [0.0] * shift
        move += [share * chance for share in shares]
        stay += [0.0] * shift
        shares = [lost + won for lost, won in zip(stay, move, strict=True)]
    return {step * place: share for place, share in enumerate(shares) if share}


def _percentile(sums: Mapping[Decimal, float], percent: int) -> Decimal:
    """The smallest sum that is not exceeded with at least that probability."""
    amounts = sorted(sums)
    reached = accumulate(sums[amount] for amount in amounts)
    pairs = zip(amounts, reached, strict=True)
    return next((amount for amount, share in pairs if share >= percent / 100 - _SMALL), amounts[-1])


def _rough_percentiles(deals: Sequence[Chance]) -> list[Decimal]:
    """To whole units: the largest deals exactly, the others as a bell curve."""
    by_doubt = sorted(deals, key=lambda deal: (-deal.variance, deal.amount, deal.percent))
    large, rest = by_doubt[:LARGEST], by_doubt[LARGEST:]
    mean = sum(float(deal.amount) * deal.percent / 100 for deal in rest)
    bell = NormalDist(mean, sqrt(sum(deal.variance for deal in rest)) or _SMALL)
    sums = [(float(amount), share) for amount, share in (_sums(large) or {}).items()]
    top = float(sum(deal.amount for deal in deals))

    def reached(amount: float) -> float:
        return sum(share * bell.cdf(amount - won) for won, share in sums)

    def percentile(percent: int) -> Decimal:
        low, high = 0.0, top
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            low, high = (low, middle) if reached(middle) >= percent / 100 else (middle, high)
        return Decimal(round(high))

    return [percentile(percent) for percent in PERCENTILES]
