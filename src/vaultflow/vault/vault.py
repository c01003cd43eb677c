"""The vault: all notes by path, and what links to what."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vaultflow.vault.frontmatter.values import read_text_list
from vaultflow.vault.links.broken import link_findings
from vaultflow.vault.links.copies import clash_findings, copy_findings
from vaultflow.vault.links.index import LinkIndex, build_index, resolve, settled

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import PurePosixPath

    from vaultflow.errors import Finding
    from vaultflow.vault.links.index import Resolution
    from vaultflow.vault.note import Link, Note


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedLink:
    """A link and the file that it leads to."""

    source: PurePosixPath
    link: Link
    resolved: PurePosixPath | None
    ambiguous: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Vault:
    """All notes of a vault and its links. Made by `build_vault`."""

    notes: Mapping[PurePosixPath, Note]
    """In path order, spelled as on disk."""
    links: tuple[ResolvedLink, ...]
    """Every link, embed and front-matter link, by source and line."""
    backlinks: Mapping[PurePosixPath, tuple[ResolvedLink, ...]]
    """By the file that they lead to; links of a note to itself are left out."""
    findings: tuple[Finding, ...]
    """Of the notes, and what only shows between them: unresolved and ambiguous links, copies."""
    index: LinkIndex = field(default_factory=LinkIndex)
    """Of all files: for looking up other links, and for writing them."""


def build_vault(notes: Iterable[Note], files: Iterable[PurePosixPath]) -> Vault:
    """The vault of these notes, its links resolved.

    Args:
        notes: all notes, in any order.
        files: all other files, to which links can lead too.
    """
    by_path = {note.path: note for note in sorted(notes, key=lambda note: str(note.path))}
    index = build_index((*by_path, *files), _aliases(by_path.values()))
    resolved = tuple(_resolved(index, by_path.values()))
    links = tuple(
        ResolvedLink(source=source, link=link, resolved=found.path, ambiguous=found.ambiguous)
        for source, link, found in resolved
    )
    findings = (
        *(finding for note in by_path.values() for finding in note.findings),
        *link_findings(index, resolved),
        *copy_findings(by_path),
        *clash_findings(paths for paths in index.by_path.values() if len(paths) > 1),
    )
    return Vault(
        notes=by_path,
        links=links,
        backlinks=_backlinks(links),
        findings=tuple(sorted(findings, key=lambda found: (str(found.path), found.line))),
        index=index,
    )


def _aliases(notes: Iterable[Note]) -> Iterator[tuple[str, PurePosixPath]]:
    for note in notes:
        if note.properties and (entry := note.properties.get("aliases")):
            yield from ((alias, note.path) for alias in read_text_list(entry.value))


def _resolved(
    index: LinkIndex, notes: Collection[Note]
) -> Iterator[tuple[PurePosixPath, Link, Resolution]]:
    """Every link with its note and where it leads; most targets are looked up once for all."""
    links = [(note.path, link) for note in notes for link in _links_in_order(note)]
    known = {target: settled(index, target) for target in {link.target for _, link in links}}
    for source, link in links:
        yield source, link, known[link.target] or resolve(index, source, link.target)


def _links_in_order(note: Note) -> list[Link]:
    return sorted((*note.frontmatter_links, *note.links, *note.embeds), key=lambda link: link.line)


def _backlinks(
    links: Iterable[ResolvedLink],
) -> Mapping[PurePosixPath, tuple[ResolvedLink, ...]]:
    backlinks: dict[PurePosixPath, list[ResolvedLink]] = defaultdict(list)
    for link in links:
        if link.resolved and link.resolved != link.source:
            backlinks[link.resolved].append(link)
    return {path: tuple(found) for path, found in backlinks.items()}
