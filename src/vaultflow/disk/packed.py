"""Folders that come with VaultFlow: packed into the wheel, or beside the source in a checkout."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent.parent
CHECKOUT = PACKAGE.parent.parent


def packed_folder(name: str) -> Path:
    """The folder of that name, such as `templates`; the wheel's before the checkout's."""
    packed = PACKAGE / name
    return packed if packed.is_dir() else CHECKOUT / name
