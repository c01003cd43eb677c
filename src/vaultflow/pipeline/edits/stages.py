"""Moving a lead: the stage, what follows from it, and the log line that keeps the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.pipeline.edits.checklist import checklist_operations
from vaultflow.pipeline.edits.log import log_line
from vaultflow.pipeline.edits.places import clearing, writing
from vaultflow.pipeline.lead import TouchKind
from vaultflow.pipeline.reading.fields import field_text, find_field
from vaultflow.pipeline.settings import StageKind
from vaultflow.pipeline.stages import find_stage, stages_in_force
from vaultflow.vault.edit.edit import Edit, run_operations
from vaultflow.vault.edit.log import adding_log_line
from vaultflow.vault.reader import read_note

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import PurePosixPath

    from vaultflow.pipeline.field_names import FieldNames
    from vaultflow.pipeline.settings import Settings, Stage
    from vaultflow.vault.edit.edit import Operation
    from vaultflow.vault.note import Note


def move_operations(stage: Stage, *, today: date, settings: Settings) -> tuple[Operation, ...]:
    """Puts a lead into a stage, with its log line; a lead that is there already stays as it is.

    A won or lost lead gets the day on which it was closed. One that is open again is neither
    closed nor waiting any more: `closed_on` and `revisit_on` are emptied.
    """
    return (_moving(lambda _: stage, today, settings),)


def win_operations(*, today: date, settings: Settings) -> tuple[Operation, ...]:
    """Puts a lead into the won stage."""
    return (_ending(StageKind.WON, today, settings),)


def lose_operations(
    reason: str, revisit_on: date | None = None, *, today: date, settings: Settings
) -> tuple[Operation, ...]:
    """Puts a lead into the lost stage, with the reason and the day to look at it again.

    Args:
        reason: why it is lost; never blank.
        revisit_on: None when there is no coming back to it: then it leaves every list.
        today: the day on which it is closed.
        settings: names of the fields, the stages and the log's heading.
    """
    fields = settings.fields
    return (
        _ending(StageKind.LOST, today, settings),
        writing(fields.lost_reason, " ".join(reason.split())),
        writing(fields.revisit_on, revisit_on) if revisit_on else clearing(fields.revisit_on),
    )


def park_operations(until: date, *, today: date, settings: Settings) -> tuple[Operation, ...]:
    """Lets a lead rest until a day; it is parked by that alone where there is no parked stage."""
    return (
        _ending(StageKind.PARKED, today, settings),
        writing(settings.fields.revisit_on, until),
    )


def present_stage(note: Note, settings: Settings) -> tuple[Stage | None, str]:
    """The stage that the note names, None when it is unknown, and the text that names it."""
    text = field_text(find_field(note, settings.fields.stage))
    return find_stage(stages_in_force(settings), text), text


def _ending(kind: StageKind, today: date, settings: Settings) -> Operation:
    """Puts a lead into the first stage of the kind, unless it stands in one of them."""
    of_kind = [stage for stage in stages_in_force(settings) if stage.kind is kind]

    def end(present: Stage | None) -> Stage | None:
        return present if present in of_kind else next(iter(of_kind), present)

    return _moving(end, today, settings)


def _moving(
    choose: Callable[[Stage | None], Stage | None], today: date, settings: Settings
) -> Operation:
    """Puts a lead into the stage that is chosen, knowing the present one."""

    def move(path: PurePosixPath, raw: bytes) -> Edit:
        present, text = present_stage(read_note(path, raw), settings)
        stage = choose(present)
        if stage is None or stage == present:
            return Edit(after=raw)
        before = present.name if present else text
        change = f"{before} -> {stage.name}" if before else stage.name
        operations = (
            writing(settings.fields.stage, stage.name),
            *_consequences(stage.kind, today, settings.fields),
            adding_log_line(settings.leads.log_heading, log_line(today, TouchKind.STAGE, change)),
            *_checklist(stage, settings),
        )
        return run_operations(path, raw, operations)

    return move


def _checklist(stage: Stage, settings: Settings) -> tuple[Operation, ...]:
    is_wanted = settings.leads.checklist and stage.kind is StageKind.OPEN
    return checklist_operations(stage, settings) if is_wanted else ()


def _consequences(kind: StageKind, today: date, fields: FieldNames) -> tuple[Operation, ...]:
    match kind:
        case StageKind.OPEN:
            return clearing(fields.closed_on), clearing(fields.revisit_on)
        case StageKind.PARKED:
            return (clearing(fields.closed_on),)
        case _:
            return writing(fields.closed_on, today), clearing(fields.revisit_on)
