"""The fields of a note by our names for them, whatever the vault calls them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from vaultflow.vault.frontmatter.values import canonical_name, read_text_list
from vaultflow.vault.markdown.wikilinks import WIKILINK, read_wikilink
from vaultflow.vault.note import Property

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultflow.vault.note import InlineField, Link, Note, Value


class _Clue(Struct, frozen=True, kw_only=True, gc=False):
    """What a key of a note may stand for."""

    field: str
    rank: int
    """0 for the first choice."""
    name: str
    """The name that we look for, as configured."""
    inside: tuple[str, ...]
    """The way to a nested value, in canonical names; empty when the entry's own value is meant."""


Sought: TypeAlias = Mapping[str, tuple[_Clue, ...]]
"""By canonical name: a note has fewer keys than we have names. Made by `sought`."""


class FieldValue(Struct, frozen=True, kw_only=True, gc=False):
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
        """Whether there is anything in it; a zero and a `false` are something."""
        return bool(self.value) or isinstance(self.value, int | float)


def sought(names_by_field: Mapping[str, tuple[str, ...]]) -> Sought:
    """What to look for in notes: the names that stand for each field, the first choice first.

    Names are compared as Dataview does. A dotted name (`qualification.problem`) also finds a
    nested value.
    """
    clues: dict[str, list[_Clue]] = defaultdict(list)
    for field, names in names_by_field.items():
        ways = [(name, path) for name in names for path in _ways(name)]
        for rank, (name, (first, *inside)) in enumerate(ways):
            clues[first].append(_Clue(field=field, rank=rank, name=name, inside=tuple(inside)))
    return {name: tuple(found) for name, found in clues.items()}


def find_fields(note: Note, wanted: Sought) -> Mapping[str, FieldValue]:
    """The fields of the note: of each, the first choice that has a value, else that is there empty.

    The front matter comes before the body.
    """
    best: dict[str, tuple[tuple[bool, int], FieldValue]] = {}
    for clue, found in _candidates(note, wanted):
        order = (not found.is_filled, clue.rank)
        if clue.field not in best or order < best[clue.field][0]:
            best[clue.field] = order, found
    return {field: found for field, (_, found) in best.items()}


def find_field(note: Note, names: tuple[str, ...]) -> FieldValue | None:
    """The note's field of one of the names, as `find_fields` chooses it."""
    best, lowest = None, (True, len(names) * 2)
    for clue, found in _candidates(note, _sought_alone(names)):
        order = (not found.is_filled, clue.rank)
        if order == (False, 0):
            return found
        if order < lowest:
            best, lowest = found, order
    return best


def typed_texts(field: FieldValue | None) -> tuple[str, ...]:
    """The texts of a field as typed, one a list item."""
    if field is None:
        return ()
    return (field.text,) if field.text.strip() else read_text_list(field.value)


def field_texts(field: FieldValue | None) -> tuple[str, ...]:
    """The texts of a field, one a list item, as typed but for links, which say their name."""
    return tuple(text for typed in typed_texts(field) if (text := spoken(typed)))


def entry_texts(field: FieldValue) -> tuple[str, ...]:
    """The same of a list whose items may be several fields: such an item is its values in a row.

    So `{date: 2026-11-02, kind: negotiates}` says `2026-11-02 negotiates`.
    """
    items = field.value if isinstance(field.value, tuple) else (field.value,)
    if not any(isinstance(item, Mapping) for item in items):
        return field_texts(field)
    rows = (
        read_text_list(tuple(item.values()) if isinstance(item, Mapping) else item)
        for item in items
    )
    return tuple(text for row in rows if (text := spoken(" ".join(row))))


def field_text(field: FieldValue | None) -> str:
    """The field as one line of text; empty when there is none."""
    if field is not None and field.text.strip():
        return spoken(field.text)
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


def _candidates(note: Note, wanted: Sought) -> Iterator[tuple[_Clue, FieldValue]]:
    """All that may be one of the fields, in the order of the note."""
    entries: Iterable[Property | InlineField]
    entries = chain((note.properties or {}).values(), note.inline_fields)
    for entry in entries:
        for clue in wanted.get(canonical_name(entry.key), ()):
            found = _nested_field(entry, clue) if clue.inside else _field_value(entry)
            if found is not None:
                yield clue, found


@lru_cache(maxsize=256)
def _sought_alone(names: tuple[str, ...]) -> Sought:
    return sought({"": names})


def _ways(name: str) -> Iterator[list[str]]:
    """The name, and of a dotted one also its parts, each in canonical form."""
    if whole := canonical_name(name):
        yield [whole]
    if "." in name:
        yield [canonical_name(part) for part in name.split(".")]


def _field_value(entry: Property | InlineField) -> FieldValue:
    if isinstance(entry, Property):
        return FieldValue(key=entry.key, value=entry.value, text=entry.text, line=entry.line)
    text, line = entry.text, entry.line
    return FieldValue(key=entry.key, value=text, text=text, line=line, is_inline=True)


def _nested_field(entry: Property | InlineField, clue: _Clue) -> FieldValue | None:
    value = _descend(_field_value(entry).value, clue.inside)
    if value is None:
        return None
    text = "" if isinstance(value, tuple | Mapping) else str(value)
    return FieldValue(key=clue.name, value=value, text=text, line=entry.line)


def _descend(value: Value, path: Iterable[str]) -> Value:
    for part in path:
        if not isinstance(value, Mapping):
            return None
        value = next((item for key, item in value.items() if canonical_name(key) == part), None)
    return value
