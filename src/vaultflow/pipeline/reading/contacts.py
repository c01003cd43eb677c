"""What dated notes tell of the leads that they link to: a touch, or a day that cannot count."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from vaultflow.errors import Finding, Level
from vaultflow.pipeline.lead import Touch
from vaultflow.pipeline.reading.fields import spoken
from vaultflow.pipeline.reading.log import kind_of_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import PurePosixPath

    from vaultflow.pipeline.reading.dating import Dating
    from vaultflow.vault.note import Link, ListItem, Note

Contact: TypeAlias = Touch | Finding
"""A contact up to today is a touch; one of a day still to come is worth a look."""

_NOT_DONE = " "


def read_contacts(
    note: Note, dating: Dating, links: Iterable[tuple[Link, PurePosixPath]], today: date
) -> Mapping[PurePosixPath, Contact]:
    """What the dated note tells of each note that it links to, by that note's path.

    The first link counts that is no embed and no part of what is still to do.

    Args:
        note: the dated note.
        dating: its day, and what it is about.
        links: its links with where they lead, by line.
        today: the last day that counts.
    """
    told: dict[PurePosixPath, Contact] = {}
    for link, lead in links:
        if lead not in told and not link.embed and not _is_open_task(link, note):
            told[lead] = _contact(note, dating, link, today)
    return told


def _contact(note: Note, dating: Dating, link: Link, today: date) -> Contact:
    if dating.day > today:
        return Finding(
            level=Level.INFO,
            code="date-in-future",
            path=note.path,
            line=link.line,
            message=f"The note is of {dating.day}, which is still to come, so it is no touch.",
            hint="check the year and the month",
        )
    item = _item_at(note, link.line) if dating.is_daily else None
    text = spoken(item.text) if item else note.name
    kind = (kind_of_words(text) if item else None) or dating.kind
    return Touch(day=dating.day, kind=kind, text=text, path=note.path, line=link.line)


def _is_open_task(link: Link, note: Note) -> bool:
    """Whether the link stands in a box that is not ticked: what is planned is no contact yet."""
    item = _item_at(note, link.line) if link.key is None else None
    return item is not None and item.status == _NOT_DONE


def _item_at(note: Note, line: int) -> ListItem | None:
    return next((item for item in note.items if item.line == line), None)
