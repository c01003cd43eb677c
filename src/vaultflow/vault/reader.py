"""A note from its path and its bytes: everything that one file says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Protocol

from vaultflow.errors import Finding, Level
from vaultflow.vault.frontmatter.properties import (
    has_placeholders,
    legible_lines,
    meant_source,
    read_properties,
    split_front_matter,
)
from vaultflow.vault.frontmatter.values import unquoted_link
from vaultflow.vault.markdown.body import read_body
from vaultflow.vault.markdown.garbled import text_findings
from vaultflow.vault.markdown.inline_fields import read_inline_fields
from vaultflow.vault.markdown.tags import frontmatter_tags
from vaultflow.vault.markdown.tasks import read_tasks
from vaultflow.vault.markdown.wikilinks import WIKILINK, read_wikilink
from vaultflow.vault.note import Note
from vaultflow.vault.swift.body import read_body_swiftly
from vaultflow.vault.text import decode_note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultflow.vault.frontmatter.properties import FrontMatter
    from vaultflow.vault.markdown.body import Body
    from vaultflow.vault.note import Heading, Link, Property, Value


class BodyReader(Protocol):
    """Reads the text of a body, which begins on this line of the file."""

    def __call__(self, text: str, *, first_line: int = 1) -> Body:
        """What the text holds."""


_MARKER = re.compile(r"\s*%%\s*vaultflow:(?:begin|end)\s.*%%\s*")


def read_note(path: PurePosixPath, raw: bytes) -> Note:
    """The note that the bytes are; what cannot be read of it becomes findings.

    Never raises, whatever the bytes. A note whose text or front matter cannot be read is not
    `readable`, but it is a note all the same.
    """
    return _read(path, raw, _read_certainly)


def read_carefully(path: PurePosixPath, raw: bytes) -> Note:
    """What `read_note` gives, the body by the parser alone: slow, and it defines what is right."""
    return _read(path, raw, read_body)


def decline_reason(raw: bytes) -> str | None:
    """Why the quick reader leaves the note's body to the parser; None when it serves it."""
    text, _ = decode_note(PurePosixPath(), raw)
    if text is None:
        return None
    front_matter, _ = split_front_matter(PurePosixPath(), text)
    body = read_body_swiftly(text[front_matter.body_start :] if front_matter else text)
    return body if isinstance(body, str) else None


def unreadable_note(path: PurePosixPath, *findings: Finding) -> Note:
    """The note of which nothing but the path is known, with the reasons why."""
    return Note(path=path, title=path.stem, properties=None, findings=findings, readable=False)


def _read(path: PurePosixPath, raw: bytes, read_rest: BodyReader) -> Note:
    text, findings = decode_note(path, raw)
    if text is None:
        return unreadable_note(path, *findings)
    return _read_text(path, text, findings, read_rest)


def _read_certainly(text: str, *, first_line: int = 1) -> Body:
    body = read_body_swiftly(text, first_line=first_line)
    return read_body(text, first_line=first_line) if isinstance(body, str) else body


def _read_text(
    path: PurePosixPath, text: str, findings: tuple[Finding, ...], read_rest: BodyReader
) -> Note:
    front_matter, properties, in_front = _read_front(path, text)
    start, line = (front_matter.body_start, front_matter.body_line) if front_matter else (0, 1)
    body = read_rest(text[start:], first_line=line)
    tasks, in_tasks = read_tasks(path, body.items)
    in_body = _body_findings(path, text, front_matter, body)
    readable = not any(map(_is_error, in_front))
    source = front_matter.source if front_matter else meant_source(text)
    embeds = tuple([link for link in body.links if link.embed])
    return Note(
        path=path,
        title=_title(path, body.headings),
        properties=properties,
        inline_fields=read_inline_fields(body.lines) if body.lines else (),
        tags=(*(frontmatter_tags(properties) or ()), *body.tags),
        frontmatter_links=tuple(_property_links(properties, front_matter)) if properties else (),
        links=tuple([link for link in body.links if not link.embed]) if embeds else body.links,
        embeds=embeds,
        headings=body.headings,
        items=body.items,
        tasks=tasks,
        blocks=body.blocks,
        findings=(*findings, *in_front, *in_tasks, *in_body),
        readable=readable,
        legible={} if readable else legible_lines(source),
        is_template=has_placeholders(source),
        is_page=any(_MARKER.fullmatch(line.visible) for line in body.lines),
    )


