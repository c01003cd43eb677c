"""Which pieces of the front matter's source make way for a new value, by how the old one stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from vaultflow.vault.edit.scalar import written, written_json
from vaultflow.vault.edit.spans import Shape

if TYPE_CHECKING:
    from vaultflow.vault.edit.edit import FieldValue
    from vaultflow.vault.edit.spans import Entry
    from vaultflow.vault.note import Value

Cut: TypeAlias = "tuple[int, int, str]"
"""Start and end of what goes, and what comes in its place."""

_BLANKS = " \t"
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*")


def value_cuts(
    source: str, entry: Entry, old: Value, value: FieldValue, *, line_end: str
) -> tuple[Cut, ...] | None:
    """The cuts that put the value in place of the entry's; None when there is no colon to see.

    A list becomes a block list, as Obsidian writes it, where there was one or nothing. Items that
    are only added to a block list leave the lines of the others as they are.
    """
    if entry.shape is Shape.INLINE:
        return ((entry.start, entry.end, written(value)),)
    if entry.shape is Shape.TEXT_BLOCK:
        return _text_block_cuts(source, entry, written(value))
    if entry.colon_end is None:
        return None
    if isinstance(value, tuple) and value and entry.shape is not Shape.BLOCK_MAPPING:
        return (_list_cut(source, entry, old, value, line_end),)
    cut = _behind_colon(source, entry.colon_end, written(value))
    return (cut,) if entry.shape is Shape.EMPTY else (cut, _block_lines(source, entry))


def flow_cuts(source: str, entry: Entry, value: FieldValue) -> tuple[Cut, ...]:
    """The cut for an entry of an object in braces."""
    blank = " " if source[entry.start - 1] == ":" else ""
    return ((entry.start, entry.end, blank + written_json(value)),)


def new_lines(key: str, value: FieldValue, *, indent: str, line_end: str) -> str:
    """A new property on a line of its own, a list on one more for each item."""
    if isinstance(value, tuple) and value:
        return f"{indent}{key}:{_items(value, f'{indent}  ', line_end)}{line_end}"
    return f"{indent}{key}: {written(value)}".rstrip(_BLANKS) + line_end


def indent_at(source: str, at: int) -> str:
    """The blanks with which the line of the offset begins."""
    line = source[source.rfind("\n", 0, at) + 1 : at]
    return line[: len(line) - len(line.lstrip(_BLANKS))]


def _list_cut(source: str, entry: Entry, old: Value, items: tuple[str, ...], line_end: str) -> Cut:
    last = _end_of_line(source, entry.end)
    if entry.shape is Shape.EMPTY:
        indent = indent_at(source, entry.key_start)
        return (last, last, _items(items, f"{indent}  ", line_end))
    first_dash = source.index("-", entry.start)
    indent = indent_at(source, first_dash)
    if isinstance(old, tuple) and items[: len(old)] == old:
        return (last, last, _items(items[len(old) :], indent, line_end))
    begin = _end_of_line_before(source, first_dash)
    return (begin, entry.end, _items(items, indent, line_end))


def _items(items: tuple[str, ...], indent: str, line_end: str) -> str:
    """The lines of a block list, each with the line end before it."""
    return "".join(f"{line_end}{indent}- {written(item)}" for item in items)


def _behind_colon(source: str, colon_end: int, text: str) -> Cut:
    """One blank, and the value; a blank that stands there is used, but for one before a comment."""
    after = source[colon_end : colon_end + 2]
    if after[:1] and after[0] in _BLANKS and after[1:] != "#":
        return (colon_end + 1, colon_end + 1, text)
    return (colon_end, colon_end, f" {text}" if text else "")


def _block_lines(source: str, entry: Entry) -> Cut:
    """The lines of a block collection; an anchor before them goes too."""
    start = entry.start
    line_before = _end_of_line_before(source, start)
    is_below = entry.colon_end is not None and line_before >= entry.colon_end
    return (line_before if is_below else start, entry.end, "")


def _text_block_cuts(source: str, entry: Entry, text: str) -> tuple[Cut, ...]:
    """The header makes way for the value, and the lines go; a comment behind the header stays."""
    header = _BLOCK_HEADER.search(source, entry.start)
    header_end = header.end() if header else entry.end
    line_end = _end_of_line(source, header_end)
    return ((entry.start, header_end, text), (line_end, max(line_end, entry.end), ""))


def _end_of_line(source: str, at: int) -> int:
    end = source.find("\n", at)
    end = len(source) if end < 0 else end
    return end - (source[at:end].endswith("\r"))


def _end_of_line_before(source: str, at: int) -> int:
    end = source.rfind("\n", 0, at)
    return end - (end > 0 and source[end - 1] == "\r")
