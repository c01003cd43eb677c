"""Which file a mistyped link may mean: names and aliases that are like it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from vaultflow.errors import nearest_words
from vaultflow.vault.links.index import NOTE, build_index, found_under, link_text
from vaultflow.vault.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vaultflow.vault.links.index import LinkIndex

_WORD = re.compile(r"\w+")
_COMPARED = 12  # names are compared letter by letter, at some 30 us each
_MOST_SHARED = 500
_ENOUGH_LETTERS = 4


def nearest(index: LinkIndex, target: str, limit: int = 3) -> tuple[PurePosixPath, ...]:
    """The files that a target without a file may mean, the most alike first.

    Compares letters and digits with names and aliases. So `Any deals?` finds the file whose name
    may hold no `?`, and a name whose emoji got garbled finds the right one.
    """
    wanted = fold(target.rpartition("/")[2]).removesuffix(NOTE)
    shared = Counter(name for clue in _clues(wanted) for name in _sharing(index, clue))
    likely = sorted(shared, key=lambda name: (-shared[name], name))[:_COMPARED]
    by_letters: dict[str, list[str]] = defaultdict(list)
    for name in likely:
        by_letters[_letters(name)].append(name)
    alike = nearest_words(_letters(wanted), by_letters, most=max(limit, 1))
    paths = (
        path for letters in alike for name in by_letters[letters] for path in _named(index, name)
    )
    return tuple(dict.fromkeys(paths))[:limit]


def nearest_names(
    paths: Iterable[PurePosixPath | str], text: str, limit: int = 3
) -> tuple[str, ...]:
    """The names, as a link would say them, of the files that a mistyped text may mean."""
    index = build_index(paths)
    return tuple(link_text(index, path) for path in nearest(index, text, limit))


def _named(index: LinkIndex, name: str) -> tuple[PurePosixPath, ...]:
    files = tuple(map(PurePosixPath, found_under(index.by_name, name)))
    return files + index.by_alias.get(name, ())


def _sharing(index: LinkIndex, clue: str) -> list[str]:
    """The names and aliases that have the clue; none when so many do that it tells nothing."""
    of_files = index.memo.names_by_clue
    if not of_files:
        of_files.update(_by_clue(name.removesuffix(NOTE) for name in index.by_name))
    names = [*of_files.get(clue, ()), *_aliases_by_clue(index).get(clue, ())]
    return names if len(names) <= _MOST_SHARED else []


@lru_cache(maxsize=1)  # guesses come many at a time, all about one vault
def _aliases_by_clue(index: LinkIndex) -> Mapping[str, list[str]]:
    return _by_clue(index.by_alias)


def _by_clue(names: Iterable[str]) -> Mapping[str, list[str]]:
    by_clue: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for clue in _clues(name):
            by_clue[clue].append(name)
    return by_clue


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
    if letters.isascii():
        return letters
    plain = "".join(filter(str.isascii, letters))
    return plain if len(plain) >= _ENOUGH_LETTERS else letters
