"""The log of a lead: dated lines under its heading, read tolerantly."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.errors import Finding, Level
from vaultflow.pipeline.lead import Direction, TouchKind
from vaultflow.vault.frontmatter.values import read_date
from vaultflow.vault.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vaultflow.vault.note import Heading, ListItem, Note

_KINDS = {kind.value: kind for kind in TouchKind if kind is not TouchKind.FIELD}
_SYNONYMS = _KINDS | {
    word: kind
    for kind, words in {
        TouchKind.CALL: "called calls phone phoned rang voicemail",
        TouchKind.EMAIL: "emailed e-mail e-mailed mail mailed",
        TouchKind.MEETING: "met meet meetings lunch coffee visit visited",
        TouchKind.MESSAGE: "messaged sms whatsapp chat dm texted wrote replied",
        TouchKind.SOCIAL: "linkedin facebook instagram",
        TouchKind.QUOTE: "quoted quotation offer",
        TouchKind.REVIEW: "reviewed",
    }.items()
    for word in words.split()
}
_DIRECTIONS = {
    word: direction
    for direction, words in {
        Direction.IN: ("in", "inbound", "incoming"),
        Direction.OUT: ("out", "outbound", "outgoing"),
    }.items()
    for word in words
}
_DIRECTION = "|".join(sorted(_DIRECTIONS, key=len, reverse=True))
_PLACED = frozenset({TouchKind.MEETING, TouchKind.NOTE})
"""Kinds after which `in` says where: "meeting in Berlin"."""

_DAY = r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)"
_DATED = re.compile(
    rf"[*_~`\s]*(?:\[\[(?:[^\]|#]*/)?(?P<linked>{_DAY})(?:[|#][^\]]*)?\]\]|\[?(?P<plain>{_DAY})\]?)"
    r"(?:[T,\s]+\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]m\b|Z|[+-]\d\d:?\d\d)?)?"
    r"[*_~`:,|–—\s-]*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_WORD = r"[*_`]*(?P<word>[^\W\d_]+(?:-[^\W\d_]+)?)[*_`]*"
_WRITTEN = re.compile(
    rf"{_WORD}(?:\s+(?P<direction>{_DIRECTION}))?\s*(?:\((?P<step>[^()]*)\))?\s*:[*_`]*\s*(?P<text>.*)",
    re.IGNORECASE | re.DOTALL,
)
_LOOSE = re.compile(
    rf"{_WORD}(?P<after>\s+(?P<direction>{_DIRECTION})\b)?\s*(?P<text>.*)",
    re.IGNORECASE | re.DOTALL,
)
_LATER_STEP = re.compile(r"\s*\((?P<step>trust|needs|solution|demo|concerns)\)", re.IGNORECASE)
_BLOCK_ID = re.compile(r"(?:^|\s)\^[A-Za-z0-9-]+\s*$")
_ARROW = re.compile(r"\s*(?:[-=]+>|[→➔➜⟶⇒])\s*")
_BEFORE_AND_AFTER = 2


_HEADS = {
    f"{word} {way}" if way else word: (kind, direction)
    for word, kind in _SYNONYMS.items()
    for way, direction in {"": None, **_DIRECTIONS}.items()
}
"""What may stand between the day and the colon of a line as it is written, without a step."""
_DAY_LENGTH = len("2026-10-30")
_REFERENCE = re.compile(r"\s*\(\[\[[^\]]*\]\]\)\s*$")

DONE = "done "
"""How the part of a review's line begins that says which action was done."""
WHY = "why "
"""The same of the part that says why a lead belongs in its stage."""


class LogLine(Struct, frozen=True, kw_only=True, gc=False):
    """One dated line of a log."""

    day: date
    kind: TouchKind
    """`note` when the line does not begin with a kind that is known."""
    text: str
    line: int
    direction: Direction | None = None
    step: str | None = None
    """What it was for: the `(needs)` behind the kind or in the text."""

    @property
    def says_done(self) -> bool:
        """A review's line that an action was done, which is contact with the lead."""
        return self.kind is TouchKind.REVIEW and any(map(_is_done, parts_of(self.text)))

    @property
    def is_review(self) -> bool:
        """A review's line that says more than that: the lead itself was thought about."""
        return self.kind is TouchKind.REVIEW and not all(map(_is_done, parts_of(self.text)))

    @property
    def says_why(self) -> bool:
        """A review's line that says why the lead belongs in its stage."""
        return self.kind is TouchKind.REVIEW and any(
            part.startswith(WHY) for part in parts_of(self.text)
        )


def parts_of(text: str) -> list[str]:
    """What a review's line says one by one, without the link to the review at its end."""
    return _REFERENCE.sub("", text).split("; ")


def _is_done(part: str) -> bool:
    return part.startswith(DONE)


def read_log(
    note: Note, heading: str, today: date
) -> tuple[tuple[LogLine, ...], tuple[Finding, ...]]:
    """The log lines up to today in the order in which they stand, and what is wrong with others.

    Lines that begin with a day that does not exist or is still to come are findings; so are lines
    of the outermost level without a day. Boxes that are not ticked are plans and no log.
    """
    lines: list[LogLine] = []
    findings: list[Finding] = []
    for item in section_items(note, heading):
        if item.status not in (None, "x", "X"):
            continue
        read = _read_line(item, note, today)
        if isinstance(read, LogLine):
            lines.append(read)
        elif read is not None:
            findings.append(read)
    return tuple(lines), tuple(findings)


