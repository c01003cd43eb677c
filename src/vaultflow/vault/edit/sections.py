"""The body of an open note as lines under headings, to find where a list item goes or stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from vaultflow.vault.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markdown_it.token import Token

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_DECORATION = " :#*_"
_LISTS = frozenset({"bullet_list", "ordered_list"})
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:")
_BLOCK_BEGIN = re.compile(r"%%\s*vaultflow:begin\s+(?P<block>[\w-]+)")
_BLOCK_END = re.compile(r"%%\s*vaultflow:end\s+(?P<block>[\w-]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block that stands in no other."""

    kind: str
    """As markdown-it calls it: `heading`, `bullet_list`, `comment`, ..."""
    text: str
    """Its first inline text."""
    markup: str
    """`##`, or the sign of a list's bullets."""
    first: int
    """Index of its first line in the body."""
    after: int
    """Index of the line behind it; blank lines at a list's end belong to the list."""
    level: int = 0
    """Of a heading, 1 to 6."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A list item at any depth."""

    index: int
    """Of its first line in the body."""
    text: str
    """Of its first line, without marker and tick box."""
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The lines under a heading, up to the next one of its level or above."""

    heading: Block
    blocks: tuple[Block, ...]
    after: int
    """Index of the line behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The blocks and list items of a body."""

    lines: tuple[str, ...]
    """With their line ends."""
    blocks: tuple[Block, ...]
    items: tuple[Item, ...]

    @property
    def headings(self) -> tuple[Block, ...]:
        """The headings, in order."""
        return tuple(block for block in self.blocks if block.level)

    def sections(self, heading: str) -> tuple[Section, ...]:
        """The sections under headings of that text, in any case and with `:` or emphasis or not."""
        wanted = fold(heading.strip(_DECORATION))
        return tuple(
            self._section(at)
            for at, block in enumerate(self.blocks)
            if block.level and fold(block.text.strip(_DECORATION)) == wanted
        )

    def appendix_start(self) -> int:
        """Index of the first line of what closes a note: footnotes, comments and VaultFlow blocks.

        Behind the last line when there is no such thing. Kanban's settings are a comment.
        """
        start, block_id = len(self.lines), ""
        for block in reversed(self.blocks):
            end = _BLOCK_END.match(block.text) if block.kind == "comment" else None
            block_id = end["block"] if end else block_id
            if not block_id and block.kind != "comment" and not _is_footnote(block):
                break
            start = block.first
            begin = _BLOCK_BEGIN.match(block.text) if block.kind == "comment" else None
            block_id = "" if begin and begin["block"] == block_id else block_id
        return len(self.lines) if block_id else start

    def last_written(self, start: int, after: int) -> int:
        """Index behind the last line of the range that is not blank; its start when all are."""
        written = (at for at in reversed(range(start, after)) if self.lines[at].strip())
        return next(written, start - 1) + 1

    def _section(self, at: int) -> Section:
        heading = self.blocks[at]
        below = self.blocks[at + 1 :]
        ends = (block.first for block in below if 0 < block.level <= heading.level)
        after = next(ends, len(self.lines))
        blocks = tuple(block for block in below if block.first < after)
        return Section(heading=heading, blocks=blocks, after=after)


def read_outline(body: str) -> Outline:
    """The outline of a body; headings and items in code and comments are none."""
    # Only edits ask for it, and loading the parser is slow.
    from vaultflow.vault.markdown.grammar import one_break, parse_blocks  # noqa: PLC0415

    tokens = parse_blocks(one_break(body))
    return Outline(
        lines=tuple(_LINE.findall(body)),
        blocks=tuple(_blocks(tokens)),
        items=tuple(_items(tokens)),
    )


def is_list(block: Block) -> bool:
    """Whether the block is a list, bulleted or numbered."""
    return block.kind in _LISTS


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    for token, inner in zip_longest(tokens, tokens[1:]):
        if token.level or token.nesting < 0 or not token.map:
            continue
        first, after = token.map
        yield Block(
            kind=token.type.removesuffix("_open"),
            text=inner.content if inner and inner.type == "inline" else "",
            markup=token.markup,
            first=first,
            after=after,
            level=int(token.tag[1:]) if token.type == "heading_open" else 0,
        )


def _items(tokens: Iterable[Token]) -> Iterator[Item]:
    for token in tokens:
        if token.type == "list_item_open" and token.map:
            text = str(token.meta.get("text", ""))
            yield Item(index=token.map[0], text=text, depth=token.level)


def _is_footnote(block: Block) -> bool:
    return block.kind == "paragraph" and _FOOTNOTE.match(block.text) is not None
