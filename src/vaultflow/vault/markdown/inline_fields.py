"""Dataview's inline fields: `key:: value` as a line of its own, or in brackets anywhere."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from vaultflow.vault.frontmatter.values import canonical_name
from vaultflow.vault.markdown.body import HIDDEN
from vaultflow.vault.note import InlineField

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vaultflow.vault.markdown.body import TextLine

MAX_LINE = 32_768  # characters; Dataview skips longer lines, which are embedded images

_OPENING = re.compile(rf"[\[(]([^\[\]()\n{HIDDEN}]+?)::")
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_ /-]+")
"""As nearly all keys are; of others each sign is looked at."""
_BRACKETS = re.compile(r"\\.|[\[\]()]")
_OPENED_BY = {"]": "[", ")": "("}


def read_inline_fields(lines: Iterable[TextLine]) -> tuple[InlineField, ...]:
    """The fields of the lines, in order.

    Fields on a task's line are left out: they say something of the task, not of the note. A line
    with a field in brackets has no field that takes the whole line.
    Source: Dataview 0.5.70.
    """
    return tuple(
        InlineField(key=key, name=canonical_name(key), text=text, line=line.line)
        for line in lines
        if "::" in line.visible and not line.in_task and len(line.text) <= MAX_LINE
        for key, text in tuple(_bracketed(line)) or _whole_line(line)
    )


def _bracketed(line: TextLine) -> Iterator[tuple[str, str]]:
    if "[" not in line.visible and "(" not in line.visible:
        return
    position = 0
    closings: Mapping[int, int] | None = None
    while opening := _OPENING.search(line.visible, position):
        closings = _closings(line.visible) if closings is None else closings
        end = closings.get(opening.start())
        position = opening.start() + 1 if end is None else end + 1
        if end is not None and canonical_name(opening[1]):
            yield opening[1].strip(), line.text[opening.end() : end].strip()


def _closings(text: str) -> Mapping[int, int]:
    """Where each bracket is closed; round and square ones do not mind each other."""
    closings: dict[int, int] = {}
    opened: dict[str, list[int]] = {"[": [], "(": []}
    for match in _BRACKETS.finditer(text):
        if match[0] in opened:
            opened[match[0]].append(match.start())
        elif (bracket := _OPENED_BY.get(match[0])) and opened[bracket]:
            closings[opened[bracket].pop()] = match.start()
    return closings


def _whole_line(line: TextLine) -> tuple[tuple[str, str], ...]:
    before, separator, _ = line.visible.partition("::")
    key = _after_signs(before).rstrip("_*~` \t")
    if line.in_table or not (_PLAIN_KEY.fullmatch(key) or (key and all(map(_may_be_in_key, key)))):
        return ()
    return ((key, line.text[len(before + separator) :].strip()),)


def _after_signs(text: str) -> str:
    """The text from its first letter, digit or emoji on."""
    if _is_word(text[:1]):
        return text
    begin = next((at for at, sign in enumerate(text) if _is_word(sign) or _is_emoji(sign)), None)
    return "" if begin is None else text[begin:]


def _may_be_in_key(sign: str) -> bool:
    return _is_word(sign) or sign.isspace() or sign in "/-" or _is_emoji(sign)


def _is_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _is_emoji(sign: str) -> bool:
    """Symbols, and the marks and joiners of which an emoji or a letter may be put together."""
    return not sign.isascii() and unicodedata.category(sign) in {"So", "Sk", "Mn", "Mc", "Me", "Cf"}
