"""Where the vault is: its root, Obsidian's folder in it, and what lies inside."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

from vaultflow.errors import VaultError

CONFIG_FILE = "vaultflow.toml"
OBSIDIAN_FOLDER = ".obsidian"
OBSIDIAN_MARK = "app.json"
"""What a config folder holds under any name: Obsidian lets it be renamed, dot first."""


def find_vault(start: Path) -> Path:
    """The root of the vault that a folder or file lies in, absolute and without symlinks.

    The nearest folder upwards that holds `vaultflow.toml` or Obsidian's config folder.

    Raises:
        VaultError: no folder upwards is a vault.
    """
    here = start.resolve()
    if not here.exists():
        raise VaultError("there is no such folder", path=str(start))
    for folder in (here, *here.parents):
        if (folder / CONFIG_FILE).is_file() or config_folder(folder):
            return folder
    raise VaultError(
        "no vault here, nor in any folder above",
        path=str(start),
        hint="name it with --vault, or make this folder one with `vaultflow init`",
    )


def named_vault(folder: Path) -> Path:
    """The folder that was named as the vault, absolute and without symlinks.

    Raises:
        VaultError: there is no such folder.
    """
    if not folder.is_dir():
        raise VaultError("there is no such folder", path=str(folder), hint="check --vault")
    return folder.resolve()


def config_folder(root: Path) -> Path | None:
    """The folder in which Obsidian keeps its settings of the vault; None when there is none."""
    if (root / OBSIDIAN_FOLDER).is_dir():
        return root / OBSIDIAN_FOLDER
    renamed = (folder for folder in _dot_folders(root) if (folder / OBSIDIAN_MARK).is_file())
    return next(renamed, None)


def path_in_vault(root: Path, typed: str) -> str | None:
    """The vault path of a file typed as a path from the current folder; None when it is none."""
    file = Path(typed)
    if not file.is_file():
        return None
    # The folder's symlinks are followed, the note's own name stays what the vault lists.
    place = real_path(file.absolute().parent) / file.name
    return place.relative_to(root).as_posix() if place.is_relative_to(root) else None


def is_inside(root: Path, path: Path) -> bool:
    """Whether the path, all symlinks followed, lies in the vault; it need not exist."""
    return real_path(path).is_relative_to(real_path(root))


def locate(root: Path, path: PurePosixPath) -> Path:
    """The file that a path of the vault names; its folder's true place is inside the vault.

    Raises:
        VaultError: the path leads out of the vault.
    """
    place = root.joinpath(*path.parts)
    is_plain = path.name and not path.is_absolute() and ".." not in path.parts
    # Windows reads `C:` and backslashes inside one of our parts, so its true place must tell.
    if not is_plain or "\0" in str(path) or not is_inside(root, place.parent):
        raise VaultError("this path leads out of the vault", path=str(path))
    return place


def real_path(path: Path) -> Path:
    """The path with all symlinks followed as far as it exists; a loop of links ends where it is."""
    return Path(os.path.realpath(path))  # Path.resolve raises on a loop in some versions


def _dot_folders(root: Path) -> list[Path]:
    try:
        return sorted(entry for entry in root.iterdir() if entry.name.startswith("."))
    except OSError:
        return []
