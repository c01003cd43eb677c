"""Work beside the leads: lines of daily notes that tell of a contact and link to no lead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultflow.pipeline.lead import Touch, TouchKind
from vaultflow.pipeline.practice.following.quiet import CONTACT_KINDS
from vaultflow.pipeline.reading.dating import daily_note_day
from vaultflow.pipeline.reading.fields import spoken
from vaultflow.pipeline.reading.log import kind_of_words
from vaultflow.vault.links.index import resolve

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date
    from pathlib import PurePosixPath

    from vaultflow.vault.note import ListItem, Note
    from vaultflow.vault.obsidian.settings import ObsidianSettings
    from vaultflow.vault.vault import Vault

_FIRST_WORD = re.compile(r"[\W_]*(?P<word>[^\W\d_]+(?:-[^\W\d_]+)?)")
_NOT_DONE = " "


def loose_touches(
    vault: Vault,
    leads: Collection[PurePosixPath],
    obsidian: ObsidianSettings,
    *,
    since: date,
    until: date,
) -> tuple[Touch, ...]:
    """What daily notes of these days tell beside the leads, by note and line.

    A line counts when it begins with a kind of contact (`Emailed the printer`), or names social
    media anywhere (`An hour on LinkedIn`). Boxes that are not ticked are plans.
    """
    return tuple(
        touch
        for path in vault.notes
        if (day := daily_note_day(path, obsidian)) and since <= day <= until
        for touch in _loose_lines(vault.notes[path], day, vault, leads)
    )


def _loose_lines(
    note: Note, day: date, vault: Vault, leads: Collection[PurePosixPath]
) -> Iterator[Touch]:
    about_leads = {
        link.line
        for link in note.links
        if resolve(vault.index, note.path, link.target).path in leads
    }
    for item in note.items:
        kind = None if item.status == _NOT_DONE or item.line in about_leads else _kind(item)
        if kind:
            text = spoken(item.text)
            yield Touch(day=day, kind=kind, text=text, path=note.path, line=item.line)


def _kind(item: ListItem) -> TouchKind | None:
    first = _FIRST_WORD.match(item.text)
    kind = kind_of_words(first["word"]) if first else None
    if kind in CONTACT_KINDS:
        return kind
    return TouchKind.SOCIAL if kind_of_words(item.text) is TouchKind.SOCIAL else None
