"""Tables of the usual form: a bar at both ends of each row, and as many cells in all of them."""

from __future__ import annotations

import re

from vaultflow.vault.swift.doubt import DoubtError

_DELIMITER = re.compile(r"\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*")
_ODD = re.compile(
    r"""
      ` | < | \^ | :: | \|\# | \\(?!\|) | \\\|[\\\#]
    | \[\[(?:(?!\[\[|\]\])(?:[^|\\]|\\.))*\| # a bar in a wikilink needs a backslash
    | \|[^\[|]*\]\( | \]\(\S*\|             # and in another link there should be none
    """,
    re.VERBOSE,
)
"""What a cell's bars or its edges may turn into something else."""


def table_length(lines: list[str], start: int, end: int) -> int:
    """How many lines the table has that begins with the line of this index.

    Prices are taken out of the lines: with two of them, a row would seem to hold a formula.

    Raises:
        DoubtError: there is none, or it is not of the usual form.
    """
    below = start + 1
    if below == end or not _DELIMITER.fullmatch(lines[below]):
        raise DoubtError("table")
    columns = lines[below].count("|") - 1
    after = start
    while after < end and lines[after].startswith("|"):
        row = lines[after].rstrip(" \t")
        bars = row.count("|") - row.count(r"\|")
        if bars != columns + 1 or not row.endswith("|") or _ODD.search(row):
            raise DoubtError("table")
        lines[after] = _without_prices(row) if "$" in row else row
        after += 1
    return after - start


def _without_prices(row: str) -> str:
    if "[" in row or any(cell.count("$") > 1 for cell in row.split("|")):
        raise DoubtError("table")
    return row.replace("$", "")
