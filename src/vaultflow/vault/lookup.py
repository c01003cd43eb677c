"""Which note a person means by a name, a path or the beginning of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.vault.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import PurePosixPath


def find_paths(paths: Iterable[PurePosixPath], text: str) -> tuple[PurePosixPath, ...]:
    """The notes that the text may mean, best kind of match only, in path order.

    The kinds, best first: the path (with or without `.md`), the name, the beginning of a name,
    a part of a name; case and Unicode form do not matter. Several paths mean that it is unclear.
    """
    wanted = fold(text.strip().strip("[]").removeprefix("./"))
    candidates = [(path, fold(str(path)), fold(path.stem)) for path in paths]
    kinds = (
        [path for path, whole, _ in candidates if wanted in (whole, whole.removesuffix(".md"))],
        [path for path, _, name in candidates if name == wanted],
        [path for path, _, name in candidates if name.startswith(wanted)],
        [path for path, _, name in candidates if wanted in name],
    )
    return tuple(sorted(next((found for found in kinds if found), ())))
