"""The first steps: settings that fit a vault, and the example vault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.disk.change import Change
from vaultflow.disk.config.load import CONFIG_PATH
from vaultflow.disk.example import write_example as copy_example
from vaultflow.disk.notes import load_notes
from vaultflow.disk.obsidian import load_obsidian
from vaultflow.disk.scan import scan_vault
from vaultflow.disk.write import apply_change
from vaultflow.errors import ConflictError
from vaultflow.flow.page_names import pages_to_refresh
from vaultflow.flow.pages import apply, plan_pages
from vaultflow.flow.workspace import load, others
from vaultflow.pages.page import DAILY
from vaultflow.pipeline.setup.proposal import propose
from vaultflow.pipeline.setup.toml import to_toml
from vaultflow.vault.vault import build_vault

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path, PurePosixPath

    from vaultflow.pipeline.setup.proposal import Preset, Proposal
    from vaultflow.vault.vault import Vault


def propose_settings(
    root: Path,
    *,
    today: date,
    preset: Preset | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Proposal:
    """Settings that fit what is seen in the vault; nothing is written.

    Raises:
        VaultError: when the folder cannot be read.
    """
    obsidian, _ = load_obsidian(root)
    return propose(read_vault(root, progress), obsidian, today, preset)


def write_settings(root: Path, proposal: Proposal) -> PurePosixPath:
    """Writes `vaultflow.toml`; gives its path.

    Raises:
        ConflictError: when the vault has one already: it is never overwritten.
        VaultError: when it cannot be written.
    """
    if (root / CONFIG_PATH).exists():
        raise ConflictError(
            "it is there already and is never overwritten",
            path=str(CONFIG_PATH),
            hint="rename it to have a new one proposed",
        )
    change = Change(path=CONFIG_PATH, before=None, after=to_toml(proposal).encode())
    apply_change(root, change)
    return CONFIG_PATH


def write_example(target: Path, today: date) -> tuple[PurePosixPath, ...]:
    """Writes the example vault into a new folder, with its index pages as of today.

    Raises:
        VaultError: when the folder is not empty or cannot be written.
    """
    written = copy_example(target, today)
    workspace = load(target, today=today)
    index_pages = [name for name in pages_to_refresh(workspace) if name != DAILY]
    return (*written, *apply(target, plan_pages(workspace, index_pages)))


def read_vault(root: Path, progress: Callable[[int, int], None] | None = None) -> Vault:
    """All notes of a folder that has no settings yet.

    Raises:
        VaultError: when the folder cannot be read.
    """
    listing = scan_vault(root)
    return build_vault(load_notes(root, listing.notes, progress), others(listing))
