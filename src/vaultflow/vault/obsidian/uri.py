"""Obsidian's own addresses, `obsidian://...`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from pathlib import PurePosixPath


def obsidian_uri(vault_name: str, path: PurePosixPath) -> str:
    """The address that opens a note in Obsidian.

    Args:
        vault_name: the name of the vault's folder, which is what Obsidian calls it.
        path: the note, relative to the vault's root.
    """
    # Everything but letters and digits is encoded: nothing is left for a shell or for Obsidian.
    return f"obsidian://open?vault={quote(vault_name, safe='')}&file={quote(str(path), safe='')}"
