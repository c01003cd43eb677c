"""Edits that put right what is surely a slip: garbled text, links without quotes, an open fence."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from vaultflow.errors import Finding, Level
from vaultflow.vault.edit.edit import Edit
from vaultflow.vault.edit.opened import edited
from vaultflow.vault.frontmatter.properties import meant_source
from vaultflow.vault.frontmatter.values import unquoted_link
from vaultflow.vault.mojibake import mended
from vaultflow.vault.reader import read_note

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import PurePosixPath

    from vaultflow.vault.edit.edit import Operation
    from vaultflow.vault.edit.opened import OpenNote
    from vaultflow.vault.note import Note, Value

_BARE_LINK = re.compile(
    r"(?P<before>[ \t]*(?:-|[^\s#:\'\"-][^:\n]*:)[ \t]+)"
    r"(?P<link>\[\[[^\[\]\"\\\n]+\]\])"
    r"(?P<after>[ \t]*(?:#[^\n]*)?\r?)"
)
"""A line of the front matter whose whole value is a link without quotes."""
_DOTS = re.compile(r"\.\.\.(?=[ \t]*\r?(?:\n|\Z))")
_FENCE = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)


def mend_text(lines: Collection[int]) -> Operation:
    """Puts right what is surely garbled on these lines of the file."""

    def mend(note: OpenNote) -> OpenNote:
        written = note.text.split("\n")
        for line in lines:
            written[line - 1] = mended(written[line - 1])
        return note.with_text("\n".join(written))

    return _kept_whole(lambda path, raw: edited(path, raw, mend))


def rewrite_links(rewrites: Collection[tuple[int, str, str]]) -> Operation:
    """Puts another link in place of one, for each `(line, link as it stands, link to be)`.

    A line that does not hold the link is left alone.
    """

    def rewrite(note: OpenNote) -> OpenNote:
        written = note.text.split("\n")
        for line, old, new in rewrites:
            written[line - 1] = written[line - 1].replace(old, new)
        return note.with_text("\n".join(written))

    return _kept_whole(lambda path, raw: edited(path, raw, rewrite))


def quote_links(path: PurePosixPath, raw: bytes) -> Edit:
    """Puts quotes around each link of the front matter that is a whole value without them."""

    def quote(note: OpenNote) -> OpenNote:
        start = note.source_start
        quoted = "\n".join(_quoted(line) for line in note.source.split("\n"))
        after = note.text[:start] + quoted + note.text[start + len(note.source) :]
        return note.with_text(after)

    return _kept_whole(lambda path, raw: edited(path, raw, quote), _values)(path, raw)


def close_front_matter(path: PurePosixPath, raw: bytes) -> Edit:
    """Puts `---` in place of the `...` right behind the properties, when no other line closes them.

    The same bytes when it is not certain that this is what was meant.
    """
    bom = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
    text = raw[len(bom) :].decode("utf-8", errors="surrogateescape")
    end = text.find("\n") + 1 + len(meant_source(text))
    is_certain = meant_source(text) and text.startswith("---") and _DOTS.match(text, end)
    if not is_certain or len(_FENCE.findall(text)) > 1:
        return Edit(after=raw)
    after = bom + (text[:end] + "---" + text[end + 3 :]).encode("utf-8", errors="surrogateescape")
    return Edit(after=after if read_note(path, after).readable else raw)


def _quoted(line: str) -> str:
    if match := _BARE_LINK.fullmatch(line):
        return f'{match["before"]}"{match["link"]}"{match["after"]}'
    return line


def _values(note: Note) -> object:
    """What the properties say, a link without quotes being the link that it was meant to be."""
    return {key: _meant(value) for key, value in (note.frontmatter or {}).items()}


def _meant(value: Value) -> object:
    if not isinstance(value, tuple):
        return value
    return unquoted_link(value) or tuple(map(_meant, value))


def _kept_whole(operation: Operation, shape: Callable[[Note], object] | None = None) -> Operation:
    """The operation, refused when the note would then say something else than before.

    Args:
        operation: the edit.
        shape: what of the note must stay equal; all but its texts when not given.
    """
    kept = shape or _shape

    def checked(path: PurePosixPath, raw: bytes) -> Edit:
        edit = operation(path, raw)
        if edit.refusal or kept(read_note(path, edit.after)) == kept(read_note(path, raw)):
            return edit
        return Edit(after=raw, refusal=_refusal(path))

    return checked


def _shape(note: Note) -> tuple[object, ...]:
    """What no mending may change."""
    return (
        note.readable,
        [entry.line for entry in (note.properties or {}).values()],
        len(note.frontmatter_links),
        [heading.line for heading in note.headings],
        [item.line for item in note.items],
        len(note.links) + len(note.embeds),
    )


def _refusal(path: PurePosixPath) -> Finding:
    return Finding(
        level=Level.ERROR,
        code="mending-refused",
        path=path,
        line=0,
        message="Mending this note would change what else it says.",
        hint="mend it by hand",
    )
