"""The blocks of a Markdown text: what it is made of, whatever it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

_MARKER = re.compile(r"%%\s*(vaultflow:(?:begin|end)\s+[\w-]+)")
_CALLOUT = re.compile(r">\s*(\[![^\]\n]*\][+-]?)")
_HIDING = re.compile(r"(?<!\\)(?:%%|<!--|\$\$)")
"""Signs in running text that can hide what follows them."""
_UNNAMED = frozenset({"inline", "thead_open", "tbody_open"})
"""Parts of a block that has an entry already."""

_DELIMITER_SIGNS = "-:| \t"
_CLOSING = ("%%", "$$", ">")
"""What can end a comment, a formula or an HTML block."""


def block_outline(text: str) -> tuple[str, ...]:
    """One entry for each block of the text, indented by its nesting, without what it says.

    Two texts that differ in what they say only have the same outline: so it shows whether a value
    has broken out of its place. An entry names the block and what makes it what it is: a heading's
    level, a fence's language, a list's marker, a row's number of bars, a callout's type, which of
    our markers a comment is, and how many signs in it begin to hide text.
    """
    # Only rendering a page asks for outlines, and loading the parser is slow.
    from vaultflow.vault.markdown.grammar import one_break, parse_blocks  # noqa: PLC0415

    lines = one_break(text).split("\n")
    numbers = tuple(_telling_lines(lines))
    tokens = parse_blocks("\n".join(lines[number] for number in numbers))
    return tuple(_entries(tokens, lines, (*numbers, len(lines))))


def _telling_lines(lines: Sequence[str]) -> Iterator[int]:
    """The numbers of the lines that the parser must see.

    Of rows one after the other the first is enough: what it belongs to, the others belong to as
    well. The parser takes 0.3 s for 3,000 rows, and a page is refreshed on every save.
    """
    follows_row = False
    for number, (line, below) in enumerate(zip(lines, (*lines[1:], ""), strict=True)):
        is_row = line.startswith("|") and not any(sign in line for sign in _CLOSING)
        is_row = is_row and not _may_be_delimiter(line)
        if not (is_row and follows_row) or _may_be_delimiter(below):
            yield number
        follows_row = is_row


def _may_be_delimiter(line: str) -> bool:
    """Whether it can be the line under a table's head."""
    return not line.strip(_DELIMITER_SIGNS)


def _entries(
    tokens: Sequence[Token], lines: Sequence[str], numbers: Sequence[int]
) -> Iterator[str]:
    """The entries of the blocks; `numbers` are those of the lines that the tokens count."""
    for token in tokens:
        if token.nesting < 0 or not token.map or token.type in _UNNAMED:
            continue
        first, after = (numbers[line] for line in token.map)
        indent = "  " * token.level
        if token.type == "tr_open":
            yield from (
                f"{indent}row {_bars(line)}{_hiding([line])}" for line in lines[first:after]
            )
        else:
            yield indent + _entry(token, lines[first:after])


def _bars(line: str) -> int:
    return line.count("|") - line.count(r"\|")


def _entry(token: Token, lines: Sequence[str]) -> str:
    entry = token.type.removesuffix("_open")
    match entry:
        case "heading":
            entry = f"{entry} {token.tag[1:]}{_hiding(lines)}"
        case "paragraph":
            entry += _hiding(lines)
        case "list_item":
            entry = "item" if token.meta.get("status") is None else "task"
        case "bullet_list" | "ordered_list":
            entry = f"list {token.markup}"
        case "blockquote":
            entry = f"quote {_first(_CALLOUT, lines[0])}".rstrip()
        case "fence":
            entry = f"{entry} {token.markup}{token.info.strip()}"
        case "comment":
            entry = f"{entry} of {len(lines)} {_first(_MARKER, lines[0])}".rstrip()
    return entry


def _first(pattern: re.Pattern[str], line: str) -> str:
    match = pattern.search(line)
    return match[1] if match else ""


def _hiding(lines: Sequence[str]) -> str:
    signs = sum(len(_HIDING.findall(line)) for line in lines)
    return f" hiding {signs}" if signs else ""
