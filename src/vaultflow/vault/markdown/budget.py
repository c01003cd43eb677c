"""How much of a body is read: a note made to be slow must not hold up the vault."""

from __future__ import annotations

import re
from itertools import accumulate

BUDGET = 250_000  # one sign takes the parser some 5 us, a nested one up to 30
LINE_COST = 5  # signs: a line of its own takes it some 25 us

_SIGN = re.compile(r"[\\`$#\[\]!<]")
"""What can begin something in running text, and so is looked at one by one."""


def is_affordable(text: str, line_count: int) -> bool:
    """Whether the text is so short that all of it may be read, whatever it holds."""
    return len(text) + LINE_COST * line_count <= BUDGET


def affordable_lines(lines: list[str]) -> int:
    """How many of the lines may be read; nearly always all.

    The limit is far from any note of a person: 50,000 lines, or 60,000 links in fewer of them.
    """
    text_cost = sum(map(len, lines)) + LINE_COST * len(lines)
    if text_cost <= BUDGET:
        return len(lines)
    costs = accumulate(LINE_COST + len(_SIGN.findall(line)) for line in lines)
    return next((number for number, cost in enumerate(costs) if cost > BUDGET), len(lines))
