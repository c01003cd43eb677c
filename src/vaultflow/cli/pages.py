"""The commands that write pages: `stale`, `refresh`, and `pages` that lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from vaultflow.cli.opening import open_vault, saying
from vaultflow.cli.output import complain, say, say_json, say_table, talk
from vaultflow.cli.session import Command, Session, pass_session
from vaultflow.errors import VaultFlowError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from vaultflow.cli.opening import Saying
    from vaultflow.flow import Outcome, PageStatus, Workspace
    from vaultflow.pages.page import Context
    from vaultflow.pipeline.standing import Standing

dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Write nothing; show what would change, as a diff."
)

VERBS = {"new": "written", "changed": "updated", "current": "unchanged", "held": "NOT written"}


@click.command(cls=Command)
@dry_run_option
@pass_session
def stale(session: Session, *, dry_run: bool) -> None:
    """List the stale deals with the evidence, and bring their page up to date.

    \b
    Example:
      vaultflow stale
      vaultflow stale --json
    """
    from vaultflow import flow

    with saying(session) as said:
        workspace = open_vault(session, said.seen)
        outcome = flow.plan_pages(workspace, ["stale"], with_records=session.as_json)
        (plan,) = outcome.plans
        heed_pages(said, workspace, outcome)
        carry_out(session, workspace, outcome, dry_run=dry_run)
        if session.as_json:
            say_json(plan.record)
        elif not (plan.error or dry_run):
            say_stale(session, workspace.context)
            talk(session, f"{plan.status.path}  ({VERBS[plan.status.state]})")
        finish(outcome)


def say_stale(session: Session, context: Context) -> None:
    """Prints the stale deals as a table, and how many leads the other lists of the page hold."""
    from vaultflow.pages.stale import find_silent

    silent = find_silent(context)
    say_table(
        session,
        ["deal", "stage", "value", "over", "why", "try"],
        [stale_cells(standing, context.settings.money.decimal) for standing in silent.stale],
        numbers="value over",
    )
    if not silent.stale:
        say(session, "no deal is stale")
    for leads, what in (
        (silent.sleeping, "sleeping: their next action is far away"),
        (silent.unknown, "without any date to count from"),
        (silent.unreadable, "that cannot be read: see `vaultflow check`"),
    ):
        if leads:
            say(session, f"{len(leads)} {what}")


def stale_cells(standing: Standing, decimal: str) -> list[str]:
    """A stale deal as a row of the table: less than the page shows, so no link is looked up."""
    from vaultflow.pages.rows import days_over, stage_shown
    from vaultflow.pages.stale import what_to_try
    from vaultflow.pipeline.money import format_money

    lead = standing.lead
    return [
        lead.name,
        stage_shown(lead),
        format_money(lead.value, decimal) if lead.value else "",
        f"{days_over(standing)} d",
        standing.evidence,
        what_to_try(lead.stage),
    ]


@click.command(cls=Command)
@click.argument("names", metavar="[PAGE]...", nargs=-1)
@dry_run_option
@pass_session
def refresh(session: Session, *, names: tuple[str, ...], dry_run: bool) -> None:
    """Bring pages up to date: those named, else all that are kept current.

    \b
    Example:
      vaultflow refresh
      vaultflow refresh stale pipeline --dry-run
    """
    from vaultflow import flow

    with saying(session) as said:
        workspace = open_vault(session, said.seen)
        wanted = names or flow.pages_to_refresh(workspace)
        outcome = flow.plan_pages(workspace, wanted, with_records=False)
        heed_pages(said, workspace, outcome)
        carry_out(session, workspace, outcome, dry_run=dry_run)
        if session.as_json:
            say_json([plan.status for plan in outcome.plans])
        elif not dry_run:
            for plan in outcome.plans:
                say(session, f"{plan.status.path}  ({VERBS[plan.status.state]})")
        finish(outcome)


@click.command(cls=Command)
@pass_session
def pages(session: Session) -> None:
    """List the pages there are, where they go, and whether they are current.

    \b
    Example:
      vaultflow pages
    """
    from vaultflow import flow

    with saying(session) as said:
        workspace = open_vault(session, said.seen)
        states = flow.page_states(workspace)
        kept = flow.pages_to_refresh(workspace)
        there = [status for status in states if not is_off(status, kept)]
        said.pages = tuple(status.path for status in there)
        said.is_kept = not flow.looks_at_past(workspace, [status.name for status in there])
        if session.as_json:
            say_json(states)
        else:
            say_pages(session, states, kept)


def is_off(status: PageStatus, kept: Collection[str]) -> bool:
    """Whether the page is switched off and not there: were it made, a file would have come."""
    is_seen = not any(part.startswith(".") for part in status.path.parts)
    return status.state == "new" and status.name not in kept and is_seen


def say_pages(session: Session, states: Sequence[PageStatus], kept: Collection[str]) -> None:
    """Prints the pages as a table, with the names of those that are kept current told apart."""
    say_table(
        session,
        ["page", "state", "refreshed", "path", "shows"],
        [
            [
                status.name,
                status.state,
                "yes" if status.name in kept else "on request",
                str(status.path),
                status.title,
            ]
            for status in states
        ],
    )


def carry_out(session: Session, workspace: Workspace, outcome: Outcome, *, dry_run: bool) -> None:
    """Writes what is planned, or with `--dry-run` prints it as a diff; findings go to stderr.

    No diff with `--json`: then stdout holds the result alone, which says what each page is.
    """
    from vaultflow import flow
    from vaultflow.disk.change import diff

    if dry_run:
        for change in () if session.as_json else outcome.changes:
            say(session, diff(change).rstrip("\n"))
    else:
        flow.apply(workspace.root, outcome)
        note_changes(session, workspace)
    for plan in outcome.plans:
        for finding in plan.findings:
            talk(session, str(finding))


def heed_pages(said: Saying, workspace: Workspace, outcome: Outcome) -> None:
    """What is said depends on the pages; it is not said again when one of them is to be written.

    Nor when one looks at what git tells: a commit changes no file that is looked at.
    """
    from vaultflow import flow

    names = [plan.status.name for plan in outcome.plans]
    said.pages = tuple(plan.status.path for plan in outcome.plans)
    said.is_kept = not (outcome.changes or flow.looks_at_past(workspace, names))


def finish(outcome: Outcome) -> None:
    """Ends the command with the first page's error, after naming the others'.

    Raises:
        VaultFlowError: when a page could not be made.
    """
    errors = [plan.error for plan in outcome.plans if plan.error]
    for error in errors[1:]:
        complain(str(error))
    if errors:
        raise errors[0]


def note_changes(session: Session, workspace: Workspace) -> None:
    """Notes down in the journal what has changed in leads since the last look."""
    from vaultflow.flow.past.journal import keep_journal

    try:
        written = keep_journal(workspace)
    except VaultFlowError as error:
        complain(str(error))
        return
    if written:
        talk(session, f"{written}  (changes of leads noted down)", verbose=True)


COMMANDS = {"stale": stale, "refresh": refresh, "pages": pages}
