"""All bars in one run: `make bench`, `make bench-peers`, `make bench-profile`.

    python benchmarks/bench.py bars --notes 1000 10000
    python benchmarks/bench.py peers --notes 1000
    python benchmarks/bench.py profile --notes 10000

What each bar measures, and how, says docs/reference/benchmarks.md.
"""

from __future__ import annotations

import argparse
import platform
import sys
from functools import partial
from typing import TYPE_CHECKING

from cold_bars import COLD, PEAK, cold_bars, decline_bars
from figures import exponent
from hot_spots import hot_spots
from peer_bars import peer_bar
from peers import PEERS, NotInstallableError, build
from places import bench_folder, desk
from processes import ROUNDS, BenchError
from table import measures_table, table
from warm_bars import WARM, change_bars, read_bars, warm_bars
from watch_bars import edit_bars, memory_bars, truth_bars

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from places import Desk
    from table import Measure

    Bars = Callable[[Desk], Iterable[Measure]]

SIZES = (1_000, 10_000, 100_000)
PEER_SIZES = (1_000, 10_000)
PROFILE_SIZES = (10_000,)
EDITED_NOTES = 10_000
"""Above it, a page of all leads is larger than a page may be."""

GROWING = (COLD, WARM, PEAK)


class Bench:
    """What was measured so far, and what could not be.

    Args:
        folder: where vaults and peers are kept.
        wanted: the options of the run.
    """

    def __init__(self, folder: Path, wanted: argparse.Namespace) -> None:
        self.folder = folder
        self.wanted = wanted
        self.measures: list[Measure] = []
        self.failures: list[str] = []

    def take(self, notes: int, *bars: Bars) -> None:
        """Measures the bars on one vault of that size; each is said as soon as it is known."""
        with desk(self.folder, notes) as vault:
            for measure_all in bars:
                try:
                    for measure in measure_all(vault):
                        self.measures.append(measure)
                        print("  ".join(filter(None, measure.row())), file=sys.stderr)
                except BenchError as error:
                    self.failures.append(f"{notes:,} notes: {error}")
                    print(f"FAILED  {error}", file=sys.stderr)

    def bars(self) -> None:
        """All ten bars."""
        wanted, rounds = self.wanted, self.wanted.rounds
        for notes in wanted.notes:
            self.take(
                notes,
                partial(cold_bars, rounds=rounds),
                decline_bars,
                *self.peer_bars(),
                partial(warm_bars, rounds=rounds),
                partial(change_bars, rounds=rounds),
                partial(memory_bars, folder=self.folder),
                *(self.edit_bars() if notes <= EDITED_NOTES else ()),
            )
        self.take(wanted.read_notes, partial(read_bars, rounds=rounds))
        self.take(min(wanted.notes), partial(truth_bars, burst=wanted.burst))

    def edit_bars(self) -> Iterator[Bars]:
        """Bar 6 as it is set, with one page; and with all pages, which is what a user has."""
        for other_pages in (False, True):
            yield partial(edit_bars, edits=self.wanted.edits, other_pages=other_pages)

    def peer_bars(self) -> Iterator[Bars]:
        """Bar 3, peer by peer, so that one that fails does not take the others with it."""
        for peer in PEERS:
            yield partial(peer_bar, folder=self.folder, peer=peer, rounds=self.wanted.rounds)

    def peers(self) -> None:
        """Builds what can be built of the peers' environments, and measures those."""
        for peer in {peer.package: peer for peer in PEERS}.values():
            try:
                build(self.folder, peer)
            except NotInstallableError as error:
                self.failures.append(f"{peer.package} is not installable here: {error}")
        for notes in self.wanted.notes:
            self.take(notes, *self.peer_bars())

    def profile(self) -> None:
        """Where the time goes."""
        for notes in self.wanted.notes:
            with desk(self.folder, notes) as vault:
                for line in hot_spots(vault):
                    print(line)

    def told(self) -> Iterator[str]:
        """The table, how cost grows, and what failed."""
        if self.measures:
            yield measures_table(self.measures)
            yield from growth(self.measures)
        yield from (f"FAILED: {failure}" for failure in self.failures)


def growth(measures: Sequence[Measure]) -> Iterator[str]:
    """How time and memory grow with the notes, where more than one size was measured."""
    rows = []
    for what in GROWING:
        costs = {one.notes: one.value for one in measures if one.what == what}
        if len(costs) > 1:
            shown = ", ".join(f"{cost:.3g}" for cost in costs.values())
            rows.append(
                (what, ", ".join(f"{size:,}" for size in costs), shown, f"{exponent(costs):.2f}")
            )
    if rows:
        yield ""
        yield table([("grows", "notes", "cost", "exponent"), *rows])


def main() -> None:
    """Measures what the arguments ask for; ends with 1 when something could not be measured."""
    wanted = arguments()
    bench = Bench(bench_folder(), wanted)
    {"bars": bench.bars, "peers": bench.peers, "profile": bench.profile}[wanted.part]()
    if bench.measures or bench.failures:
        print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    for line in bench.told():
        print(line)
    sys.exit(1 if bench.failures else 0)


def arguments() -> argparse.Namespace:
    """What is to be measured, and how thoroughly."""
    parser = argparse.ArgumentParser(description="Measure the bars of VaultFlow's speed.")
    parser.add_argument("part", choices=("bars", "peers", "profile"))
    parser.add_argument("--notes", type=int, nargs="+", help="sizes of the vaults")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="pairs a median is of")
    parser.add_argument("--edits", type=int, default=50, help="edits while the watcher runs")
    parser.add_argument("--burst", type=int, default=10_000, help="files that come at once")
    parser.add_argument("--read-notes", type=int, default=6_667, help="vault of the read commands")
    wanted = parser.parse_args()
    sizes = {"bars": SIZES, "peers": PEER_SIZES, "profile": PROFILE_SIZES}
    wanted.notes = wanted.notes or sizes[wanted.part]
    return wanted


if __name__ == "__main__":
    main()
