"""Front matter of plain lines, read without a YAML parser: most of it is, and parsing is slow.

`yaml12` defines what is right. Here a source is read only where every line is of a kind that
surely gives the same; one line of another kind, and the whole source is left to `yaml12`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultflow.vault.frontmatter.scalars import CONSTANTS, MAX_FRONT_MATTER_BYTES, plain_value
from vaultflow.vault.note import Property

if TYPE_CHECKING:
    from vaultflow.vault.note import Value

_QUOTED = r""" ("[^"\\\n]*"|'[^'\n]*')[ ]* """
_START = r"[\w€$£(/+.~]"
_PLAIN = rf"({_START}[^:#\n]*(?::(?=\S)[^:#\n]*)*)"

_LINES = re.compile(
    rf"""
    ^(?:
        ([^\W\d_][\w -]{{0,100}})(?<![ ]):(?=[ \n])[ ]*
        (?: {_PLAIN} | {_QUOTED} | (\[[^\n]*\])[ ]* | )\n
        ((?:[ ]*-[ ][^\n]*\n)*)
      | (?:[ ]*|\#[^\n]*)\n
    )
    """,
    re.VERBOSE | re.MULTILINE,
)
"""An entry: its key, its value as a plain word, quoted or a list in brackets, and the list below
it. Or a line that says nothing."""
_BLOCK_ITEM = re.compile(rf"^([ ]*)-[ ]+(?: {_PLAIN} | {_QUOTED} )\n", re.VERBOSE | re.MULTILINE)
_FLOW_ITEM = re.compile(
    rf"[ ]*(?: ({_START}[^\[\]{{}},:#\"'&*!|>%@`?]*) | {_QUOTED} )(?:,|\Z)", re.VERBOSE
)


def read_plain_lines(source: str, first_line: int = 1) -> dict[str, Property] | None:
    """The entries by key, in order, as `read_mapping` gives them; None when that is not certain."""
    lines = source.replace("\r\n", "\n") + "\n"
    if not _is_small(source) or not lines.replace("\n", "").isprintable():
        return None  # too much, or with signs that YAML does not allow
    entries: dict[str, Property] = {}
    line = first_line
    for key, plain, quoted, flow, block in _LINES.findall(lines):
        if key:
            if key in entries or key in CONSTANTS or (block and (plain or quoted or flow)):
                return None
            text = plain.rstrip(" ") if plain else quoted[1:-1]
            value: Value
            if plain:
                value = plain_value(text)
            elif quoted:
                value = text
            elif flow or block:
                value = _flow_items(flow[1:-1]) if flow else _block_items(block)
                if value is None:
                    return None
            else:
                value = None
            entries[key] = Property(key=key, value=value, text=text, line=line)
            if block:
                line += block.count("\n")
        line += 1
    are_all_read = line - first_line == lines.count("\n")  # each match begins and ends a line
    return entries if are_all_read else None


def _is_small(source: str) -> bool:
    return len(source) * 4 <= MAX_FRONT_MATTER_BYTES  # at most four bytes a sign


def _block_items(block: str) -> tuple[Value, ...] | None:
    """The items of a list of plain items below their key; None when it is another list."""
    found = _BLOCK_ITEM.findall(block)
    is_even = len({indent for indent, _, _ in found}) == 1
    if not is_even or len(found) != block.count("\n"):
        return None
    return tuple(_item(plain, quoted) for _, plain, quoted in found)


def _flow_items(flow: str) -> tuple[Value, ...] | None:
    """The items of a list of plain items in brackets; None when it is another list."""
    items: list[Value] = []
    position, text = 0, flow.strip(" ")
    while position < len(text):
        if not (match := _FLOW_ITEM.match(text, position)):
            return None
        items.append(_item(*match.groups("")))
        position = match.end()
    return tuple(items)


def _item(plain: str, quoted: str) -> Value:
    return plain_value(plain.rstrip(" ")) if plain else quoted[1:-1]
