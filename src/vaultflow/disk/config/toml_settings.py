"""The text of `vaultflow.toml` as settings, with all that is wrong with it at once. Pure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from types import UnionType
from typing import Any, Literal, TypeGuard, get_args, get_origin, get_type_hints

import msgspec
from msgspec.structs import fields, replace

from vaultflow.disk.config.checks import Problem, check_values, nearest
from vaultflow.disk.config.toml_lines import key_lines, line_of_key
from vaultflow.pipeline.settings import Settings

SHOWN_SIGNS = 40  # of a wrong value: enough to find it, short enough for one line

_SYNTAX_LINE = re.compile(r" \(at line (?P<line>\d+), column \d+\)| \(at end of document\)")


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Where a setting comes from."""

    line: int = 0
    """1-based line of `vaultflow.toml`; 0 when the key is not there and the default holds."""


class ReadSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What a text of settings says."""

    settings: Settings
    """With the default in place of each value that cannot be used."""
    origins: Mapping[str, Origin]
    """By dotted key, `review.capacity`, in the order of the records; every key is there."""
    problems: tuple[Problem, ...] = ()
    """By line; the settings are to be used only when there are none."""


@lru_cache(maxsize=1)  # a watcher asks for the same text before each round
def read_settings(text: str) -> ReadSettings:
    """The settings that the TOML text gives, where each comes from, and what is wrong."""
    try:
        tables = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number or a nesting out of all bounds, too
        problem = _syntax_problem(error, text)
        return ReadSettings(settings=Settings(), origins=_origins({}, {}), problems=(problem,))
    lines = key_lines(text)
    record, wrong = _read_table(Settings, tables, "")
    settings = record if isinstance(record, Settings) else Settings()
    wrong += _new(check_values(settings), wrong)
    placed = (replace(problem, line=line_of_key(lines, problem.key)) for problem in wrong)
    return ReadSettings(
        settings=settings,
        origins=_origins(tables, lines),
        problems=tuple(sorted(placed, key=lambda problem: (problem.line, problem.key))),
    )


def _new(found: tuple[Problem, ...], known: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Those about stages are told only when all stages could be read: one may be missing else."""
    has_bad_stage = any(problem.key.startswith("pipeline.stages") for problem in known)
    return tuple(
        problem
        for problem in found
        if not (has_bad_stage and problem.key.startswith("pipeline.stages"))
    )


class _Unusable:
    """Stands for a value that cannot be used: the default comes in its place."""


def _read_table(
    record: type[Any],  # any record of settings: what comes out is checked value by value
    table: Mapping[str, object],
    key: str,
) -> tuple[object, tuple[Problem, ...]]:
    """The record that the table gives, or `_Unusable` when a key that it needs is missing."""
    shape = _shape(record)  # type: ignore[arg-type]  # typeshed: `type` is no Hashable
    kinds = shape.kinds
    problems = [_unknown(_join(key, name), name, kinds) for name in table.keys() - kinds.keys()]
    values = {}
    for name in kinds.keys() & table.keys():
        value, wrong = _read_value(kinds[name], table[name], _join(key, name))
        problems += wrong
        if not isinstance(value, _Unusable):
            values[name] = value
    problems += [_missing(key, name) for name in shape.needed - table.keys()]
    usable = shape.needed <= values.keys()
    return record(**values) if usable else _Unusable(), tuple(problems)


def _read_value(kind: object, value: object, key: str) -> tuple[object, tuple[Problem, ...]]:
    """The value as its kind wants it, or `_Unusable` and why."""
    item = get_args(kind)[0] if get_origin(kind) is tuple else None
    match value:
        case Mapping() if _is_record(kind):
            return _read_table(kind, value, key)
        case list() if _is_record(item):
            return _read_tables(item, value, key)
        case str() if item is str:
            return (value,), ()
    try:
        plain = msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return _Unusable(), (_mistyped(kind, value, key),)
    if isinstance(plain, Decimal) and not plain.is_finite():
        return _Unusable(), (_mistyped(kind, value, key),)
    return plain, ()