def section_items(note: Note, heading: str) -> Iterator[ListItem]:
    """The list items under each heading of that text, up to the next one of its level or above."""
    wanted = fold(heading.strip())
    for index, start in enumerate(note.headings):
        if _heading_name(start.text) == wanted:
            end = _next_line(note.headings[index + 1 :], start.level)
            yield from (
                item
                for item in note.items
                if start.line < item.line and (end is None or item.line < end)
            )


def kind_of_words(text: str) -> TouchKind | None:
    """The kind of the first word that names one: `Call with Jane` is a call."""
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)?", text.lower())
    return next((_SYNONYMS[word] for word in words if word in _SYNONYMS), None)


@lru_cache(maxsize=1024)  # the same few headings stand in every lead
def _heading_name(text: str) -> str:
    return fold(text.strip(" :#*_"))


def _next_line(headings: tuple[Heading, ...], level: int) -> int | None:
    return next((heading.line for heading in headings if heading.level <= level), None)


def _read_line(item: ListItem, note: Note, today: date) -> LogLine | Finding | None:
    text = item.text.strip()
    if written := _read_plain(text, item.line, today):
        return written
    match = _DATED.fullmatch(text)
    if not match:
        return _undated(item, note) if item.depth == 0 and text else None
    typed = match["linked"] or match["plain"]
    day = read_date(typed.replace(".", "-"))
    if day is None:
        message, hint = f"{typed} is not a day of the calendar.", "the line counts once it is one"
        return _finding(note, item, Level.ERROR, "date-unreadable", message, hint)
    if day > today:
        message, hint = (
            f"{typed} is still to come, so it is no touch.",
            "check the year and the month",
        )
        return _finding(note, item, Level.WARNING, "date-in-future", message, hint)
    rest = match["rest"]
    # Most lines have neither block id nor later step: looking for the sign first is quicker.
    return _log_line(day, (_BLOCK_ID.sub("", rest) if "^" in rest else rest).strip(), item.line)


def _read_plain(text: str, line: int, today: date) -> LogLine | None:
    """A past line of the form `2026-10-30 call out: text`, as nearly all are.

    The patterns would read it alike, and take four times as long.
    """
    typed, (head, colon, said) = text[:_DAY_LENGTH], text[_DAY_LENGTH + 1 :].partition(":")
    if head not in _HEADS or not colon or "(" in said or "^" in said:
        return None
    day = read_date(typed) if typed[4] == typed[7] == "-" and text[_DAY_LENGTH] == " " else None
    if day is None or day > today:
        return None
    kind, direction = _HEADS[head]
    text = said.lstrip("*_`").strip()
    return LogLine(day=day, kind=kind, text=text, line=line, direction=direction)


def _undated(item: ListItem, note: Note) -> Finding:
    return _finding(
        note,
        item,
        Level.INFO,
        "log-undated",
        "The log line does not begin with a day, so it is no touch.",
        f"begin it like {TouchKind.CALL} lines do: 2026-10-30 call out: ...",
    )


def _finding(
    note: Note, item: ListItem, level: Level, code: str, message: str, hint: str
) -> Finding:
    return Finding(
        level=level, code=code, path=note.path, line=item.line, message=message, hint=hint
    )


def _log_line(day: date, rest: str, line: int) -> LogLine:
    kind, direction, step, text = _read_written(rest) or _read_loose(rest)
    if not step and "(" in text and (later := _LATER_STEP.search(text)):
        step = later["step"].lower()
        text = (text[: later.start()] + text[later.end() :]).strip()
    return LogLine(day=day, kind=kind, text=text, line=line, direction=direction, step=step)


def _read_written(rest: str) -> tuple[TouchKind, Direction | None, str | None, str] | None:
    """The one form in which lines are written: `call out (needs): text`."""
    match = _WRITTEN.fullmatch(rest)
    kind = _SYNONYMS.get(match["word"].lower()) if match else None
    if not match or not kind:
        return None
    direction = _DIRECTIONS.get((match["direction"] or "").lower())
    return kind, direction, (match["step"] or "").strip().lower() or None, match["text"].strip()


def _read_loose(rest: str) -> tuple[TouchKind, Direction | None, str | None, str]:
    """A line as it comes: `called Jane`, `email out sent the price list`, or just text."""
    match = _LOOSE.fullmatch(rest)
    word = match["word"].lower() if match else ""
    kind = _SYNONYMS.get(word)
    if not match or not kind:
        return TouchKind.NOTE, None, None, rest
    if word not in _KINDS:
        return kind, None, None, rest
    if match["direction"] and (kind not in _PLACED or not match["text"]):
        return kind, _DIRECTIONS[match["direction"].lower()], None, match["text"].strip()
    return kind, None, None, rest[match.end("word") :].strip("*_` ")


def stages_of(text: str) -> tuple[str, str]:
    """The two stages that a line `A -> B` names, as typed; without an arrow only the second one."""
    parts = [part.strip(" *_`\"'") for part in _ARROW.split(text, maxsplit=1)]
    return (parts[0], parts[1]) if len(parts) == _BEFORE_AND_AFTER else ("", parts[0])
