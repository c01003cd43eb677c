"""The edit of one inline field: what stands behind its `::` changes, and nothing else."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from vaultflow.vault.edit.opened import edited, spliced
from vaultflow.vault.edit.scalar import unquoted
from vaultflow.vault.frontmatter.values import canonical_name
from vaultflow.vault.markdown.body import read_body
from vaultflow.vault.markdown.inline_fields import read_inline_fields

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from vaultflow.vault.edit.edit import Edit, FieldValue, Operation
    from vaultflow.vault.edit.opened import OpenNote
    from vaultflow.vault.note import InlineField


def setting_inline_field(key: str, value: FieldValue) -> Operation:
    """The operation that sets a field of the body: `set_inline_field` with its key and value."""
    return lambda path, raw: set_inline_field(path, raw, key, value)


def set_inline_field(path: PurePosixPath, raw: bytes, key: str, value: FieldValue) -> Edit:
    """The note with the value behind the one `key::` of its body.

    The key is found in any spelling that Dataview takes for the same. Refused when the body has no
    such field, or several. A list is written with commas, and None empties the field.
    """
    return edited(path, raw, partial(_with_value, key=key, text=_written(value)))


def _written(value: FieldValue) -> str:
    match value:
        case str():
            return value.strip()
        case tuple():
            return ", ".join(item.strip() for item in value)
        case _:
            return unquoted(value)


def _with_value(note: OpenNote, key: str, text: str) -> OpenNote:
    if text:
        note.expect_one_line(text)
    fields = _fields(note)
    at = _only_field(note, fields, key)
    if fields[at].text == text:
        return note
    start = _line_start(note, fields[at].line)
    match = _match(note, fields[at], start)
    # Only where nothing stood: a value right behind the colons was typed so.
    blank = " " if text and not fields[at].text and not match["blank"] else ""
    cut = (start + match.start("text"), start + match.end("text"), f"{blank}{text}")
    after = note.with_text(spliced(note.text, [cut]))
    return _proved(note, after, fields, at, text)


def _fields(note: OpenNote) -> tuple[InlineField, ...]:
    return read_inline_fields(read_body(note.body, first_line=note.body_line).lines)


def _only_field(note: OpenNote, fields: tuple[InlineField, ...], key: str) -> int:
    wanted = canonical_name(key)
    found = [at for at, field in enumerate(fields) if canonical_name(field.key) == wanted]
    if not found:
        message = f'The body has no field "{key}::".'
        raise note.refusal("inline-field-missing", 0, message, "set it in the properties")
    if len(found) > 1:
        message = f'The field "{key}::" stands here more than once.'
        raise note.refusal("inline-field-twice", fields[found[1]].line, message, "keep one of them")
    return found[0]


def _line_start(note: OpenNote, line: int) -> int:
    """Characters of the text before the line of the file."""
    above = note.body.split("\n")[: line - note.body_line]
    return note.body_start + sum(len(text) + 1 for text in above)


def _match(note: OpenNote, field: InlineField, start: int) -> re.Match[str]:
    """The field in its line, which begins at `start`."""
    line = note.text[start:].partition("\n")[0]
    key, text = re.escape(field.key), re.escape(field.text)
    pattern = rf"{key}[_*~`\s]*::(?P<blank>[ \t]?)[ \t]*(?P<text>{text})"
    matches = list(re.finditer(pattern, line))
    if len(matches) != 1:
        raise _unsafe(note, field)
    return matches[0]


def _proved(
    before: OpenNote, after: OpenNote, fields: tuple[InlineField, ...], at: int, text: str
) -> OpenNote:
    """The note after the edit, if its fields read as wished, each on its line."""
    wished = [
        (field.key, text if index == at else field.text, field.line)
        for index, field in enumerate(fields)
    ]
    if [(field.key, field.text, field.line) for field in _fields(after)] != wished:
        raise _unsafe(before, fields[at])
    return after


def _unsafe(note: OpenNote, field: InlineField) -> Exception:
    message = f'"{field.key}::" cannot be changed here without touching something else.'
    return note.refusal("edit-unsafe", field.line, message, "change it by hand")
