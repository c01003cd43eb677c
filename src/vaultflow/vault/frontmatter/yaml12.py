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

from vaultflow.vault.frontmatter.scalars import MAX_FRONT_MATTER_BYTES, key_text, plain_value
from vaultflow.vault.note import Property

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultflow.vault.note import Value

MAX_NESTING = 32  # Obsidian's property editor shows one level
MAX_ALIASES = 16  # Obsidian writes none, and each can double what one line stands for

_PLAIN_WORDS = (
    ("mapping values", "a second colon stands in the value"),
    ("cannot start", "a value or a line begins with a sign that YAML keeps for itself"),
    ("node content", "a value begins with a sign that YAML keeps for itself"),
    ("expected ':'", "the line has no colon"),
    ("',' or", "a bracket is not closed"),
    ("end of stream", "a quote is not closed"),
    ("expected key", "something stands behind the closing quote or bracket"),
    ("block end", "something stands behind the closing quote or bracket"),
    ("block sequence", "a list begins in the middle of a line"),
)
"""What PyYAML's most frequent problems, known by a piece of their text, mean to a person."""

_LONGEST_QUOTE = 60  # signs of a note in a message; more would not fit on its line
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
class Failure:
    """Why a source cannot be read."""

    code: str
    line: int
    message: str
    hint: str = ""


def read_mapping(source: str, first_line: int = 1) -> Mapping[str, Property] | Failure:
    """The entries of a YAML mapping by key, in order; a failure when there is no reading it.

    An empty source is an empty mapping. Keys are text, as in JavaScript: `1:` is "1". Lines are
    counted on from the number of the first one.
    """
    if len(source.encode("utf-8", errors="replace")) > MAX_FRONT_MATTER_BYTES:
        return Failure(
            code="yaml-too-large",
            line=first_line,
            message=f"The properties have more than {MAX_FRONT_MATTER_BYTES // 1024} KiB.",
            hint="move long text into the note's body",
        )
    try:
        return _Document(source, first_line).entries()
    except _RefusedError as refused:
        return refused.failure
    except yaml.YAMLError as error:
        return _syntax_failure(source, first_line, error)


_TOO_DEEP = f"Lists and mappings are nested more than {MAX_NESTING} deep."
_KEEP_FLAT = "keep properties flat"
_DEPTH_SIGN = "nesting depth"


class _RefusedError(Exception):
    """Carries a failure up through the recursion; never leaves this module."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure


@dataclass(frozen=True, slots=True, kw_only=True)
class _Node:
    value: Value
    text: str = ""


class _Document:
    """One pass over the events of a source."""

    def __init__(self, source: str, first_line: int = 1) -> None:
        veiled = _STRANGE.sub(lambda sign: chr(_VEIL + ord(sign[0])), source)
        self._is_veiled = veiled != source
        self._first_line = first_line
        self._events: Iterator[events.Event] = iter(yaml.parse(veiled, Loader=_LOADER))
        self._anchors: dict[str, _Node] = {}
        self._aliases = 0

    def entries(self) -> dict[str, Property]:
        """The entries of the root, which must be a mapping or nothing at all."""
        next(self._events)  # the start of the stream
        if isinstance(next(self._events), events.StreamEndEvent):
            return {}
        entries = self._root(next(self._events))
        next(self._events)  # the end of the document
        if not isinstance(event := next(self._events), events.StreamEndEvent):
            message = "A second YAML document begins inside the properties."
            hint = "remove the line that divides them"
            raise self._refusal(event, "yaml-several-documents", message, hint)
        return entries

    def _root(self, event: events.Event) -> dict[str, Property]:
        if isinstance(event, events.MappingStartEvent):
            return {entry.key: entry for entry in self._entries(depth=1)}
        if self._node(event, depth=0).value is None:
            return {}
        message = "The properties are a list or a text, not lines of `name: value`."
        raise self._refusal(event, "yaml-not-a-mapping", message, "give each value a name")

    def _entries(self, depth: int) -> Iterator[Property]:
        """The entries of the mapping that has just begun, up to its end."""
        seen: set[object] = set()
        while not isinstance(event := next(self._events), events.MappingEndEvent):
            key = self._node(event, depth)
            if isinstance(event, events.ScalarEvent):
                self._expect_new(event, key, seen)
            content = self._node(next(self._events), depth)
            yield Property(
                key=key_text(key.value),
                value=content.value,
                text=content.text,
                line=self._line(event),
            )

    def _items(self, depth: int) -> Iterator[Value]:
        """The items of the list that has just begun, up to its end."""
        while not isinstance(event := next(self._events), events.SequenceEndEvent):
            yield self._node(event, depth).value

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
            raise self._refusal(event, "yaml-too-many-aliases", message, "write the values out")
        if event.anchor not in self._anchors:
            message = f"`*{_brief(str(event.anchor))}` refers to nothing above it."
            hint = "put the value in quotes if the star belongs to it"
            raise self._refusal(event, "yaml-unknown-alias", message, hint)
        return self._anchors[event.anchor]

    def _collection(self, event: events.Event, depth: int) -> Value:
        if depth > MAX_NESTING:
            raise self._refusal(event, "yaml-too-deep", _TOO_DEEP, _KEEP_FLAT)
        if isinstance(event, events.MappingStartEvent):
            return {entry.key: entry.value for entry in self._entries(depth)}
        return tuple(self._items(depth))

    def _expect_new(self, event: events.Event, key: _Node, seen: set[object]) -> None:
        # With its type, because to Python `1` and `true` are the same key.
        identity = type(key.value), key.value
        if identity in seen:
            message = (
                f'"{_brief(key.text)}" stands here a second time; Obsidian then reads no property.'
            )
            raise self._refusal(event, "yaml-duplicate-key", message, "keep one of the two")
        seen.add(identity)

    def _refusal(self, event: events.Event, code: str, message: str, hint: str) -> _RefusedError:
        line = self._line(event)
        return _RefusedError(Failure(code=code, line=line, message=message, hint=hint))

    def _line(self, event: events.Event) -> int:
        return self._first_line + (event.start_mark.line if event.start_mark else 0)


def _brief(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}..."


def _unveil(text: str) -> str:
    return _VEILED.sub(lambda sign: chr(ord(sign[0]) - _VEIL), text)


def _syntax_failure(source: str, first_line: int, error: yaml.YAMLError) -> Failure:
    lines = source.rstrip().split("\n")  # what is missed at the end is blamed on the last text
    blamed = min(_index_to_blame(error), len(lines) - 1)
    problem = getattr(error, "problem", None) or "unknown reason"
    if _DEPTH_SIGN in problem:  # the parser has a limit of its own, and reads ahead of us
        line = first_line + blamed
        return Failure(code="yaml-too-deep", line=line, message=_TOO_DEEP, hint=_KEEP_FLAT)
    plain = next((words for sign, words in _PLAIN_WORDS if sign in problem), problem)
    return Failure(
        code="yaml-syntax",
        line=first_line + blamed,
        message=f"The properties are no valid YAML: {plain}.",
        hint=_syntax_hint(lines[blamed], problem),
    )


def _index_to_blame(error: yaml.YAMLError) -> int:
    """Index of the line where an open quote or bracket begins, not where its end is missed."""
    context = getattr(error, "context", None) or ""
    is_open = any(word in context for word in ("quoted", "flow", "simple key"))
    mark = getattr(error, "context_mark" if is_open else "problem_mark", None)
    return mark.line if mark else 0


def _syntax_hint(line: str, problem: str) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        return "indent with blanks, not tabs"
    has_name = "expected ':'" not in problem
    return "put the value in quotes" if has_name else "write it as `name: value`"
