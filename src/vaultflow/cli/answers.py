"""The command that puts answers into leads: `apply`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from vaultflow.cli.daily import applied_line
from vaultflow.cli.opening import open_vault
from vaultflow.cli.output import complain, say, say_findings, say_json, talk
from vaultflow.cli.pages import dry_run_option
from vaultflow.cli.session import Command, Session, pass_session
from vaultflow.errors import ConflictError, Level

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from vaultflow.errors import Finding
    from vaultflow.flow.answers.applying import AnswersOutcome, AnswersWritten
    from vaultflow.pages.answers.plan import AppliedAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersReport:
    """What `apply --json` prints."""

    applied: tuple[AppliedAnswer, ...]
    """With `--dry-run`: what would be."""
    written: tuple[PurePosixPath, ...]
    """Leads and pages whose files were changed."""
    findings: tuple[Finding, ...]
    """Answers that were not understood, or not taken."""


@click.command(cls=Command)
@dry_run_option
@pass_session
def apply(session: Session, *, dry_run: bool) -> None:
    """Put ticks and answers from review notes into the leads, and say what went where.

    Reads the reviews of the last 31 days and the other pages. What was applied stands in each
    lead's log, so that running it again changes nothing.

    \b
    Example:
      vaultflow apply --dry-run
      vaultflow apply
    """
    from vaultflow.disk.change import diff
    from vaultflow.flow.answers.applying import AnswersWritten, apply_answers, plan_answers

    workspace = open_vault(session)
    outcome = plan_answers(workspace)
    planned = AnswersWritten(applied=outcome.applied)
    done = planned if dry_run else apply_answers(workspace, outcome)
    if session.as_json:
        findings = outcome.findings
        say_json(AnswersReport(applied=done.applied, written=done.written, findings=findings))
        finish_answers(outcome, done)
        return
    for change in outcome.changes if dry_run else ():
        say(session, diff(change).rstrip("\n"))
    for one in () if dry_run else done.applied:
        say(session, applied_line(one))
    say_findings(session, outcome.findings)
    if not outcome.applied:
        talk(session, "no new answers")
    finish_answers(outcome, done)


def finish_answers(outcome: AnswersOutcome, done: AnswersWritten) -> None:
    """Ends the command with the first error, after naming the others.

    Raises:
        VaultFlowError: when a file could not be written, or no answer be taken from a page.
    """
    errors = [*done.errors, *map(conflict, broken(outcome))]
    for error in errors[1:]:
        complain(str(error))
    if errors:
        raise errors[0]


def broken(outcome: AnswersOutcome) -> tuple[Finding, ...]:
    """Why nothing was taken from a page: the first broken marker, or that it cannot be read."""
    errors = (one for one in outcome.findings if one.level is Level.ERROR)
    return tuple({one.path: one for one in reversed(list(errors))}.values())


def conflict(finding: Finding) -> ConflictError:
    """The error that stands for a page from which nothing was taken."""
    message = f"{finding.message.removesuffix('.')}: no answer was taken from this page"
    return ConflictError(message, path=str(finding.path), line=finding.line, hint=finding.hint)


COMMANDS = {"apply": apply}
