"""Obsidian's own settings of the vault, from the folder in which it keeps them."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from vaultflow.disk.files import read_bytes
from vaultflow.disk.root import config_folder, is_inside
from vaultflow.errors import Finding, Level
from vaultflow.vault.obsidian.names import OBSIDIAN_FILES
from vaultflow.vault.obsidian.settings import read_obsidian

if TYPE_CHECKING:
    from pathlib import Path

    from vaultflow.vault.obsidian.settings import ObsidianSettings


def load_obsidian(root: Path) -> tuple[ObsidianSettings, tuple[Finding, ...]]:
    """The settings that matter to us; Obsidian's defaults for what is not there."""
    folder = config_folder(root)
    if folder is None:
        return read_obsidian({})
    if not is_inside(root, folder):
        settings, _ = read_obsidian({})
        return settings, (_outside(PurePosixPath(folder.name)),)
    read = {name: _content(root, folder / name) for name in OBSIDIAN_FILES}
    contents = {name: content for name, content in read.items() if isinstance(content, bytes)}
    unread = tuple(content for content in read.values() if isinstance(content, Finding))
    settings, findings = read_obsidian(contents, folder=folder.name)
    return settings, (*unread, *findings)


def _content(root: Path, file: Path) -> bytes | Finding | None:
    """The file's bytes, or why they cannot be had; None when there is no such file."""
    if not file.exists():
        return None
    return read_bytes(root, PurePosixPath(file.relative_to(root).as_posix()))


def _outside(path: PurePosixPath) -> Finding:
    return Finding(
        level=Level.WARNING,
        code="link-not-followed",
        path=path,
        line=0,
        message="Obsidian's settings are a symlink that leads out of the vault; they are not read.",
        hint="Obsidian's defaults are taken instead",
    )
