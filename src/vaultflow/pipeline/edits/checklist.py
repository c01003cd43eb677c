"""The checklist of a stage in a lead's note: the same for every lead that stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.pipeline.practice.process.prompts import prompts_of
from vaultflow.pipeline.reading.boxes import criterion_key, is_field_name
from vaultflow.pipeline.stages import stages_in_force
from vaultflow.vault.edit.edit import Edit, run_operations
from vaultflow.vault.edit.log import adding_log_line
from vaultflow.vault.reader import read_note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import PurePosixPath

    from vaultflow.pipeline.settings import Settings, Stage
    from vaultflow.vault.edit.edit import Operation
    from vaultflow.vault.note import Note


def checklist_operations(stage: Stage, settings: Settings) -> tuple[Operation, ...]:
    """Puts what the stage asks for into the note, above the log: boxes to tick, lines to fill in.

    What stands in the note already, ticked or not, is not added again.
    """
    heading, log = checklist_heading(stage), settings.leads.log_heading
    prompts = prompts_of(stage, stages_in_force(settings))

    def check(path: PurePosixPath, raw: bytes) -> Edit:
        lines = missing_lines(read_note(path, raw), stage, prompts)
        adding = (adding_log_line(heading, line, before=log) for line in lines)
        return run_operations(path, raw, adding)

    return (check,)


def checklist_heading(stage: Stage) -> str:
    """The heading of the stage's checklist."""
    return f"Checklist: {stage.name}"


def missing_lines(note: Note, stage: Stage, prompts: Sequence[str]) -> tuple[str, ...]:
    """The items of the stage's checklist that the note does not have, as list items are written."""
    present = [criterion_key(item.text) for item in note.items]
    return tuple(
        line
        for key, line in _lines(stage, prompts)
        if not any(text == key or text.startswith(f"{key}:") for text in present)
    )


def _lines(stage: Stage, prompts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each item by its key; fields are filled in above, and have no box."""
    for text in dict.fromkeys(text for text in stage.exit if not is_field_name(text)):
        yield criterion_key(text), f"[ ] {text}"
    for text in dict.fromkeys(prompts):
        yield criterion_key(text), f"{text}:"
