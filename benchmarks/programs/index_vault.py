"""Brings VaultFlow's index of a vault up to date, and resolves all links.

python index_vault.py VAULT TODAY [--without-links]
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from vaultflow.flow import load

if __name__ == "__main__":
    workspace = load(Path(sys.argv[1]), today=date.fromisoformat(sys.argv[2]), cached=True)
    vault = workspace.context.vault
    print(len(vault.notes))
    if "--without-links" not in sys.argv:
        print(len(vault.links))