def _read_tables(
    record: type[Any],  # see _read_table
    tables: list[object],
    key: str,
) -> tuple[object, tuple[Problem, ...]]:
    """The records of an array of tables; those that cannot be used are left out."""
    read = [_read_value(record, table, f"{key}.{number}") for number, table in enumerate(tables)]
    usable = tuple(value for value, _ in read if not isinstance(value, _Unusable))
    return usable, tuple(problem for _, wrong in read for problem in wrong)


def _is_record(kind: object) -> TypeGuard[type[Any]]:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


class _Shape(msgspec.Struct, frozen=True):
    """What a record of settings takes."""

    kinds: Mapping[str, Any]  # types, as annotations hold them
    """By the name of the field."""
    needed: frozenset[str]
    """The fields that have no default."""


@cache  # looking types up is most of the work, and all stages have one shape
def _shape(record: type[Any]) -> _Shape:
    needed = (field.name for field in fields(record) if field.required)
    return _Shape(get_type_hints(record), frozenset(needed))


def _join(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


def _unknown(key: str, name: str, known: Mapping[str, object]) -> Problem:
    return Problem(key=key, message=f'unknown key "{name}"', hint=nearest(name, known))


def _missing(key: str, name: str) -> Problem:
    return Problem(key=key, message=f'"{name}" is missing', hint=f"add {name} = ...")


def _mistyped(kind: object, value: object, key: str) -> Problem:
    table, _, name = key.rpartition(".")
    if name.isdigit():
        name = f"an entry of {table.rpartition('.')[2]}"
    if choices := _choices(kind):
        message = f"{name} cannot be {_shown(value)}"
        return Problem(key=key, message=message, hint=nearest(str(value), choices))
    return Problem(key=key, message=f"{name} must be {_wanted(kind)}, not {_shown(value)}")


def _choices(kind: object) -> tuple[str, ...]:
    """The words that are allowed; empty when any are."""
    if get_origin(kind) is Literal:
        return get_args(kind)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return tuple(kind)
    return ()


def _wanted(kind: object) -> str:
    if isinstance(kind, UnionType):
        return _wanted(get_args(kind)[0])
    if _is_record(kind):
        return "a table"
    if get_origin(kind) is tuple:
        return "a list of tables" if _is_record(get_args(kind)[0]) else "a text or a list of texts"
    names: Mapping[object, str] = {
        bool: "true or false",
        int: "a whole number",
        Decimal: "a number",
        date: "a date such as 2026-11-23",
    }
    return names.get(kind, "a text")


def _shown(value: object) -> str:
    """The value much as it was typed, cut short."""
    match value:
        case str():
            text = f'"{value}"'
        case bool():
            text = str(value).lower()
        case Mapping():
            text = "a table"
        case list():
            text = f"[{', '.join(map(_shown, value))}]"
        case _:
            text = str(value)
    text = " ".join(text.split())
    return text if len(text) <= SHOWN_SIGNS else f"{text[: SHOWN_SIGNS - 1]}…"


def _syntax_problem(error: Exception, text: str) -> Problem:
    known = isinstance(error, tomllib.TOMLDecodeError)
    reason = str(error) if known else "a number is too long, or lists are nested too deeply"
    place = _SYNTAX_LINE.search(reason)
    last = text.rstrip().count("\n") + 1
    return Problem(
        key="",
        message=f"not valid TOML: {_SYNTAX_LINE.sub('', reason)}",
        hint="see https://toml.io",
        line=int(place["line"] or last) if place else last,
    )


def _origins(tables: Mapping[str, object], lines: Mapping[str, int]) -> Mapping[str, Origin]:
    origins = {}
    for name, record in _shape(Settings).kinds.items():
        table = tables.get(name)
        given = table.keys() if isinstance(table, Mapping) else ()
        for field in fields(record):
            key = f"{name}.{field.name}"
            origins[key] = Origin(line=line_of_key(lines, key) if field.name in given else 0)
    return origins
