"""The touches of a lead: its log, dated notes that link to it, and its `last_contact`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.errors import Finding, Level
from vaultflow.pipeline.lead import Touch, TouchKind
from vaultflow.pipeline.reading.fields import field_text, find_field, spoken
from vaultflow.pipeline.reading.log import kind_of_words
from vaultflow.vault.frontmatter.values import read_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from vaultflow.pipeline.reading.dating import Dating
    from vaultflow.pipeline.reading.log import LogLine
    from vaultflow.pipeline.reading.surroundings import Surroundings
    from vaultflow.vault.note import ListItem, Note
    from vaultflow.vault.vault import ResolvedLink

_NOT_DONE = " "


def read_touches(
    note: Note, log: Iterable[LogLine], around: Surroundings
) -> tuple[tuple[Touch, ...], tuple[Finding, ...]]:
    """All touches of a lead up to today, newest first, and the days that cannot be counted.

    Never the time of a file, never a review: writing about a lead is no contact with it. An action
    that a review says was done is.
    """
    touches = [
        _of_log(line, note) for line in log if line.says_done or line.kind is not TouchKind.REVIEW
    ]
    findings: list[Finding] = []
    for read in (*_of_linking_notes(note, around), *_of_field(note, around)):
        if isinstance(read, Touch):
            touches.append(read)
        else:
            findings.append(read)
    # Sorting keeps the order of equal days: the log as it stands, other notes by path, the field.
    return tuple(sorted(touches, key=lambda touch: touch.day, reverse=True)), tuple(findings)


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


def _of_field(note: Note, around: Surroundings) -> Iterator[Touch | Finding]:
    field = find_field(note, around.settings.fields.last_contact)
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
    elif day > around.today:
        yield _finding(
            note,
            field.line,
            "date-in-future",
            f"{field.key} {day} is still to come, so it is no touch.",
        )
    else:
        yield Touch(day=day, kind=TouchKind.FIELD, text=field.key, path=note.path, line=field.line)


def _of_linking_notes(note: Note, around: Surroundings) -> Iterator[Touch | Finding]:
    """One for each dated note that links to the lead otherwise than by what is still to do."""
    seen = set()
    for link in around.vault.backlinks.get(note.path, ()):
        dating = around.datings.get(link.source)
        if dating is None or link.source in seen or link.link.embed:
            continue
        source = around.vault.notes[link.source]
        if not _is_open_task(link, source):
            seen.add(link.source)
            yield _of_linking_note(source, dating, link, around.today)


def _of_linking_note(
    source: Note, dating: Dating, link: ResolvedLink, today: date
) -> Touch | Finding:
    line = link.link.line
    if dating.day > today:
        message = f"The note is of {dating.day}, which is still to come, so it is no touch."
        return _finding(source, line, "date-in-future", message, level=Level.INFO)
    item = _item_at(source, line) if dating.is_daily else None
    text = spoken(item.text) if item else source.name
    kind = (kind_of_words(text) if item else None) or dating.kind
    return Touch(day=dating.day, kind=kind, text=text, path=source.path, line=line)


def _is_open_task(link: ResolvedLink, source: Note) -> bool:
    """Whether the link stands in a box that is not ticked: what is planned is no contact yet."""
    item = _item_at(source, link.link.line) if link.link.key is None else None
    return item is not None and item.status == _NOT_DONE


def _item_at(source: Note, line: int) -> ListItem | None:
    return next((item for item in source.items if item.line == line), None)


def _finding(
    note: Note, line: int, code: str, message: str, *, level: Level = Level.WARNING
) -> Finding:
    hint = (
        "check the year and the month" if code == "date-in-future" else "write it like 2026-11-25"
    )
    return Finding(level=level, code=code, path=note.path, line=line, message=message, hint=hint)
