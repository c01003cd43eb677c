"""Remarks: VaultFlow's own lines below an item, about an answer that it could not follow.

    - [ ] What must happen next, and by when? ^vf-7k2m9qab3c
        - by:: friday-ish
        - ⚠ by: "friday-ish" is not understood ... %%vf 9f2c%%

The mark at its end, which Obsidian hides, tells a remark from the user's own words. It holds a hash
of the text: who edits a remark makes it theirs.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from vaultflow.pages.blocks.items import item_parts, read_items
from vaultflow.pages.blocks.markers import read_layout
from vaultflow.vault.markdown.escape import clean_line, escape_inline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import PurePosixPath

    from vaultflow.pages.blocks.items import Item
    from vaultflow.pages.blocks.markers import Layout

SIGN = "⚠"
REMARK = re.compile(r"[ \t>]*- ⚠ (?P<text>.*) %%vf (?P<seal>[0-9a-f]{4})%%\s*")
SEAL_LENGTH = 4
ESCAPED = re.compile(r"\\(?P<sign>[!-/:-@\[-`{-~])|&(?:#\d+|[a-z]+);")


@dataclass(frozen=True, slots=True, kw_only=True)
class BarePage:
    """A page without its remarks: as the user and the template have it."""

    text: str
    numbers: tuple[int, ...]
    """For each line of the text, its 1-based line on the page; empty when that is the same."""
    remarks: Mapping[str, tuple[str, ...]]
    """What stood there, by the id of the item."""

    def line_on_page(self, line: int) -> int:
        """Where a 1-based line of the text stands on the page; 0, the whole page, stays 0."""
        return self.numbers[line - 1] if 0 < line <= len(self.numbers) else line


def without_remarks(text: str, path: PurePosixPath) -> BarePage:
    """The page without its remarks; a page with broken markers is left as it is."""
    if SIGN not in text:
        return BarePage(text=text, numbers=(), remarks={})
    layout = read_layout(text, path)
    found = dict(_find_remarks(layout))
    kept = [index for index in range(len(layout.lines)) if index not in found]
    remarks: dict[str, tuple[str, ...]] = {}
    for ident, remark in found.values():
        remarks[ident] = (*remarks.get(ident, ()), remark)
    return BarePage(
        text="".join(layout.lines[index] for index in kept),
        numbers=tuple(index + 1 for index in kept),
        remarks=remarks,
    )


def with_remarks(text: str, remarks: Mapping[str, Sequence[str]], path: PurePosixPath) -> str:
    """The page, which has no remarks yet, with them below their items."""
    if not remarks:
        return text
    layout = read_layout(text, path)
    lines = list(layout.lines)
    said: set[str] = set()
    below: dict[int, list[str]] = {}
    for start, item in _items(layout):
        if item.id not in said:
            head = layout.lines[start + item.line - 1]
            below[start + item.last_line - 1] = [
                _remark_line(head, remark) for remark in dict.fromkeys(remarks.get(item.id, ()))
            ]
            said.add(item.id)
    return "".join(line + "".join(below.get(at, ())) for at, line in enumerate(lines))


def _find_remarks(layout: Layout) -> Iterator[tuple[int, tuple[str, str]]]:
    """Index of each remark's line, with its item's id and its text."""
    for start, item in _items(layout):
        for index in range(start + item.line, start + item.last_line):
            match = REMARK.fullmatch(layout.lines[index].rstrip())
            if match and match["seal"] == _seal(match["text"]):
                yield index, (item.id, plain_text(match["text"]))


def _items(layout: Layout) -> Iterator[tuple[int, Item]]:
    """The items of all blocks, each with the index of its block's first line."""
    for span in layout.spans:
        for item in read_items(layout.body(span)):
            yield span.begin + 1, item


def plain_text(markdown: str) -> str:
    """The text that a page shows, its escapes undone, on one line."""
    # Each sign is undone once: a backslash that comes out of an entity escapes nothing.
    return one_line(ESCAPED.sub(lambda match: match["sign"] or html.unescape(match[0]), markdown))


def one_line(text: str) -> str:
    """The text with single blanks between its words."""
    return " ".join(text.split())


def _remark_line(head: str, remark: str) -> str:
    text = escape_inline(clean_line(remark))
    newline = head[len(head.rstrip("\r\n")) :] or "\n"
    return f"{item_parts(head)['lead']}\t- ⚠ {text} %%vf {_seal(text)}%%{newline}"


def _seal(text: str) -> str:
    return sha256(text.encode(errors="surrogatepass")).hexdigest()[:SEAL_LENGTH]
