"""Which note or lead a person means by what they typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.disk.root import path_in_vault
from vaultflow.errors import UsageError
from vaultflow.vault.lookup import find_paths

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path, PurePosixPath


def chosen(paths: Iterable[PurePosixPath | str], text: str, root: Path, word: str) -> PurePosixPath:
    """The one path that the text means; a path from the current folder is understood too.

    Args:
        paths: the notes to choose from, or the texts of their paths.
        text: a name, a path or the beginning of one, as typed.
        root: the vault's folder.
        word: what the notes are called in messages, `lead` or `note`.

    Raises:
        UsageError: when there is none, or when there are several.
    """
    known = tuple(paths)
    found = find_paths(known, path_in_vault(root, text) or text)
    if len(found) == 1:
        return found[0]
    if found:
        listed = "".join(f"\n  {path}" for path in found[:10])
        raise UsageError(f"{text!r} may mean {len(found)} {word}s:{listed}")
    from vaultflow.vault.links.nearest import nearest_names  # noqa: PLC0415  # few mistype

    near = nearest_names(known, text)
    hint = f"did you mean {' or '.join(map(repr, near))}?" if near else ""
    raise UsageError(f"there is no {word} {text!r}", hint=hint)
