"""Ticks and answers put into a page, below the items that ask for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vaultflow.pages.blocks.items import ANSWER_SIGN, item_parts, read_items
from vaultflow.pages.blocks.markers import read_layout
from vaultflow.vault.frontmatter.values import canonical_name

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import PurePosixPath

    from vaultflow.pages.blocks.items import Item

TICKED = "x"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What is to stand at one item."""

    values: Mapping[str, str] = field(default_factory=dict)
    """The answers by key; each takes the place of one that is there."""
    is_ticked: bool = False
    """Whether its box is to be ticked; a tick that is there stays."""


def fill_page(text: str, fillings: Mapping[str, Filling], path: PurePosixPath) -> str:
    """The page with these ticks and answers, by the ids of its items; all else stays."""
    layout = read_layout(text, path)
    lines = list(layout.lines)
    todo = dict(fillings)
    for span in layout.spans:
        start = span.begin + 1
        for item in read_items(layout.body(span)):
            if filling := todo.pop(item.id, None):
                _fill(lines, start, item, filling)
    return "".join(lines)


def answers_on(text: str, path: PurePosixPath) -> Mapping[str, Mapping[str, str]]:
    """What is answered on a page already, by the id of the item and the key."""
    layout = read_layout(text, path)
    items = (item for span in layout.spans for item in read_items(layout.body(span)))
    return {
        item.id: {canonical_name(one.key): one.value for one in item.answers if one.value}
        for item in items
    }


def lines_about(text: str, ids: Collection[str], path: PurePosixPath) -> frozenset[int]:
    """The 1-based lines of a page that belong to the items of these ids."""
    layout = read_layout(text, path)
    return frozenset(
        line
        for span in layout.spans
        for item in read_items(layout.body(span))
        if item.id in ids
        for line in range(span.begin + 1 + item.line, span.begin + 2 + item.last_line)
    )


def _fill(lines: list[str], start: int, item: Item, filling: Filling) -> None:
    """Changes the lines of an item in place.

    A new answer is put at the end of the line that it stands below: so all keep their numbers.
    """
    head = start + item.line - 1
    if filling.is_ticked:
        lines[head] = _ticked(lines[head])
    places = {canonical_name(one.key): start + one.line - 1 for one in reversed(item.answers)}
    said = {key: " ".join(value.split()) for key, value in filling.values.items()}
    for key in said.keys() & places.keys():
        line = lines[places[key]]
        lines[places[key]] = f"{line[: line.index(ANSWER_SIGN)]}:: {said[key]}{_end_of(line)}"
    lead = item_parts(lines[head])["lead"]
    below = max(places.values(), default=head)
    newline = _end_of(lines[head])
    more = (f"{lead}\t- {key}:: {said[key]}{newline}" for key in said if key not in places)
    lines[below] += "".join(more)


def _ticked(line: str) -> str:
    box = item_parts(line).start("state")
    return f"{line[:box]}{TICKED}{line[box + 1 :]}" if line[box].isspace() else line


def _end_of(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]
