"""The touches of a lead: its log, dated notes that link to it, and its `last_contact`."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from vaultflow.errors import Finding, Level
from vaultflow.pipeline.lead import Touch, TouchKind
from vaultflow.pipeline.reading.fields import field_text
from vaultflow.vault.frontmatter.values import read_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from vaultflow.pipeline.reading.contacts import Contact
    from vaultflow.pipeline.reading.fields import FieldValue
    from vaultflow.pipeline.reading.log import LogLine
    from vaultflow.pipeline.reading.surroundings import Surroundings
    from vaultflow.vault.note import Note


def read_touches(
    note: Note,
    log: Iterable[LogLine],
    around: Surroundings,
    last_contact: FieldValue | None = None,
) -> tuple[tuple[Touch, ...], tuple[Finding, ...]]:
    """All touches of a lead up to today, newest first, and the days that cannot be counted.

    Never the time of a file, never a review: writing about a lead is no contact with it. An action
    that a review says was done is. `last_contact` is the field that names one more day.
    """
    touches = [
        _of_log(line, note) for line in log if line.kind is not TouchKind.REVIEW or line.says_done
    ]
    findings: list[Finding] = []
    in_field = _of_field(note, last_contact, around.today)
    for contact in (*around.contacts.get(note.path, ()), *in_field):
        if isinstance(contact, Touch):
            touches.append(contact)
        else:
            findings.append(contact)
    # Sorting keeps the order of equal days: the log as it stands, other notes by path, the field.
    return tuple(sorted(touches, key=attrgetter("day"), reverse=True)), tuple(findings)


def _of_log(line: LogLine, note: Note) -> Touch:
    return Touch(
        day=line.day,
        kind=line.kind,
        text=line.text,
        path=note.path,
        line=line.line,
        direction=line.direction,
        step=line.step,
    )


def _of_field(note: Note, field: FieldValue | None, today: date) -> Iterator[Contact]:
    if field is None or not field.is_filled:
        return
    day = read_date(field.value)
    if day is None:
        yield _finding(
            note,
            field.line,
            "date-unreadable",
            f'{field.key}: "{field_text(field)}" is not a day of the calendar.',
            level=Level.ERROR,
        )
    elif day > today:
        yield _finding(
            note,
            field.line,
            "date-in-future",
            f"{field.key} {day} is still to come, so it is no touch.",
        )
    else:
        yield Touch(day=day, kind=TouchKind.FIELD, text=field.key, path=note.path, line=field.line)


def _finding(
    note: Note, line: int, code: str, message: str, *, level: Level = Level.WARNING
) -> Finding:
    hint = (
        "check the year and the month" if code == "date-in-future" else "write it like 2026-11-25"
    )
    return Finding(level=level, code=code, path=note.path, line=line, message=message, hint=hint)
