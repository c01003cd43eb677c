"""Questions about all notes that a mapping of them may answer without reading each.

A vault of 100,000 notes is kept packed, and to open all of them takes a second. Some of what is
asked of all of them can be told by who keeps them; of others, every note is looked at.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from vaultflow.vault.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import PurePosixPath

    from vaultflow.vault.note import Link, Note

FEW_NAMES = 20  # to look for so many in a note takes as long as to take its targets apart
_NOTE = ".md"


@runtime_checkable
class Knowing(Protocol):
    """Notes that know something of themselves."""

    def linking(self, names: AbstractSet[str]) -> Iterable[PurePosixPath]:
        """All notes of which the links `may_lead` to one of the names; others do no harm."""

    def unreadable(self) -> Iterable[PurePosixPath]:
        """The notes that are not `readable`."""

    def texts(self) -> Iterable[str]:
        """The paths of all notes as text, in path order."""

    def links(self) -> Iterable[tuple[str, tuple[Link, ...]]]:
        """The `links_in` each note, by the text of its path and in path order."""


@runtime_checkable
class KnowingPages(Protocol):
    """Notes that know which of them are pages."""

    def is_page(self, path: PurePosixPath) -> bool:
        """Whether there is a note at the path that is a page of ours."""


def is_page(notes: Mapping[PurePosixPath, Note], path: PurePosixPath) -> bool:
    """Whether there is a note at the path that is a page of ours."""
    if isinstance(notes, KnowingPages):
        return notes.is_page(path)
    return path in notes and notes[path].is_page


def links_in(note: Note) -> tuple[Link, ...]:
    """All links of the note, embeds and those of the front matter too, by line."""
    return by_line((*note.frontmatter_links, *note.links, *note.embeds))


def by_line(links: Iterable[Link]) -> tuple[Link, ...]:
    """The links in the order of their lines; those of one line stay in theirs."""
    return tuple(sorted(links, key=attrgetter("line")))


def packed_targets(note: Note) -> bytes:
    """What the links of the note are looked up by, folded, one a line: no target has a line break.

    Made of every note that is read, and hardly ever taken apart.
    """
    links = (*note.frontmatter_links, *note.links, *note.embeds)
    targets = "\n".join(dict.fromkeys([link.target for link in links]))
    return fold(targets).encode("utf-8", "surrogatepass")


def may_lead(targets: bytes, names: AbstractSet[str]) -> bool:
    """Whether one of the packed targets may lead to a file of one of the names.

    However a link is written, its target ends with the name of the file that it leads to.

    Args:
        targets: as `packed_targets` gives them.
        names: of files, folded, a note's without `.md`.
    """
    text = targets.decode("utf-8", "surrogatepass")
    if len(names) <= FEW_NAMES and not any(name in text for name in names):
        return False
    return not names.isdisjoint(map(_last_name, text.split("\n")))


def linking_notes(
    notes: Mapping[PurePosixPath, Note], files: Iterable[PurePosixPath]
) -> Iterable[PurePosixPath]:
    """The notes that may link to one of the files, in path order."""
    names = {_last_name(fold(str(path))) for path in files}
    if not names:  # mostly, as most edits move no file
        return ()
    return sorted(notes.linking(names), key=str) if isinstance(notes, Knowing) else notes


def unreadable_notes(notes: Mapping[PurePosixPath, Note]) -> Iterable[PurePosixPath]:
    """The notes that cannot be read, in path order."""
    if not isinstance(notes, Knowing):
        return (path for path, note in notes.items() if not note.readable)
    return sorted(notes.unreadable(), key=str)


def note_texts(notes: Mapping[PurePosixPath, Note]) -> Iterable[str]:
    """The paths of the notes as text, in path order."""
    return notes.texts() if isinstance(notes, Knowing) else map(str, notes)


def links_by_note(notes: Mapping[PurePosixPath, Note]) -> Iterable[tuple[str, tuple[Link, ...]]]:
    """The `links_in` each note, by the text of its path and in path order."""
    if isinstance(notes, Knowing):
        return notes.links()
    return ((str(path), links_in(note)) for path, note in notes.items())


def _last_name(folded: str) -> str:
    """The name at the end of a path or target that is folded."""
    return folded.strip().rpartition("/")[2].removesuffix(_NOTE)
