"""The vault: all notes by path, and what links to what."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.vault.frontmatter.values import read_text_list
from vaultflow.vault.knowing import linking_notes, links_by_note, links_in, note_texts
from vaultflow.vault.note import Link  # noqa: TC001  # msgspec looks the types up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vaultflow.errors import Finding
    from vaultflow.vault.links.index import LinkIndex, Resolution
    from vaultflow.vault.note import Note


class ResolvedLink(Struct, frozen=True, kw_only=True, gc=False):
    """A link and the file that it leads to. Its paths are made when they are asked for."""

    file: str
    """The path of the note in which it stands, as text."""
    link: Link
    found: Resolution

    @property
    def source(self) -> PurePosixPath:
        """The note in which it stands."""
        return PurePosixPath(self.file)

    @property
    def resolved(self) -> PurePosixPath | None:
        """The file that it leads to."""
        return self.found.path

    @property
    def ambiguous(self) -> bool:
        """Whether other files answer as well to it."""
        return self.found.ambiguous


@dataclass(frozen=True, kw_only=True)
class Vault:
    """All notes of a vault and its links.

    A note may be read only when it is asked for, and most commands ask for few. So what follows
    from all notes is made when it is first asked for; that is kept, so there are no slots.
    """

    notes: Mapping[PurePosixPath, Note]
    """In path order, spelled as on disk."""
    files: tuple[PurePosixPath, ...] = ()
    """All other files, to which links can lead too."""
    unread_folders: tuple[PurePosixPath, ...] = ()
    """Folders that could not be listed: what is in them is not known."""
    known_index: LinkIndex | None = field(default=None, repr=False, compare=False)
    """That of a vault with the same files, if there is one: its look-ups are used again."""

    @cached_property
    def index(self) -> LinkIndex:
        """Of all files: for looking up other links, and for writing them. Reads no note."""
        from vaultflow.vault.links.index import build_index  # noqa: PLC0415  # some ask for no link

        aliases = _aliases(self.notes.values())
        if self.known_index:
            return self.known_index.with_aliases(aliases)
        return build_index((*note_texts(self.notes), *self.files), aliases)

    @cached_property
    def links(self) -> tuple[ResolvedLink, ...]:
        """Every link, embed and front-matter link, by source and line."""
        resolved = (_resolved(self.index, *linking) for linking in links_by_note(self.notes))
        return tuple(chain.from_iterable(resolved))

    def backlinks_of(self, path: PurePosixPath) -> tuple[ResolvedLink, ...]:
        """The links of other notes to one file; only those that may link to it are asked."""
        file = str(path)
        linking = (self.links_of(note) for note in linking_notes(self.notes, [path]))
        return tuple(
            link for link in chain.from_iterable(linking) if link.found.text == file != link.file
        )

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Of the notes, and what only shows between them: broken and ambiguous links, copies."""
        # Their patterns take longer to prepare than most commands to run, and only `check` asks.
        from vaultflow.vault.links.broken import link_findings  # noqa: PLC0415
        from vaultflow.vault.links.copies import clash_findings, copy_findings  # noqa: PLC0415

        findings = (
            *chain.from_iterable(note.findings for note in self.notes.values()),
            *link_findings(self.index, self._doubtful_links()),
            *copy_findings(self.notes),
            *clash_findings(paths for paths in self.index.by_path.values() if len(paths) > 1),
        )
        return tuple(sorted(findings, key=lambda found: (str(found.path), found.line)))

    def _doubtful_links(self) -> Iterator[tuple[PurePosixPath, Link, Resolution]]:
        for link in self.links:
            if link.found.text is None or link.found.ambiguous:
                yield link.source, link.link, link.found

    def links_of(self, path: PurePosixPath) -> tuple[ResolvedLink, ...]:
        """The links of one note, by line, as they stand in `links`; none where no note is."""
        note = self.notes.get(path)
        return self.links_from(note) if note else ()

    def links_from(self, note: Note) -> tuple[ResolvedLink, ...]:
        """The same of a note that may only be about to stand in the vault."""
        return tuple(_resolved(self.index, str(note.path), links_in(note)))

    def with_notes(self, notes: Mapping[PurePosixPath, Note]) -> Vault:
        """The vault when the notes of the same paths say something else."""
        return replace(self, notes=notes, known_index=self.index.with_aliases(()))


def build_vault(
    notes: Iterable[Note],
    files: Iterable[PurePosixPath],
    unread_folders: Iterable[PurePosixPath] = (),
) -> Vault:
    """The vault of these notes.

    Args:
        notes: all notes, in any order.
        files: all other files, to which links can lead too.
        unread_folders: those that could not be listed.
    """
    in_order = sorted(notes, key=lambda note: str(note.path))
    return Vault(
        notes={note.path: note for note in in_order},
        files=tuple(files),
        unread_folders=tuple(unread_folders),
    )


def _aliases(notes: Iterable[Note]) -> Iterator[tuple[str, PurePosixPath]]:
    for note in notes:
        if note.properties and (entry := note.properties.get("aliases")):
            yield from ((alias, note.path) for alias in read_text_list(entry.value))


def _resolved(index: LinkIndex, file: str, links: Iterable[Link]) -> list[ResolvedLink]:
    from vaultflow.vault.links.index import resolve_from  # noqa: PLC0415  # as above

    known = index.memo.settled  # asked here too: it spares nearly every link a call
    return [
        ResolvedLink(
            file=file,
            link=link,
            found=known.get(link.target) or resolve_from(index, file, link.target),
        )
        for link in links
    ]
