"""What reports are made of: a few sentences, a table, a picture, and what the numbers rest on.

The template `_sections` writes them on a page and `vaultflow report` in the terminal, so that a
report is no more than the functions that make its sections.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

ChartKind: TypeAlias = Literal["bar", "sankey"]


class Table(Struct, frozen=True, kw_only=True):
    """A table as text; on a page it is read on a phone, so it has four narrow columns at most."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """As many cells each as there are headers."""
    right: tuple[int, ...] = ()
    """Columns that are set right, from 0: those of numbers."""
    targets: tuple[str, ...] = ()
    """The note that the first cell of each row links to, as `LeadRow.target`; empty for none."""


class Mark(Struct, frozen=True, kw_only=True):
    """One thing in a picture."""

    label: str
    value: int | float = 0
    to: str = ""
    """Of a `sankey`: what it flows into."""


class Chart(Struct, frozen=True, kw_only=True):
    """A picture; what it shows stands in the table too."""

    kind: ChartKind
    title: str
    marks: tuple[Mark, ...]
    """At least one; of a `sankey` with values above 0."""


class Section(Struct, frozen=True, kw_only=True):
    """A part of a report. What is empty is left out."""

    title: str
    lines: tuple[str, ...] = ()
    """Sentences, numbers first."""
    table: Table | None = None
    chart: Chart | None = None
    diff: tuple[str, ...] = ()
    """Lines of a change to a file that is proposed; nothing makes it by itself."""
    note: str = ""
    """What the numbers rest on: how many, of which days, of which leads."""


class Report(Struct, frozen=True, kw_only=True):
    """A report of sections alone. One with numbers of its own is any record with `sections`."""

    title: str
    sections: tuple[Section, ...]
