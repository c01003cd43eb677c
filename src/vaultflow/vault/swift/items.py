"""Items of lists: what their lines say, and to which list each of them belongs.

Open items are kept as pairs of columns, of the marker and of the text, the outermost item first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from vaultflow.vault.note import ListItem
from vaultflow.vault.swift.doubt import DoubtError
from vaultflow.vault.swift.signs import BLOCK_BEGIN, BLOCK_SIGNS

if TYPE_CHECKING:
    OpenItems: TypeAlias = list[tuple[int, int]]

MAX_DEPTH = 20  # the parser has a limit of its own, further down

ITEM = re.compile(
    r"([-*+]|[0-9]{1,9}[.)])( {1,4})(?:\[([^\[\]`\\$])\](?: +|$)|(?=[^ \t]))([^ \t].*)?"
)
"""Marker, gap, tick box and text of an item's line without its indentation."""
PLAIN_ITEM = re.compile(r"- (?:\[([^\[\]`\\$])\] )?(?=[^\W\d_]|\[\[[^\[\]]|[0-9]{4}-|\*\*[^\W\d_])")
"""What stands before the text of an item that begins with a letter, a link, a day or in bold."""
EMPTY_ITEM = re.compile(r"(?:[-*+]|[0-9]{1,9}[.)])[ \t]*")

_DOUBT = re.compile(rf"{BLOCK_BEGIN.pattern} | \[.\](?:[ \t]|$)", re.VERBOSE)
"""Behind a marker or a tick box, another block, or a second box."""
_DOUBT_SIGNS = BLOCK_SIGNS | {"["}
_NO_TEXT = 1_000_000
"""The column of the text of an item that has none: nothing is indented so far."""


def close_items(open_items: OpenItems, indent: int) -> int | None:
    """Closes the items to which nothing so little indented belongs; the last one's column.

    Raises:
        DoubtError: the line is indented so much that it may be code.
    """
    column = None
    while open_items and indent < open_items[-1][1]:
        column, _ = open_items.pop()
    base = open_items[-1][1] if open_items else 0
    if indent - base > 3:  # noqa: PLR2004 - four blanks make code, in Markdown
        raise DoubtError("indented-code")
    return column


def open_item(
    open_items: OpenItems, match: re.Match[str], line: int, indent: int, *, in_paragraph: bool
) -> ListItem:
    """The item of a match of `ITEM`, which is open afterwards.

    Raises:
        DoubtError: it holds another block, it is plain text, or it may belong to several lists.
    """
    marker, gap, status, text = match.groups("")
    if text[:1] in _DOUBT_SIGNS and _DOUBT.match(text):
        raise DoubtError("block-in-item")
    sibling = close_items(open_items, indent)
    if sibling is None:
        if in_paragraph and marker[0] not in "-*+" and marker[:-1] != "1":
            raise DoubtError("item-number")
    elif sibling != indent:
        raise DoubtError("ragged-list")
    depth = len(open_items)
    if depth > MAX_DEPTH:
        raise DoubtError("deep-list")
    open_items.append((indent, indent + len(marker) + len(gap)))
    return ListItem(line=line, depth=depth, text=text.rstrip(), status=status or None)


def open_plain_item(open_items: OpenItems, line: int, text: str, status: str | None) -> ListItem:
    """The item of a match of `PLAIN_ITEM`, which is open afterwards.

    Raises:
        DoubtError: it may belong to several lists.
    """
    if open_items and open_items[0][0]:
        raise DoubtError("ragged-list")
    open_items[:] = [(0, 2)]
    return ListItem(line=line, depth=0, text=text.rstrip(), status=status)


def open_empty_item(open_items: OpenItems, line: int) -> ListItem:
    """An item that is not indented, and has no text.

    Raises:
        DoubtError: it may belong to several lists.
    """
    if close_items(open_items, 0):
        raise DoubtError("ragged-list")
    open_items.append((0, _NO_TEXT))
    return ListItem(line=line, depth=0, text="", status=None)
