"""Brings VaultFlow's index of a vault up to date, and resolves all links.

python index_vault.py VAULT TODAY [--without-links | --with-leads]
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from vaultflow.cli.start import seldom_collecting
from vaultflow.disk.cache.look import look
from vaultflow.flow.glance import glance
from vaultflow.flow.workspace import load_seen, others
from vaultflow.vault.vault import Vault


def index(root: Path, today: date) -> None:
    """Says how many notes there are, and how many links."""
    seen = glance(root, today=today)
    if "--with-leads" in sys.argv:
        vault = load_seen(seen).context.vault
    else:
        vault = Vault(
            notes=look(seen.root, seen.listing, seen.cache).notes, files=others(seen.listing)
        )
    print(len(vault.notes))
    if "--without-links" not in sys.argv:
        print(len(vault.links))


if __name__ == "__main__":
    with seldom_collecting():
        index(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))
