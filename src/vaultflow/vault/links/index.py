"""Which file a link leads to: Obsidian's rules over the paths of all files of the vault.

A vault has ten times as many links as files, and far fewer different targets. So files stand here
by their text, as a path takes microseconds to be made, hashed, compared or taken apart; and what
was found is remembered by the index.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from vaultflow.vault.names import fold, nfc

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Groups: TypeAlias = Mapping[str, tuple[str, ...]]

NOTE = ".md"
_SEVERAL = 2
_DRIVE = re.compile(r"[A-Za-z]:[\\/]|\\\\")


class Resolution(Struct, frozen=True, kw_only=True, dict=True):
    """Where a link's target leads."""

    text: str | None
    """The path of the file in the vault; None when nothing answers to the target."""
    ambiguous: bool = False
    """Several files answer equally well; one is chosen by a stable rule."""
    outside: bool = False
    """The target is no place in the vault: `../../x` from too near the root, or a drive."""

    @cached_property
    def path(self) -> PurePosixPath | None:
        """The same as a path."""
        return None if self.text is None else PurePosixPath(self.text)


_NOWHERE = Resolution(text=None)
_OUTSIDE = Resolution(text=None, outside=True)


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

    A file stands in it as the text of its path, spelled as on disk.

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
    def by_alias(self) -> Mapping[str, tuple[PurePosixPath, ...]]:
        """Folded alias -> the notes that have it. Never a link's target, only a good guess."""
        by_alias: dict[str, list[PurePosixPath]] = defaultdict(list)
        for alias, path in self.aliases:
            by_alias[fold(alias)].append(path)
        return {alias: tuple(paths) for alias, paths in by_alias.items()}

    def with_aliases(self, aliases: Iterable[tuple[str, PurePosixPath]]) -> LinkIndex:
        """The index of the same files when their notes have these aliases; shares the memo."""
        return replace(self, aliases=aliases)


def build_index(
    files: Iterable[PurePosixPath | str], aliases: Iterable[tuple[str, PurePosixPath]] = ()
) -> LinkIndex:
    """The index over the files; one without extension is left out, as nothing can link to it.

    Args:
        files: paths, or their texts as far as these are all that is at hand.
        aliases: of notes, for guessing.
    """
    # One tuple serves both groups: nearly every file is alone under its path and its name.
    folded = [(fold(text), (text,)) for text in _by_choice(map(str, files))]
    by_path = [(text, alone) for text, alone in folded if _has_extension(text)]
    by_name = ((text.rpartition("/")[2], alone) for text, alone in by_path)
    return LinkIndex(by_path=_grouped(by_path), by_name=_grouped(by_name), aliases=aliases)


def _by_choice(files: Iterable[str]) -> list[str]:
    """The files as Obsidian chooses among them: the shortest path string comes first.

    Among equally long ones its order is not known; ours is that of the alphabet.
    """
    in_order = sorted(files, key=nfc)
    return sorted(in_order, key=lambda text: len(nfc(text)))


def _has_extension(path: str) -> bool:
    name = path.rpartition("/")[2]
    return 0 < name.rfind(".") < len(name) - 1


def _grouped(keyed: Iterable[tuple[str, tuple[str, ...]]]) -> Groups:
    """The files by key, in their order."""
    groups: dict[str, tuple[str, ...]] = {}
    several: dict[str, list[str]] = {}
    for key, alone in keyed:
        first = groups.setdefault(key, alone)
        if first is not alone:
            several.setdefault(key, list(first)).extend(alone)
    groups.update((key, tuple(files)) for key, files in several.items())
    return groups


def resolve(index: LinkIndex, source: PurePosixPath, target: str) -> Resolution:
    """The file to which a target leads when it stands in the note `source`.

    In Obsidian's order: nothing is the note itself; `./` and `../` is exactly that path; then the
    exact path from the vault's root; then the file of that name in the note's own folder, then
    the one with the shortest path. Aliases never resolve. The disk is not asked.
    """
    return resolve_from(index, str(source), target)


def resolve_from(index: LinkIndex, source: str, target: str) -> Resolution:
    """What `resolve` gives, of a note by its text."""
    return settled(index, target) or _resolve_there(index, source, target.strip())


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
    if exact.text or target.startswith("/"):
        return exact
    files = _ending_with(index, fold(target))
    if len(files) < _SEVERAL:
        return Resolution(text=files[0]) if files else _NOWHERE
    return None


def _resolve_there(index: LinkIndex, source: str, target: str) -> Resolution:
    if not target:
        return Resolution(text=source)
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
        return Resolution(text=own[0], ambiguous=len(own) > 1)
    files = _ending_with(index, key)
    first, second = (len(nfc(text)) for text in files[:2])
    return Resolution(text=files[0], ambiguous=first == second)


def link_text(index: LinkIndex, path: PurePosixPath) -> str:
    """What a link written to the file says: its name if that is enough, else its path."""
    known = index.memo.texts
    if (text := known.get(path)) is None:
        text = known[path] = _link_text(index, path)
    return text


def _link_text(index: LinkIndex, path: PurePosixPath) -> str:
    file = str(path)
    written = nfc(file).removesuffix(NOTE)
    name = written.rpartition("/")[2]
    is_enough = (
        len(found_under(index.by_name, fold(name))) == 1
        and resolve_from(index, file, name).text == file
    )
    return name if is_enough else written


def found_under(files: Groups, key: str) -> tuple[str, ...]:
    """The files under a folded path or name, with `.md` behind it if there is none without."""
    return files.get(key) or files.get(key + NOTE) or ()


def _exact(index: LinkIndex, target: str) -> Resolution:
    """The file of this path; of several that differ by case or form, the one spelled like it."""
    files = found_under(index.by_path, fold(target))
    if len(files) < _SEVERAL:
        return Resolution(text=files[0]) if files else _NOWHERE
    spelled = [text for text in files if text in {target, target + NOTE}]
    return Resolution(text=(spelled or files)[0], ambiguous=len(spelled) != 1)


def _climbs_out(path: str) -> bool:
    return "../" in path and posixpath.normpath(path.lstrip("/")).startswith("../")


def _folder(file: str) -> str:
    return file.rpartition("/")[0] or "."


def _ending_with(index: LinkIndex, key: str) -> tuple[str, ...]:
    """The files whose folded path ends with the key, whole names only, the first choice first."""
    folder, _, name = key.rpartition("/")
    files = found_under(index.by_name, name)
    if not folder:
        return files
    return tuple(text for text in files if fold(f"/{_folder(text)}").endswith(f"/{folder}"))
