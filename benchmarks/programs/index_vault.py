"""Brings VaultFlow's index of a vault up to date, and resolves all links.

python index_vault.py VAULT TODAY [--without-links | --with-leads]
"""

from __future__ import annotations

import gc
import sys
from datetime import date
from pathlib import Path

from vaultflow.cli.start import GARBAGE_THRESHOLD
from vaultflow.disk.cache.look import look
from vaultflow.flow.glance import glance
from vaultflow.flow.workspace import load_seen, others
from vaultflow.vault.vault import Vault

if __name__ == "__main__":
    gc.set_threshold(GARBAGE_THRESHOLD)
    seen = glance(Path(sys.argv[1]), today=date.fromisoformat(sys.argv[2]))
    if "--with-leads" in sys.argv:
        vault = load_seen(seen).context.vault
    else:
        vault = Vault(
            notes=look(seen.root, seen.listing, seen.cache).notes, files=others(seen.listing)
        )
    print(len(vault.notes))
    if "--without-links" not in sys.argv:
        print(len(vault.links))
