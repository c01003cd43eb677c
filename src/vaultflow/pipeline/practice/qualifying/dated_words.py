"""Words with a day, as the fields `signals` and `risks` and the hashtags of a log hold them."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.vault.frontmatter.values import read_date
from vaultflow.vault.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePosixPath

    from vaultflow.pipeline.lead import Lead, Touch

_LATER = re.compile(r"\s*[,;:(–—]")
"""What follows the word is a remark: `negotiates: wants it by May`."""
_DAY = re.compile(r"\(?(?P<day>\d{4}[-/.]\d{1,2}[-/.]\d{1,2})\)?")


class DatedWord(Struct, frozen=True, kw_only=True, gc=False):
    """A word such as `negotiates`, with the day and the place that it was found in."""

    kind: str
    """In small letters, its words joined by hyphens."""
    day: date | None
    """None when the field names none."""
    path: PurePosixPath
    line: int
    evidence: str
    """`2026-11-02 call in, line 41`."""


def read_dated_words(lead: Lead, field: str, tag: str) -> tuple[DatedWord, ...]:
    """What the field lists and what touches carry as `#tag/word`, newest first, undated ones last.

    The same word of the same day in both is one.
    """
    found = {
        (word.kind, word.day): word
        for word in (*_in_field(lead, field), *_in_touches(lead, tag))
        if word.kind
    }
    return tuple(sorted(found.values(), key=_newest_first))


def first_word(text: str) -> str:
    """The word of an entry as it is compared, without its day and without a remark behind it."""
    match = _DAY.search(text)
    before, after = (text[: match.start()], text[match.end() :]) if match else (text, "")
    return kind_of(_LATER.split(f"{before.strip()} {after.strip(' :,–—-')}".strip(), maxsplit=1)[0])


def has_day(text: str) -> bool:
    """Whether an entry names a day."""
    return _DAY.search(text) is not None


def kind_of(text: str) -> str:
    """The word as it is compared: `Asks questions` is `asks-questions`."""
    return re.sub(r"[\s_-]+", "-", fold(text).strip(" \t,;:.()[]{}#*'\"")).strip("-")


def _newest_first(word: DatedWord) -> tuple[bool, int, str, int]:
    return (word.day is None, -(word.day or date.min).toordinal(), word.kind, word.line)


def _in_field(lead: Lead, field: str) -> Iterator[DatedWord]:
    said = lead.said.get(field)
    line = said.line if said else 0
    for text in said.texts if said else ():
        match = _DAY.search(text)
        day = read_date(re.sub(r"[/.]", "-", match["day"])) if match else None
        yield DatedWord(
            kind=first_word(text),
            day=day,
            path=lead.path,
            line=line,
            evidence=f"{day} field {field}, line {line}" if day else f"field {field}, line {line}",
        )


def _in_touches(lead: Lead, tag: str) -> Iterator[DatedWord]:
    sign = f"#{tag}/"
    for touch in lead.touches:
        if "#" in touch.text and sign in fold(touch.text):
            yield from _in_touch(lead, touch, sign)


def _in_touch(lead: Lead, touch: Touch, sign: str) -> Iterator[DatedWord]:
    way = f"{touch.kind} {touch.direction}" if touch.direction else str(touch.kind)
    place = way if touch.path == lead.path else f'note "{touch.path.stem}"'
    for match in re.finditer(rf"{re.escape(sign)}(?P<word>[\w-]+)", fold(touch.text)):
        yield DatedWord(
            kind=kind_of(match["word"]),
            day=touch.day,
            path=touch.path,
            line=touch.line,
            evidence=f"{touch.day} {place}, line {touch.line}",
        )
