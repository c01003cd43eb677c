"""Vaults of the benchmark's generator, as small as they can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grow import write_vault

if TYPE_CHECKING:
    from pathlib import Path

SMALL = 50


def small_vault(root: Path, seed: int = 1, history_years: int = 0) -> Path:
    write_vault(root, SMALL, seed, history_years)
    return root


def texts(root: Path) -> dict[str, bytes]:
    """What each note of the vault holds, by path."""
    return {str(file.relative_to(root)): file.read_bytes() for file in sorted(root.rglob("*.md"))}
