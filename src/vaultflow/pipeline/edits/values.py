"""A typed value from what a person types: `12,5`, `next fri`, `Jane Doe, Bob`, `yes`."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from vaultflow.pipeline.currencies import currency_code
from vaultflow.pipeline.edits.types import FieldType, is_link
from vaultflow.pipeline.stages import find_stage, nearest_stage, stages_in_force
from vaultflow.pipeline.when import read_when
from vaultflow.vault.links.index import link_text, resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vaultflow.pipeline.edits.types import ValueContext
    from vaultflow.pipeline.settings import Settings, Stage
    from vaultflow.vault.edit.edit import FieldValue

_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:[.,]\d{1,9})?", re.ASCII)
"""Not `+49 30` nor `0441`, which are telephone numbers; of more digits Obsidian loses the last."""
_PERCENT = re.compile(r"(?P<percent>\d{1,3}) ?%?", re.ASCII)
_MOST_PERCENT = 100
_COMMA = re.compile(r",(?![^\[]*\]\])")
"""Not the comma in `[[Doe, Jane]]`."""
_TICKS = {"true": True, "yes": True, "x": True, "false": False, "no": False}


def read_typed(text: str, kind: FieldType, context: ValueContext) -> tuple[FieldValue, str]:
    """The value that the text means in a field of the kind, or None and what is wrong with it.

    Money is no value by itself, as it has a currency: `set_operations` reads it.
    """
    return _READERS.get(kind, _read_text)(text.strip(), context)


def stage_named(text: str, settings: Settings) -> tuple[Stage | None, str]:
    """The stage that a person means, or None and what is wrong, with the nearest one."""
    stages = stages_in_force(settings)
    stage = find_stage(stages, text)
    if stage is not None:
        return stage, ""
    near = nearest_stage(stages, text)
    names = ", ".join(known.name for known in stages)
    hint = f'did you mean "{near.name}"?' if near else f"the stages are {names}."
    return None, f'"{text}" is not a stage: {hint}'


def _read_text(text: str, _: ValueContext) -> tuple[FieldValue, str]:
    return text, ""


def _read_number(text: str, _: ValueContext) -> tuple[FieldValue, str]:
    if not _NUMBER.fullmatch(text):
        return None, f'"{text}" is not a number.'
    return whole_if_whole(Decimal(text.replace(",", "."))), ""


def _read_percent(text: str, _: ValueContext) -> tuple[FieldValue, str]:
    match = _PERCENT.fullmatch(text)
    if not match or int(match["percent"]) > _MOST_PERCENT:
        return None, f'"{text}" is not a chance in percent: write a number from 0 to 100.'
    return int(match["percent"]), ""


def _read_tick(text: str, _: ValueContext) -> tuple[FieldValue, str]:
    tick = _TICKS.get(text.lower())
    return tick, "" if tick is not None else f'"{text}" is neither true nor false.'


def _read_date(text: str, context: ValueContext) -> tuple[FieldValue, str]:
    return read_when(text, context.today, context.calendar, tense="any")


def _read_stage(text: str, context: ValueContext) -> tuple[FieldValue, str]:
    stage, problem = stage_named(text, context.settings)
    return (stage.name if stage else None), problem


def _read_currency(text: str, context: ValueContext) -> tuple[FieldValue, str]:
    code = currency_code(text, context.settings.money.currency)
    return code, "" if code else f'"{text}" is not a currency: write it like EUR.'


def _read_link(text: str, context: ValueContext) -> tuple[FieldValue, str]:
    return linked(text, context), ""


def _read_links(text: str, context: ValueContext) -> tuple[FieldValue, str]:
    return tuple(linked(item, context) for item in _items(text)), ""


def _read_list(text: str, _: ValueContext) -> tuple[FieldValue, str]:
    return _items(text), ""


_READERS: Mapping[FieldType, Callable[[str, ValueContext], tuple[FieldValue, str]]] = {
    FieldType.NUMBER: _read_number,
    FieldType.PERCENT: _read_percent,
    FieldType.CHECKBOX: _read_tick,
    FieldType.DATE: _read_date,
    FieldType.STAGE: _read_stage,
    FieldType.CURRENCY: _read_currency,
    FieldType.LINK: _read_link,
    FieldType.LINKS: _read_links,
    FieldType.LIST: _read_list,
}


def linked(text: str, context: ValueContext) -> str:
    """The text as a link when a note answers to it; else, and when it is a link, as typed."""
    if is_link(text) or context.vault is None:
        return text
    found = resolve(context.vault.index, context.path, text).path
    return f"[[{link_text(context.vault.index, found)}]]" if found else text


def whole_if_whole(number: Decimal) -> int | Decimal:
    """The number without decimals that say nothing: 1500.0 is 1500."""
    return int(number) if number == number.to_integral_value() else number


def _items(text: str) -> tuple[str, ...]:
    """The items of a list, by commas."""
    return tuple(item for part in _COMMA.split(text) if (item := part.strip()))
