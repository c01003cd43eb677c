"""What was measured, and the table of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

HEADINGS = ("bar", "notes", "what", "measured", "limit", "verdict", "from")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One number, and the bar that it is held to where there is one."""

    bar: str
    """The bar's number; empty for a number that only tells more."""
    notes: int
    what: str
    value: float
    unit: str
    """`x` is a ratio."""
    limit: float | None = None
    at_least: bool = False
    """Whether the value must reach the limit; else it must not exceed it."""
    said_of: int | None = None
    """For how many notes the bar is set; None when for any."""
    source: str = ""
    """What the number is made from."""

    @property
    def verdict(self) -> str:
        """`ok` or `MISSED`; in parentheses at a size for which the bar is not set."""
        if self.limit is None:
            return ""
        holds = self.value >= self.limit if self.at_least else self.value <= self.limit
        word = "ok" if holds else "MISSED"
        return word if self.said_of in {None, self.notes} else f"({word.lower()})"

    def row(self) -> tuple[str, ...]:
        """Its cells in the table."""
        sign = ">=" if self.at_least else "<="
        limit = "" if self.limit is None else f"{sign} {amount(self.limit, self.unit)}"
        notes = f"{self.notes:,}" if self.notes else ""
        measured = amount(self.value, self.unit)
        return (self.bar, notes, self.what, measured, limit, self.verdict, self.source)


def amount(value: float, unit: str) -> str:
    """A number with three digits that matter, and its unit: `0.89 x`, `27.1 ms`, `1,240 notes`."""
    before_point = len(f"{abs(value):.0f}")
    digits = 0 if float(value).is_integer() else max(0, 3 - before_point)
    return f"{value:,.{digits}f} {unit}".strip()


def table(rows: Sequence[Sequence[str]]) -> str:
    """The rows in columns, as Markdown; the first holds the headings."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in rows]
    rule = "| " + " | ".join("-" * width for width in widths) + " |"
    return "\n".join([lines[0], rule, *lines[1:]])


def measures_table(measures: Sequence[Measure]) -> str:
    """The table of what was measured, a row each."""
    return table([HEADINGS, *(measure.row() for measure in measures)])
