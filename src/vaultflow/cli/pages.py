"""The commands that write pages: `daily`, `stale`, `refresh`, and `pages` that lists them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from vaultflow.cli.opening import glance_at_vault, keep_said, open_vault, saying
from vaultflow.cli.output import complain, safe, say, say_json, say_table, talk
from vaultflow.cli.session import Command, Session, pass_session
from vaultflow.errors import ConflictError, VaultFlowError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from vaultflow.cli.opening import Saying
    from vaultflow.flow import Outcome, PagePlan, PageStatus, Workspace
    from vaultflow.flow.answers.applying import AnswersWritten
    from vaultflow.flow.glance import Glance
    from vaultflow.pages.answers.plan import AppliedAnswer
    from vaultflow.pages.page import Context
    from vaultflow.pipeline.standing import Standing

dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Write nothing; show what would change, as a diff."
)

DAILY = "daily"
VERBS = {"new": "written", "changed": "updated", "current": "unchanged", "held": "NOT written"}


@click.command(cls=Command)
@click.option("--print", "show_text", is_flag=True, help="Print the note instead of its path.")
@click.option("--open", "in_obsidian", is_flag=True, help="Open the note in Obsidian.")
@click.option("--if-missing", is_flag=True, help="Do nothing when today's note is there already.")
@dry_run_option
@pass_session
def daily(
    session: Session, *, show_text: bool, in_obsidian: bool, if_missing: bool, dry_run: bool
) -> None:
    """Write today's review note, and say where it is and what it says.

    Run it again whenever you like: your ticks, answers and own text stay as they are. Answers
    are put into the leads first, unless `[review] apply` is false.

    \b
    Example:
      vaultflow daily
      vaultflow daily --print --today 2026-12-01
    """
    is_plain = not (session.as_json or show_text or in_obsidian or if_missing or dry_run)
    seen = glance_at_vault(session, is_kept=is_plain)
    done = plan_daily(session, seen, is_first_only=if_missing, takes_answers=not dry_run)
    if done is None:
        return
    plan = done.plan
    carry_out(session, done.workspace, done.outcome, dry_run=dry_run)
    lines = [f"{plan.status.path}  ({VERBS[plan.status.state]})", *answer_lines(plan.record)]
    if session.as_json:
        say_json(plan.record)
    elif show_text:
        say(session, plan.text.rstrip("\n"))
    elif not dry_run:
        say_lines(session, lines)
    finish(done.outcome)
    insist(plan)
    if is_plain and done.is_quiet:
        text = "".join(f"{safe(line)}\n" for line in lines)
        keep_said(session, seen, done.workspace, text, page=plan.status.path)
    if in_obsidian and not dry_run:
        from vaultflow.vault.obsidian.uri import obsidian_uri

        click.launch(obsidian_uri(done.workspace.root.name, plan.status.path))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDay:
    """Today's review note, planned after the answers were taken."""

    workspace: Workspace
    outcome: Outcome
    has_answers: bool
    """Whether there was anything to say about answers."""

    @property
    def plan(self) -> PagePlan:
        """Of the one page."""
        (plan,) = self.outcome.plans
        return plan

    @property
    def is_quiet(self) -> bool:
        """Whether nothing was done, and nothing is to be said but what the note says."""
        plan = self.plan
        return plan.status.state == "current" and not (plan.findings or self.has_answers)


def plan_daily(
    session: Session, seen: Glance, *, is_first_only: bool, takes_answers: bool
) -> PlannedDay | None:
    """Takes the answers and plans the note; None when it is there and only the first is wanted."""
    from vaultflow import flow

    workspace = open_vault(session, seen)
    outcome = flow.plan_pages(workspace, [DAILY])
    (plan,) = outcome.plans
    if is_first_only and plan.status.state != "new":
        talk(session, f"{plan.status.path} is there already")
        return None
    done = take_answers(session, workspace) if takes_answers else None
    if done and done.written:
        workspace = open_vault(session)
        outcome = flow.plan_pages(workspace, [DAILY])
    has_answers = done is not None and bool(done.applied or done.written or done.errors)
    return PlannedDay(workspace=workspace, outcome=outcome, has_answers=has_answers)


def say_lines(session: Session, lines: Iterable[str]) -> None:
    """Prints the lines as results."""
    for line in lines:
        say(session, line)


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


def answer_lines(record: object) -> tuple[str, ...]:
    """The daily question's answer, and the habit, as the record of today's note has them."""
    from vaultflow.pages.daily import DailyPage

    if not isinstance(record, DailyPage):
        return ()
    return (*record.answer, record.habit_line, *record.pressure)


def take_answers(session: Session, workspace: Workspace) -> AnswersWritten | None:
    """Puts earlier answers into the leads, and says so; None when there surely are none."""
    from vaultflow.flow.answers.answered import may_be_answered

    if not may_be_answered(workspace):
        return None
    from vaultflow.flow.answers import applying as answers

    done = answers.take_answers(workspace)
    for one in done.applied:
        talk(session, applied_line(one))
    for error in done.errors:
        complain(str(error))
    return done


def applied_line(one: AppliedAnswer) -> str:
    """What was applied, to which lead, and from where."""
    return f"{one.lead}: {one.text}  (from {one.page}:{one.line})"


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
    """Writes what is planned, or with `--dry-run` prints it as a diff; findings go to stderr."""
    from vaultflow import flow
    from vaultflow.disk.change import diff

    if dry_run:
        for change in outcome.changes:
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


def insist(plan: PagePlan) -> None:
    """Makes sure that the one page that was asked for is VaultFlow's to write.

    Raises:
        ConflictError: when a note of the user's stands in its place.
    """
    if plan.status.state == "held" and plan.error is None:
        raise ConflictError(
            "a note without VaultFlow's markers stands there; nothing was written",
            path=str(plan.status.path),
            hint="rename it, or set another [review] path in vaultflow.toml",
        )


COMMANDS = {"daily": daily, "stale": stale, "refresh": refresh, "pages": pages}
