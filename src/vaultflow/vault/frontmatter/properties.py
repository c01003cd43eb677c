"""The front matter of a note: where it stands, and what it says.

Obsidian's rules for the fences are stricter than python-frontmatter's, and lines must be counted
in the file, so the block is found here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.errors import Finding, Level
from vaultflow.vault.frontmatter.plain_lines import read_plain_lines
from vaultflow.vault.frontmatter.values import unquoted_link
from vaultflow.vault.text import line_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import PurePosixPath

    from vaultflow.vault.frontmatter.yaml12 import Failure
    from vaultflow.vault.note import Property

_FENCE = "---"
_OPENING = re.compile(r"---[ \t]*\r?\n")
_CLOSING = re.compile(r"\n---[ \t]*\r?(?:\n|\Z)")
_MEANT = re.compile(
    r"(?P<blank>(?:[ \t]*\r?\n)*)---[ \t]*\r?\n"
    r"(?P<source>(?:(?!---|\.\.\.)[ \t]*\S.*\n?)*)"
)
_DOTS = re.compile(r"^\.\.\.[ \t]*\r?$", re.MULTILINE)
_LEGIBLE = re.compile(r"^(?P<key>\w[^:\n]*):(?P<text>[ \t][^\n]*|\r?)$", re.MULTILINE)
_QUOTED = re.compile(r"""(?P<quote>["'])(?P<text>.*)(?P=quote)[ \t]*(?:#.*)?""")
_COMMENT = re.compile(r"(?:^|[ \t])#.*")
_PLACEHOLDER = re.compile(r"\{\{[^{}\n]*\}\}|<%")


class FrontMatter(Struct, frozen=True, kw_only=True, gc=False):
    """The block between the fences, and where it stands in the note."""

    source: str
    """The text between the fences, line ends as they are."""
    first_line: int = 2
    """Line of the file on which the source begins."""
    body_start: int
    """Characters of the text before the body."""
    body_line: int
    """Line of the file on which the body begins."""


def split_front_matter(
    path: PurePosixPath, text: str
) -> tuple[FrontMatter | None, tuple[Finding, ...]]:
    """The front matter; None when Obsidian sees none, with a finding if one seems to be meant.

    Source: Obsidian's help on properties; only the very first line can open the block.
    """
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end() - 1) if opening else None
    if not opening or not closing:
        return None, _meant_findings(path, text)
    front_matter = FrontMatter(
        source=text[opening.end() : closing.start() + 1],
        body_start=closing.end(),
        body_line=line_of(text, closing.start()) + 2,
    )
    return front_matter, ()


def meant_source(text: str) -> str:
    """What seems to be meant as front matter though Obsidian sees none; empty when nothing does.

    That is the lines up to the next blank one after a `---` that is not closed, or that comes
    after blank lines.
    """
    match = _MEANT.match(text)
    if not match or not _LEGIBLE.match(match["source"]):
        return ""
    is_closed = _CLOSING.search(text, match.end() - 1) is not None
    return match["source"] if is_closed == bool(match["blank"]) else ""


def read_properties(
    path: PurePosixPath, front_matter: FrontMatter
) -> tuple[Mapping[str, Property] | None, tuple[Finding, ...]]:
    """The properties by key, in file order; None when Obsidian would read none of them."""
    plain = read_plain_lines(front_matter.source, front_matter.first_line)
    if plain is not None:
        return plain, tuple(_link_findings(path, plain.values()))
    # Nearly all front matter is of plain lines, and loading a parser of YAML takes long.
    from vaultflow.vault.frontmatter.careful import read_yaml  # noqa: PLC0415

    read = read_yaml(front_matter.source, front_matter.first_line)
    if not isinstance(read, dict):
        return None, (_failure_finding(path, front_matter, read),)
    return read, tuple(_link_findings(path, read.values()))


def legible_lines(source: str) -> Mapping[str, str]:
    """The plain `key: value` lines of a source that cannot be read as a whole; the first counts."""
    lines: dict[str, str] = {}
    for match in _LEGIBLE.finditer(source):
        lines.setdefault(match["key"].rstrip(), _legible_text(match["text"].strip()))
    return lines


def has_placeholders(source: str) -> bool:
    """Whether a template's `{{...}}` or Templater's `<% %>` still waits to be filled."""
    return bool(first_placeholder(source))


def first_placeholder(source: str) -> str:
    """The first `{{...}}`, or the beginning of Templater's `<% %>`; empty without any."""
    found = _PLACEHOLDER.search(source) if "{{" in source or "<%" in source else None
    return found[0] if found else ""


def _legible_text(typed: str) -> str:
    if quoted := _QUOTED.fullmatch(typed):
        return quoted["text"]
    # In a list, `#` is more often a tag that broke the YAML than a comment.
    return typed if typed.startswith("[") else _COMMENT.sub("", typed).strip()


def _meant_findings(path: PurePosixPath, text: str) -> tuple[Finding, ...]:
    if not meant_source(text):
        return ()
    fence_line = line_of(text, text.index(_FENCE))
    if fence_line > 1:
        code, message = "front-matter-late", "Blank lines stand before the properties."
        hint = "`---` must be the first line of the note"
    else:
        code, message = "front-matter-open", "The properties have no closing `---`."
        hint = _close_hint(text)
    return (_error(path, fence_line, code, message, hint),)


def _failure_finding(path: PurePosixPath, front_matter: FrontMatter, failure: Failure) -> Finding:
    is_open = _DOTS.search(front_matter.source) is not None
    hint = _close_hint(front_matter.source) if is_open else failure.hint
    return _error(path, failure.line, failure.code, failure.message, hint)


def _close_hint(text: str) -> str:
    return (
        "close the properties with `---`, not with `...`"
        if _DOTS.search(text)
        else "put `---` alone on the line after the last property"
    )


def _link_findings(path: PurePosixPath, properties: Iterable[Property]) -> Iterator[Finding]:
    """One for each link without quotes, which to Obsidian is a list in a list."""
    links = (
        (entry.line, link)
        for entry in properties
        if isinstance(entry.value, tuple)
        for link in map(unquoted_link, (entry.value, *entry.value))
        if link
    )
    for line, link in links:
        yield Finding(
            level=Level.WARNING,
            code="link-unquoted",
            path=path,
            line=line,
            message=f"Without quotes, {link} is no link in Obsidian but a list in a list.",
            hint=f'write "{link}"',
        )


def _error(path: PurePosixPath, line: int, code: str, message: str, hint: str) -> Finding:
    return Finding(level=Level.ERROR, code=code, path=path, line=line, message=message, hint=hint)
