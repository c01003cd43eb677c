"""Flags: words for what makes a lead costly, and what suggests one of them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.errors import nearest_words
from vaultflow.pipeline.money import format_money, read_money
from vaultflow.vault.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from vaultflow.pipeline.lead import Lead, Money
    from vaultflow.pipeline.settings import MoneySettings
    from vaultflow.pipeline.standing import Standing

BARGAIN_HUNTER = "bargain-hunter"
KNOWN_FLAGS = ("micromanager", BARGAIN_HUNTER)
"""The flags that are known; any other word is a flag too."""
DROPS_SUGGEST = 2  # one lower price may be a change of scope; a second one is a habit

_ALIKE = 0.75  # "micro-managing" is meant for a known flag, "manager" may be another one
_SEPARATORS = re.compile(r"[,;]")
_BETWEEN_WORDS = re.compile(r"[\s_-]+")
_VALUE_CHANGE = re.compile(
    r"\b(?:value|amount)\b[:\s*_]+(?P<before>[^;]{1,60}?)\s*(?:[-=]+>|[→➔➜⟶⇒]|\bto\b)\s*(?P<after>[^;(]{1,60})",
    re.IGNORECASE,
)
_MOST_WORDS = 3  # of an amount: "€ 10 000"


class ValueChange(Struct, frozen=True, kw_only=True, gc=False):
    """What a lead may bring was set to another amount."""

    day: date
    before: Money
    after: Money
    source: str = ""
    """Where that stands, such as `line 12`."""

    @property
    def is_drop(self) -> bool:
        """Lower than before, in the same currency."""
        is_same = self.before.currency == self.after.currency
        return is_same and self.after.amount < self.before.amount

    def __str__(self) -> str:
        source = f", {self.source}" if self.source else ""
        return f"{self.day} {format_money(self.before)} to {format_money(self.after)}{source}"


def flag_name(text: str) -> str:
    """The flag as it is compared: `Bargain hunter` is `bargain-hunter`."""
    return _BETWEEN_WORDS.sub("-", fold(text.strip().lstrip("#"))).strip("-")


def flags_of(lead: Lead) -> tuple[str, ...]:
    """The lead's flags, each once, in the order in which they stand."""
    said = lead.said.get("flags")
    typed = (part for text in said.texts for part in _SEPARATORS.split(text)) if said else ()
    return tuple(dict.fromkeys(flag for text in typed if (flag := flag_name(text))))


def meant_flag(flag: str) -> str:
    """The known flag that an unknown one seems to mean; empty when it is known, or a word apart."""
    if flag in KNOWN_FLAGS:
        return ""
    return next(iter(nearest_words(flag, KNOWN_FLAGS, least_alike=_ALIKE)), "")


def leads_by_flag(standings: Iterable[Standing]) -> Mapping[str, tuple[Standing, ...]]:
    """The leads that have each flag, in their order; the flags by their names."""
    by_flag: dict[str, list[Standing]] = defaultdict(list)
    for standing in standings:
        for flag in flags_of(standing.lead):
            by_flag[flag].append(standing)
    return {flag: tuple(by_flag[flag]) for flag in sorted(by_flag)}


def logged_value_changes(lead: Lead, settings: MoneySettings) -> tuple[ValueChange, ...]:
    """The changes of value that the lead's log tells, `value: 12000 -> 10000`, oldest first."""
    changes = (
        ValueChange(day=touch.day, before=before, after=after, source=f"line {touch.line}")
        for touch in reversed(lead.touches)
        if touch.path == lead.path and (match := _VALUE_CHANGE.search(touch.text))
        if (before := _amount(match["before"].split(), settings, at_end=True))
        if (after := _amount(match["after"].split(), settings, at_end=False))
    )
    return tuple(sorted(changes, key=lambda change: change.day))


def suggests_bargain_hunter(lead: Lead, changes: Iterable[ValueChange]) -> tuple[ValueChange, ...]:
    """The drops of value that suggest a bargain hunter; none when it is flagged, or too few.

    `changes` come from the log, or from the history of the note.
    """
    drops = tuple(change for change in changes if change.is_drop)
    is_flagged = BARGAIN_HUNTER in flags_of(lead)
    return () if is_flagged or len(drops) < DROPS_SUGGEST else drops


def _amount(words: Sequence[str], settings: MoneySettings, *, at_end: bool) -> Money | None:
    """The longest amount that some words begin or end with."""
    for count in range(min(_MOST_WORDS, len(words)), 0, -1):
        text = " ".join(words[-count:] if at_end else words[:count]).strip("*_`\"'.,:")
        amount, _ = read_money(text, text, settings)
        if amount:
            return amount
    return None
