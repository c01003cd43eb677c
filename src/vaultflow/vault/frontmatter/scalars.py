"""What an unquoted word of YAML means to Obsidian: 1.2's core schema, with JavaScript's numbers."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vaultflow.vault.note import Value

MAX_FRONT_MATTER_BYTES = 64 * 1024  # a thousand full lines; parsing this much takes 0.1 s

CONSTANTS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
"""The words that are no text."""
_FIRST_OF_NUMBER = frozenset("0123456789+-.")
_NUMBER = re.compile(
    r"""
      (?P<whole>[0-9]{1,15})
    | (?P<decimal>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)
    | (?P<based>0o[0-7]+|0x[0-9a-fA-F]+)
    | (?P<none>[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))
    """,
    re.VERBOSE,
)
"""`whole` is one that JavaScript's numbers surely hold to the last digit."""
_FIRST_WITH_EXPONENT = 1e21  # from here on JavaScript does not write a whole number in full


def plain_value(text: str) -> bool | float | str | None:
    """What an unquoted scalar means; whole numbers are int.

    Numbers are JavaScript's: of more than 17 digits the last are lost. Infinity and NaN are None,
    which is how they come out of Obsidian's JSON.
    """
    if text in CONSTANTS:
        return CONSTANTS[text]
    if text[0] not in _FIRST_OF_NUMBER:
        return text
    if not (match := _NUMBER.fullmatch(text)):
        return text
    return _READ_NUMBER[match.lastgroup or "none"](text)


def key_text(key: Value) -> str:
    """The key as the text that a JavaScript object has for it: `{{date}}` is `{ date }`."""
    match key:
        case None:
            return ""
        case bool():
            return str(key).lower()
        case str() | int() | float():
            return str(key)
        case tuple():
            return _bracketed("[", [_nested(item) for item in key], "]")
        case _:
            return _bracketed("{", [_pair(name, item) for name, item in key.items()], "}")


def _number(value: float) -> float | None:
    if not math.isfinite(value):
        return None
    if not value.is_integer() or abs(value) >= _FIRST_WITH_EXPONENT:
        return value
    # By way of the shortest digits, which are those that JavaScript writes.
    return int(Decimal(repr(value)))


def _to_float(value: int) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf


_READ_NUMBER: Mapping[str, Callable[[str], float | None]] = {
    "whole": int,
    "decimal": lambda text: _number(float(text)),
    "based": lambda text: _number(_to_float(int(text, base=0))),
    "none": lambda _: None,
}


def _bracketed(opening: str, items: list[str], closing: str) -> str:
    return f"{opening} {', '.join(items)} {closing}" if items else opening + closing


def _nested(value: Value) -> str:
    return "null" if value is None else key_text(value)


def _pair(name: str, value: Value) -> str:
    explicit = f"? {name}" if name.startswith(("{", "[")) else name
    return explicit if value is None else f"{explicit}: {key_text(value)}"
