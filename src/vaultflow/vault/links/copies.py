"""Notes that are there twice: copies of sync tools, and names that are hard to tell apart."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from vaultflow.errors import Finding, Level
from vaultflow.vault.odd_names import copy_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vaultflow.vault.note import Note

LEAST_SHARED = 0.8
"""Of what two notes say, for one with a name like `Acme 2` to count as the other's copy."""


def copy_findings(notes: Mapping[PurePosixPath, Note]) -> Iterator[Finding]:
    """One for each note that a sync tool has made as a copy of another.

    A name that a person may have chosen, such as `Acme 2`, counts only when the original stands
    beside it and says mostly the same.
    """
    for path in notes:
        if not (mark := copy_of(path)):
            continue
        original = path.with_name(f"{mark.original}.md")
        if original not in notes and mark.certain:
            message = f"{mark.tool} made this copy of {original.name}, which is not here."
            hint = f"rename it to {original.name} if that is gone, else delete it"
            yield _finding(path, "conflict-copy", message, hint)
        elif original in notes and (mark.certain or _say_the_same(notes[path], notes[original])):
            message = f"This looks like a copy that {mark.tool} made of {original.name}."
            hint = f"compare the two, keep what is right in {original.name} and delete this one"
            yield _finding(path, "conflict-copy", message, hint)


def clash_findings(groups: Iterable[tuple[str, ...]]) -> Iterator[Finding]:
    """One for each file whose path is another's but for case or Unicode form.

    On Windows and macOS the two are one file, and a sync to there loses one of them.
    """
    for first, *others in groups:
        for other in others:
            yield _finding(
                PurePosixPath(other),
                "name-clash",
                f'Only case or the encoding of accents tells this name from "{first}".',
                "rename one of the two in Obsidian",
            )


def _say_the_same(one: Note, other: Note) -> bool:
    said, also_said = _statements(one), _statements(other)
    most = max(len(said), len(also_said))
    return most > 0 and len(said & also_said) >= LEAST_SHARED * most


def _statements(note: Note) -> frozenset[tuple[str, str]]:
    """What the note says that can be compared, each with its kind."""
    return frozenset(
        (
            *((entry.key, repr(entry.value)) for entry in (note.properties or {}).values()),
            *(("link", link.text) for link in (*note.links, *note.embeds)),
            *(("heading", heading.text) for heading in note.headings),
            *(("item", item.text) for item in note.items),
        )
    )


def _finding(path: PurePosixPath, code: str, message: str, hint: str) -> Finding:
    return Finding(level=Level.WARNING, code=code, path=path, line=0, message=message, hint=hint)
