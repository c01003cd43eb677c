"""Which notes link to a file, without resolving every link of the vault.

Whatever way a link is written, its target ends with the name of the file that it leads to. So only
notes with such a target need to be looked at; a mapping of notes that knows them is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from vaultflow.vault.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import PurePosixPath

    from vaultflow.vault.note import Note

_NOTE = ".md"


@runtime_checkable
class Linking(Protocol):
    """Notes that know which of them may link to a file."""

    def linking(self, name: str) -> Iterable[PurePosixPath]:
        """All notes with a link to that name, as `linked_names` gives it; others do no harm."""


def linked_names(note: Note) -> set[str]:
    """The names of all files to which the note may link, folded, a note's without `.md`."""
    targets = {link.target for link in (*note.frontmatter_links, *note.links, *note.embeds)}
    return {_name(target) for target in targets}


def linking_notes(
    notes: Mapping[PurePosixPath, Note], path: PurePosixPath
) -> Iterable[PurePosixPath]:
    """The notes that may link to the file, in path order."""
    if not isinstance(notes, Linking):
        return notes
    return sorted(notes.linking(_name(str(path))), key=str)


def _name(target: str) -> str:
    """The folded name at the end of a target."""
    return fold(target.strip().rpartition("/")[2]).removesuffix(_NOTE)
