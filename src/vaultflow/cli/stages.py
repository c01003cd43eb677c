"""The commands that take a lead to another stage: `move`, `win`, `lose`, `park`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from vaultflow.cli.asking import ask, ask_until_read, can_ask, confirm, show_lines
from vaultflow.cli.edits import carry_out
from vaultflow.cli.opening import open_vault
from vaultflow.cli.output import talk
from vaultflow.cli.pages import dry_run_option
from vaultflow.cli.session import Command, Session, pass_session
from vaultflow.errors import UsageError

if TYPE_CHECKING:
    from vaultflow.flow import Workspace
    from vaultflow.pipeline.lead import Lead
    from vaultflow.pipeline.settings import Stage
    from vaultflow.vault.edit.edit import Operation


@click.command(cls=Command)
@click.argument("lead")
@click.argument("stage")
@click.option("--next", "action", help="What must happen next: a text, or a number of its list.")
@click.option("--by", metavar="WHEN", help="The day by which that must happen.")
@click.option("--checklist", is_flag=True, help="Put what the stage asks for into the note.")
@dry_run_option
@pass_session
def move(  # noqa: PLR0913  # a move has that many parts
    session: Session,
    *,
    lead: str,
    stage: str,
    action: str | None,
    by: str | None,
    checklist: bool,
    dry_run: bool,
) -> None:
    """Move a lead to another stage, and note it in its log.

    You are told what of the old stage's goal is not met, and what to write down in the new one. On
    a terminal you are asked for what the new stage wants to know, and for the next action, of which
    it has a quick list. Otherwise both are printed, and nothing is asked.

    \b
    Example:
      vaultflow move acme proposal
      vaultflow move acme "40% – Issues identified" --dry-run
      vaultflow move acme meetings --next 2 --by fri --checklist
    """
    from vaultflow.flow.edit import verbs
    from vaultflow.pipeline.edits.checklist import checklist_operations

    workspace = open_vault(session)
    found = verbs.lead_named(workspace, lead)
    target = verbs.stage_meant(workspace, stage)
    operations = verbs.to_move(workspace, target)
    if bool(action) is not bool(by):
        raise UsageError("what is next has a day", hint="give --next and --by together")
    if found.readable and found.stage != target:
        say_passage(session, workspace, found, target)
        operations += asked_on_the_way(session, workspace, found, target, is_planned=bool(action))
    if action and by:
        operations += verbs.to_act(workspace, target, action, by)
    if checklist:
        operations += checklist_operations(target, workspace.context.settings)
    carry_out(session, workspace, found.path, operations, dry_run=dry_run)


def say_passage(session: Session, workspace: Workspace, lead: Lead, stage: Stage) -> None:
    """Says what the old stage leaves open, and what to think of in the new one."""
    from vaultflow.pipeline.practice.following.passage import passage_words

    for line in passage_words(lead, stage, workspace.context.pipeline.stages):
        talk(session, line)


def asked_on_the_way(
    session: Session, workspace: Workspace, lead: Lead, stage: Stage, *, is_planned: bool
) -> tuple[Operation, ...]:
    """What the person says to what the stage asks for, as edits.

    Where nobody can be asked, it is only told. A next action that is planned is not asked for.

    Raises:
        click.Abort: when the entry criteria are not met.
    """
    if not can_ask():
        remind(session, lead, stage, is_planned=is_planned)
        return ()
    entry = asked_entry(workspace, lead, stage)
    return entry if is_planned else entry + asked_action(workspace, stage)


def asked_entry(workspace: Workspace, lead: Lead, stage: Stage) -> tuple[Operation, ...]:
    """What the person says to the stage's entry criteria, as edits.

    Raises:
        click.Abort: when they are not met.
    """
    from vaultflow.flow.edit import verbs
    from vaultflow.pipeline.edits.needs import entry_needs

    needs = entry_needs(lead, stage)
    note = workspace.context.vault.notes[lead.path]
    operations: tuple[Operation, ...] = ()
    for name in needs.fields:
        answer = ask_until_read(
            f"{stage.name} needs {name}", partial(verbs.to_set, workspace, note, name)
        )
        operations += answer or ()
    if needs.statements:
        show_lines(needs.statements)
        confirm(f"{stage.name} asks for this: is it so?")
    return operations


def asked_action(workspace: Workspace, stage: Stage) -> tuple[Operation, ...]:
    """The next action that the person chooses or types, with its day, as edits; none is fine."""
    from vaultflow.flow.edit import verbs
    from vaultflow.pipeline.edits.actions import quick_list

    if not stage.actions:
        return ()
    show_lines(quick_list(stage))
    action = ask("Next action (a number, a text, or nothing)")
    if not action:
        return ()
    answer = ask_until_read("By when", lambda when: verbs.to_act(workspace, stage, action, when))
    return answer or ()


def remind(session: Session, lead: Lead, stage: Stage, *, is_planned: bool) -> None:
    """Says what the stage asks for and what may come next, where nobody can be asked."""
    from vaultflow.pipeline.edits.actions import quick_list
    from vaultflow.pipeline.edits.needs import entry_needs

    needs = entry_needs(lead, stage)
    for name in needs.fields:
        talk(session, f"{stage.name} needs {name}: vaultflow set {lead.name!r} {name} ...")
    for statement in needs.statements:
        talk(session, f"{stage.name} asks for this: {statement}")
    if stage.actions and not is_planned:
        for action in quick_list(stage):
            talk(session, f"next action: {action}")
        talk(session, f"choose one by its number: vaultflow act {lead.name!r} 1 --by 2d")


@click.command(cls=Command)
@click.argument("lead")
@click.option("--value", help="What it came to; what it was before stays in the log.")
@dry_run_option
@pass_session
def win(session: Session, *, lead: str, value: str | None, dry_run: bool) -> None:
    """Mark a lead as won today: its stage, the day, and a line in its log.

    You are reminded of the problem that you solve, and of what makes a long relation of a sale.

    \b
    Example:
      vaultflow win acme
      vaultflow win acme --value 14k
    """
    from vaultflow.flow.edit import verbs
    from vaultflow.pipeline.settings import StageKind

    workspace = open_vault(session)
    found = verbs.lead_named(workspace, lead)
    operations = verbs.to_win(workspace)
    stages = workspace.context.pipeline.stages
    if found.readable and not (found.stage and found.stage.kind is StageKind.WON):
        won = next(stage for stage in stages if stage.kind is StageKind.WON)
        say_passage(session, workspace, found, won)
    if value:
        operations += verbs.to_revalue(workspace, found, value)
    carry_out(session, workspace, found.path, operations, dry_run=dry_run)


@click.command(cls=Command)
@click.argument("lead")
@click.option("--reason", help="Why it is lost: there must be one.")
@click.option("--revisit", metavar="WHEN", help="The day to look at it again, such as 6m.")
@dry_run_option
@pass_session
def lose(
    session: Session, *, lead: str, reason: str | None, revisit: str | None, dry_run: bool
) -> None:
    """Mark a lead as lost today, with the reason: stage, day, reason, and a line in its log.

    Without --revisit it leaves every list. With it, the daily review shows it on that day.

    \b
    Example:
      vaultflow lose acme --reason "no budget this year" --revisit 6m
    """
    from vaultflow.flow.edit import verbs

    workspace = open_vault(session)
    path = verbs.lead_named(workspace, lead).path
    if reason is None:
        if not can_ask():
            raise UsageError("a lead is lost for a reason", hint="say it with --reason")
        reason = ask("Why is it lost")
    operations = verbs.to_lose(workspace, reason, revisit)
    carry_out(session, workspace, path, operations, dry_run=dry_run)


@click.command(cls=Command)
@click.argument("lead")
@click.option("--until", required=True, metavar="WHEN", help="The day to look at it again.")
@dry_run_option
@pass_session
def park(session: Session, *, lead: str, until: str, dry_run: bool) -> None:
    """Let a lead rest until a day, on which the daily review shows it again.

    \b
    Example:
      vaultflow park acme --until 2m
    """
    from vaultflow.flow.edit import verbs

    workspace = open_vault(session)
    path = verbs.lead_named(workspace, lead).path
    operations = verbs.to_park(workspace, until)
    carry_out(session, workspace, path, operations, dry_run=dry_run)


COMMANDS = {"move": move, "win": win, "lose": lose, "park": park}
