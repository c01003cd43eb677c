"""The blocks of a body in one pass over its lines: headings, items, quotes, what is hidden.

Nearly every line tells by its first sign what it is; what it belongs to is told by the lines
before it, of which a few facts are kept. Whatever would need more than these facts is a doubt.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from vaultflow.vault.note import Heading
from vaultflow.vault.swift.doubt import DoubtError
from vaultflow.vault.swift.hidden import (
    CODE_INDENT,
    FENCE,
    HTML_BLOCK,
    end_of_comment,
    end_of_fence,
    end_of_html_block,
    end_of_html_comment,
    end_of_indented_code,
)
from vaultflow.vault.swift.items import (
    EMPTY_ITEM,
    ITEM,
    PLAIN_ITEM,
    close_items,
    open_empty_item,
    open_item,
    open_plain_item,
)
from vaultflow.vault.swift.signs import BLANKS, BLOCK_BEGIN, BLOCK_SIGNS
from vaultflow.vault.swift.table import table_length

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vaultflow.vault.note import ListItem

MAX_QUOTES = 3  # in each other; more are rare, and each level looks at its lines again

_BLANK = 0
"""Behind a blank line, or at the begin: nothing can belong to what stands above."""
_CLOSED = 1
"""Behind another block: a line of text begins a paragraph."""
_OPEN = 2
"""In a paragraph: a line of text belongs to it."""
_SEALED = 3
"""Behind a quote or a table: a line of text might belong to it."""

_HEADING = re.compile(r"(#{1,6}) +([^ ].*)")
_RULE = re.compile(r"(?:\*{3,}|-{3,}|_{3,})[ \t]*")
_NO_HTML = re.compile(r"<(?:https?://|[^A-Za-z/!?])")
_BARE = re.compile(r"[-+*_=:|~ \t]+|[0-9]{1,9}[.)]")
"""A line without a word: a rule, an underline, the line below a table's head, an empty item."""


