"""Bars 4, 5, 7 and 10: a vault that is known, with little or nothing changed."""

from __future__ import annotations

from functools import partial
from statistics import median
from time import sleep
from typing import TYPE_CHECKING

from edits import LEAD, NOTE, add_log_line, add_sentence
from figures import median_difference, median_ratio
from processes import VAULTFLOW, Program, alternate, python, seconds, timed
from table import Measure, amount

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from places import Desk

WARM = "warm daily"
DOUBTED_S = 2.5  # a file that is younger than two seconds is read again, whatever its time says
CHANGE_LIMIT_MS = 25.0
READ_LIMIT_MS = 100.0
READ_COMMANDS = (
    ("leads",),
    ("show", "Lead 000001"),
    ("stale",),
    ("refresh", "next-actions"),
    ("pages",),
    ("check",),
    ("config",),
)


def warm_bars(desk: Desk, rounds: int) -> Iterator[Measure]:
    """`vaultflow daily` where nothing has changed, against what it cannot do without."""
    desk.forget()
    settle(desk)
    runs = alternate(
        {
            WARM: Program(command=desk.vaultflow("daily")),
            "imports and stat": Program(command=python("stat_tree.py", desk.root, "--imports")),
            "stat alone": Program(command=python("stat_tree.py", desk.root)),
        },
        desk.env,
        rounds,
    )
    times = {name: seconds(ran) for name, ran in runs.items()}
    for bar, below, limit, said_of in (
        ("4", "imports and stat", 1.1, 10_000),
        ("5", "stat alone", 2.5, 100_000),
    ):
        yield Measure(
            bar=bar,
            notes=desk.notes,
            what=f"{WARM} / {below}",
            value=median_ratio(times[WARM], times[below]),
            unit="x",
            limit=limit,
            said_of=said_of,
            source=f"{amount(median(times[WARM]), 's')} / {amount(median(times[below]), 's')}",
        )
    yield Measure(bar="", notes=desk.notes, what=WARM, value=median(times[WARM]), unit="s")


def settle(desk: Desk) -> None:
    """Brings everything up to date, and waits until no file is so fresh that it is doubted."""
    timed(desk.vaultflow("refresh"), desk.env)
    sleep(DOUBTED_S)
    for _ in range(2):  # the second run knows the page that the first one may have written
        timed(desk.vaultflow("daily"), desk.env)
    timed(desk.vaultflow("check"), desk.env)


def change_bars(desk: Desk, rounds: int) -> Iterator[Measure]:
    """What one changed note adds to `vaultflow daily`; before each, a run with nothing changed."""
    changes: dict[str, Callable[[], None]] = {
        "a sentence in a note": partial(add_sentence, desk.root / NOTE),
        "a sentence in a lead": partial(add_sentence, desk.root / LEAD),
        "a log line in a lead": partial(add_log_line, desk.root / LEAD),
    }
    daily = desk.vaultflow("daily")
    programs = {}
    for name, change in changes.items():
        programs[f"before {name}"] = Program(command=daily, before=partial(settle, desk))
        programs[name] = Program(command=daily, before=change)
    times = {name: seconds(ran) for name, ran in alternate(programs, desk.env, rounds).items()}
    for name in changes:
        yield difference(
            desk,
            bar="7",
            what=f"{WARM} after {name}",
            pair=(times[name], times[f"before {name}"]),
            limit_ms=CHANGE_LIMIT_MS,
        )


def read_bars(desk: Desk, rounds: int) -> Iterator[Measure]:
    """What each command that reads adds to the start of the program."""
    settle(desk)
    programs = {"start": Program(command=(VAULTFLOW, "--version"))}
    for words in READ_COMMANDS:
        programs[" ".join(words)] = Program(command=desk.vaultflow(*words))
    times = {name: seconds(ran) for name, ran in alternate(programs, desk.env, rounds).items()}
    start = times.pop("start")
    for name, taken in times.items():
        yield difference(
            desk,
            bar="10",
            what=f"warm `{name}` - start-up",
            pair=(taken, start),
            limit_ms=READ_LIMIT_MS,
        )


def difference(
    desk: Desk,
    *,
    bar: str,
    what: str,
    pair: tuple[tuple[float, ...], tuple[float, ...]],
    limit_ms: float,
) -> Measure:
    """How much longer one takes than the other, in milliseconds."""
    more, less = pair
    return Measure(
        bar=bar,
        notes=desk.notes,
        what=what,
        value=median_difference(more, less) * 1000,
        unit="ms",
        limit=limit_ms,
        source=f"{amount(median(more), 's')} - {amount(median(less), 's')}",
    )
