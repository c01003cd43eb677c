"""The body of a note: what Obsidian finds in its Markdown, each thing with its line."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.vault.markdown.budget import affordable_lines
from vaultflow.vault.markdown.wikilinks import read_markdown_link, read_wikilink
from vaultflow.vault.note import Block, Heading, Link, ListItem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markdown_it.token import Token

HIDDEN = "\x01"
"""Stands in `TextLine.visible` for each character of code, a formula or an HTML tag."""

_BLOCK_ID = re.compile(r"(?:^|[ \t])\^([A-Za-z0-9-]+)[ \t]*$", re.MULTILINE)
_LONE_BLOCK_ID = re.compile(r"\^[A-Za-z0-9-]+")
_OPAQUE = frozenset({"code_inline", "math_inline", "html_inline"})
_LISTS = frozenset({"bullet_list_open", "ordered_list_open"})


class TextLine(Struct, frozen=True, kw_only=True, gc=False):
    """A line of running text, without the marks of the list, quote or heading it stands in."""

    line: int
    text: str
    visible: str
    """The text with `HIDDEN` for each character that is none; of the same length."""
    in_task: bool = False
    in_table: bool = False
    """It is one cell of a table's row."""


class Body(Struct, frozen=True, kw_only=True, gc=False):
    """What a body's Markdown holds, in the order of the file."""

    links: tuple[Link, ...]
    """Embeds among them."""
    tags: tuple[str, ...]
    headings: tuple[Heading, ...]
    items: tuple[ListItem, ...]
    blocks: tuple[Block, ...]
    lines: tuple[TextLine, ...]
    too_deep: int | None
    """The first line of which some marks are read as plain text, for they are nested too deeply."""
    unread: int | None
    """The line from which nothing is read, for it is too much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """A token that opens a block or holds its text, and the blocks around it, outermost first."""

    token: Token
    line: int
    """Of the file."""
    around: tuple[Token, ...]


def read_body(text: str, *, first_line: int = 1) -> Body:
    """What the Markdown text holds; `first_line` is the line of the file on which it begins.

    Links and tags in `%%` comments count, list items there do not; in code, formulas, HTML blocks
    and HTML comments nothing does. Never raises.
    Source: Obsidian's help, and what Obsidian was seen to make of notes.
    """
    # A run that finds every note in the cache reads no body, and loading the parser is slow.
    from vaultflow.vault.markdown.grammar import one_break, parse  # noqa: PLC0415

    written = one_break(text).split("\n")
    count = affordable_lines(written)
    tokens, too_deep = parse("\n".join(written[:count]))
    placed = tuple(_placed(tokens, first_line))
    texts = tuple(place for place in placed if place.token.type == "inline")
    return Body(
        links=tuple(link for place in texts for link in _links(place, written, first_line)),
        tags=tuple(tag for place in texts for tag in _tags(place)),
        headings=tuple(_heading(place) for place in texts if _is_heading(place)),
        items=tuple(_item(place) for place in placed if place.token.type == "list_item_open"),
        blocks=tuple(_blocks(placed)),
        lines=tuple(line for place in texts for line in _lines(place)),
        too_deep=None if too_deep is None else first_line + too_deep,
        unread=first_line + count if count < len(written) else None,
    )


def _placed(tokens: Iterable[Token], first_line: int) -> Iterator[_Placed]:
    around: tuple[Token, ...] = ()
    for token in tokens:
        if token.nesting < 0:
            around = around[:-1]
            continue
        if token.map:
            yield _Placed(token=token, line=first_line + token.map[0], around=around)
        if token.nesting > 0:
            around = (*around, token)


def _links(place: _Placed, written: Sequence[str], first_line: int) -> Iterator[Link]:
    content = place.token.content
    breaks = [match.start() for match in re.finditer("\n", content)]
    for child in place.token.children or ():
        if child.type not in {"wikilink", "link_open", "image"}:
            continue
        start, end = child.meta["span"]
        line = place.line + bisect_left(breaks, start)
        text = _as_written(content[start:end], written[line - first_line])
        if link := _link(child, text, line):
            yield link


def _as_written(text: str, line: str) -> str:
    """The text as it stands in the line: a cell's bars have lost their backslashes on the way."""
    return text if text in line or "|" not in text else text.replace("|", r"\|")


def _link(child: Token, text: str, line: int) -> Link | None:
    match child.type:
        case "wikilink":
            return read_wikilink(text, line=line)
        case "image":
            destination = str(child.attrs["src"])
        case _:
            destination = str(child.attrs["href"])
    return read_markdown_link(text, line=line, label=child.content, destination=destination)


def _tags(place: _Placed) -> Iterator[str]:
    return (child.content for child in place.token.children or () if child.type == "tag")


def _is_heading(place: _Placed) -> bool:
    """Obsidian's outline has the headings outside of lists and quotes only."""
    return [block.type for block in place.around] == ["heading_open"]


def _heading(place: _Placed) -> Heading:
    (opening,) = place.around
    text = place.token.content.replace("\n", " ")  # an underlined one may have several lines
    return Heading(level=int(opening.tag[1:]), text=text, line=place.line)


def _item(place: _Placed) -> ListItem:
    return ListItem(
        line=place.line,
        depth=sum(block.type in _LISTS for block in place.around) - 1,
        text=place.token.meta.get("text", ""),
        status=place.token.meta.get("status"),
    )


def _blocks(placed: Iterable[_Placed]) -> Iterator[Block]:
    """The block ids; one alone in its paragraph or cell belongs to the block before it.

    Source: Obsidian's help on linking to blocks.
    """
    starts: list[int] = []  # for each level of nesting, the line of the last block there
    before = 0
    for place in placed:
        level = place.token.level
        if place.token.type == "inline":
            line = _line_before(place, before) if _is_lone_id(place) else place.line
            yield from (Block(id=name, line=line) for name in _BLOCK_ID.findall(_visible(place)))
        else:
            before = starts[level] if level < len(starts) else place.line
            starts[level:] = [place.line]


def _is_lone_id(place: _Placed) -> bool:
    return _LONE_BLOCK_ID.fullmatch(place.token.content) is not None


def _line_before(place: _Placed, before: int) -> int:
    """The line of the block before, or of the table that took the id for one more row."""
    for block in place.around:
        if block.type == "table_open" and block.map and place.token.map:
            return place.line - place.token.map[0] + block.map[0]
    return before


def _visible(place: _Placed) -> str:
    content = place.token.content
    for child in place.token.children or ():
        if child.type in _OPAQUE:
            start, end = child.meta["span"]
            hidden = re.sub(r"[^\n]", HIDDEN, content[start:end])
            content = content[:start] + hidden + content[end:]
    return content


def _lines(place: _Placed) -> Iterator[TextLine]:
    in_task = any(
        block.meta.get("status") and block.map and block.map[:1] == (place.token.map or [])[:1]
        for block in place.around
    )
    in_table = place.around[-1].type in {"th_open", "td_open"}
    pairs = zip(place.token.content.split("\n"), _visible(place).split("\n"), strict=True)
    for number, (text, visible) in enumerate(pairs, start=place.line):
        yield TextLine(line=number, text=text, visible=visible, in_task=in_task, in_table=in_table)
