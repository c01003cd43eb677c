"""Where the time goes: the ten functions that take most of it themselves, cold and warm."""

from __future__ import annotations

import marshal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from processes import timed
from table import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from places import Desk

SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A function of a profile."""

    function: str
    calls: int
    own_s: float
    """Without what it calls."""


def hot_spots(desk: Desk) -> Iterator[str]:
    """The tables of a cold index, a cold `daily` and a warm one."""
    daily = desk.vaultflow("daily")
    runs = {
        "cold index": desk.indexing()[1:],
        "cold daily": daily,
        "warm daily": daily,
    }
    for name, command in runs.items():
        if name.startswith("cold"):
            desk.forget()
        yield f"\n{name}, {desk.notes:,} notes, with the profiler's own cost\n"
        yield profiled(desk, command)


def profiled(desk: Desk, command: Sequence[str]) -> str:
    """The top of the profile of a command, as a table."""
    file = desk.state.with_name("profile")
    timed((sys.executable, "-m", "cProfile", "-o", str(file), *command), desk.env)
    found = marshal.loads(file.read_bytes())  # noqa: S302  # our own process has just written it
    spots = [
        Spot(function=place(path, name), calls=calls, own_s=own_s)
        for (path, _, name), (_, calls, own_s, _, _) in found.items()
    ]
    total_s = sum(spot.own_s for spot in spots)
    top = sorted(spots, key=lambda spot: spot.own_s, reverse=True)[:SHOWN]
    rows = [
        (f"{spot.own_s:.3f}", f"{spot.own_s / total_s:.0%}", f"{spot.calls:,}", spot.function)
        for spot in top
    ]
    return table([("own s", "share", "calls", "function"), *rows])


def place(file: str, function: str) -> str:
    """A function with its module, without the folders of this machine."""
    parts = Path(file).parts
    for top in ("site-packages", "src"):
        if top in parts:
            return f"{'/'.join(parts[parts.index(top) + 1 :])}: {function}"
    return f"{Path(file).name}: {function}"
