"""Setting one field of a note to what a person types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from vaultflow.pipeline.currencies import currency_code
from vaultflow.pipeline.edits.places import writing
from vaultflow.pipeline.edits.types import FieldType, likely_type, our_field, settled_type
from vaultflow.pipeline.edits.values import read_typed, whole_if_whole
from vaultflow.pipeline.money import read_money
from vaultflow.pipeline.reading.fields import field_text, find_field
from vaultflow.pipeline.reading.readers import read_value
from vaultflow.vault.frontmatter.values import canonical_name

if TYPE_CHECKING:
    from vaultflow.pipeline.edits.types import ValueContext
    from vaultflow.pipeline.field_names import FieldNames
    from vaultflow.vault.edit.edit import FieldValue, Operation
    from vaultflow.vault.note import Note


def set_operations(
    note: Note, key: str, text: str, context: ValueContext
) -> tuple[tuple[Operation, ...], str]:
    """Sets a field to what the text means in it, or what is wrong with the text, as a sentence.

    The text is read by the field's type: ours, else Obsidian's, else that of what stands there
    now, which bars nothing: what does not fit it is text. An empty text empties the field.

    Args:
        note: as it stands.
        key: the field's name, in our words or the vault's.
        text: as typed.
        context: what the reading depends on.
    """
    ours = our_field(key, context.settings.fields) if context.is_lead else ""
    names = _names(note, key, ours, context.settings.fields)
    if not text.strip():
        return (writing(names, None),), ""
    kind = settled_type(key, ours, context)
    if kind is FieldType.MONEY:
        return _money_operations(note, names, text, context)
    value, problem = read_typed(text, kind or _present_type(note, names), context)
    if problem and kind:
        return (), f"{key}: {problem}"
    return (writing(names, text if problem else _shaped(note, names, value)),), ""


def _names(note: Note, key: str, ours: str, names: FieldNames) -> tuple[str, ...]:
    """What the field may be called in the note, the best name for a new one first."""
    if key in (note.properties or {}):
        return (key,)
    configured: tuple[str, ...] = getattr(names, ours) if ours else ()
    wanted = canonical_name(key)
    typed = tuple(name for name in configured if canonical_name(name) == wanted)
    return (*typed, *configured) or (key,)


def _present_type(note: Note, names: tuple[str, ...]) -> FieldType:
    return likely_type(find_field(note, names))


def _shaped(note: Note, names: tuple[str, ...], value: FieldValue) -> FieldValue:
    """One item without its list, where the note holds one without."""
    if not isinstance(value, tuple) or len(value) != 1:
        return value
    present = find_field(note, names)
    is_single = present is not None and present.is_filled and not isinstance(present.value, tuple)
    return value[0] if is_single else value


def _money_operations(
    note: Note, names: tuple[str, ...], text: str, context: ValueContext
) -> tuple[tuple[Operation, ...], str]:
    """Writes the amount, and its currency where the lead would otherwise be read in another."""
    settings = context.settings
    typed = find_field(note, settings.fields.currency)
    code = (currency_code(field_text(typed), settings.money.currency) if typed else "") or ""
    before, _ = read_value(note, find_field(note, names), typed, settings.money)
    implied = before.currency if before else code or settings.money.currency
    money, problem = read_money(text, text, replace(settings.money, currency=implied))
    if money is None:
        return (), problem + "."
    operations = (writing(names, whole_if_whole(money.amount)),)
    if money.currency == (code or settings.money.currency):
        return operations, ""
    return (*operations, writing(settings.fields.currency, money.currency)), ""
