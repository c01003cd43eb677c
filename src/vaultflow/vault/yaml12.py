"""YAML as Obsidian reads it: version 1.2, in one pass and within limits.

PyYAML's own loaders read version 1.1, in which `yes`, `10:30` and `0123` are no text, and they
can be made to build a value of any size. So its parser is asked for events only, one at a time,
and the values are built here: the pass ends at the first limit that is reached.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml
from yaml import events

from vaultflow.vault.scalars import key_text, plain_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultflow.vault.note import Value

MAX_FRONT_MATTER_BYTES = 64 * 1024  # a thousand full lines; parsing this much takes 0.1 s
MAX_NESTING = 32  # Obsidian's property editor shows one level
MAX_ALIASES = 16  # Obsidian writes none, and each can double what one line stands for

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's where PyYAML was built with it
_RESOLVED_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("bool", "float", "int", "null"))

# What libyaml refuses or takes for a line break, though YAML 1.2 does not. It is parsed as a
# private sign of Unicode's last plane, and turned back in the values.
_STRANGE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]|\r(?!\n)"
)
_VEIL = 0x100000
_VEILED = re.compile("[\U00100000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a mapping."""

    value: Value
    text: str
    """A scalar as typed, without quotes; empty for a list or a mapping."""
    line: int
    """1-based line of its key within the source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a source cannot be read."""

    code: str
    line: int
    """1-based, within the source."""
    message: str
    hint: str = ""


def read_mapping(source: str) -> Mapping[str, Entry] | Failure:
    """The entries of a YAML mapping by key, in order; a failure when there is no reading it.

    An empty source is an empty mapping. Keys are text, as in JavaScript: `1:` is "1".
    """
    if len(source.encode("utf-8", errors="replace")) > MAX_FRONT_MATTER_BYTES:
        return Failure(
            code="yaml-too-large",
            line=1,
            message=f"The properties have more than {MAX_FRONT_MATTER_BYTES // 1024} KiB.",
            hint="move long text into the note's body",
        )
    try:
        return _Document(source).entries()
    except _RefusedError as refused:
        return refused.failure
    except yaml.YAMLError as error:
        return _syntax_failure(source, error)


