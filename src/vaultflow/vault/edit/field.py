"""The edit of one property: the value's own bytes change, and nothing else.

The contract is tried on every edit: old and new are read again, and where any other property, the
body, or the new value is not as it must be, the edit is refused.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from vaultflow.vault.edit.cuts import flow_cuts, indent_at, new_lines, value_cuts
from vaultflow.vault.edit.opened import RefusedError, edited, spliced
from vaultflow.vault.edit.scalar import is_plain_text, is_value
from vaultflow.vault.edit.spans import read_layout
from vaultflow.vault.frontmatter.values import canonical_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import PurePosixPath

    from vaultflow.vault.edit.cuts import Cut
    from vaultflow.vault.edit.edit import Edit, FieldValue, Operation
    from vaultflow.vault.edit.opened import OpenNote
    from vaultflow.vault.edit.spans import Entry
    from vaultflow.vault.note import Property

_NEW_KEY = re.compile(r"[^\W\d_](?:[\w -]{0,99}[\w-])?")
"""A name of a few words; YAML would take 1,024 signs before the colon."""
_BY_HAND = "change it by hand, or put it as `name: value` on one line"


def setting(key: str, value: FieldValue) -> Operation:
    """The operation that sets a property: `set_field` with its key and value."""
    return lambda path, raw: set_field(path, raw, key, value)


def set_field(path: PurePosixPath, raw: bytes, key: str, value: FieldValue) -> Edit:
    """The note with the value in its front matter; the same bytes when it is there already.

    The key is found as typed, else in another spelling that Dataview takes for the same. A missing
    one becomes the last line of the front matter, which is made when there is none.
    """
    return edited(path, raw, partial(_with_value, key=key, value=value))


def _with_value(note: OpenNote, key: str, value: FieldValue) -> OpenNote:
    properties = note.properties()
    found = _found(note, properties, key)
    if found is None:
        after = _with_new(note, key, value)
    elif is_value(properties[found].value, value):
        return note
    else:
        after = _with_replaced(note, properties, found, value)
    return _proved(note, after, found or key, value)


def _with_replaced(
    note: OpenNote, properties: Mapping[str, Property], key: str, value: FieldValue
) -> OpenNote:
    entry, is_flow = _entry(note, properties, key)
    cuts = (
        flow_cuts(note.source, entry, value)
        if is_flow
        else value_cuts(note.source, entry, properties[key].value, value, line_end=note.line_end)
    )
    if cuts is None:
        raise _unusual(note, properties[key])
    return _with_cuts(note, cuts)


def _with_new(note: OpenNote, key: str, value: FieldValue) -> OpenNote:
    if not _NEW_KEY.fullmatch(key) or not is_plain_text(key):
        message = f"{key!r} cannot be the name of a new property."
        raise note.refusal("edit-key-unsafe", 1, message, "letters, digits, blanks, `_` and `-`")
    line_end = note.line_end
    if note.front_matter is None:
        line = new_lines(key, value, indent="", line_end=line_end)
        return note.with_text(f"---{line_end}{line}---{line_end}{note.text}")
    layout = read_layout(note.source)
    if layout is None:
        raise _unsafe(note, key)
    if layout.is_flow:
        message = "The properties are written in braces, in which no line can be put."
        raise note.refusal("edit-unsafe", 2, message, "write them as lines of `name: value`")
    indent = indent_at(note.source, layout.entries[0].key_start) if layout.entries else ""
    line = new_lines(key, value, indent=indent, line_end=line_end)
    return _with_cuts(note, [(len(note.source), len(note.source), line)])


def _entry(note: OpenNote, properties: Mapping[str, Property], key: str) -> tuple[Entry, bool]:
    """Where the property stands, and whether it does so in braces."""
    layout = read_layout(note.source)
    if layout is None or len(layout.entries) != len(properties):
        raise _unusual(note, properties[key])
    entry = layout.entries[list(properties).index(key)]
    if entry.is_shared:
        message = f'The value of "{key}" is used elsewhere in the properties, by an alias.'
        hint = "write it out there first"
        raise note.refusal("edit-anchor-shared", properties[key].line, message, hint)
    return entry, layout.is_flow


def _found(note: OpenNote, properties: Mapping[str, Property], key: str) -> str | None:
    """The key as it stands in the note; None when it does not."""
    if key in properties:
        return key
    wanted = canonical_name(key)
    alike = [other for other in properties if wanted and canonical_name(other) == wanted]
    if len(alike) > 1:
        message = f'"{key}" may be any of: {", ".join(alike)}.'
        line = properties[alike[1]].line
        raise note.refusal("edit-key-ambiguous", line, message, "name one as it is typed")
    return alike[0] if alike else None


def _with_cuts(note: OpenNote, cuts: Iterable[Cut]) -> OpenNote:
    start = note.source_start
    moved = ((start + begin, start + end, text) for begin, end, text in cuts)
    return note.with_text(spliced(note.text, moved))


def _proved(before: OpenNote, after: OpenNote, key: str, value: FieldValue) -> OpenNote:
    """The note after the edit, if reading it again shows the new value and nothing else."""
    try:
        properties = after.properties()
    except RefusedError as refused:
        raise _unsafe(before, key) from refused
    is_kept = _others(properties, key) == _others(before.properties(), key)
    is_set = key in properties and is_value(properties[key].value, value)
    if not is_set or not is_kept or after.body != before.body:
        raise _unsafe(before, key)
    return after


def _others(properties: Mapping[str, Property], key: str) -> list[tuple[str, str, str]]:
    """All other properties; values as code, in which `1` is not `true`."""
    return [
        (entry.key, repr(entry.value), entry.text)
        for entry in properties.values()
        if entry.key != key
    ]


def _unsafe(note: OpenNote, key: str) -> RefusedError:
    entry = note.properties().get(key)
    message = f'"{key}" cannot be changed here without touching something else.'
    return note.refusal("edit-unsafe", entry.line if entry else 1, message, _BY_HAND)


def _unusual(note: OpenNote, entry: Property) -> RefusedError:
    message = f'"{entry.key}" is written in a way that cannot be edited safely.'
    return note.refusal("edit-unsafe", entry.line, message, _BY_HAND)
