"""The fields of a note by our names for them, whatever the vault calls them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaultflow.vault.values import canonical_name, read_text_list
from vaultflow.vault.wikilinks import WIKILINK, read_wikilink

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultflow.vault.note import Link, Note, Property, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldValue:
    """What a note says in one field, in its front matter or in its body."""

    key: str
    """As typed."""
    value: Value
    text: str
    """As typed, without quotes; empty for lists, mappings and empty values."""
    line: int
    is_inline: bool = False
    """It stands in the body as `key:: value`."""

    @property
    def is_filled(self) -> bool:
        """Whether there is anything in it."""
        return self.value not in (None, "", (), {})


def find_field(note: Note, names: Iterable[str]) -> FieldValue | None:
    """The field of the first name that has a value, else of the first that stands there empty.

    Names are compared as Dataview does; the front matter comes before inline fields. A dotted
    name (`qualification.problem`) also finds a nested value.
    """
    found = tuple(field for name in names for field in _fields_named(note, name))
    return next((field for field in found if field.is_filled), next(iter(found), None))


def field_texts(field: FieldValue | None) -> tuple[str, ...]:
    """The texts of a field, one a list item, as typed but for links, which say their name."""
    if field is None:
        return ()
    typed = (field.text,) if field.text.strip() else read_text_list(field.value)
    return tuple(text for item in typed if (text := spoken(item)))


def field_text(field: FieldValue | None) -> str:
    """The field as one line of text; empty when there is none."""
    return ", ".join(field_texts(field))


def spoken(text: str) -> str:
    """The text on one line, with each `[[link]]` as what it shows: its alias or its note's name."""
    return " ".join(WIKILINK.sub(lambda match: _shown(match[0]), text).split())


def shown_name(link: Link) -> str:
    """What to call the note that the link means: the link's alias, else the note's name."""
    name = link.target.rpartition("/")[2].removesuffix(".md").strip()
    return (link.alias or "").strip() or name or link.subpath.lstrip("#^")


def _shown(text: str) -> str:
    link = read_wikilink(text, line=0)
    return shown_name(link) if link else text


def _fields_named(note: Note, name: str) -> Iterator[FieldValue]:
    wanted = canonical_name(name)
    properties = tuple((note.properties or {}).values())
    for entry in properties:
        if wanted and canonical_name(entry.key) == wanted:
            yield FieldValue(key=entry.key, value=entry.value, text=entry.text, line=entry.line)
    if "." in name:
        yield from _nested_fields(properties, name)
    for field in note.inline_fields:
        if wanted and canonical_name(field.key) == wanted:
            yield FieldValue(
                key=field.key, value=field.text, text=field.text, line=field.line, is_inline=True
            )


def _nested_fields(properties: Iterable[Property], name: str) -> Iterator[FieldValue]:
    first, *path = (canonical_name(part) for part in name.split("."))
    for entry in properties:
        if canonical_name(entry.key) == first and isinstance(entry.value, Mapping):
            value = _descend(entry.value, path)
            if value is not None:
                text = "" if isinstance(value, tuple | Mapping) else str(value)
                yield FieldValue(key=name, value=value, text=text, line=entry.line)


def _descend(value: Value, path: Iterable[str]) -> Value:
    for part in path:
        if not isinstance(value, Mapping):
            return None
        value = next((item for key, item in value.items() if canonical_name(key) == part), None)
    return value
