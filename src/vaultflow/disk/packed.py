"""Folders that come with VaultFlow: packed into the wheel, or beside the source in a checkout."""

from __future__ import annotations

from pathlib import Path

from vaultflow.disk.outside import packed_place


def packed_folder(name: str) -> Path:
    """The folder of that name, such as `templates`; the wheel's before the checkout's."""
    return Path(packed_place(name))
