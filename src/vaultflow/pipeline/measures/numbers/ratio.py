"""A share with the number of cases that it rests on, and how far it can be trusted."""

from __future__ import annotations

from math import sqrt

from msgspec import Struct

Z = 1.959963984540054  # the normal distribution's bounds of 95 %


class Ratio(Struct, frozen=True, kw_only=True):
    """So many of so many. Without cases there is no share, and so it says."""

    part: int
    whole: int

    @property
    def share(self) -> float | None:
        """0 to 1; None when there is no case."""
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's interval of 95 %, 0 to 1; None when there is no case.

        Source: practice 3.3; it also holds for few cases, and for none or all of them.
        """
        if not self.whole:
            return None
        share, n = self.part / self.whole, self.whole
        middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z / (1 + Z * Z / n) * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
        low = middle - half if self.part else 0.0
        high = middle + half if self.part < n else 1.0
        return low, high


def ratio(part: int, whole: int) -> Ratio:
    """So many of so many."""
    return Ratio(part=part, whole=whole)
