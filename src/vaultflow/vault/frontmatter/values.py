"""What the value of a property or an inline field says: a day, a list of texts, a name."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from vaultflow.vault.names import nfc

if TYPE_CHECKING:
    from vaultflow.vault.note import Value

_DAY = re.compile(
    r"(?P<year>\d{4})(?P<dash>[-/])(?P<month>\d{1,2})(?P=dash)(?P<day>\d{1,2})", re.ASCII
)
_COMPACT_DAY = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)", re.ASCII)
_TIME = re.compile(r"[T ]\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)? ?(?:Z|[+-]\d\d:?\d\d)?", re.ASCII)
_WIKILINK = re.compile(r"\[\[(?P<target>[^\]|#]+)(?:[#|][^\]]*)?\]\]")
_EMOJI_PARTS = frozenset("\u200d\ufe0f\u20e3🏻🏼🏽🏾🏿")


@lru_cache(maxsize=4096)
def canonical_name(key: str) -> str:
    """The field's name in the one form in which two spellings of it are equal.

    As in Dataview: lower case, blanks as hyphens, only letters, digits, `_`, `-` and emoji. The
    underscore counts as a hyphen too, so that `next_action` is `Next Action`.
    """
    kept = (sign for sign in nfc(key) if _is_name_sign(sign) or sign.isspace())
    return re.sub(r"\s+|_", "-", nfc("".join(kept).strip().lower()))


def read_date(value: Value) -> date | None:
    """The calendar day that the value names, as typed; None when it names none.

    Reads `2026-11-20`, `2026-11-20T10:30+01:00`, `20261120`, and each of them as a `[[link]]`. A
    zone never moves the day.
    """
    return _day_of(value if isinstance(value, str) else _text(value))


@lru_cache(maxsize=4096)  # the days of a vault are few, and each stands in many notes
def _day_of(typed: str) -> date | None:
    text = _single_text(typed)
    match = _COMPACT_DAY.fullmatch(text) or _DAY.match(text)
    rest = text[match.end() :] if match else ""
    if not match or (rest and not _TIME.fullmatch(rest)):
        return None
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def read_text_list(value: Value) -> tuple[str, ...]:
    """The texts of a list, or the one text of a single value; empty ones are left out.

    An unquoted `[[link]]` is read as the link that it was meant to be.
    """
    items = value if isinstance(value, tuple) and unquoted_link(value) is None else (value,)
    texts = (_text(item).strip() for item in items)
    return tuple(text for text in texts if text)


def unquoted_link(value: Value) -> str | None:
    """The `[[link]]` that YAML took for a list in a list, as typed; None for any other value."""
    match value:
        case (tuple() as parts,) if parts and all(isinstance(part, str) for part in parts):
            return f"[[{', '.join(str(part) for part in parts)}]]"
        case _:
            return None


def _is_name_sign(sign: str) -> bool:
    return (
        sign in "0123456789_-"
        or unicodedata.category(sign) in {"Lu", "Ll", "Lt", "Lm", "Lo", "So"}
        or sign in _EMOJI_PARTS
    )


def _single_text(value: Value) -> str:
    """The value as one text; of a link, the last part of its target."""
    text = _text(value).strip()
    link = _WIKILINK.fullmatch(text)
    return link["target"].rpartition("/")[2].removesuffix(".md").strip() if link else text


def _text(value: Value) -> str:
    match value:
        case str():
            return value
        case bool():
            return str(value).lower()
        case int() | float():
            return str(value)
        case _:
            return unquoted_link(value) or ""
