"""Records as their source tells them: fields, annotations and docstrings; and tables of them."""
# ruff: noqa: INP001  # a script beside the documents, no package

from __future__ import annotations

import ast
import inspect
import sys
from dataclasses import dataclass
from importlib import import_module
from textwrap import dedent
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldText:
    """A field as its record's source says it."""

    name: str
    kind: str
    """Its annotation."""
    owner: type[Any]
    """The record whose source it is."""
    meaning: str
    """The docstring below it, on one line; empty when there is none."""


def field_texts(record: type[Any]) -> tuple[FieldText, ...]:
    """The fields of a record with their docstrings, those of its bases first."""
    bases = [base for base in reversed(record.__mro__) if is_record(base)]
    return tuple(field for base in bases for field in own_fields(base))


def is_record(kind: type[Any]) -> bool:
    """Whether the type itself is a record, and not only derived from one."""
    is_struct = issubclass(kind, Struct) and kind is not Struct
    return is_struct or "__dataclass_fields__" in kind.__dict__


def own_fields(record: type[Any]) -> Iterator[FieldText]:
    """The fields that the record's own source names."""
    tree = ast.parse(dedent(inspect.getsource(record)))
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    for statement, below in zip(body, [*body[1:], None], strict=True):
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            yield FieldText(
                name=statement.target.id,
                kind=ast.unparse(statement.annotation),
                owner=record,
                meaning=docstring(below),
            )


def docstring(statement: ast.stmt | None) -> str:
    """The text of a statement that is nothing but a text, on one line."""
    match statement:
        case ast.Expr(value=ast.Constant(value=str(text))):
            return " ".join(text.split())
        case _:
            return ""


def summary(record: type[Any]) -> str:
    """The first sentence of a docstring."""
    first_line = inspect.cleandoc(record.__doc__ or "").partition("\n")[0]
    return first_line.partition(". ")[0].removesuffix(".") + "."


def type_named(name: str, owner: type[Any]) -> object:
    """What a name means in the module of a record, be it imported for type checkers only."""
    module = sys.modules[owner.__module__]
    if hasattr(module, name):
        return getattr(module, name)
    for statement in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(statement, ast.ImportFrom) and name in {
            each.name for each in statement.names
        }:
            return getattr(import_module(statement.module or ""), name)
    return None


def either(choices: Sequence[str]) -> str:
    """The texts that are possible: "`a`, `b` or `c`"."""
    *others, last = [f"`{choice}`" for choice in choices]
    return f"{', '.join(others)} or {last}" if others else last


def table(headers: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    names = tuple(headers)
    lines = [names, ("---",) * len(names), *rows]
    return "".join(f"| {' | '.join(map(in_cell, line))} |\n" for line in lines)


def in_cell(text: str) -> str:
    """The text as a table can hold it."""
    return text.replace("|", "\\|")
