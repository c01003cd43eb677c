"""A typed value as YAML on one line, the same to readers of YAML 1.1 and of 1.2."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import yaml
from yaml.resolver import Resolver

from vaultflow.vault.frontmatter.scalars import plain_value

if TYPE_CHECKING:
    from vaultflow.vault.edit.edit import FieldValue
    from vaultflow.vault.note import Value

_PLAIN = re.compile(r"[\w€$£(/](?:[^:#]|:(?=[^\s,\[\]{}])|(?<=\S)#)*")
_NOT_IN_FLOW = re.compile(r"[,\[\]{}:#\"'?]")
_YES_NO = frozenset("yYnN")  # bool to YAML 1.1, though PyYAML leaves them out
_ESCAPED = re.compile(
    '["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\U00100000-\U0010ffff]'
)
_SHORT_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_LAST_OF_FOUR_DIGITS = 0xFFFF
_YAML_1_1 = Resolver()


def is_plain_text(text: str, *, in_flow: bool = False) -> bool:
    """Whether the text, without quotes, is this text in YAML 1.1 and in 1.2."""
    return (
        _PLAIN.fullmatch(text) is not None
        and text.isprintable()
        and not text.endswith(" ")
        and not (in_flow and _NOT_IN_FLOW.search(text))
        and isinstance(plain_value(text), str)
        and text not in _YES_NO
        and _tag_in_1_1(text) == Resolver.DEFAULT_SCALAR_TAG
    )


def written(value: FieldValue, *, in_flow: bool = False) -> str:
    """The value on one line, quoted only where it must be; a list is a flow list."""
    match value:
        case str():
            return value if is_plain_text(value, in_flow=in_flow) else _quoted(value)
        case tuple():
            return f"[{', '.join(written(item, in_flow=True) for item in value)}]"
        case _:
            return unquoted(value)


def written_json(value: FieldValue) -> str:
    """The value as JSON, for front matter that is one object in braces."""
    match value:
        case None:
            return "null"
        case str():
            return _double_quoted(value)
        case tuple():
            return f"[{', '.join(map(_double_quoted, value))}]"
        case date():
            return _double_quoted(value.isoformat())
        case _:
            return unquoted(value)


def is_value(read: Value, wished: FieldValue) -> bool:
    """Whether what was read is the typed value; a date is read as its text, as in Obsidian."""
    match wished:
        case Decimal():
            return type(read) in {int, float} and Decimal(str(read)) == wished
        case date():
            return read == wished.isoformat()
        case _:
            return type(read) is type(wished) and read == wished


def unquoted(value: bool | int | Decimal | date | None) -> str:  # noqa: FBT001 - it is a value
    """The digits, word or day that stands for the value; nothing for None."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case Decimal():
            return format(value, "f")
        case _:
            return str(value) if isinstance(value, int) else value.isoformat()


def _quoted(text: str) -> str:
    """In double quotes, or in single ones where that saves escapes, as Obsidian does."""
    if ('"' in text or "\\" in text) and "'" not in text and text.isprintable():
        return f"'{text}'"
    return _double_quoted(text)


def _double_quoted(text: str) -> str:
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(sign: re.Match[str]) -> str:
    short = _SHORT_ESCAPES.get(sign[0])
    if short:
        return short
    code = ord(sign[0])
    return f"\\u{code:04X}" if code <= _LAST_OF_FOUR_DIGITS else f"\\U{code:08X}"


def _tag_in_1_1(text: str) -> str:
    return str(_YAML_1_1.resolve(yaml.ScalarNode, text, (True, False)))  # type: ignore[no-untyped-call]  # has no types
