"""Leads that share a name, so that nobody can tell which one a link or a command means."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from vaultflow.errors import Finding, Level
from vaultflow.vault.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import PurePosixPath


NAMESAKE = "lead-name-twice"
"""The code of what is found here."""


def namesake_findings(paths: Iterable[PurePosixPath]) -> Iterator[Finding]:
    """One for each lead whose name another has too, whatever the case and the form of accents.

    Two that stand in one folder are left out: of these the vault says that their names clash.
    """
    by_name: dict[str, list[PurePosixPath]] = defaultdict(list)
    for path in paths:
        by_name[fold(path.stem)].append(path)
    shared = {name: sorted(same) for name, same in by_name.items() if len(same) > 1}
    for same in sorted(shared.values()):
        for path in same:
            others = [other for other in same if fold(str(other)) != fold(str(path))]
            if others:
                yield _finding(path, others)


def _finding(path: PurePosixPath, others: list[PurePosixPath]) -> Finding:
    named = ", ".join(map(str, others))
    return Finding(
        level=Level.WARNING,
        code=NAMESAKE,
        path=path,
        line=0,
        message=f"Another lead has this name: {named}.",
        hint="if they are one deal, merge them; else rename one in Obsidian",
    )