class _RefusedError(Exception):
    """Carries a failure up through the recursion; never leaves this module."""

    def __init__(self, event: events.Event, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.failure = Failure(code=code, line=_line(event), message=message, hint=hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Node:
    value: Value
    text: str = ""


class _Document:
    """One pass over the events of a source."""

    def __init__(self, source: str) -> None:
        veiled = _STRANGE.sub(lambda sign: chr(_VEIL + ord(sign[0])), source)
        self._is_veiled = veiled != source
        self._events: Iterator[events.Event] = iter(yaml.parse(veiled, Loader=_LOADER))
        self._anchors: dict[str, _Node] = {}
        self._aliases = 0

    def entries(self) -> dict[str, Entry]:
        """The entries of the root, which must be a mapping or nothing at all."""
        next(self._events)  # the start of the stream
        if isinstance(next(self._events), events.StreamEndEvent):
            return {}
        entries = self._root(next(self._events))
        next(self._events)  # the end of the document
        if not isinstance(event := next(self._events), events.StreamEndEvent):
            raise _RefusedError(
                event,
                "yaml-several-documents",
                "A second YAML document begins inside the properties.",
                "remove the line that divides them",
            )
        return entries

    def _root(self, event: events.Event) -> dict[str, Entry]:
        if isinstance(event, events.MappingStartEvent):
            return dict(self._entries(depth=1))
        if self._node(event, depth=0).value is None:
            return {}
        raise _RefusedError(
            event,
            "yaml-not-a-mapping",
            "The properties are a list or a text, not lines of `name: value`.",
            "give each value a name",
        )

    def _entries(self, depth: int) -> Iterator[tuple[str, Entry]]:
        """The entries of the mapping that has just begun, up to its end."""
        seen: set[object] = set()
        while not isinstance(event := next(self._events), events.MappingEndEvent):
            key = self._node(event, depth)
            if isinstance(event, events.ScalarEvent):
                _expect_new(event, key, seen)
            content = self._node(next(self._events), depth)
            entry = Entry(value=content.value, text=content.text, line=_line(event))
            yield key_text(key.value), entry

    def _node(self, event: events.Event, depth: int) -> _Node:
        """The value that begins with the event."""
        if isinstance(event, events.AliasEvent):
            return self._alias(event)
        node = (
            self._scalar(event)
            if isinstance(event, events.ScalarEvent)
            else _Node(value=self._collection(event, depth + 1))
        )
        if isinstance(event, events.NodeEvent) and event.anchor:
            self._anchors[event.anchor] = node
        return node

    def _scalar(self, event: events.ScalarEvent) -> _Node:
        text = _unveil(event.value) if self._is_veiled else event.value
        is_plain = event.implicit[0] if event.tag is None else event.tag in _RESOLVED_TAGS
        return _Node(value=plain_value(text) if is_plain else text, text=text)

    def _alias(self, event: events.AliasEvent) -> _Node:
        self._aliases += 1
        if self._aliases > MAX_ALIASES:
            message = f"There are more than {MAX_ALIASES} aliases (`*name`)."
            raise _RefusedError(event, "yaml-too-many-aliases", message, "write the values out")
        if event.anchor not in self._anchors:
            message = f"`*{event.anchor}` refers to nothing above it."
            hint = "put the value in quotes if the star belongs to it"
            raise _RefusedError(event, "yaml-unknown-alias", message, hint)
        return self._anchors[event.anchor]

    def _collection(self, event: events.Event, depth: int) -> Value:
        if depth > MAX_NESTING:
            message = f"Lists and mappings are nested more than {MAX_NESTING} deep."
            raise _RefusedError(event, "yaml-too-deep", message, "keep properties flat")
        if isinstance(event, events.MappingStartEvent):
            return {key: entry.value for key, entry in self._entries(depth)}
        return tuple(self._items(depth))

    def _items(self, depth: int) -> Iterator[Value]:
        """The items of the list that has just begun, up to its end."""
        while not isinstance(event := next(self._events), events.SequenceEndEvent):
            yield self._node(event, depth).value


def _expect_new(event: events.ScalarEvent, key: _Node, seen: set[object]) -> None:
    # With its type, because to Python `1` and `true` are the same key.
    identity = type(key.value), key.value
    if identity in seen:
        message = f'"{key.text}" stands here a second time; Obsidian then reads no property at all.'
        raise _RefusedError(event, "yaml-duplicate-key", message, "keep one of the two")
    seen.add(identity)


def _line(event: events.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _unveil(text: str) -> str:
    return _VEILED.sub(lambda sign: chr(ord(sign[0]) - _VEIL), text)


def _syntax_failure(source: str, error: yaml.YAMLError) -> Failure:
    lines = source.rstrip().split("\n")  # what is missed at the end is blamed on the last text
    line = min(_line_to_blame(error), len(lines))
    problem = getattr(error, "problem", None) or "unknown reason"
    return Failure(
        code="yaml-syntax",
        line=line,
        message=f"The properties are no valid YAML: {problem}.",
        hint=_syntax_hint(lines[line - 1]),
    )


def _line_to_blame(error: yaml.YAMLError) -> int:
    """1-based. Where an open quote or bracket begins, not where its end is missed."""
    context = getattr(error, "context", None) or ""
    opened = any(word in context for word in ("quoted", "flow", "simple key"))
    mark = getattr(error, "context_mark" if opened else "problem_mark", None)
    return mark.line + 1 if mark else 1


def _syntax_hint(line: str) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    return "indent with blanks, not tabs" if "\t" in indent else "put the value in quotes"
