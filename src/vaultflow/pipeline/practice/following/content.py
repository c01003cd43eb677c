"""Notes worth sending: which of them suit a lead, which it has got, and what came after that.

A content note says `type: content` and for whom it is: `for: [bakeries, Proposals, energy costs]`,
where each word may be an industry, a stage or an interest.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.lead import Direction
from vaultflow.pipeline.measures.numbers.ratio import Ratio, ratio
from vaultflow.pipeline.practice.qualifying.fit import facts_of
from vaultflow.pipeline.practice.qualifying.signals import read_signals
from vaultflow.pipeline.reading.fields import field_texts, find_field, typed_texts
from vaultflow.vault.frontmatter.values import read_date
from vaultflow.vault.links.index import resolve
from vaultflow.vault.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import PurePosixPath

    from vaultflow.pipeline.lead import Lead
    from vaultflow.pipeline.settings import Settings
    from vaultflow.vault.note import Note
    from vaultflow.vault.vault import Vault

CONTENT = "content"
FOR = ("for",)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Piece(Struct, frozen=True, kw_only=True):
    """A note worth sending."""

    note: Note
    suits: tuple[str, ...]
    """What its `for` says, as typed."""


class Sending(Struct, frozen=True, kw_only=True):
    """That a lead has got a piece."""

    piece: PurePosixPath
    day: date | None
    """None when nothing tells it."""


class Match(Struct, frozen=True, kw_only=True):
    """A piece that suits a lead."""

    piece: Piece
    because: tuple[str, ...]
    """The words of its `for` that name the lead's industry, stage or interests."""


class ContentUse(Struct, frozen=True, kw_only=True):
    """How much content is used, and what followed."""

    used: Ratio
    """Pieces that somebody has got, of all."""
    sendings: int
    leads: int
    """That have got any."""
    signals: Ratio
    """Sendings with a day that a signal of the lead followed, of those that are old enough."""
    waiting: int
    """With a day, not followed by one yet, and too young to judge."""


def read_pieces(vault: Vault, settings: Settings) -> tuple[Piece, ...]:
    """The content notes, by path."""
    return tuple(
        Piece(note=note, suits=field_texts(find_field(note, FOR)))
        for _, note in sorted(vault.notes.items())
        if note.readable and not note.is_template and _is_content(note, settings)
    )


def sendings(
    lead: Lead, pieces: Iterable[Piece], vault: Vault, settings: Settings
) -> tuple[Sending, ...]:
    """What a lead has got, in the order of the pieces: each with the first day that is told.

    That is what its field `content_sent` lists, and what lines of its log that went out link to.
    """
    note = vault.notes[lead.path]
    told = [*_in_field(note, vault, settings), *_in_log(lead, note, vault)]
    return tuple(
        Sending(piece=path, day=min((day for day in days if day), default=None))
        for path in (piece.note.path for piece in pieces)
        if (days := [sent.day for sent in told if sent.piece == path])
    )


def matches(
    lead: Lead, pieces: Iterable[Piece], vault: Vault, settings: Settings
) -> tuple[Match, ...]:
    """The pieces that suit a lead, those for the most reasons first; ties in their order."""
    words = [fold(word.strip()) for word in _words_of(lead, vault, settings)]
    found = (
        Match(
            piece=piece, because=tuple(text for text in piece.suits if fold(text.strip()) in words)
        )
        for piece in pieces
    )
    return tuple(sorted((one for one in found if one.because), key=lambda one: -len(one.because)))


def content_use(
    leads: Iterable[Lead], pieces: Sequence[Piece], vault: Vault, settings: Settings, today: date
) -> ContentUse:
    """How much of the content is used, and how often a signal followed within `window_days`."""
    window = timedelta(days=settings.signals.window_days)
    by_lead = {lead: sendings(lead, pieces, vault, settings) for lead in leads}
    got = [(lead, sent) for lead, some in by_lead.items() for sent in some]
    dated = [
        (sent.day, [one.day for one in read_signals(lead, today)])
        for lead, sent in got
        if sent.day and sent.day <= today
    ]
    followed = [
        (day, any(signal and day <= signal <= day + window for signal in signals))
        for day, signals in dated
    ]
    judged = [is_followed for day, is_followed in followed if is_followed or day + window < today]
    return ContentUse(
        used=ratio(len({sent.piece for _, sent in got}), len(pieces)),
        sendings=len(got),
        leads=sum(bool(some) for some in by_lead.values()),
        signals=ratio(sum(judged), len(judged)),
        waiting=len(followed) - len(judged),
    )


def _is_content(note: Note, settings: Settings) -> bool:
    types = field_texts(find_field(note, settings.fields.type))
    return any(fold(text.strip()) == CONTENT for text in types)


def _in_field(note: Note, vault: Vault, settings: Settings) -> Iterator[Sending]:
    """What `content_sent` lists, each with the day that stands beside the link."""
    links = (*note.frontmatter_links, *note.links)
    for typed in typed_texts(find_field(note, settings.fields.content_sent)):
        match = _DAY.search(typed)
        for link in links:
            path = resolve(vault.index, note.path, link.target).path if link.text in typed else None
            if path:
                yield Sending(piece=path, day=read_date(match[0]) if match else None)


def _in_log(lead: Lead, note: Note, vault: Vault) -> Iterator[Sending]:
    out = {
        touch.line: touch.day
        for touch in lead.touches
        if touch.path == lead.path and touch.direction is not Direction.IN
    }
    for link in note.links:
        path = resolve(vault.index, note.path, link.target).path if link.line in out else None
        if path:
            yield Sending(piece=path, day=out[link.line])


def _words_of(lead: Lead, vault: Vault, settings: Settings) -> Iterator[str]:
    """What the lead is, as `for` may name it."""
    for field in ("industry", "interests"):
        yield from (fact.text for fact in facts_of(lead, field, vault, settings.fields))
    if lead.stage:
        yield from (lead.stage.name, lead.stage.label, *lead.stage.aliases)
