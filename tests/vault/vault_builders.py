"""Notes and vaults for tests, from the text that a person would type."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from textwrap import dedent
from typing import TYPE_CHECKING

from vaultflow.vault.reader import read_note
from vaultflow.vault.vault import build_vault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vaultflow.vault.note import Note
    from vaultflow.vault.vault import Vault

RECORDED = Path(__file__).parent.parent / "data"
SHARED = Path(__file__).parent.parent.parent.parent / "shared"
"""Vaults and documents beside the repository, where they are at hand."""


def note(text: str, path: str = "Leads/Acme.md") -> Note:
    """The note that the text is; common indentation is taken away."""
    return read_note(PurePosixPath(path), dedent(text).encode())


def vault(notes: Mapping[str, str], files: Iterable[str] = ()) -> Vault:
    """The vault of these notes, text by path, and of other files."""
    return build_vault(
        [note(text, path) for path, text in notes.items()], [PurePosixPath(path) for path in files]
    )


def stored_vault(folder: Path) -> Vault:
    """The vault that lies in the folder, as Obsidian would see it: without dot-folders."""
    paths = [path for path in visible_files(folder) if path.is_file()]
    notes = [path for path in paths if path.suffix == ".md"]
    return build_vault(
        [read_note(_inside(folder, path), path.read_bytes()) for path in notes],
        [_inside(folder, path) for path in paths if path.suffix != ".md"],
    )


def visible_files(folder: Path) -> Iterator[Path]:
    """What the folder holds, in order, dot-folders and dot-files left out."""
    return (
        path
        for path in sorted(folder.rglob("*"))
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def _inside(folder: Path, path: Path) -> PurePosixPath:
    return PurePosixPath(path.relative_to(folder).as_posix())