def _read_front(
    path: PurePosixPath, text: str
) -> tuple[FrontMatter | None, Mapping[str, Property] | None, tuple[Finding, ...]]:
    """The front matter and its properties, None as far as there are none, and what is wrong."""
    front_matter, in_fences = split_front_matter(path, text)
    if front_matter is None:
        return None, None, in_fences
    properties, in_properties = read_properties(path, front_matter)
    return front_matter, properties, (*in_fences, *in_properties)


def _is_error(finding: Finding) -> bool:
    return finding.level is Level.ERROR


def _prose(front_matter: FrontMatter | None, body: Body) -> Iterator[int]:
    """The lines that hold text: the properties, and all of the body but blocks of code."""
    if front_matter and not front_matter.source.isascii():
        yield from range(2, front_matter.body_line - 1)
    yield from (line.line for line in body.lines)


def _body_findings(
    path: PurePosixPath, text: str, front_matter: FrontMatter | None, body: Body
) -> tuple[Finding, ...]:
    if text.isascii() and body.too_deep is None and body.unread is None:
        return ()  # as nearly always
    garbled = text_findings(path, text, _prose(front_matter, body))
    return (*_limit_findings(path, body), *garbled)


def _limit_findings(path: PurePosixPath, body: Body) -> Iterator[Finding]:
    """What of the body is not read as it is meant, for it would take too long."""
    if body.too_deep is not None:
        yield Finding(
            level=Level.WARNING,
            code="text-too-deep",
            path=path,
            line=body.too_deep,
            message="Lists or quotes are nested too deeply: from here they are read as plain text.",
            hint="move what is nested out, by some levels",
        )
    if body.unread is not None:
        yield Finding(
            level=Level.WARNING,
            code="text-too-long",
            path=path,
            line=body.unread,
            message="The note is too long: from here on it is not read.",
            hint="split it, or move what is no note out of the vault",
        )


def _title(path: PurePosixPath, headings: Iterable[Heading]) -> str:
    for heading in headings:
        if heading.level == 1 and heading.text:
            return heading.text
    return path.stem


def _property_links(
    properties: Mapping[str, Property], front_matter: FrontMatter | None
) -> Iterator[Link]:
    if not front_matter:
        return
    entries = tuple(properties.values())
    linking = [at for at, entry in enumerate(entries) if _may_hold_links(entry.value)]
    source_lines = front_matter.source.split("\n") if linking else []
    for index in linking:
        entry = entries[index]
        is_last = index + 1 == len(entries)
        end = front_matter.first_line + len(source_lines) if is_last else entries[index + 1].line
        line = entry.line
        for key, text in _linked_texts(entry.key, entry.value):
            if text not in source_lines[line - front_matter.first_line]:
                below = range(line + 1, end)
                line = next(
                    (at for at in below if text in source_lines[at - front_matter.first_line]), line
                )
            if link := read_wikilink(text, line=line, key=key):
                yield link


def _may_hold_links(value: Value) -> bool:
    """A quick look: most values are words, numbers, or lists of words."""
    if isinstance(value, str):
        return "[[" in value
    match value:
        case tuple():
            return any(not isinstance(item, str) or "[[" in item for item in value)
        case _:
            return isinstance(value, Mapping)


def _linked_texts(key: str, value: Value) -> Iterator[tuple[str, str]]:
    """Each link in a value, with its place as Obsidian writes it: `people.0`."""
    match value:
        case str():
            yield from ((key, match[0]) for match in WIKILINK.finditer(value))
        case tuple() if link := unquoted_link(value):
            yield key, link
        case tuple():
            for index, item in enumerate(value):
                yield from _linked_texts(f"{key}.{index}", item)
        case Mapping():
            for inner, item in value.items():
                yield from _linked_texts(f"{key}.{inner}", item)
        case _:
            return
