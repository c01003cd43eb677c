"""Which note a person means by a name, a path or the beginning of one."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from vaultflow.vault.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable


def find_paths(paths: Iterable[PurePosixPath | str], text: str) -> tuple[PurePosixPath, ...]:
    """The notes that the text may mean, best kind of match only, in path order.

    The kinds, best first: the path (with or without `.md`), the name, the beginning of a name,
    a part of a name; case and Unicode form do not matter. Several paths mean that it is unclear.
    Of the paths, the text is enough.
    """
    wanted = fold(text.strip().strip("[]").removeprefix("./"))
    files = [(file, fold(file)) for file in map(str, paths)]
    candidates = [(file, whole, _stem(whole)) for file, whole in files]
    kinds = (
        [file for file, whole, _ in candidates if wanted in (whole, whole.removesuffix(".md"))],
        [file for file, _, name in candidates if name == wanted],
        [file for file, _, name in candidates if name.startswith(wanted)],
        [file for file, _, name in candidates if wanted in name],
    )
    return tuple(sorted(map(PurePosixPath, next((found for found in kinds if found), ()))))


def _stem(path: str) -> str:
    """The name at the end of the path, without what follows its last full stop."""
    name = path.rpartition("/")[2]
    return name[:end] if 0 < (end := name.rfind(".")) < len(name) - 1 else name
