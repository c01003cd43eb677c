"""One reader for each kind of field: what it says, and what is wrong when it cannot be read.

Each gives `(value, findings)`; an absent or empty field is neither a value nor a finding.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from vaultflow.errors import Finding, Level
from vaultflow.pipeline.currencies import currency_code
from vaultflow.pipeline.lead import NoteRef
from vaultflow.pipeline.money import read_money
from vaultflow.pipeline.reading.fields import field_text, shown_name, spoken, typed_texts
from vaultflow.pipeline.stages import find_stage, nearest_stage
from vaultflow.vault.frontmatter.values import read_date
from vaultflow.vault.links.index import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vaultflow.pipeline.lead import Money
    from vaultflow.pipeline.reading.fields import FieldValue
    from vaultflow.pipeline.settings import MoneySettings, Stage
    from vaultflow.vault.links.index import LinkIndex
    from vaultflow.vault.note import Link, Note

T = TypeVar("T")
Read: TypeAlias = tuple[T | None, tuple[Finding, ...]]

_PROBABILITY = re.compile(r"(?P<number>\d{1,3}(?:[.,]\d{1,6})?)\s*(?P<percent>%?)")
_HUNDRED = 100


def read_stage(note: Note, field: FieldValue | None, stages: tuple[Stage, ...]) -> Read[Stage]:
    """The stage that the field names; a finding when it is missing or unknown."""
    text = field_text(field)
    if field is None or not text:
        return None, (_missing_stage(note, field, stages),)
    stage = find_stage(stages, text)
    if stage is not None:
        return stage, ()
    near = nearest_stage(stages, text)
    hint = f'did you mean "{near.name}"?' if near else f"the stages are {_names(stages)}"
    return None, (_error(note, field, "stage-unknown", f'"{text}" is not a stage.', hint),)


def read_day(note: Note, field: FieldValue | None) -> Read[date]:
    """The calendar day that the field names."""
    if field is None or not field.is_filled:
        return None, ()
    listed = field.value if isinstance(field.value, tuple) else (field.value,)
    day = read_date(listed[0] if len(listed) == 1 else field.value) or read_date(field.text)
    if day is not None:
        return day, ()
    message = f'{field.key}: "{_typed(field)}" is not a day of the calendar.'
    return None, (_error(note, field, "date-unreadable", message, "write it like 2026-11-25"),)


def read_probability(note: Note, field: FieldValue | None) -> Read[int]:
    """The chance to win in whole percent, from `40`, `40%`, or with a warning from `0.4`."""
    text = field_text(field)
    if field is None or not text:
        return None, ()
    match = _PROBABILITY.fullmatch(text)
    number = Decimal(match["number"].replace(",", ".")) if match else Decimal(-1)
    is_fraction = match is not None and not match["percent"] and _is_fraction(match["number"])
    percent = number * _HUNDRED if is_fraction else number
    if not 0 <= percent <= _HUNDRED:
        message = f'{field.key}: "{text}" is not a chance in percent.'
        return None, (
            _error(note, field, "probability-unreadable", message, "write a number from 0 to 100"),
        )
    whole = int(percent.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return whole, _fraction_warning(note, field, text, whole) if is_fraction else ()


def read_value(
    note: Note, field: FieldValue | None, currency: FieldValue | None, settings: MoneySettings
) -> Read[Money]:
    """The amount of the value field, in its own currency, the currency field's or the vault's."""
    typed = field_text(currency)
    code = currency_code(typed, settings.currency) if typed else ""
    findings: tuple[Finding, ...] = ()
    if currency is not None and code is None:
        message = f'{currency.key}: "{typed}" is not a currency.'
        findings = (_error(note, currency, "currency-unknown", message, "write it like EUR"),)
    if field is None or not field.is_filled:
        return None, findings
    if isinstance(field.value, Mapping | tuple):
        return None, (*findings, _wrong_type(note, field, "an amount"))
    money, problem = read_money(field.value, field.text, settings, code or "")
    if problem:
        hint = (
            f'write it like 12000 or 12000{settings.decimal}50; the decimal sign is "'
            f'{settings.decimal}" by [money] decimal'
        )
        findings += (_error(note, field, "value-unreadable", f"{field.key}: {problem}.", hint),)
    # Without its currency an amount is a number that nobody may add to another.
    return (None if code is None else money), findings


def read_text(note: Note, field: FieldValue | None) -> tuple[str, tuple[Finding, ...]]:
    """The field on one line, as typed; links as what they show, lists with commas."""
    if field is not None and isinstance(field.value, Mapping):
        return "", (_wrong_type(note, field, "text"),)
    return field_text(field), ()


def read_refs(note: Note, field: FieldValue | None, index: LinkIndex) -> tuple[NoteRef, ...]:
    """The notes that the field links to and the names that it holds as plain text, in order."""
    if field is None:
        return ()
    links = _links_in(note, field)
    linked = tuple(
        NoteRef(name=shown_name(link), file=resolve(index, note.path, link.target).text)
        for link in links
    )
    plain = tuple(
        NoteRef(name=name, file=None)
        for typed in typed_texts(field)
        if not any(link.text in typed for link in links) and (name := spoken(typed))
    )
    return linked + plain


def day_to_come(note: Note, field: FieldValue) -> Finding:
    """What is wrong with a day that is still to come where only a past one makes sense."""
    message = f"{field.key} {_typed(field)} is still to come, so it does not count."
    hint = "check the year and the month"
    return _finding(note, field, Level.WARNING, "date-in-future", message, hint)


def _links_in(note: Note, field: FieldValue) -> list[Link]:
    """The links that stand in the field, by line."""
    if field.is_inline:
        beside = (link for link in (*note.links, *note.embeds) if link.line == field.line)
        return [link for link in beside if link.text in field.text]
    links = (link for link in note.frontmatter_links if _top_key(link) == field.key)
    return sorted(links, key=lambda link: link.line)


def _top_key(link: Link) -> str | None:
    return link.key.partition(".")[0] if link.key is not None else None


def _is_fraction(number: str) -> bool:
    return not number.isdigit() and Decimal(number.replace(",", ".")) <= 1


def _fraction_warning(
    note: Note, field: FieldValue, text: str, percent: int
) -> tuple[Finding, ...]:
    message = f'{field.key}: "{text}" is read as {percent} percent.'
    return (
        _finding(note, field, Level.WARNING, "probability-fraction", message, f"write {percent}"),
    )


def _missing_stage(note: Note, field: FieldValue | None, stages: tuple[Stage, ...]) -> Finding:
    return Finding(
        level=Level.WARNING,
        code="stage-missing",
        path=note.path,
        line=field.line if field else 0,
        message="The lead has no stage.",
        hint=f"the stages are {_names(stages)}",
    )


def _names(stages: Iterable[Stage]) -> str:
    return ", ".join(stage.name for stage in stages)


def _wrong_type(note: Note, field: FieldValue, wanted: str) -> Finding:
    shape = "several fields in one" if isinstance(field.value, Mapping) else "a list"
    message = f"{field.key} holds {shape}, not {wanted}."
    return _error(note, field, "type-wrong", message, f"write {wanted} on one line")


def _typed(field: FieldValue) -> str:
    return field.text or field_text(field) or str(field.value)


def _error(note: Note, field: FieldValue, code: str, message: str, hint: str) -> Finding:
    return _finding(note, field, Level.ERROR, code, message, hint)


def _finding(  # a finding has that many parts
    note: Note, field: FieldValue, level: Level, code: str, message: str, hint: str
) -> Finding:
    return Finding(
        level=level, code=code, path=note.path, line=field.line, message=message, hint=hint
    )
