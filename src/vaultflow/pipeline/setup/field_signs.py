"""Which properties of the leads are our fields: by their names, and by what they hold."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from msgspec.structs import replace

from vaultflow.pipeline.currencies import currency_code
from vaultflow.pipeline.field_names import FieldNames
from vaultflow.pipeline.money import read_money
from vaultflow.pipeline.presets import PRESETS
from vaultflow.pipeline.reading.fields import field_text, find_field
from vaultflow.pipeline.settings import MoneySettings
from vaultflow.pipeline.setup.lead_signs import Seen, count_spellings
from vaultflow.pipeline.setup.synonyms import FIELD_SYNONYMS, plain_name
from vaultflow.pipeline.stages import find_stage
from vaultflow.vault.frontmatter.values import canonical_name, read_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from vaultflow.pipeline.reading.fields import FieldValue
    from vaultflow.pipeline.settings import Settings
    from vaultflow.vault.note import Note

Looks: TypeAlias = "Callable[[FieldValue], bool]"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSigns:
    """Under which names the leads hold one of our fields."""

    field: str
    """Our name for it."""
    names: tuple[Seen, ...]
    """The vault's names for it, the most frequent first."""


def find_field_signs(leads: Sequence[Note]) -> tuple[FieldSigns, ...]:
    """For each of our fields the properties that seem to be it; unused fields are left out.

    A property counts for one field only, and only when most of what it holds fits the field.
    """
    seen = count_spellings(key for lead in leads for key in _keys(lead))
    taken: set[str] = set()
    signs = []
    for field in FIELD_SYNONYMS:
        names = _names_for(field, (each for each in seen if each.name not in taken), leads)
        taken |= {each.name for each in names}
        if names:
            signs.append(FieldSigns(field=field, names=names))
    return tuple(signs)


def with_field_signs(
    settings: Settings, signs: Iterable[FieldSigns], leads: Sequence[Note]
) -> Settings:
    """The settings with the vault's names before ours.

    One of our names is left out where the leads use it for something else, so that a `status`
    which is no stage is not read as one.
    """
    chosen = {each.field: _names_of(each, leads) for each in signs}
    return replace(settings, fields=replace(settings.fields, **chosen))


def decimal_sign(texts: Iterable[str]) -> str | None:
    """The decimal sign of amounts typed as text, when some allow but one; None when unclear."""
    signs = set()
    for text in texts:
        readable = [
            sign for sign in (".", ",") if read_money(text, text, _money(sign))[0] is not None
        ]
        signs |= set(readable) if len(readable) == 1 else set()
    return signs.pop() if len(signs) == 1 else None


def currencies_in(leads: Sequence[Note], settings: Settings) -> tuple[Seen, ...]:
    """The currencies that the leads name, in a field of its own or beside the amount."""
    fields = settings.fields
    named = (field_text(find_field(lead, fields.currency)) for lead in leads)
    beside = (_unit(field_text(find_field(lead, fields.value))) for lead in leads)
    codes = (currency_code(text) for text in (*named, *beside) if text)
    return count_spellings(code for code in codes if code)


def is_known_stage(value: FieldValue) -> bool:
    """Whether the value is a stage of any preset, or a template's choice of such."""
    texts = field_text(value).split("|")
    return any(find_stage(stages, text) for stages in PRESETS.values() for text in texts)


def _keys(lead: Note) -> Iterable[str]:
    fields = (field.key for field in lead.inline_fields)
    return {canonical_name(key): key for key in (*fields, *(lead.properties or {}))}.values()


def _names_for(field: str, seen: Iterable[Seen], leads: Sequence[Note]) -> tuple[Seen, ...]:
    telling = {name: rank for rank, name in enumerate(FIELD_SYNONYMS[field])}
    fitting = (
        each for each in seen if plain_name(each.name) in telling and _fits(field, each.name, leads)
    )
    names = tuple(sorted(fitting, key=lambda each: (-each.count, telling[plain_name(each.name)])))
    return _stage_names(names, leads) if field == "stage" else names


def _stage_names(names: tuple[Seen, ...], leads: Sequence[Note]) -> tuple[Seen, ...]:
    """Those whose values are mostly stages that we know; else the most frequent one."""
    known = tuple(each for each in names if _mostly(is_known_stage, each.name, leads))
    return known or names[:1]


def _names_of(signs: FieldSigns, leads: Sequence[Note]) -> tuple[str, ...]:
    ours: tuple[str, ...] = getattr(FieldNames(), signs.field)
    found = tuple({canonical_name(seen.name): seen.name for seen in signs.names}.values())
    known = {canonical_name(name) for name in found}
    unused = tuple(
        name
        for name in ours
        if canonical_name(name) not in known
        and not any(find_field(lead, (name,)) for lead in leads)
    )
    is_ours = {canonical_name(name) for name in ours} == known | {canonical_name(n) for n in unused}
    first = canonical_name(found[0]) == canonical_name(ours[0])
    return ours if is_ours and first else found + unused


def _fits(field: str, name: str, leads: Sequence[Note]) -> bool:
    looks = _LOOKS.get(field)
    return looks is None or _mostly(looks, name, leads)


def _mostly(looks: Looks, name: str, leads: Sequence[Note]) -> bool:
    found = [value for lead in leads if (value := find_field(lead, (name,))) and value.is_filled]
    return 2 * sum(map(looks, found)) >= len(found)


def _is_day(value: FieldValue) -> bool:
    return read_date(value.value) is not None


def _is_amount(value: FieldValue) -> bool:
    return any(read_money(value.value, value.text, _money(sign))[0] for sign in (".", ","))


def _is_percentage(value: FieldValue) -> bool:
    text = value.text.strip().removesuffix("%").strip().replace(",", ".")
    return text.replace(".", "", 1).isdecimal() and Decimal(text) <= 100  # noqa: PLR2004  # percent


def _is_action(value: FieldValue) -> bool:
    return not _is_day(value)


def _is_currency(value: FieldValue) -> bool:
    return currency_code(field_text(value)) is not None


_DAYS = ("created", "expected_close", "next_action_due", "last_contact", "revisit_on", "closed_on")
_LOOKS: Mapping[str, Looks] = MappingProxyType(
    {
        "value": _is_amount,
        "probability": _is_percentage,
        "next_action": _is_action,
        "currency": _is_currency,
        **dict.fromkeys(_DAYS, _is_day),
    }
)
"""What the values of a field look like; any value fits a field that is not here."""


def _money(sign: str) -> MoneySettings:
    return MoneySettings(decimal="," if sign == "," else ".")


def _unit(amount: str) -> str:
    return "".join(sign for sign in amount if sign not in "0123456789.,'’+-−").strip()
