"""A record as plain values: what `--json` prints and what a template is given.

A page of 3,000 leads holds 80,000 values, and is made anew on every save. So what is to be done
with a value is found out once for its type and not for each value, and nearly all of them are
plain already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cached_property, lru_cache, partial
from hashlib import blake2b
from operator import attrgetter
from pathlib import PurePath
from typing import Any, TypeAlias

from msgspec import MsgspecError, Struct
from msgspec.msgpack import Encoder
from msgspec.structs import asdict

from vaultflow.vault.later import Later

Plain: TypeAlias = "bool | int | float | str | list[Plain] | dict[str, Plain] | None"
"""A value that JSON can hold."""

_PLAIN = frozenset({type(None), bool, int, float, str})
_DIGEST_BYTES = 16
_FEW = 1024  # days and members of enums: there are not more, and each is met thousands of times


class ShownAgain(Struct, frozen=True, kw_only=True, dict=True):
    """A record that many pages hold, one after the other: what it is made into is kept with it.

    So whoever gets its plain values must leave them as they are.
    """

    @cached_property
    def plain(self) -> dict[str, Plain]:
        """By field name."""
        return _plain_struct(self)

    @cached_property
    def digest(self) -> bytes:
        """What tells whether it says the same: see `record_digest`."""
        return _digest(self)


def to_plain(value: object) -> Plain:
    """The value with records as dicts by field name, dates as ISO text, decimals as digits.

    Raises:
        TypeError: for a type that no record of ours holds.
    """
    return _CONVERTERS[type(value)](value)


def record_digest(record: object) -> bytes:
    """What tells whether a record has changed: 16 bytes of a BLAKE2b over all that it holds.

    Records of one type with the same digest have the same plain values, mappings in the same
    order: so pages made of them are the same.

    Raises:
        TypeError: as `to_plain`.
    """
    if is_dataclass(record) and not isinstance(record, type):
        return _hashed(b"".join(_field_digests(record)))
    return _digest(record)


def _field_digests(record: object) -> Iterator[bytes]:
    """Of each field; of many records in one, what they keep themselves is taken."""
    for name in _field_names(type(record)):
        value = getattr(record, name)
        many = value if isinstance(value, tuple) else (value,)
        if many and isinstance(many[0], ShownAgain):
            yield _hashed(b"".join(map(_kept_digest, many)))
        elif any(map(_holds_many, many)):
            yield _hashed(b"".join(map(record_digest, many)))
        else:
            yield _digest(value)


def _holds_many(value: object) -> bool:
    """Whether it is a record in which records are that keep their digest."""
    if not is_dataclass(value) or isinstance(value, type):
        return False
    parts = (getattr(value, name) for name in _field_names(type(value)))
    return any(
        isinstance(part, tuple) and part and isinstance(part[0], ShownAgain) for part in parts
    )


def _kept_digest(value: object) -> bytes:
    return value.digest if isinstance(value, ShownAgain) else _digest(value)


def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _digest(value: object) -> bytes:
    try:
        packed = _ENCODER.encode(value)
    except (MsgspecError, OverflowError, UnicodeEncodeError):
        # What msgpack cannot hold: integers beyond 64 bits, file names that are no Unicode.
        packed = repr(to_plain(value)).encode(errors="surrogatepass")
    return _hashed(packed)


def _hashed(packed: bytes) -> bytes:
    return blake2b(packed, digest_size=_DIGEST_BYTES).digest()


def _to_pack(value: object) -> object:
    """What msgpack is to hold for a value that it does not know."""
    return tuple(value) if isinstance(value, Later) else to_plain(value)


_ENCODER = Encoder(enc_hook=_to_pack)


def _plain_dataclass(names: tuple[str, ...], record: object) -> dict[str, Plain]:
    return _plain_fields({name: getattr(record, name) for name in names})


def _plain_struct(record: Struct) -> dict[str, Plain]:
    return _plain_fields(asdict(record))


def _plain_fields(values: dict[str, Any]) -> dict[str, Plain]:
    """The same dict, as most of its values are plain and stay."""
    for name, value in values.items():
        if type(value) not in _PLAIN:
            values[name] = _CONVERTERS[type(value)](value)
    return values


def _plain_items(values: Iterable[Any]) -> list[Plain]:
    return [value if type(value) in _PLAIN else _CONVERTERS[type(value)](value) for value in values]


def _plain_mapping(mapping: Mapping[object, object]) -> dict[str, Plain]:
    return {str(to_plain(key)): to_plain(value) for key, value in mapping.items()}


@lru_cache(maxsize=_FEW, typed=True)
def _plain_member(member: Enum) -> Plain:
    return to_plain(member.value)


@lru_cache(maxsize=_FEW)
def _plain_day(day: date) -> str:
    return day.isoformat()


def _plain_digits(number: Decimal) -> str:
    return format(number, "f")  # plain digits, where str() may say 1.2E+4


def _same(value: Plain) -> Plain:
    return value


_KINDS: Mapping[type, Callable[[Any], Plain]] = {  # Any: what the type says
    Enum: _plain_member,  # before the text or number that a member may be as well
    **dict.fromkeys(_PLAIN, _same),
    Mapping: _plain_mapping,
    tuple: _plain_items,
    list: _plain_items,
    ShownAgain: attrgetter("plain"),
    Struct: _plain_struct,
    Decimal: _plain_digits,
    datetime: str,
    date: _plain_day,
    PurePath: str,
    Later: _plain_items,
}
"""How a value is made plain, by the first of these types that it is an instance of."""


class _Converters(dict[type, Callable[[Any], Plain]]):
    """The same by a value's own type, found out when the first value of the type is met."""

    def __missing__(self, kind: type) -> Callable[[Any], Plain]:
        self[kind] = self._found_out(kind)
        return self[kind]

    def _found_out(self, kind: type) -> Callable[[Any], Plain]:
        if is_dataclass(kind):
            return partial(_plain_dataclass, _field_names(kind))
        for known, converter in _KINDS.items():
            if issubclass(kind, known):
                return converter
        raise TypeError(f"no plain form for {kind.__name__}")


_CONVERTERS = _Converters()