class Blocks:
    """The blocks of some lines, found by `read`.

    `lines` holds the running text afterwards: of each line what stands behind the marks of its
    item, quote or heading; empty where the line is hidden.
    """

    def __init__(self, lines: list[str], first_line: int, quotes: int = 0) -> None:
        self.lines = lines
        self.headings: list[Heading] = []
        self.items: list[ListItem] = []
        self.task_lines: set[int] = set()
        """Indexes of the lines that belong to the first paragraph of a task."""
        self.beginnings: list[int] = []
        """Indexes of the lines where a running text begins."""
        self._first_line = first_line
        self._quotes = quotes
        self._index = 0
        """Of the line that is looked at next."""
        self._state = _BLANK
        self._in_task = False
        self._open_items: list[tuple[int, int]] = []

    def read(self, start: int, end: int) -> None:
        """Reads the lines of these indexes.

        Raises:
            DoubtError: it is not certain what they are.
        """
        lines, readers, beginnings = self.lines, self._READERS, self.beginnings
        self._index = start
        while (index := self._index) < end:
            self._index = index + 1
            line = lines[index]
            if not line:
                self._state = _BLANK
            elif read := readers.get(line[0]):
                read(self, index, line, end)
            elif self._state == _BLANK:  # what `_text` does, without the call
                self._open_items.clear()
                self._state = _OPEN
                self._in_task = False
                beginnings.append(index)
            elif self._state != _OPEN or self._in_task:
                self._text(index)

    def _text(self, index: int) -> None:
        """A line of text that is not indented."""
        if self._state == _OPEN:
            if self._in_task:
                self.task_lines.add(index)
            return
        if self._state == _SEALED:
            raise DoubtError("lazy-line")
        self._open_items.clear()
        self._begin(index)

    def _begin(self, index: int, *, in_task: bool = False) -> None:
        self._state = _OPEN
        self._in_task = in_task
        self.beginnings.append(index)

    def _block(self, index: int) -> None:
        """Notes a block that is not indented, and so ends all lists."""
        self._open_items.clear()
        self._state = _CLOSED
        self.beginnings.append(index)

    def _indented(self, index: int, line: str, end: int) -> None:
        text = line.lstrip(" \t")
        if not text:
            self.lines[index] = ""
            self._state = _BLANK
            return
        before = line[: len(line) - len(text)]
        indent = len(before.expandtabs(4)) if "\t" in before else len(before)
        if indent >= len(CODE_INDENT) and self._may_be_code():
            self._hide(index, end_of_indented_code(self.lines, index, end))
        elif item := ITEM.fullmatch(text):
            self._item(index, item, indent)
        elif text[0] in BLOCK_SIGNS and BLOCK_BEGIN.match(text):
            raise DoubtError("indented-block")
        elif self._state == _OPEN:
            self._text(index)
        else:
            self._indented_paragraph(index, indent)

    def _may_be_code(self) -> bool:
        """Whether an indented line is code: no paragraph goes on in it, and no list."""
        return self._state in (_BLANK, _CLOSED) and not self._open_items and not self._quotes

    def _indented_paragraph(self, index: int, indent: int) -> None:
        if self._state == _SEALED:
            raise DoubtError("lazy-line")
        close_items(self._open_items, indent)
        self._begin(index)

    def _bullet(self, index: int, line: str, end: int) -> None:
        if (plain := PLAIN_ITEM.match(line)) and self._state != _SEALED:
            self._plain_item(index, line[plain.end() :], plain[1])
        elif item := ITEM.fullmatch(line):
            self._item(index, item, 0)
        elif EMPTY_ITEM.fullmatch(line):
            self._empty_item(index, end)
        elif _BARE.fullmatch(line):
            self._bare(index, line, end)
        elif line[1] in " \t":
            raise DoubtError("item-gap")
        else:
            self._text(index)

    def _plain_item(self, index: int, text: str, status: str | None) -> None:
        """An item that is not indented, and surely holds no other block: most are such."""
        line = self._first_line + index
        self.items.append(open_plain_item(self._open_items, line, text, status))
        self.lines[index] = text
        self._state = _OPEN
        self._in_task = status is not None
        self.beginnings.append(index)
        if self._in_task:
            self.task_lines.add(index)

    def _number(self, index: int, line: str, end: int) -> None:
        if item := ITEM.fullmatch(line):
            self._item(index, item, 0)
        elif EMPTY_ITEM.fullmatch(line):
            self._empty_item(index, end)
        elif BLOCK_BEGIN.match(line):
            raise DoubtError("item-gap")
        else:
            self._text(index)

    def _item(self, index: int, match: re.Match[str], indent: int) -> None:
        if self._state == _SEALED:
            raise DoubtError("lazy-line")
        line, in_paragraph = self._first_line + index, self._state == _OPEN
        item = open_item(self._open_items, match, line, indent, in_paragraph=in_paragraph)
        self.items.append(item)
        self.lines[index] = match[4] or ""
        self._state = _OPEN if item.text else _CLOSED
        self._in_task = item.status is not None
        self.beginnings.append(index)
        if self._in_task:
            self.task_lines.add(index)

    def _empty_item(self, index: int, end: int) -> None:
        """A marker without text; served when the line below surely does not belong to it."""
        below = self.lines[index + 1] if index + 1 < end else ""
        is_underline = self._state == _OPEN and not self._open_items
        if is_underline or self._state == _SEALED or (below[:1] in " \t" and below.strip(" \t")):
            raise DoubtError("empty-item")
        self.items.append(open_empty_item(self._open_items, self._first_line + index))
        self.lines[index] = ""
        self._state = _CLOSED

    def _bare(self, index: int, line: str, _end: int) -> None:
        """A line of signs only; served when it surely is a rule."""
        if self._state != _BLANK and not self._is_below_heading(index):
            raise DoubtError("bare-line")
        if not _RULE.fullmatch(line):
            raise DoubtError("bare-line")
        self._block(index)
        self.lines[index] = ""

    def _is_below_heading(self, index: int) -> bool:
        """Whether the line above is a block of its own, and surely not the head of a table."""
        above = self.lines[index - 1]
        return self._state == _CLOSED and above != "" and "|" not in above

    def _bare_or_text(self, index: int, line: str, end: int) -> None:
        if _BARE.fullmatch(line):
            self._bare(index, line, end)
        else:
            self._text(index)

    def _heading(self, index: int, line: str, _end: int) -> None:
        heading = _HEADING.fullmatch(line)
        if heading is None:
            if BLOCK_BEGIN.match(line):
                raise DoubtError("heading-gap")
            self._text(index)
            return
        marks, written = heading.groups()
        text = written.rstrip(" \t")
        if text.endswith("#") or text != text.strip():
            raise DoubtError("heading-end")
        self._block(index)
        self.lines[index] = text
        if not self._quotes:
            line_number = self._first_line + index
            self.headings.append(Heading(level=len(marks), text=text, line=line_number))

    def _fence(self, index: int, line: str, end: int) -> None:
        fence = FENCE.fullmatch(line)
        if fence is None:
            if line.startswith("```"):
                raise DoubtError("code-span")
            self._bare_or_text(index, line, end)
            return
        if "|" in line:
            raise DoubtError("table")  # with the line below, the parser may take it for its head
        self._hide(index, end_of_fence(self.lines, index, end, fence[1] or fence[2]))

    def _hide(self, start: int, end: int) -> None:
        """Takes a block away of which nothing is read."""
        self._block(start)
        self.lines[start:end] = [""] * (end - start)
        self._index = end

    def _html(self, index: int, line: str, end: int) -> None:
        if _NO_HTML.match(line):
            self._text(index)
            return
        if HTML_BLOCK.match(line) and self._state != _SEALED and not self._quotes:
            if "|" in line:
                raise DoubtError("table")
            self._hide(index, end_of_html_block(self.lines, index, end))
            return
        self._hide(index, end_of_html_comment(self.lines, index, end))

    def _comment(self, index: int, line: str, end: int) -> None:
        if not line.startswith("%%"):
            self._text(index)
            return
        after = end_of_comment(self.lines, index, end)
        if after > index + 1 and self._open_items and self._state == _OPEN:
            raise DoubtError("comment")
        self._block(index)
        self._index = after

    def _odd_blank(self, _index: int, _line: str, _end: int) -> None:
        raise DoubtError("odd-blank")

    def _math(self, index: int, line: str, _end: int) -> None:
        if line.startswith("$$"):
            raise DoubtError("math")
        self._text(index)

    def _quote(self, index: int, _line: str, end: int) -> None:
        """The lines of a quote are read as a body of their own."""
        if self._quotes == MAX_QUOTES:
            raise DoubtError("deep-quote")
        lines, after = self.lines, index
        while after < end and lines[after].startswith(">"):
            line = lines[after]
            if "\t" in line and line[1:].lstrip(" ").startswith("\t"):
                raise DoubtError("tab-in-quote")  # its width is counted from before the quote
            lines[after] = line[2:] if line.startswith("> ") else line[1:]
            after += 1
        quoted = Blocks(lines, self._first_line, self._quotes + 1)
        quoted.read(index, after)
        self._block(index)
        self._state = _SEALED
        self.items += quoted.items
        self.task_lines |= quoted.task_lines
        self.beginnings += quoted.beginnings
        self._index = after

    def _table(self, index: int, _line: str, end: int) -> None:
        if self._state != _BLANK and not self._is_below_heading(index):
            raise DoubtError("table-place")
        after = index + table_length(self.lines, index, end)
        self._block(index)
        self.beginnings += range(index + 1, after)
        self._state = _SEALED
        self._index = after

    _READERS: ClassVar[Mapping[str, Callable[[Blocks, int, str, int], None]]] = {
        **dict.fromkeys(BLANKS, _odd_blank),
        **dict.fromkeys(" \t", _indented),
        **dict.fromkeys("-+*", _bullet),
        **dict.fromkeys("0123456789", _number),
        **dict.fromkeys("_=:", _bare_or_text),
        **dict.fromkeys("`~", _fence),
        "#": _heading,
        ">": _quote,
        "|": _table,
        "%": _comment,
        "<": _html,
        "$": _math,
    }
    """By the first sign of a line."""
