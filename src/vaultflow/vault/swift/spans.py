"""What stands within the lines: links, tags and block ids, found in the whole text at once."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from vaultflow.vault.markdown.tags import TAG
from vaultflow.vault.markdown.wikilinks import read_markdown_link, read_wikilink
from vaultflow.vault.note import Block, Link
from vaultflow.vault.swift.doubt import DoubtError
from vaultflow.vault.swift.plain_spans import LABELLED, WIKILINK, read_plain_spans

if TYPE_CHECKING:
    from vaultflow.vault.swift.blocks import Blocks

# Each alternative begins with a plain sign, outside of any group: only then `re` leaps from sign
# to sign, which is ten times as quick. None of them crosses a line.
_TOKEN = re.compile(
    rf"""
      \[(?P<link> {WIKILINK} )
    | \[(?P<labelled> {LABELLED} )
    | \#(?P<tag>{TAG.pattern[1:]})
    | `(?P<code>[^`\n]+`(?!`))
    | \\(?P<escape>[^\n]|\n[ \t]*|\Z)
    | <(?P<angle> https?://[^\x00-\x20<>]*>
        | [A-Za-z][A-Za-z0-9]*(?:[ ][A-Za-z][A-Za-z-]*="[^"\n<>]*")*[ ]?/?> | /[A-Za-z][A-Za-z0-9]*>
        | !--(?:[^\n<>-]|-[^\n<>-])+--> )
    | \$(?P<formula>(?![\s$])[^$\n]+(?<!\s)\$(?!\d))
    | \[\[(?:(?!\[\[|\]\])[^\n])+\]\] | \]\( | ` | <(?:[A-Za-z/!?]|[^\x00-\x20<>]*>) | \$\$
    """,
    re.VERBOSE,
)
"""A match without a name is a doubt: a link around a backtick, code over lines, HTML, a formula."""

_DOUBTS = {"[": "link", "]": "link", "`": "code-span", "<": "html", "$": "math"}
_BEFORE_TAG = "*_~="
"""Signs of emphasis; whether they open or close one decides over the tag behind them."""
_BLOCK_ID = re.compile(r"\^([A-Za-z0-9-]+)([^\S\n]*)$", re.MULTILINE)


def read_spans(text: str, first_line: int) -> tuple[list[Link], list[str]]:
    """The links, embeds among them, and the tags of a running text, in order.

    Raises:
        DoubtError: there is something in it of which it is not certain what it is.
    """
    return read_plain_spans(text, first_line) or read_any_spans(text, first_line)


def read_any_spans(text: str, first_line: int) -> tuple[list[Link], list[str]]:
    """What `read_spans` gives, by a search for all signs at once."""
    links: list[Link] = []
    tags: list[str] = []
    line, counted, last_end = first_line, 0, -1
    for match in _TOKEN.finditer(text):
        start = match.start()
        kind = match.lastgroup
        if kind == "link" or kind == "labelled":  # noqa: PLR1714 - quicker than a set
            line += text.count("\n", counted, start)
            counted = start
            is_embed = start > last_end and text[start - 1 : start] == "!"
            if link := _read_link(match, line, is_embed):
                links.append(link)
        elif kind == "tag":
            if not _is_tag(text, start, last_end):
                continue
            tags.append(match[0])
        elif kind is None:
            raise DoubtError(_DOUBTS[match[0][0]])
        last_end = match.end()
    return links, tags


def _is_tag(text: str, start: int, last_end: int) -> bool:
    """Whether the `#` begins a tag: at the text's begin or behind a blank it does.

    Raises:
        DoubtError: it stands behind something else that may let a tag begin.
    """
    before = text[start - 1] if start else "\n"
    if before.isspace():
        return True
    if start == last_end or before in _BEFORE_TAG:
        raise DoubtError("tag")
    return False


def _read_link(match: re.Match[str], line: int, is_embed: bool) -> Link | None:  # noqa: FBT001 - quicker
    text = f"!{match[0]}" if is_embed else match[0]
    target, subpath, alias = match.group(2, 3, 4)
    if target:
        return Link(
            line=line, text=text, target=target, subpath=subpath or "", alias=alias, embed=is_embed
        )
    if match["link"]:
        return read_wikilink(text, line=line)
    label, destination = match.group(6, 7)
    return read_markdown_link(text, line=line, label=label, destination=destination)


def read_block_ids(text: str, found: Blocks, first_line: int) -> list[Block]:
    """The block ids, each with the line where the text that it ends begins.

    Raises:
        DoubtError: one stands alone, and so belongs to the block before it.
    """
    blocks: list[Block] = []
    index = counted = 0
    for match in _BLOCK_ID.finditer(text):
        blanks = text[match.start() - 1 : match.start()] + match[2]
        if blanks.strip(" \t\n"):
            if blanks.isspace():
                raise DoubtError("odd-blank")
            continue
        index += text.count("\n", counted, match.start())
        counted = match.start()
        begin = found.beginnings[bisect_right(found.beginnings, index) - 1]
        if begin == index and found.lines[index].strip() == match[0].strip():
            raise DoubtError("lone-id")
        blocks.append(Block(id=match[1], line=first_line + begin))
    return blocks
