"""Bars 6, 8 and 9: the watcher's speed, memory, and whether it ends up knowing everything."""

from __future__ import annotations

import time
from functools import partial
from itertools import count, islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from edits import set_value
from figures import percentile
from places import desk
from processes import BenchError, python, timed
from roster import TODAY
from table import Measure
from watching import Watching, seconds_until_shown

from vaultflow.pipeline.settings import WatchSettings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from places import Desk

PAGE = "Pipeline/Every lead.md"
TEMPLATE = """\
---
path: Every lead.md
refresh: always
record: leads
---
# Every lead

%% vaultflow:begin every %%

| lead | stage | value | next action |
| --- | --- | --- | --- |
{% for row in leads %}
| {{ row.target | cell_link(row.name) }} | {{ row.stage }} | {{ row.value | money(decimal) }} \
| {{ row.next_action }} |
{% endfor %}

%% vaultflow:end every %%
"""
VALUES = count(1_000_000)
"""Each is given once, and above all of the generator's: the page cannot hold one already."""

EDIT_LIMIT_MS = 60.0
NOTE_LIMIT_KB = 6.0
QUEUE = Path("/proc/sys/fs/inotify/max_queued_events")
EVENTS_A_FILE = 2
"""A new file is created and closed at least: two events."""

SETTLED_LIMIT_S = 120.0  # below the five minutes after which all files are looked at anyway
PAUSE_S = 0.2


def edit_bars(vault: Desk, edits: int, *, other_pages: bool) -> Iterator[Measure]:
    """From a lead's new value to the page that shows it, less the quiet that the watcher waits for.

    Args:
        vault: where the watcher runs.
        edits: how many edits are made.
        other_pages: whether the pages that come with VaultFlow are kept current too.
    """
    show_every_lead(vault, other_pages=other_pages)
    leads = sorted((vault.root / "Leads").iterdir())
    made = make_edits(vault, leads, edits)
    quiet_ms = WatchSettings().quiet_ms
    among = ", all other pages too" if other_pages else ""
    for percent, bar in ((50, ""), (95, "" if other_pages else "6")):
        taken = percentile(made.taken_ms, percent)
        yield Measure(
            bar=bar,
            notes=vault.notes,
            what=f"edit -> page of {len(leads):,} rows{among}, p{percent} - debounce",
            value=taken - quiet_ms,
            unit="ms",
            limit=EDIT_LIMIT_MS if bar else None,
            said_of=10_000,
            source=f"{taken:.0f} - {quiet_ms} ms, {edits} edits",
        )
    if made.resident_mb:
        warm_mb, last_mb = made.resident_mb[edits // 3], made.resident_mb[-1]
        yield Measure(
            bar="",
            notes=vault.notes,
            what=f"what an edit adds to the watcher's memory{among}",
            value=(last_mb - warm_mb) * 1000 / (edits - edits // 3 - 1),
            unit="KB",
            source=f"{last_mb:.1f} - {warm_mb:.1f} MB",
        )


class Edits(NamedTuple):
    """What was seen of each edit."""

    taken_ms: tuple[float, ...]
    """Until the page showed it."""
    resident_mb: tuple[float, ...]
    """The watcher's memory after it; empty where the system does not tell."""


def make_edits(vault: Desk, leads: Sequence[Path], edits: int) -> Edits:
    """Edits some lead so many times, with pauses between them."""
    random = Random(1)
    taken_ms, resident_mb = [], []
    with Watching(vault) as watching:
        watching.until_quiet()
        for value in islice(VALUES, edits):
            told = len(watching.batches)
            change = partial(set_value, random.choice(leads), value)
            taken_s = seconds_until_shown(vault.root / PAGE, f"{value:,}".encode(), change)
            taken_ms.append(taken_s * 1000)
            watching.until_more_than(told)
            watching.until_quiet(random.uniform(0.3, 0.5))
            if tells_memory():
                resident_mb.append(watching.resident_mb())
    return Edits(tuple(taken_ms), tuple(resident_mb))


def show_every_lead(vault: Desk, *, other_pages: bool) -> None:
    """Adds the page of all leads, with or without the ones that come with VaultFlow."""
    template = vault.root / "_templates/vaultflow/every-lead.md"
    template.parent.mkdir(parents=True, exist_ok=True)
    template.write_text(TEMPLATE, encoding="utf-8")
    settings = "" if other_pages else "[pages]\nenabled = []\n"
    (vault.root / "vaultflow.toml").write_text(settings, encoding="utf-8")


def memory_bars(vault: Desk, folder: Path) -> Iterator[Measure]:
    """What a watcher at rest holds in memory for each note, where the system tells it."""
    if not tells_memory():
        return
    with desk(folder, 0) as empty:
        without_mb = resident_mb(empty)
    with_mb = resident_mb(vault)
    yield Measure(
        bar="8",
        notes=vault.notes,
        what="watcher's resident memory a note",
        value=(with_mb - without_mb) * 1000 / vault.notes,
        unit="KB",
        limit=NOTE_LIMIT_KB,
        said_of=10_000,
        source=f"({with_mb:.1f} - {without_mb:.1f}) MB / {vault.notes:,}",
    )


def tells_memory() -> bool:
    """Whether the system tells how much memory a process holds."""
    return Path("/proc/self/statm").exists()


def resident_mb(vault: Desk) -> float:
    """The memory of a watcher at rest."""
    with Watching(vault) as watching:
        watching.until_quiet()
        return watching.resident_mb()


def truth_bars(vault: Desk, burst: int) -> Iterator[Measure]:
    """How many seconds after a burst of files the pages are as a fresh run makes them.

    Args:
        vault: where the watcher runs.
        burst: how many files come at once; for the overflow as many as the queue cannot hold.
    """
    show_every_lead(vault, other_pages=True)
    with Watching(vault) as watching:
        watching.until_quiet()
        write_burst(vault.root / "Burst", burst)
        yield settled(vault, f"after a burst of {burst:,} files")
        if not QUEUE.exists():
            return
        overflowing = int(QUEUE.read_text()) // EVENTS_A_FILE + burst
        watching.stop_listening()
        write_burst(vault.root / "Overflow", overflowing)
        watching.go_on()
        yield settled(vault, f"after an overflow by {overflowing:,} files")


def write_burst(folder: Path, files: int) -> None:
    """Writes that many short notes as quickly as can be; each tenth is a lead."""
    folder.mkdir()
    for number in range(files):
        kind = "---\ntype: lead\nstage: Meetings\n---\n" if number % 10 == 0 else ""
        (folder / f"{folder.name} {number}.md").write_text(f"{kind}See [[Lead 000001]].\n")


def settled(vault: Desk, when: str) -> Measure:
    """Compares pages and index with fresh ones until they are equal.

    Raises:
        BenchError: they are not within the limit; it says what differs.
    """
    began = time.monotonic()
    while (unlike := difference(vault)) and time.monotonic() - began < SETTLED_LIMIT_S:
        time.sleep(PAUSE_S)
    if unlike:
        raise BenchError(f"{when}, pages and index differ from fresh ones: {unlike[:2000]}")
    return Measure(
        bar="9",
        notes=vault.notes,
        what=f"pages and index equal fresh ones {when}",
        value=time.monotonic() - began,
        unit="s",
        limit=SETTLED_LIMIT_S,
    )


def difference(vault: Desk) -> str:
    """What a run that reads everything anew would make otherwise; empty when nothing."""
    try:
        timed(python("compare_index.py", vault.root, TODAY), vault.env)
    except BenchError as error:
        return str(error)
    return ""
