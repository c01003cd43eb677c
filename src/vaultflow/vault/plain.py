"""A record as plain values: what `--json` prints and what a template is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import PurePath
from typing import TypeAlias

from msgspec import Struct

Plain: TypeAlias = "bool | int | float | str | list[Plain] | dict[str, Plain] | None"
"""A value that JSON can hold."""


def to_plain(value: object) -> Plain:
    """The value with records as dicts by field name, dates as ISO text, decimals as digits.

    Raises:
        TypeError: for a type that no record of ours holds.
    """
    match value:
        case Mapping():
            return {str(to_plain(key)): to_plain(item) for key, item in value.items()}
        case tuple() | list():
            return [to_plain(item) for item in value]
        case Struct():
            return {name: to_plain(getattr(value, name)) for name in value.__struct_fields__}
        case _ if is_dataclass(value):
            return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
        case _:
            return _plain_scalar(value)


def _plain_scalar(value: object) -> Plain:
    match value:
        case Enum():
            return _plain_scalar(value.value)
        case None | bool() | int() | float() | str():
            return value
        case Decimal():
            return format(value, "f")  # plain digits, where str() may say 1.2E+4
        case date() | PurePath():
            return str(value)  # of a date that is its ISO form
        case _:
            raise TypeError(f"no plain form for {type(value).__name__}")
