"""What VaultFlow reads from a note and from its links, as it is shown to the user.

The fields' names are the keys of `--json`: they are a promise, and are never renamed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from vaultflow.vault.frontmatter.values import canonical_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import PurePosixPath

    from vaultflow.errors import Finding
    from vaultflow.vault.note import Block, Heading, Note, Task, Value
    from vaultflow.vault.vault import ResolvedLink, Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkReport:
    """A link as written, and where it leads."""

    source: PurePosixPath
    line: int
    text: str
    target: str
    subpath: str
    alias: str | None
    embed: bool
    resolved: PurePosixPath | None
    ambiguous: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyLinkReport(LinkReport):
    """A link of the front matter."""

    key: str
    """Of the property, with the place in its value: `people.0`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteReport:
    """All that VaultFlow reads from one note."""

    path: PurePosixPath
    title: str
    frontmatter: Mapping[str, Value] | None
    """As Obsidian reads it; None when there is none, or none that can be read."""
    frontmatter_links: tuple[PropertyLinkReport, ...]
    fields: Mapping[str, Value]
    """By canonical name: the front matter's, then the body's inline fields as text."""
    tags: tuple[str, ...]
    links: tuple[LinkReport, ...]
    embeds: tuple[LinkReport, ...]
    headings: tuple[Heading, ...]
    tasks: tuple[Task, ...]
    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...]
    """The note's own, and those that only show in its vault."""


def report_note(note: Note, vault: Vault) -> NoteReport:
    """The report on one note of the vault."""
    resolved = vault.links_of(note.path)
    body = tuple(link for link in resolved if link.link.key is None)
    return NoteReport(
        path=note.path,
        title=note.title,
        frontmatter=note.frontmatter,
        frontmatter_links=tuple(
            _property_link(link, link.link.key) for link in resolved if link.link.key is not None
        ),
        fields=note_fields(note),
        tags=note.tags,
        links=tuple(_link(link) for link in body if not link.link.embed),
        embeds=tuple(_link(link) for link in body if link.link.embed),
        headings=note.headings,
        tasks=note.tasks,
        blocks=note.blocks,
        findings=tuple(found for found in vault.findings if found.path == note.path),
    )


def report_links(
    vault: Vault, source: PurePosixPath | None = None, *, unresolved: bool = False
) -> tuple[LinkReport, ...]:
    """The links of the vault or of one note, by source and line; on demand only the broken ones."""
    links = vault.links if source is None else vault.links_of(source)
    return tuple(_link(link) for link in links if not (unresolved and link.resolved))


def note_fields(note: Note) -> Mapping[str, Value]:
    """The note's fields by canonical name; the front matter wins over the body.

    An inline field that is there several times gives all its texts, in order.
    """
    inline: dict[str, list[str]] = defaultdict(list)
    for field in note.inline_fields:
        inline[field.name].append(field.text)
    fields: dict[str, Value] = {}
    for key, value in (note.frontmatter or {}).items():
        fields.setdefault(canonical_name(key), value)
    for name, texts in inline.items():
        fields.setdefault(name, texts[0] if len(texts) == 1 else tuple(texts))
    return fields


def _link(resolved: ResolvedLink) -> LinkReport:
    link = resolved.link
    return LinkReport(
        source=resolved.source,
        line=link.line,
        text=link.text,
        target=link.target,
        subpath=link.subpath,
        alias=link.alias,
        embed=link.embed,
        resolved=resolved.resolved,
        ambiguous=resolved.ambiguous,
    )


def _property_link(resolved: ResolvedLink, key: str) -> PropertyLinkReport:
    plain = _link(resolved)
    same = {field.name: getattr(plain, field.name) for field in fields(plain)}
    return PropertyLinkReport(**same, key=key)
