"""What sort of value a field holds: by our own list, by Obsidian's types, or by what is in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec.structs import fields

from vaultflow.pipeline.field_names import FieldNames
from vaultflow.vault.frontmatter.values import canonical_name, read_date, unquoted_link
from vaultflow.vault.markdown.wikilinks import read_wikilink
from vaultflow.vault.names import fold

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import PurePosixPath

    from vaultflow.pipeline.reading.fields import FieldValue
    from vaultflow.pipeline.settings import Settings
    from vaultflow.pipeline.workdays import WorkCalendar
    from vaultflow.vault.note import Value
    from vaultflow.vault.vault import Vault


class FieldType(StrEnum):
    """How the text that a person types for a field is read."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    MONEY = "money"
    CURRENCY = "currency"
    DATE = "date"
    CHECKBOX = "checkbox"
    STAGE = "stage"
    LINK = "link"
    LINKS = "links"
    LIST = "list"


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueContext:
    """What the reading of a value depends on."""

    path: PurePosixPath
    """The note that it is for."""
    today: date
    settings: Settings
    calendar: WorkCalendar
    property_types: Mapping[str, str] = field(default_factory=dict)
    """Obsidian's, as in `ObsidianSettings`."""
    vault: Vault | None = None
    """Tells which names are notes; None outside of one."""
    is_lead: bool = False
    """Only in leads do our names for fields mean anything."""


_OURS = {
    "stage": FieldType.STAGE,
    "value": FieldType.MONEY,
    "currency": FieldType.CURRENCY,
    "company": FieldType.LINK,
    "people": FieldType.LINKS,
    "created": FieldType.DATE,
    "expected_close": FieldType.DATE,
    "probability": FieldType.PERCENT,
    "next_action_due": FieldType.DATE,
    "last_contact": FieldType.DATE,
    "revisit_on": FieldType.DATE,
    "closed_on": FieldType.DATE,
    "date": FieldType.DATE,
    **dict.fromkeys(("trust", "needs", "solution", "demo", "concerns"), FieldType.DATE),
    **dict.fromkeys(("cadence_days", "keep_in_touch_days"), FieldType.NUMBER),
    "stage_since": FieldType.DATE,
    **dict.fromkeys(("history", "flags", "signals", "risks", "interests"), FieldType.LIST),
    **dict.fromkeys(("content_sent", "not_duplicate_of"), FieldType.LINKS),
}
"""By our name for the field; the others are text."""
_OBSIDIANS = {
    "text": FieldType.TEXT,
    "multitext": FieldType.LIST,
    "number": FieldType.NUMBER,
    "checkbox": FieldType.CHECKBOX,
    "date": FieldType.DATE,
    "tags": FieldType.LIST,
    "aliases": FieldType.LIST,
}
_LISTS = frozenset({"tags", "aliases", "cssclasses"})
"""What Obsidian keeps lists in, whatever its settings say."""


def our_field(key: str, names: FieldNames) -> str:
    """Our name for the field that the key means, in ours or the vault's words; empty for others."""
    wanted = canonical_name(key)
    ours = [each.name for each in fields(FieldNames)]
    own = (name for name in ours if canonical_name(name) == wanted)
    vaults = (
        name for name in ours if wanted in {canonical_name(each) for each in getattr(names, name)}
    )
    return next(own, "") or next(vaults, "")


def type_of_field(ours: str) -> FieldType:
    """The type of one of our fields, by our name for it."""
    return _OURS.get(ours, FieldType.TEXT)


def settled_type(key: str, ours: str, context: ValueContext) -> FieldType | None:
    """The type that the field is known to have; None when nothing says it.

    Args:
        key: as the note or the user spells it.
        ours: our name for it; empty when it is none of ours.
        context: with Obsidian's types.
    """
    if ours:
        return type_of_field(ours)
    kind = _OBSIDIANS.get(context.property_types.get(fold(key), ""))
    return kind or (FieldType.LIST if fold(key) in _LISTS else None)


def likely_type(present: FieldValue | None) -> FieldType:
    """The type of what the field holds now; text when there is nothing in it."""
    return _type_of(present.value) if present else FieldType.TEXT


def _type_of(value: Value) -> FieldType:
    match value:
        case bool():
            return FieldType.CHECKBOX
        case int() | float():
            return FieldType.NUMBER
        case tuple() if unquoted_link(value) is None:
            return FieldType.LINKS if any(map(is_link, value)) else FieldType.LIST
        case str() if is_link(value):
            return FieldType.LINK
        case str() if read_date(value):
            return FieldType.DATE
        case _:
            return FieldType.TEXT


def is_link(value: object) -> bool:
    """Whether the value is a `[[link]]` and nothing else."""
    return isinstance(value, str) and read_wikilink(value.strip(), line=0) is not None
