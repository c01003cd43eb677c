"""Dated notes: meeting notes, daily notes, and the day and kind of contact that they tell of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.lead import TouchKind
from vaultflow.pipeline.reading.fields import field_texts, find_field
from vaultflow.pipeline.reading.log import kind_of_words
from vaultflow.pipeline.reading.selection import is_below
from vaultflow.vault.frontmatter.values import read_date
from vaultflow.vault.obsidian.moment import parse_moment

if TYPE_CHECKING:
    from datetime import date
    from pathlib import PurePosixPath

    from vaultflow.pipeline.settings import Settings
    from vaultflow.vault.note import Note
    from vaultflow.vault.obsidian.settings import ObsidianSettings

_DATED_NAME = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2}|\d{8})(?!\d)")


class Dating(Struct, frozen=True, kw_only=True):
    """What a dated note is about."""

    day: date
    kind: TouchKind
    is_daily: bool
    """Its lines stand for themselves; of any other note the whole is one meeting, call, ..."""


def date_note(note: Note, settings: Settings, obsidian: ObsidianSettings) -> Dating | None:
    """The day of the note, by its date field or its name, and its kind; None without a day.

    The kind is told by its type or else its name; a note that tells none is a meeting.
    """
    daily = daily_note_day(note.path, obsidian)
    field = find_field(note, settings.fields.date)
    day = (read_date(field.value) if field else None) or daily or _named_day(note.name)
    if day is None:
        return None
    if daily:
        return Dating(day=day, kind=TouchKind.NOTE, is_daily=True)
    types = field_texts(find_field(note, settings.fields.type))
    kinds = (kind_of_words(text) for text in (*types, note.name))
    kind = next((kind for kind in kinds if kind), TouchKind.MEETING)
    return Dating(day=day, kind=kind, is_daily=False)


def daily_note_day(path: PurePosixPath, obsidian: ObsidianSettings) -> date | None:
    """The day of a daily note: by Obsidian's own setting, else a name that is nothing but a day."""
    daily = obsidian.daily_notes
    if is_below(path, daily.folder):
        depth = len([part for part in daily.folder.split("/") if part])
        inside = str(path).split("/", depth)[-1].removesuffix(path.suffix)
        if day := parse_moment(daily.format, inside):
            return day
    match = _DATED_NAME.fullmatch(path.stem)
    return read_date(match["day"]) if match else None


def _named_day(name: str) -> date | None:
    match = _DATED_NAME.match(name)
    return read_date(match["day"]) if match else None
