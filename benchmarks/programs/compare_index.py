"""Ends well when a vault's index and pages are as a run without the index makes them.

python compare_index.py VAULT TODAY
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from vaultflow.flow import load, pages_to_refresh, plan_pages


def differences(root: Path, today: date) -> list[str]:
    """The notes, links and pages that differ."""
    fresh = load(root, today=today, cached=False)
    changes = plan_pages(fresh, pages_to_refresh(fresh)).changes
    read, known = fresh.context.vault, load(root, today=today, cached=True).context.vault
    paths = sorted({*read.notes, *known.notes})
    odd = [path for path in paths if read.notes.get(path) != known.notes.get(path)]
    same_links = tuple(read.links) == tuple(known.links)
    return [
        *map(str, (*odd, *(change.path for change in changes))),
        *([] if same_links else ["links"]),
    ]


if __name__ == "__main__":
    sys.exit("\n".join(differences(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))) or 0)
