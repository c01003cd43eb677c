"""The fields of a note by our names for them, whatever the vault calls them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from vaultflow.vault.frontmatter.values import canonical_name, read_text_list
from vaultflow.vault.markdown.wikilinks import WIKILINK, read_wikilink
from vaultflow.vault.note import Property

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vaultflow.vault.note import InlineField, Link, Note, Value


FieldsByName: TypeAlias = "Mapping[str, Sequence[Property | InlineField]]"


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


def fields_by_name(note: Note) -> FieldsByName:
    """All that the note says in fields, by Dataview's name; the front matter before the body."""
    named: dict[str, list[Property | InlineField]] = {}
    entries: Iterable[Property | InlineField] = (
        *(note.properties or {}).values(),
        *note.inline_fields,
    )
    for entry in entries:
        named.setdefault(canonical_name(entry.key), []).append(entry)
    return named


def pick_field(named: FieldsByName, names: Iterable[str]) -> FieldValue | None:
    """The field of the first name that has a value, else of the first that stands there empty.

    Names are compared as Dataview does. A dotted name (`qualification.problem`) also finds a
    nested value.
    """
    first = None
    for name in names:
        for field in _fields_named(named, name):
            if field.is_filled:
                return field
            first = first or field
    return first


def find_field(note: Note, names: Iterable[str]) -> FieldValue | None:
    """The note's field of one of the names, as `pick_field` chooses it."""
    return pick_field(fields_by_name(note), names)


def typed_texts(field: FieldValue | None) -> tuple[str, ...]:
    """The texts of a field as typed, one a list item."""
    if field is None:
        return ()
    return (field.text,) if field.text.strip() else read_text_list(field.value)


def field_texts(field: FieldValue | None) -> tuple[str, ...]:
    """The texts of a field, one a list item, as typed but for links, which say their name."""
    return tuple(text for typed in typed_texts(field) if (text := spoken(typed)))


def field_text(field: FieldValue | None) -> str:
    """The field as one line of text; empty when there is none."""
    return ", ".join(field_texts(field))


def spoken(text: str) -> str:
    """The text on one line, with each `[[link]]` as what it shows: its alias or its note's name."""
    shown = WIKILINK.sub(lambda match: _shown(match[0]), text) if "[[" in text else text
    return " ".join(shown.split())


def shown_name(link: Link) -> str:
    """What to call the note that the link means: the link's alias, else the note's name."""
    name = link.target.rpartition("/")[2].removesuffix(".md").strip()
    return (link.alias or "").strip() or name or link.subpath.lstrip("#^")


def _shown(text: str) -> str:
    link = read_wikilink(text, line=0)
    return shown_name(link) if link else text


def _fields_named(named: FieldsByName, name: str) -> Iterator[FieldValue]:
    if wanted := canonical_name(name):
        yield from map(_field_value, named.get(wanted, ()))
    if "." in name:
        yield from _nested_fields(named, name)


def _field_value(entry: Property | InlineField) -> FieldValue:
    if isinstance(entry, Property):
        return FieldValue(key=entry.key, value=entry.value, text=entry.text, line=entry.line)
    text, line = entry.text, entry.line
    return FieldValue(key=entry.key, value=text, text=text, line=line, is_inline=True)


def _nested_fields(named: FieldsByName, name: str) -> Iterator[FieldValue]:
    first, *path = (canonical_name(part) for part in name.split("."))
    for outer in map(_field_value, named.get(first, ())):
        value = _descend(outer.value, path)
        if value is not None:
            text = "" if isinstance(value, tuple | Mapping) else str(value)
            yield FieldValue(key=name, value=value, text=text, line=outer.line)


def _descend(value: Value, path: Iterable[str]) -> Value:
    for part in path:
        if not isinstance(value, Mapping):
            return None
        value = next((item for key, item in value.items() if canonical_name(key) == part), None)
    return value
