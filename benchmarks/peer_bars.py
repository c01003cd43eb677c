"""Bar 3: VaultFlow's index against other programs, on the same vault in the same run."""

from __future__ import annotations

import shutil
from functools import partial
from statistics import median
from typing import TYPE_CHECKING

from figures import median_ratio
from peers import environment, installed_version, is_built
from processes import Program, alternate, seconds
from table import Measure, amount
from warm_bars import settle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from peers import Peer
    from places import Desk


def peer_bar(desk: Desk, *, folder: Path, peer: Peer, rounds: int) -> Iterator[Measure]:
    """How many times as long as VaultFlow the peer takes, where it is built and not far too slow.

    Both begin without an index, or both find theirs with nothing changed: then ours is a whole
    `vaultflow refresh`, as theirs is a whole command too.
    """
    if not is_built(folder, peer) or desk.notes > peer.most_notes:
        return
    state = desk.state.with_name("peer-state")
    command = tuple(
        word.replace("{bin}", str(environment(folder, peer)))
        .replace("{vault}", str(desk.root))
        .replace("{state}", str(state))
        for word in peer.command
    )
    forget = None if peer.is_rescan else partial(shutil.rmtree, state, ignore_errors=True)
    if peer.is_rescan:
        settle(desk)
    ours = Program(command=desk.vaultflow("refresh")) if peer.is_rescan else desk.cold_indexing()
    programs = {"theirs": Program(command=command, before=forget), "ours": ours}
    times = {name: seconds(ran) for name, ran in alternate(programs, desk.env, rounds).items()}
    shown = {name: amount(median(taken), "s") for name, taken in times.items()}
    yield Measure(
        bar="3" if peer.limit else "",
        notes=desk.notes,
        what=f"{peer.name} {installed_version(folder, peer)} / "
        f"{'warm refresh' if peer.is_rescan else 'cold index'}",
        value=median_ratio(times["theirs"], times["ours"]),
        unit="x",
        limit=peer.limit,
        at_least=True,
        said_of=peer.said_of,
        source=f"{shown['theirs']} / {shown['ours']}; it extracts: {peer.extracts}",
    )
