"""Where a field of ours stands in a note: each is written under the name that the note uses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from vaultflow.errors import Finding, Level
from vaultflow.pipeline.reading.fields import find_field, typed_texts
from vaultflow.vault.edit.edit import Edit
from vaultflow.vault.edit.field import setting
from vaultflow.vault.edit.inline import setting_inline_field
from vaultflow.vault.reader import read_note

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from vaultflow.pipeline.reading.fields import FieldValue as FoundField
    from vaultflow.vault.edit.edit import FieldValue, Operation
    from vaultflow.vault.note import Note


def writing(names: tuple[str, ...], value: FieldValue) -> Operation:
    """Writes a field where the note has it, among the properties or in the body.

    Args:
        names: what the vault calls the field; a note without it gets a property of the first.
            Without any, the vault does without the field, and nothing is written.
        value: None empties the field.
    """

    def write(path: PurePosixPath, raw: bytes) -> Edit:
        if not names:
            return Edit(after=raw)
        note = read_note(path, raw)
        return _operation_at(note, find_field(note, names), names[0], value)(path, raw)

    return write


def clearing(names: tuple[str, ...]) -> Operation:
    """Empties a field; a note that has none, or an empty one, stays as it is."""

    def clear(path: PurePosixPath, raw: bytes) -> Edit:
        note = read_note(path, raw)
        field = find_field(note, names)
        if field is None or not field.is_filled:
            return Edit(after=raw)
        return _operation_at(note, field, names[0], None)(path, raw)

    return clear


def filling(names: tuple[str, ...], value: FieldValue) -> Operation:
    """Writes a field unless there is something in it already."""

    def fill(path: PurePosixPath, raw: bytes) -> Edit:
        field = find_field(read_note(path, raw), names)
        if field is not None and field.is_filled:
            return Edit(after=raw)
        return writing(names, value)(path, raw)

    return fill


def adding(names: tuple[str, ...], texts: tuple[str, ...]) -> Operation:
    """Adds texts to a field that holds a list; those that are there already stay as they are."""

    def add(path: PurePosixPath, raw: bytes) -> Edit:
        field = find_field(read_note(path, raw), names)
        if field and _is_nested(field):
            return _refusing_nested(field)(path, raw)
        present = typed_texts(field)
        new = tuple(text for text in dict.fromkeys(texts) if text not in present)
        return writing(names, (*present, *new))(path, raw) if new else Edit(after=raw)

    return add


def _is_nested(field: FoundField) -> bool:
    """Whether more than texts stand in the field: written anew as texts, it would be lost."""
    items = field.value if isinstance(field.value, tuple) else (field.value,)
    return any(isinstance(item, Mapping) for item in items)


def _operation_at(note: Note, field: FoundField | None, name: str, value: FieldValue) -> Operation:
    # Of a note that cannot be read a part may be missing here: the edit itself says why not.
    if field is None or not note.readable:
        return setting(name, value)
    if field.is_inline:
        return setting_inline_field(field.key, value)
    if field.key not in (note.properties or {}):
        return _refusing_nested(field)
    return setting(field.key, value)


def _refusing_nested(field: FoundField) -> Operation:
    def refuse(path: PurePosixPath, raw: bytes) -> Edit:
        refusal = Finding(
            level=Level.ERROR,
            code="field-nested",
            path=path,
            line=field.line,
            message=f"{field.key} stands inside another property, where nothing is edited.",
            hint="edit it by hand, or make it a property of its own",
        )
        return Edit(after=raw, refusal=refusal)

    return refuse
