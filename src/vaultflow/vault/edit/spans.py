"""Where each property stands in the source of the front matter: offsets by YAML's own parser.

Only the places are taken from here; what the properties say is read elsewhere, and the two are
matched by their order.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

import yaml
from yaml import events

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_Node: TypeAlias = "tuple[events.Event, ...]"
"""A key or a value: its events from first to last."""

# PyYAML takes some signs for line breaks, or for errors, that YAML 1.2 and libyaml do not.
_ODD = re.compile(r"[^\t\n\r -~]|\r(?!\n)")
_INNER_BLANKS = re.compile(r"(?<=\S)[ \t]+")
_COLON = re.compile(r"[ \t]*:(?=\s|\Z)")
_COLON_IN_FLOW = re.compile(r"[ \t]*:")
_BLOCK_STYLES = ("|", ">")
_PROLOGUE = (events.StreamStartEvent, events.DocumentStartEvent)
_STARTS = (events.MappingStartEvent, events.SequenceStartEvent)
_ENDS = (events.MappingEndEvent, events.SequenceEndEvent)
_ANCHORED = (events.ScalarEvent, *_STARTS)


class Shape(StrEnum):
    """How a value is written, as far as it matters for putting another in its place."""

    EMPTY = "empty"
    INLINE = "inline"
    """A scalar, an alias or a flow collection."""
    TEXT_BLOCK = "text block"
    """`|` or `>`, and indented lines."""
    BLOCK_LIST = "block list"
    BLOCK_MAPPING = "block mapping"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The place of one property; offsets count characters of the source."""

    key_start: int
    colon_end: int | None
    """Behind the colon; None where it is not on the key's line."""
    start: int
    """Of the value; behind the colon when there is none."""
    end: int
    """Behind the value's last sign; comments and line ends after it are not part of it."""
    shape: Shape
    is_shared: bool
    """An alias elsewhere stands for the value, or for a part of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The places of all properties, in order."""

    entries: tuple[Entry, ...]
    is_flow: bool
    """The whole is written in braces, like JSON."""


def read_layout(source: str) -> Layout | None:
    """Where the properties of a source stand that has been read without an error.

    None when PyYAML's parser sees it otherwise.
    """
    try:
        return _layout(source, tuple(yaml.parse(_parseable(source), Loader=yaml.SafeLoader)))
    except yaml.YAMLError:
        return None


def _parseable(source: str) -> str:
    """A text of the same length and structure in which PyYAML finds no sign that it refuses."""
    return _INNER_BLANKS.sub(lambda blanks: " " * len(blanks[0]), _ODD.sub("x", source))


def _layout(source: str, parsed: Sequence[events.Event]) -> Layout:
    root = next(at for at, event in enumerate(parsed) if not isinstance(event, _PROLOGUE))
    if not isinstance(start := parsed[root], events.MappingStartEvent):
        return Layout(entries=(), is_flow=False)
    nodes = tuple(_nodes(parsed[root + 1 :]))
    is_flow = bool(start.flow_style)
    aliases = Counter(name for node in nodes for name in _aliases(node))
    return Layout(
        entries=tuple(
            _entry(source, key, value, aliases, _COLON_IN_FLOW if is_flow else _COLON)
            for key, value in zip(nodes[::2], nodes[1::2], strict=True)
        ),
        is_flow=is_flow,
    )


def _nodes(parsed: Iterable[events.Event]) -> Iterator[_Node]:
    """Each key and each value of the mapping that has just begun, up to its end."""
    depth, node = 0, []
    for event in parsed:
        depth += isinstance(event, _STARTS) - isinstance(event, _ENDS)
        if depth < 0:
            return
        node.append(event)
        if depth == 0:
            yield tuple(node)
            node = []


def _entry(
    source: str, key: _Node, value: _Node, aliases: Counter[str], colon: re.Pattern[str]
) -> Entry:
    match = colon.match(source, _end(source, key))
    colon_end = match.end() if match else None
    shape = _shape(value[0])
    start = _start(value[0])
    if shape is Shape.EMPTY and colon_end is not None:
        start = colon_end
    anchors = {event.anchor for event in value if isinstance(event, _ANCHORED) and event.anchor}
    own = Counter(_aliases(value))
    return Entry(
        key_start=_start(key[0]),
        colon_end=colon_end,
        start=start,
        end=start if shape is Shape.EMPTY else _end(source, value),
        shape=shape,
        is_shared=any(aliases[anchor] > own[anchor] for anchor in anchors),
    )


def _aliases(node: _Node) -> Iterator[str]:
    return (str(event.anchor) for event in node if isinstance(event, events.AliasEvent))


def _shape(event: events.Event) -> Shape:
    match event:
        case events.ScalarEvent() if _is_narrow(event):
            return Shape.EMPTY
        case events.ScalarEvent() if event.style in _BLOCK_STYLES:
            return Shape.TEXT_BLOCK
        case events.SequenceStartEvent() if not event.flow_style:
            return Shape.BLOCK_LIST
        case events.MappingStartEvent() if not event.flow_style:
            return Shape.BLOCK_MAPPING
        case _:
            return Shape.INLINE


def _end(source: str, node: _Node) -> int:
    """Behind the node's last sign.

    A block collection's own end lies behind the comments that follow it, and that of a text block
    behind its last line break.
    """
    last = next(event for event in reversed(node) if not _is_block_end(event))
    end = _stop(last)
    is_text_block = _shape(last) is Shape.TEXT_BLOCK
    return len(source[:end].rstrip(" \t\r\n")) if is_text_block else end


def _is_block_end(event: events.Event) -> bool:
    return isinstance(event, _ENDS) and _is_narrow(event)


def _is_narrow(event: events.Event) -> bool:
    """Whether no sign of the source stands for it."""
    return _start(event) == _stop(event)


def _start(event: events.Event) -> int:
    return event.start_mark.index if event.start_mark else 0


def _stop(event: events.Event) -> int:
    return event.end_mark.index if event.end_mark else 0
