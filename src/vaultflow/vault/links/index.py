"""Which file a link leads to: Obsidian's rules over the paths of all files of the vault."""

from __future__ import annotations

import posixpath
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from vaultflow.errors import nearest_words
from vaultflow.vault.names import fold, nfc

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import PurePosixPath

_NOTE = ".md"
_WORD = re.compile(r"\w+")
_COMPARED = 12  # names are compared letter by letter, at some 30 us each
_MOST_SHARED = 500
_SEVERAL = 2
_ENOUGH_LETTERS = 4
_DRIVE = re.compile(r"[A-Za-z]:[\\/]|\\\\")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Where a link's target leads."""

    path: PurePosixPath | None
    """Of the file in the vault; None when nothing answers to the target."""
    ambiguous: bool = False
    """Several files answer equally well; `path` is chosen by a stable rule."""
    outside: bool = False
    """The target is no place in the vault: `../../x` from too near the root, or a drive."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LinkIndex:
    """All files of a vault, ready for looking up links. Made by `build_index`.

    Compared by identity, so that what is derived from it can be kept for the next look-up.
    """

    by_path: Mapping[str, tuple[PurePosixPath, ...]] = field(default_factory=dict)
    """Folded path -> the files that it may be; several only if they differ by case or form."""
    by_name: Mapping[str, tuple[PurePosixPath, ...]] = field(default_factory=dict)
    """Folded file name -> the files that are called so, the first choice first."""
    by_alias: Mapping[str, tuple[PurePosixPath, ...]] = field(default_factory=dict)
    """Folded alias -> the notes that have it. Never a link's target, only a good guess."""


def build_index(
    files: Iterable[PurePosixPath], aliases: Iterable[tuple[str, PurePosixPath]] = ()
) -> LinkIndex:
    """The index over the files; one without extension is left out, as nothing can link to it."""
    by_path: dict[str, list[PurePosixPath]] = defaultdict(list)
    by_name: dict[str, list[PurePosixPath]] = defaultdict(list)
    for path in sorted(files, key=_choice):
        if path.suffix:
            by_path[fold(str(path))].append(path)
            by_name[fold(path.name)].append(path)
    by_alias: dict[str, list[PurePosixPath]] = defaultdict(list)
    for alias, path in aliases:
        by_alias[fold(alias)].append(path)
    return LinkIndex(
        by_path={key: tuple(paths) for key, paths in by_path.items()},
        by_name={key: tuple(paths) for key, paths in by_name.items()},
        by_alias={key: tuple(paths) for key, paths in by_alias.items()},
    )


def _choice(path: PurePosixPath) -> tuple[int, str]:
    """Orders files as Obsidian chooses among them: the shortest path string comes first.

    Among equally long ones its order is not known; ours is that of the alphabet.
    """
    written = nfc(str(path))
    return len(written), written


def resolve(index: LinkIndex, source: PurePosixPath, target: str) -> Resolution:
    """The file to which a target leads when it stands in the note `source`.

    In Obsidian's order: nothing is the note itself; `./` and `../` is exactly that path; then the
    exact path from the vault's root; then the file of that name in the note's own folder, then
    the one with the shortest path. Aliases never resolve. The disk is not asked.
    """
    return settled(index, target) or _resolve_from(index, source, target.strip())


def settled(index: LinkIndex, target: str) -> Resolution | None:
    """Where a target leads from whichever note; None when that depends on the note."""
    target = target.strip()
    if not target or target.startswith(("./", "../")):
        return None
    if _DRIVE.match(target) or _climbs_out(target):
        return Resolution(path=None, outside=True)
    if target.startswith("/"):
        return _exact(index, target.lstrip("/"))
    exact = _exact(index, target)
    if exact.path:
        return exact
    paths = _ending_with(index, fold(target))
    return Resolution(path=paths[0] if paths else None) if len(paths) < _SEVERAL else None


def _resolve_from(index: LinkIndex, source: PurePosixPath, target: str) -> Resolution:
    if not target:
        return Resolution(path=source)
    if target.startswith(("./", "../")):
        return _relative(index, source, target)
    key = fold(target)
    if own := _found(index.by_path, fold(f"{source.parent}/{key}")):
        return Resolution(path=own[0], ambiguous=len(own) > 1)
    paths = _ending_with(index, key)
    shortest = [path for path in paths if _choice(path)[0] == _choice(paths[0])[0]]
    return Resolution(path=paths[0], ambiguous=len(shortest) > 1)


