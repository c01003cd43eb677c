"""Which file a link leads to: Obsidian's rules over the paths of all files of the vault.

A vault has ten times as many links as files, and far fewer different targets. So all is looked up
by folded text, as a path takes microseconds to be hashed, compared or taken apart; and what was
found is remembered by the index.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from vaultflow.vault.names import fold, nfc

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import PurePosixPath

    Groups: TypeAlias = Mapping[str, tuple[PurePosixPath, ...]]

NOTE = ".md"
_SEVERAL = 2
_DRIVE = re.compile(r"[A-Za-z]:[\\/]|\\\\")


class Resolution(Struct, frozen=True, kw_only=True, gc=False):
    """Where a link's target leads."""

    path: PurePosixPath | None
    """Of the file in the vault; None when nothing answers to the target."""
    ambiguous: bool = False
    """Several files answer equally well; `path` is chosen by a stable rule."""
    outside: bool = False
    """The target is no place in the vault: `../../x` from too near the root, or a drive."""


_NOWHERE = Resolution(path=None)
_OUTSIDE = Resolution(path=None, outside=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Memo:
    """What has been looked up in an index. It follows from the files' paths alone."""

    settled: dict[str, Resolution | None] = field(default_factory=dict)
    """By target; None when it depends on the note in which the link stands."""
    from_folder: dict[tuple[str, str], Resolution] = field(default_factory=dict)
    """By the note's folder and the target, where it depends on the note."""
    texts: dict[PurePosixPath, str] = field(default_factory=dict)
    """What a link to the file says."""
    names_by_clue: dict[str, list[str]] = field(default_factory=dict)
    """Of the files; empty until a name is guessed."""


@dataclass(frozen=True, kw_only=True, eq=False)
class LinkIndex:
    """All files of a vault, ready for looking up links. Made by `build_index`.

    Has no slots, as it keeps the aliases once they were asked for; most vaults are never asked.
    """

    by_path: Groups = field(default_factory=dict)
    """Folded path -> the files that it may be; several only if they differ by case or form."""
    by_name: Groups = field(default_factory=dict)
    """Folded file name -> the files that are called so, the first choice first."""
    aliases: Iterable[tuple[str, PurePosixPath]] = ()
    """Each with its note; gone through once, when the first name is guessed."""
    memo: Memo = field(default_factory=Memo, repr=False)

    @cached_property
    def by_alias(self) -> Groups:
        """Folded alias -> the notes that have it. Never a link's target, only a good guess."""
        by_alias: dict[str, list[PurePosixPath]] = defaultdict(list)
        for alias, path in self.aliases:
            by_alias[fold(alias)].append(path)
        return {alias: tuple(paths) for alias, paths in by_alias.items()}

    def with_aliases(self, aliases: Iterable[tuple[str, PurePosixPath]]) -> LinkIndex:
        """The index of the same files when their notes have these aliases; shares the memo."""
        return replace(self, aliases=aliases)


def build_index(
    files: Iterable[PurePosixPath], aliases: Iterable[tuple[str, PurePosixPath]] = ()
) -> LinkIndex:
    """The index over the files; one without extension is left out, as nothing can link to it."""
    # One tuple serves both groups: nearly every file is alone under its path and its name.
    folded = [(fold(written), (path,)) for written, path in _by_choice(files)]
    by_path = [(text, alone) for text, alone in folded if _has_extension(text)]
    by_name = ((text.rpartition("/")[2], alone) for text, alone in by_path)
    return LinkIndex(by_path=_grouped(by_path), by_name=_grouped(by_name), aliases=aliases)


def _by_choice(files: Iterable[PurePosixPath]) -> list[tuple[str, PurePosixPath]]:
    """The files as Obsidian chooses among them: the shortest path string comes first.

    Among equally long ones its order is not known; ours is that of the alphabet.
    """
    written = sorted(((nfc(str(path)), path) for path in files), key=itemgetter(0))
    return sorted(written, key=lambda pair: len(pair[0]))


def _has_extension(path: str) -> bool:
    name = path.rpartition("/")[2]
    return 0 < name.rfind(".") < len(name) - 1


def _grouped(keyed: Iterable[tuple[str, tuple[PurePosixPath, ...]]]) -> Groups:
    """The paths by key, in their order."""
    groups: dict[str, tuple[PurePosixPath, ...]] = {}
    several: dict[str, list[PurePosixPath]] = {}
    for key, alone in keyed:
        first = groups.setdefault(key, alone)
        if first is not alone:
            several.setdefault(key, list(first)).extend(alone)
    groups.update((key, tuple(paths)) for key, paths in several.items())
    return groups


def resolve(index: LinkIndex, source: PurePosixPath, target: str) -> Resolution:
    """The file to which a target leads when it stands in the note `source`.

    In Obsidian's order: nothing is the note itself; `./` and `../` is exactly that path; then the
    exact path from the vault's root; then the file of that name in the note's own folder, then
    the one with the shortest path. Aliases never resolve. The disk is not asked.
    """
    found = index.memo.settled.get(target)  # spares most of a vault's links two calls
    return found or settled(index, target) or _resolve_from(index, source, target.strip())


def settled(index: LinkIndex, target: str) -> Resolution | None:
    """Where a target leads from whichever note; None when that depends on the note."""
    known = index.memo.settled
    if target not in known:
        known[target] = _settled(index, target.strip())
    return known[target]


def _settled(index: LinkIndex, target: str) -> Resolution | None:
    if not target or target.startswith(("./", "../")):
        return None
    if _DRIVE.match(target) or _climbs_out(target):
        return _OUTSIDE
    exact = _exact(index, target.lstrip("/"))
    if exact.path or target.startswith("/"):
        return exact
    paths = _ending_with(index, fold(target))
    if len(paths) < _SEVERAL:
        return Resolution(path=paths[0]) if paths else _NOWHERE
    return None


def _resolve_from(index: LinkIndex, source: PurePosixPath, target: str) -> Resolution:
    if not target:
        return Resolution(path=source)
    known = index.memo.from_folder
    asked = _folder(source), target
    if asked not in known:
        is_relative = target.startswith(("./", "../"))
        known[asked] = _relative(index, *asked) if is_relative else _nearby(index, *asked)
    return known[asked]


def _relative(index: LinkIndex, folder: str, target: str) -> Resolution:
    path = posixpath.join(folder, target)
    if _climbs_out(path):
        return _OUTSIDE
    return _exact(index, posixpath.normpath(path))


def _nearby(index: LinkIndex, folder: str, target: str) -> Resolution:
    """Of several files that answer to the target: the one in the folder, else the first choice."""
    key = fold(target)
    if own := found_under(index.by_path, fold(f"{folder}/{key}")):
        return Resolution(path=own[0], ambiguous=len(own) > 1)
    paths = _ending_with(index, key)
    first, second = (len(nfc(str(path))) for path in paths[:2])
    return Resolution(path=paths[0], ambiguous=first == second)


def link_text(index: LinkIndex, path: PurePosixPath) -> str:
    """What a link written to the file says: its name if that is enough, else its path."""
    known = index.memo.texts
    if (text := known.get(path)) is None:
        text = known[path] = _link_text(index, path)
    return text


def _link_text(index: LinkIndex, path: PurePosixPath) -> str:
    written = nfc(str(path)).removesuffix(NOTE)
    name = written.rpartition("/")[2]
    is_enough = (
        len(found_under(index.by_name, fold(name))) == 1 and resolve(index, path, name).path == path
    )
    return name if is_enough else written


def found_under(paths: Groups, key: str) -> tuple[PurePosixPath, ...]:
    """The files under a folded path or name, with `.md` behind it if there is none without."""
    return paths.get(key) or paths.get(key + NOTE) or ()


def own_path(index: LinkIndex, path: PurePosixPath) -> PurePosixPath:
    """The one object that stands for the file in all that is resolved; else the path itself."""
    spellings = index.by_path.get(fold(str(path)), ())
    return next((known for known in spellings if known is path or known == path), path)


def _exact(index: LinkIndex, target: str) -> Resolution:
    """The file of this path; of several that differ by case or form, the one spelled like it."""
    paths = found_under(index.by_path, fold(target))
    if len(paths) < _SEVERAL:
        return Resolution(path=paths[0]) if paths else _NOWHERE
    spelled = [path for path in paths if str(path) in {target, target + NOTE}]
    return Resolution(path=(spelled or paths)[0], ambiguous=len(spelled) != 1)


def _climbs_out(path: str) -> bool:
    return "../" in path and posixpath.normpath(path.lstrip("/")).startswith("../")


def _folder(path: PurePosixPath) -> str:
    return str(path).rpartition("/")[0] or "."


def _ending_with(index: LinkIndex, key: str) -> tuple[PurePosixPath, ...]:
    """The files whose folded path ends with the key, whole names only, the first choice first."""
    folder, _, name = key.rpartition("/")
    paths = found_under(index.by_name, name)
    if not folder:
        return paths
    return tuple(path for path in paths if fold(f"/{_folder(path)}").endswith(f"/{folder}"))
