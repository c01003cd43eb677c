"""Which review notes hold a tick or an answer: looked up by their paths, and no other note is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from vaultflow.pages.page import review_path
from vaultflow.pipeline.practice.reviewing.habit import recent_working_days

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import PurePosixPath

    from vaultflow.pipeline.settings import Settings
    from vaultflow.pipeline.workdays import WorkCalendar
    from vaultflow.vault.note import InlineField, Note

OURS = "vf-"


def answered_days(
    notes: Mapping[PurePosixPath, Note], settings: Settings, today: date, calendar: WorkCalendar
) -> Iterator[date]:
    """The days of the last sixty working days whose review notes are answered, newest first."""
    first = recent_working_days(frozenset(), today, calendar)[-1]
    for back in range((today - first).days + 1):
        day = today - timedelta(days=back)
        note = notes.get(review_path(day, settings))
        if note and is_answered(note):
            yield day


def is_answered(note: Note) -> bool:
    """Whether something was ticked or typed at an item of a page of ours."""
    if not note.is_page:
        return False
    ticked = (task.status.strip() for task in note.tasks if _is_ours(task.block_id))
    return any(ticked) or any(_is_answer(field, note) for field in note.inline_fields)


def _is_answer(field: InlineField, note: Note) -> bool:
    """Whether it has a value, and stands below an item of ours."""
    if not field.text.strip():
        return False
    above = [task for task in note.tasks if task.line < field.line]
    depths = {item.line: item.depth for item in note.items}
    is_below = bool(above) and depths.get(field.line, 0) > depths.get(above[-1].line, 0)
    return is_below and _is_ours(above[-1].block_id)


def _is_ours(block_id: str | None) -> bool:
    return (block_id or "").startswith(OURS)
