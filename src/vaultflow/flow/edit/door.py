"""The verbs for programs and plugins: each loads the vault, edits one note, and gives the change.

A lead is named as on the command line: by its name, its path, or the beginning of one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.disk.write import apply_change
from vaultflow.flow.edit.edits import edit_note
from vaultflow.flow.edit.verbs import (
    lead_named,
    note_named,
    plan_new,
    stage_meant,
    to_act,
    to_log,
    to_lose,
    to_move,
    to_park,
    to_set,
    to_win,
)
from vaultflow.flow.workspace import load

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from vaultflow.disk.change import Change
    from vaultflow.pipeline.lead import Direction, TouchKind


def set_field(root: Path, note: str, key: str, value: str, *, today: date) -> Change | None:
    """Sets one field of a note; None when it holds the value already.

    Args:
        root: the vault's folder.
        note: any note of the vault, a lead or not.
        key: the field's name, in our words or the vault's.
        value: as a person types it, read by the field's type; empty to empty the field.
        today: the day that counts as today.

    Raises:
        UsageError: when there is no such note, or the text is no value for the field.
        ConflictError: when the note cannot be edited safely, or would be no lead any more.
    """
    workspace = load(root, today=today)
    found = note_named(workspace, note)
    return edit_note(workspace, found.path, to_set(workspace, found, key, value))


def move(root: Path, lead: str, stage: str, *, today: date) -> Change | None:
    """Puts a lead into a stage, with a log line; None when it is there already.

    Raises:
        UsageError: when there is no such lead or stage, or the stage is a lost one: see `lose`.
        ConflictError: when the note cannot be edited safely, or would be no lead any more.
    """
    workspace = load(root, today=today)
    path = lead_named(workspace, lead).path
    return edit_note(workspace, path, to_move(workspace, stage_meant(workspace, stage)))


def act(root: Path, lead: str, action: str, by: date | str, *, today: date) -> Change | None:
    """Sets what must happen next, and by when; a number picks from the stage's quick list.

    Raises:
        UsageError: when there is no such lead, action or day.
        ConflictError: when the note cannot be edited safely, or would be no lead any more.
    """
    workspace = load(root, today=today)
    found = lead_named(workspace, lead)
    return edit_note(workspace, found.path, to_act(workspace, found.stage, action, by))


def log(  # noqa: PLR0913  # a touch has that many parts
    root: Path,
    lead: str,
    text: str,
    *,
    today: date,
    kind: TouchKind | None = None,
    direction: Direction | None = None,
    step: str = "",
    on: date | str = "today",
) -> Change | None:
    """Adds a touch to a lead's log.

    Args:
        root: the vault's folder.
        lead: which one.
        text: what happened.
        today: the day that counts as today.
        kind: of touch; by default the text's first word tells it, else it is a note.
        direction: who reached out to whom.
        step: what it was for, such as `needs`.
        on: the day on which it happened.

    Raises:
        UsageError: when there is no such lead or day, or no text.
        ConflictError: when the note cannot be edited safely, or would be no lead any more.
    """
    workspace = load(root, today=today)
    path = lead_named(workspace, lead).path
    operations = to_log(workspace, text, kind=kind, direction=direction, step=step, on=on)
    return edit_note(workspace, path, operations)


def win(root: Path, lead: str, *, today: date) -> Change | None:
    """Puts a lead into the won stage, closed today; None when it is won already.

    Raises:
        UsageError: when there is no such lead.
        ConflictError: when the note cannot be edited safely, or would be no lead any more.
    """
    workspace = load(root, today=today)
    return edit_note(workspace, lead_named(workspace, lead).path, to_win(workspace))


def lose(
    root: Path, lead: str, reason: str, *, today: date, revisit: date | str | None = None
) -> Change | None:
    """Puts a lead into the lost stage with the reason, and the day to look at it again if any.

    Raises:
        UsageError: when there is no such lead, no reason, or no such day.
        ConflictError: when the note cannot be edited safely, or would be no lead any more.
    """
    workspace = load(root, today=today)
    path = lead_named(workspace, lead).path
    return edit_note(workspace, path, to_lose(workspace, reason, revisit))


def park(root: Path, lead: str, until: date | str, *, today: date) -> Change | None:
    """Lets a lead rest until a day, on which the daily review shows it again.

    Raises:
        UsageError: when there is no such lead or day.
        ConflictError: when the note cannot be edited safely, or would be no lead any more.
    """
    workspace = load(root, today=today)
    return edit_note(workspace, lead_named(workspace, lead).path, to_park(workspace, until))


def new(root: Path, title: str, *, today: date, **fields: str) -> Change:
    """Writes the note of a new lead, from the vault's own template for leads if it has one.

    Args:
        root: the vault's folder.
        title: also the file's name.
        today: the day that counts as today.
        fields: what they are to hold, by our names: `stage`, `value`, `company`, `people`, ...

    Raises:
        UsageError: when no file can be called so on every system, or a value is none.
        ConflictError: when there is such a note already.
    """
    change = plan_new(load(root, today=today), title, fields)
    apply_change(root, change)
    return change
