"""Vaults on a real disk, for the tests of the room that touches the world."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LEAD = b"---\ntype: lead\nstage: Proposal\n---\nText.\n"

as_user_only = pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read and write everything"
)
posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")


def vault(root: Path, files: Mapping[str, bytes | str]) -> Path:
    """The folder, filled with the files and so that it is known for a vault."""
    for name, content in {".obsidian/app.json": "{}", **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def tree(root: Path) -> dict[str, bytes]:
    """All files below the folder with their bytes, temporary ones too."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".obsidian" not in path.parts
    }


def at(path: str) -> PurePosixPath:
    return PurePosixPath(path)


def refuse_folders(monkeypatch: pytest.MonkeyPatch, **errors: OSError) -> None:
    """Makes folders of these names unreadable: permissions would not stop root."""
    real = os.scandir

    def scandir(folder: str | os.PathLike[str]) -> Iterator[os.DirEntry[str]]:
        if error := errors.get(os.fspath(folder).rstrip("/").rpartition("/")[2]):
            raise error
        return real(folder)

    monkeypatch.setattr(os, "scandir", scandir)
