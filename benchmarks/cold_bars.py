"""Bars 1, 2 and 8: a vault of which nothing is known yet."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from statistics import median
from typing import TYPE_CHECKING

from figures import median_ratio
from processes import Program, alternate, python, seconds
from table import Measure, amount

if TYPE_CHECKING:
    from collections.abc import Iterator

    from places import Desk

COLD = "cold index"
PEAK = "cold index, peak memory"
PEAK_LIMITS_MB = {10_000: 90.0, 100_000: 550.0}


def cold_bars(desk: Desk, rounds: int) -> Iterator[Measure]:
    """The time and the memory that the first index takes."""
    runs = alternate(
        {
            COLD: desk.cold_indexing(),
            "reading all bytes": Program(command=python("read_bytes.py", desk.root)),
            "without links": desk.cold_indexing("--without-links"),
            "with all leads judged": desk.cold_indexing("--with-leads"),
            "python-frontmatter": Program(command=python("frontmatter_loop.py", desk.root)),
        },
        desk.env,
        rounds,
    )
    times = {name: seconds(ran) for name, ran in runs.items()}
    shown = {name: amount(median(values), "s") for name, values in times.items()}
    for bar, above, below, limit in (
        ("1", COLD, "reading all bytes", 10.0),
        ("", "without links", "reading all bytes", None),
        ("", "with all leads judged", "reading all bytes", None),
        ("2", COLD, "python-frontmatter", 1.0),
    ):
        yield Measure(
            bar=bar,
            notes=desk.notes,
            what=f"{above} / {below}",
            value=median_ratio(times[above], times[below]),
            unit="x",
            limit=limit,
            said_of=10_000,
            source=f"{shown[above]} / {shown[below]}",
        )
    yield Measure(bar="", notes=desk.notes, what=COLD, value=median(times[COLD]), unit="s")
    yield Measure(
        bar="8",
        notes=desk.notes,
        what=PEAK,
        value=median(run.peak_mb for run in runs[COLD]),
        unit="MB",
        limit=PEAK_LIMITS_MB.get(desk.notes),
    )


def decline_bars(desk: Desk) -> Iterator[Measure]:
    """How many notes the quick reader leaves to markdown-it-py, and the commonest reasons."""
    command = python("declines.py", desk.root)
    told = subprocess.run(command, env=desk.env, stdout=subprocess.PIPE, check=True).stdout
    reasons = Counter[str](json.loads(told))
    yield Measure(
        bar="",
        notes=desk.notes,
        what="notes left to markdown-it-py",
        value=reasons.total() * 100 / desk.notes,
        unit="%",
        source=", ".join(f"{count} {reason}" for reason, count in reasons.most_common(5)),
    )
