"""The command that writes today's review note: `daily`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from msgspec import Struct

from vaultflow.cli.opening import glance_at_vault, keep_said, open_vault
from vaultflow.cli.output import complain, safe, say, say_json, talk
from vaultflow.cli.pages import VERBS, carry_out, dry_run_option, finish
from vaultflow.cli.session import Command, Session, pass_session
from vaultflow.errors import ConflictError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultflow.flow import Outcome, PagePlan, Workspace
    from vaultflow.flow.answers.applying import AnswersWritten
    from vaultflow.flow.glance import Glance
    from vaultflow.pages.answers.plan import AppliedAnswer

DAILY = "daily"


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
    from vaultflow import flow

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
    if is_plain and done.is_quiet and not flow.looks_at_past(done.workspace, [DAILY]):
        text = "".join(f"{safe(line)}\n" for line in lines)
        keep_said(session, seen, done.workspace, text, page=plan.status.path)
    if in_obsidian and not dry_run:
        from vaultflow.vault.obsidian.uri import obsidian_uri

        click.launch(obsidian_uri(done.workspace.root.name, plan.status.path))


class PlannedDay(Struct, frozen=True, kw_only=True):
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
        workspace = open_vault(session, warns=False)
        outcome = flow.plan_pages(workspace, [DAILY])
    has_answers = done is not None and bool(done.applied or done.written or done.errors)
    return PlannedDay(workspace=workspace, outcome=outcome, has_answers=has_answers)


def say_lines(session: Session, lines: Iterable[str]) -> None:
    """Prints the lines as results."""
    for line in lines:
        say(session, line)


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


COMMANDS = {"daily": daily}
