"""A body read in one pass: served when that is certain to give what the parser gives.

markdown-it-py defines what is right, and looks at each line with a dozen rules: that takes 2 to
4 ms a note. But nearly all notes are made of a few kinds of lines, whose meaning is plain from
the line and from a few facts about those above it. This reader knows those kinds. Whatever else
it meets - code that is indented, an underlined heading, HTML, a formula, text that may belong to
the quote above it - is a doubt, and with one doubt the whole body is left to the parser. So it
never has to be complete, only to be sure; the tests compare the two over vaults, over notes made
of all that is odd, and over damaged ones.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultflow.vault.markdown.body import HIDDEN, Body, TextLine
from vaultflow.vault.markdown.budget import affordable_lines, is_affordable
from vaultflow.vault.mojibake import may_be_garbled
from vaultflow.vault.swift.blocks import Blocks
from vaultflow.vault.swift.doubt import DoubtError
from vaultflow.vault.swift.spans import read_block_ids, read_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

_TELLING = re.compile(":(?::|begin|end)")
"""Two colons, or the one in a marker of ours."""
_MAY_HIDE = re.compile(r"[`<$]")
_MAY_HIDE_MORE = re.compile(r"[\\<$]")
_CODE = re.compile(r"`[^`]*`")


def read_body_swiftly(text: str, *, first_line: int = 1) -> Body | str:
    """The body as `read_body` gives it, or the reason why it is left to that.

    Of its lines only those are given that say something by themselves: a field, a marker of ours,
    signs that may be garbled. The reason is a word that stays the same, so that it can be counted.
    """
    try:
        return _read_body(_with_one_break(text), first_line)
    except DoubtError as doubt:
        return doubt.reason


def _with_one_break(text: str) -> str:
    if "\r" not in text:  # ten times as quick as to replace nothing
        return text
    written = text.replace("\r\n", "\n")
    if "\r" in written:
        raise DoubtError("lone-return")
    return written


def _read_body(written: str, first_line: int) -> Body:
    lines = written.split("\n")
    unread = None
    if not is_affordable(written, len(lines)) and (count := affordable_lines(lines)) < len(lines):
        unread = first_line + count
        del lines[count:]
    blocks = Blocks(lines, first_line)
    blocks.read(0, len(lines))
    text = "\n".join(lines)
    links, tags = read_spans(text, first_line)
    return Body(
        links=tuple(links),
        tags=tuple(tags),
        headings=tuple(blocks.headings),
        items=tuple(blocks.items),
        blocks=tuple(read_block_ids(text, blocks, first_line)) if "^" in text else (),
        lines=tuple(_telling_lines(text, blocks, first_line)),
        too_deep=None,
        unread=unread,
    )


def _telling_lines(text: str, blocks: Blocks, first_line: int) -> Iterator[TextLine]:
    for index in _telling_indexes(text, blocks.lines):
        line = blocks.lines[index]
        yield TextLine(
            line=first_line + index,
            text=line,
            visible=_visible(line),
            in_task=index in blocks.task_lines,
        )


def _telling_indexes(text: str, lines: list[str]) -> list[int]:
    indexes: set[int] = set()
    index = counted = 0
    for match in _TELLING.finditer(text, text.find(":")) if ":" in text else ():
        index += text.count("\n", counted, match.start())
        counted = match.start()
        indexes.add(index)
    if not text.isascii():
        indexes.update(
            index for index, line in enumerate(lines) if not line.isascii() and may_be_garbled(line)
        )
    return sorted(indexes)


def _visible(line: str) -> str:
    """The line with its code hidden.

    Raises:
        DoubtError: it holds something else that may have to be hidden.
    """
    if not _MAY_HIDE.search(line):
        return line
    if _MAY_HIDE_MORE.search(line):
        raise DoubtError("hidden")
    return _CODE.sub(lambda code: HIDDEN * len(code[0]), line)
