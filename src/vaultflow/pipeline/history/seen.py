"""Changes that were only seen afterwards: at one look a note said this, at the next one that."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from vaultflow.pipeline.history.change import TRACKED, Change
from vaultflow.pipeline.reading.fields import field_text, find_fields, sought
from vaultflow.vault.frontmatter.properties import read_properties, split_front_matter
from vaultflow.vault.note import Note
from vaultflow.vault.text import decode_note

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import PurePosixPath

    from vaultflow.pipeline.field_names import FieldNames
    from vaultflow.pipeline.history.change import Source
    from vaultflow.pipeline.reading.fields import Sought

LONG_AGO = date.min
"""Since when something may have been so that was there at the first look."""


def tracked_fields(names: FieldNames) -> Sought:
    """What to look for in a note: the fields of which a history is kept."""
    return sought({field: getattr(names, field) for field in TRACKED})


def state_of(path: PurePosixPath, raw: bytes, wanted: Sought) -> Mapping[str, str]:
    """What the note's properties say in these fields, as typed; empty ones are left out.

    The body is not looked at: it would take ten times as long, and notes keep such fields above.
    """
    text, _ = decode_note(path, raw)
    front_matter, _ = split_front_matter(path, text or "")
    properties, _ = read_properties(path, front_matter) if front_matter else (None, ())
    note = Note(path=path, title=path.stem, properties=properties)
    found = find_fields(note, wanted)
    return {field: said for field, value in found.items() if (said := field_text(value))}


def changes_between(
    before: Mapping[str, str],
    after: Mapping[str, str],
    *,
    path: PurePosixPath,
    looks: tuple[date, date],
    source: Source,
    where: str,
) -> Iterator[Change]:
    """One for each field that differs.

    Args:
        before: the fields at the look before; empty when there was none.
        after: the fields now.
        path: the note, as it is called today.
        looks: the first day on which the change can have been, and that of the look that saw it.
        source: who looked.
        where: the place that tells of it.
    """
    for field in TRACKED:
        old, new = before.get(field, ""), after.get(field, "")
        if old != new:
            yield Change(
                path=path,
                field=field,
                day=looks[1],
                before=old,
                after=new,
                source=source,
                where=where,
                earliest=looks[0],
            )
