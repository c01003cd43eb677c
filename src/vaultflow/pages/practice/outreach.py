"""Where the effort of some days went: touches by kind, with leads and without any."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaultflow.pipeline.lead import TouchKind
from vaultflow.pipeline.reading.dating import named_day
from vaultflow.pipeline.reading.log import kind_of_words, kind_written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import PurePosixPath

    from vaultflow.pages.page import Context
    from vaultflow.vault.note import Note

NO_CONTACT = frozenset({TouchKind.FIELD, TouchKind.STAGE, TouchKind.REVIEW})
NOT_DONE = " "
DAY_LENGTH = len("2026-10-30")


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCount:
    """How many touches of one kind there were."""

    kind: TouchKind
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outreach:
    """The touches of some days. Made by `measure_outreach`."""

    linked: int
    """With a lead: lines of its log, and dated notes that link to it."""
    leads: int
    """How many leads these were with."""
    kinds: tuple[KindCount, ...]
    """Those with a lead, most first."""
    social: int
    """On social networks, with a lead or not."""
    social_linked: int
    unlinked: int
    """Any others that link to no lead."""


def measure_outreach(first: date, last: date, context: Context) -> Outreach:
    """Where the effort from one day to another went.

    Without a lead are lines such as `social: posted on LinkedIn` in notes whose names begin with a
    day, and notes such as `2026-11-24 Call with Bob`, when they link to no lead.
    """
    by_lead = [
        {
            (touch.path, touch.line): touch.kind
            for touch in standing.lead.touches
            if first <= touch.day <= last and touch.kind not in NO_CONTACT
        }
        for standing in context.pipeline.standings
    ]
    linked = Counter({place: kind for one in by_lead for place, kind in one.items()}.values())
    without = Counter(kinds_without_lead(first, last, context))
    social = linked[TouchKind.SOCIAL]
    return Outreach(
        linked=linked.total(),
        leads=sum(map(bool, by_lead)),
        kinds=tuple(
            KindCount(kind=kind, count=count)
            for kind, count in sorted(linked.items(), key=lambda one: (-one[1], one[0]))
        ),
        social=social + without[TouchKind.SOCIAL],
        social_linked=social,
        unlinked=without.total() - without[TouchKind.SOCIAL],
    )


def kinds_without_lead(first: date, last: date, context: Context) -> Iterator[TouchKind]:
    """The kinds of touches in dated notes that link to no lead; only these notes are read."""
    leads = {standing.lead.path for standing in context.pipeline.standings}
    for path in context.vault.notes:
        day = named_day(path.stem) if path.stem[:1].isdigit() else None
        if day and first <= day <= last and path not in leads:
            yield from _kinds_in(context.vault.notes[path], leads, context)


def _kinds_in(note: Note, leads: set[PurePosixPath], context: Context) -> Iterator[TouchKind]:
    if note.is_page:
        return
    links = [link for link in context.vault.links_of(note.path) if link.resolved in leads]
    lines = {link.link.line for link in links}
    kind = kind_of_words(note.name[DAY_LENGTH:])
    if kind and kind not in NO_CONTACT:  # a note of one meeting or call
        yield from () if links else (kind,)
        return
    for item in note.items:
        kind = None if item.status == NOT_DONE or item.line in lines else kind_written(item.text)
        if kind and kind not in NO_CONTACT:
            yield kind