def link_text(index: LinkIndex, path: PurePosixPath) -> str:
    """What a link written to the file says: its name if that is enough, else its path."""
    written = nfc(str(path)).removesuffix(_NOTE)
    name = written.rpartition("/")[2]
    is_enough = (
        len(_found(index.by_name, fold(name))) == 1 and resolve(index, path, name).path == path
    )
    return name if is_enough else written


def nearest(index: LinkIndex, target: str, limit: int = 3) -> tuple[PurePosixPath, ...]:
    """The files that a target without a file may mean, the most alike first.

    Compares letters and digits with names and aliases. So `Any deals?` finds the file whose name
    may hold no `?`, and a name whose emoji got garbled finds the right one.
    """
    names = _names_by_clue(index)
    wanted = fold(target.rpartition("/")[2]).removesuffix(_NOTE)
    shared = Counter(name for clue in _clues(wanted) for name in names.get(clue, ()))
    likely = sorted(shared, key=lambda name: (-shared[name], name))[:_COMPARED]
    by_letters: dict[str, list[str]] = defaultdict(list)
    for name in likely:
        by_letters[_letters(name)].append(name)
    alike = nearest_words(_letters(wanted), by_letters, most=max(limit, 1))
    paths = (
        path for letters in alike for name in by_letters[letters] for path in _named(index, name)
    )
    return tuple(dict.fromkeys(paths))[:limit]


def nearest_names(paths: Iterable[PurePosixPath], text: str, limit: int = 3) -> tuple[str, ...]:
    """The names, as a link would say them, of the files that a mistyped text may mean."""
    index = build_index(paths)
    return tuple(link_text(index, path) for path in nearest(index, text, limit))


def _named(index: LinkIndex, name: str) -> tuple[PurePosixPath, ...]:
    return (*_found(index.by_name, name), *index.by_alias.get(name, ()))


@lru_cache(maxsize=1)  # guesses come many at a time, all about one vault
def _names_by_clue(index: LinkIndex) -> Mapping[str, tuple[str, ...]]:
    """Names and aliases by their clues; a clue that very many share tells nothing: dropped."""
    names: dict[str, list[str]] = defaultdict(list)
    for name in (*(name.removesuffix(_NOTE) for name in index.by_name), *index.by_alias):
        for clue in _clues(name):
            names[clue].append(name)
    return {clue: tuple(found) for clue, found in names.items() if len(found) <= _MOST_SHARED}


def _clues(name: str) -> frozenset[str]:
    """What two names have in common if one is the other mistyped.

    A typing error seldom hits a word's first and last letter at once; the letters of the whole
    name survive signs that were lost, replaced or garbled.
    """
    ends = {f"{word[0]}-{word[-1]}" for word in _WORD.findall(name)}
    return frozenset({_letters(name), *ends} - {""})


@lru_cache(maxsize=4096)
def _letters(name: str) -> str:
    """The letters and digits, of ASCII only where that leaves enough to know the name by."""
    letters = "".join(filter(str.isalnum, name))
    plain = "".join(filter(str.isascii, letters))
    return plain if len(plain) >= _ENOUGH_LETTERS else letters


def _found(paths: Mapping[str, tuple[PurePosixPath, ...]], key: str) -> tuple[PurePosixPath, ...]:
    return paths.get(key) or paths.get(key + _NOTE) or ()


def _exact(index: LinkIndex, target: str) -> Resolution:
    """The file of this path; of several that differ by case or form, the one spelled like it."""
    paths = _found(index.by_path, fold(target))
    if len(paths) < _SEVERAL:
        return Resolution(path=paths[0] if paths else None)
    spelled = [path for path in paths if str(path) in {target, target + _NOTE}]
    return Resolution(path=(spelled or paths)[0], ambiguous=len(spelled) != 1)


def _relative(index: LinkIndex, source: PurePosixPath, target: str) -> Resolution:
    path = posixpath.join(source.parent.as_posix(), target)
    if _climbs_out(path):
        return Resolution(path=None, outside=True)
    return _exact(index, posixpath.normpath(path))


def _climbs_out(path: str) -> bool:
    return "../" in path and posixpath.normpath(path.lstrip("/")).startswith("../")


def _ending_with(index: LinkIndex, key: str) -> tuple[PurePosixPath, ...]:
    """The files whose folded path ends with the key, whole names only, the first choice first."""
    folder, _, name = key.rpartition("/")
    paths = _found(index.by_name, name)
    if not folder:
        return paths
    return tuple(path for path in paths if fold(f"/{path.parent}").endswith(f"/{folder}"))
