"""The size of won deals, and the money that the pipeline makes a day. Source: practice 3.5, 3.8."""

from __future__ import annotations

from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultflow.pipeline.measures.numbers.ratio import Ratio

FEW_WON = 5
"""Fewer won deals say too little: then the number is shown with that remark."""


class Sizes(Struct, frozen=True, kw_only=True):
    """How large won deals were, in one currency."""

    count: int
    """Those with a value."""
    mean: Decimal | None
    median: Decimal | None
    without_value: int
    """Left out, and counted here."""


class Velocity(Struct, frozen=True, kw_only=True):
    """Open deals times win rate times average value by the days of a cycle."""

    a_day: Decimal | None
    """None when one of the parts is not known."""
    deals: int
    rate: Ratio
    average: Decimal | None
    cycle_days: int | None
    """Median days from beginning to won; 0 counts as 1."""

    @property
    def has_few(self) -> bool:
        """Whether too few deals were won to believe it."""
        return self.rate.part < FEW_WON


def sizes(amounts: Sequence[Decimal | None]) -> Sizes:
    """Of the values of won deals; what has none, or 0, is counted apart."""
    known = [amount for amount in amounts if amount]
    return Sizes(
        count=len(known),
        mean=sum(known, Decimal(0)) / len(known) if known else None,
        median=median(known) if known else None,
        without_value=len(amounts) - len(known),
    )


def velocity(deals: int, rate: Ratio, average: Decimal | None, cycle_days: int | None) -> Velocity:
    """Money a day. All parts must be of the same deals."""
    known = rate.whole > 0 and average is not None and cycle_days is not None
    a_day = None
    if known and average is not None and cycle_days is not None:
        a_day = deals * average * rate.part / rate.whole / max(cycle_days, 1)
    return Velocity(a_day=a_day, deals=deals, rate=rate, average=average, cycle_days=cycle_days)
