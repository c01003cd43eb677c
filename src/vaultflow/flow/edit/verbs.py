"""What a person asks for in words, as operations on a note: the verbs of the command line."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from vaultflow.disk.change import Change
from vaultflow.disk.notes import read_existing
from vaultflow.disk.root import path_in_vault
from vaultflow.errors import ConflictError, UsageError
from vaultflow.flow.choice import chosen
from vaultflow.pipeline.edits.actions import act_operations, quick_action
from vaultflow.pipeline.edits.fields import set_operations
from vaultflow.pipeline.edits.log import log_line, log_operations, logged_kind
from vaultflow.pipeline.edits.new import (
    filled_template,
    lead_templates,
    name_taken,
    new_note,
    new_path,
    plain_note,
)
from vaultflow.pipeline.edits.stages import (
    lose_operations,
    move_operations,
    park_operations,
    win_operations,
)
from vaultflow.pipeline.edits.titles import title_problem
from vaultflow.pipeline.edits.types import ValueContext
from vaultflow.pipeline.edits.values import stage_named
from vaultflow.pipeline.money import format_money
from vaultflow.pipeline.reading.hidden import placeholder_of
from vaultflow.pipeline.settings import Settings, StageKind
from vaultflow.pipeline.when import UNDERSTOOD, read_when
from vaultflow.pipeline.workdays import WorkCalendar
from vaultflow.vault.lookup import find_paths
from vaultflow.vault.reader import read_note

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from vaultflow.flow.workspace import Workspace
    from vaultflow.pipeline.lead import Direction, Lead, TouchKind
    from vaultflow.pipeline.settings import Stage
    from vaultflow.pipeline.when import Tense
    from vaultflow.vault.edit.edit import Operation
    from vaultflow.vault.note import Note


def lead_named(workspace: Workspace, text: str) -> Lead:
    """The lead that a person means by a name, a path, or the beginning of one.

    Raises:
        UsageError: when there is none, or when there are several.
    """
    leads = {standing.lead.path: standing.lead for standing in workspace.context.pipeline.standings}
    return leads[chosen(leads, text, workspace.root, "lead")]


def note_named(workspace: Workspace, text: str) -> Note:
    """The note that a person means, a lead before others, also one that `ignore` leaves out.

    Raises:
        UsageError: when there is none, or when there are several.
        ConflictError: when it cannot be read.
    """
    notes = workspace.context.vault.notes
    typed = path_in_vault(workspace.root, text)
    if typed and PurePosixPath(typed) not in notes:
        return note_at(workspace.root, PurePosixPath(typed))
    leads = {standing.lead.path for standing in workspace.context.pipeline.standings}
    lead, *others = leads.intersection(find_paths(notes, typed or text)) or [None]
    return notes[lead if lead and not others else chosen(notes, text, workspace.root, "note")]


def note_at(root: Path, path: PurePosixPath) -> Note:
    """The Markdown file as it is now.

    Raises:
        UsageError: when it is no Markdown file.
        ConflictError: when it cannot be read.
    """
    if path.suffix.lower() != ".md":
        raise UsageError(f"{path} is no Markdown file", hint="its name must end with .md")
    return read_note(path, read_existing(root, path) or b"")


def stage_meant(workspace: Workspace, text: str) -> Stage:
    """The stage that a person means.

    Raises:
        UsageError: when there is no such stage.
    """
    stage, problem = stage_named(text, workspace.context.settings)
    if stage is None:
        raise UsageError(problem)
    return stage


def day_meant(workspace: Workspace, when: date | str, tense: Tense = "ahead") -> date:
    """The day that a person means by words such as `fri` or `2w`.

    Raises:
        UsageError: when that is no day, or not one that is allowed.
    """
    context = workspace.context
    day, problem = read_when(str(when), context.today, context.pipeline.calendar, tense=tense)
    if day is None:
        hint = "" if UNDERSTOOD in problem else f"write one of {UNDERSTOOD}"
        raise UsageError(problem, hint=hint)
    return day


def to_set(workspace: Workspace, note: Note, key: str, text: str) -> tuple[Operation, ...]:
    """Sets a field of the note, its value read by the field's type.

    Raises:
        UsageError: when the text is no value for the field.
    """
    return _to_set(note, key, text, value_context(workspace, note))


def to_set_outside(note: Note, key: str, text: str, today: date) -> tuple[Operation, ...]:
    """Sets a field of a note outside of any vault, where no settings say what fields mean.

    Raises:
        UsageError: when the text is no value for the field.
    """
    context = ValueContext(
        path=note.path, today=today, settings=Settings(), calendar=WorkCalendar()
    )
    return _to_set(note, key, text, context)


def to_move(workspace: Workspace, stage: Stage) -> tuple[Operation, ...]:
    """Puts a lead into the stage.

    Raises:
        UsageError: when the stage is a lost one, which takes a reason.
    """
    if stage.kind is StageKind.LOST:
        raise UsageError(
            f'a lead comes into "{stage.name}" with a reason only',
            hint="vaultflow lose LEAD --reason ...",
        )
    context = workspace.context
    return move_operations(stage, today=context.today, settings=context.settings)


def to_act(
    workspace: Workspace, stage: Stage | None, action: str, by: date | str
) -> tuple[Operation, ...]:
    """Sets the next action, or that of a number in the stage's quick list, and its day.

    Raises:
        UsageError: when there is no such action or no such day.
    """
    chosen_action = action_meant(stage, action)
    return act_operations(chosen_action, day_meant(workspace, by), workspace.context.settings)


def action_meant(stage: Stage | None, text: str) -> str:
    """The text, or the action of that number in the stage's quick list.

    Raises:
        UsageError: when there is no text or no such action.
    """
    action, problem = quick_action(stage, text)
    if problem:
        raise UsageError(problem)
    return action


def to_log(
    workspace: Workspace,
    text: str,
    *,
    kind: TouchKind | None = None,
    direction: Direction | None = None,
    step: str = "",
    on: date | str = "today",
) -> tuple[Operation, ...]:
    """Adds a line to the log; without a kind, the text's first word tells it.

    Raises:
        UsageError: when there is no text, or the day is none or still to come.
    """
    if not text.strip():
        raise UsageError("there is nothing to log: say what happened")
    day = day_meant(workspace, on, "past")
    line = log_line(day, kind or logged_kind(text), text, direction=direction, step=step)
    return log_operations(line, workspace.context.settings)


def to_win(workspace: Workspace) -> tuple[Operation, ...]:
    """Puts a lead into the won stage."""
    return win_operations(today=workspace.context.today, settings=workspace.context.settings)


def to_revalue(workspace: Workspace, lead: Lead, value: str) -> tuple[Operation, ...]:
    """Sets what a lead came to, and keeps in its log what it was worth before.

    Raises:
        UsageError: when the value is no amount.
    """
    setting = to_set(workspace, workspace.context.vault.notes[lead.path], "value", value)
    before = format_money(lead.value) if lead.value else "none"
    return (*setting, *to_log(workspace, f"value was {before}, now {value}"))


def to_lose(
    workspace: Workspace, reason: str, revisit: date | str | None = None
) -> tuple[Operation, ...]:
    """Puts a lead into the lost stage, and says when to look at it again.

    Raises:
        UsageError: when there is no reason, or the day to look again is none or has passed.
    """
    if not reason.strip():
        raise UsageError("a lead is lost for a reason", hint="say it with --reason")
    day = day_meant(workspace, revisit) if revisit else None
    context = workspace.context
    return lose_operations(reason, day, today=context.today, settings=context.settings)


def to_park(workspace: Workspace, until: date | str) -> tuple[Operation, ...]:
    """Lets a lead rest until a day.

    Raises:
        UsageError: when that is no day, or has passed.
    """
    day = day_meant(workspace, until)
    context = workspace.context
    return park_operations(day, today=context.today, settings=context.settings)


def plan_new(
    workspace: Workspace, title: str, given: Mapping[str, str], *, checklist: bool = False
) -> Change:
    """The note of a new lead, to be written.

    Args:
        workspace: the vault.
        title: also the file's name.
        given: what its fields are to hold, as a person types it, by our names for them.
        checklist: whether the checklist of its stage stands in it from the start.

    Raises:
        UsageError: when no file can be called so on every system, or a value is none.
        ConflictError: when there is such a note already.
    """
    context = workspace.context
    standings = context.pipeline.standings
    if problem := title_problem(title):
        raise UsageError(problem)
    path = new_path(title, standings, context.settings)
    if taken := name_taken(path, context.vault, standings):
        hint = "choose another title; nothing was written"
        raise ConflictError("there is a note of this name already", path=str(taken), hint=hint)
    # The plain note comes last: a template may turn out not to make a lead.
    for base in (*_templates(workspace, title), plain_note(path, context.settings)):
        note = read_note(path, base)
        values = value_context(workspace, note)
        after, problem = new_note(base, given, values, checklist=checklist)
        made = read_note(path, after)
        if not problem and workspace.is_lead(made):
            return Change(path=path, before=None, after=after)
    hint = f"leave out {placeholder_of(made)[1]}" if made.is_template else "look at [leads]"
    raise UsageError(problem or f"a note at {path} would be no lead", hint=hint)


def value_context(workspace: Workspace, note: Note) -> ValueContext:
    """What the reading of values for a note depends on."""
    context = workspace.context
    leads = {standing.lead.path for standing in context.pipeline.standings}
    return ValueContext(
        path=note.path,
        today=context.today,
        settings=context.settings,
        calendar=context.pipeline.calendar,
        property_types=workspace.obsidian.property_types,
        vault=context.vault,
        is_lead=note.path in leads,
    )


def _to_set(note: Note, key: str, text: str, context: ValueContext) -> tuple[Operation, ...]:
    operations, problem = set_operations(note, key, text, context)
    if problem:
        raise UsageError(problem)
    return operations


def _templates(workspace: Workspace, title: str) -> tuple[bytes, ...]:
    """The vault's templates for leads, filled; those that cannot be are left out."""
    context = workspace.context
    paths = lead_templates(context.vault, context.settings, workspace.obsidian)
    raw = (read_existing(workspace.root, path) for path in paths)
    filled = (filled_template(each, title, context.today) for each in raw if each)
    return tuple(each for each in filled if each is not None)
