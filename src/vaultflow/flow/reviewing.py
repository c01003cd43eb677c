"""A review outside of the note: what is typed goes into today's note, and from there into leads.

So note and terminal never disagree, and an answer is read, judged and recorded in one way only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from vaultflow.disk.change import Change
from vaultflow.disk.notes import read_existing
from vaultflow.disk.write import apply_change
from vaultflow.errors import ConflictError, UsageError
from vaultflow.flow.answers.applying import apply_answers, plan_answers
from vaultflow.flow.edit.verbs import lead_named
from vaultflow.flow.pages import PageStatus, page_title, settle
from vaultflow.pages.blocks.fill import answers_on, fill_page, lines_about
from vaultflow.pages.daily import build_daily
from vaultflow.pages.focus import is_candidate, pick_focus
from vaultflow.pages.page import DAILY, page_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import PurePosixPath

    from vaultflow.errors import Finding
    from vaultflow.flow.answers.applying import AnswersWritten
    from vaultflow.flow.workspace import Workspace
    from vaultflow.pages.blocks.fill import Filling
    from vaultflow.pages.daily import FocusLead
    from vaultflow.pipeline.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Today's note as it would stand with one lead in focus."""

    path: PurePosixPath
    text: str
    before: bytes | None
    """The note as it is."""
    lead: FocusLead
    standing: Standing
    action_id: str
    """Of the line to tick when the lead's next action is done; empty when none is due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PutDown:
    """What has become of the answers about one lead."""

    workspace: Workspace
    """As it is now."""
    done: AnswersWritten
    findings: tuple[Finding, ...]
    """About these answers."""


def leads_to_review(workspace: Workspace, names: Iterable[str]) -> tuple[PurePosixPath, ...]:
    """The leads of these names; without a name those in focus.

    Raises:
        UsageError: when a name means none or several, or a lead that is not to be reviewed.
    """
    context = workspace.context
    named = [lead_named(workspace, name).path for name in names]
    if not named:
        return tuple(pick.standing.lead.path for pick in pick_focus(context))
    standings = {one.lead.path: one for one in context.pipeline.standings}
    for path in named:
        one = standings[path]
        if not (one.is_open or one.is_parked) or not one.lead.readable:
            why = "closed" if one.lead.readable else "unreadable"
            raise UsageError(f"{path} is {why}: there is nothing to review")
    return tuple(dict.fromkeys(named))


def longest_unreviewed(workspace: Workspace) -> tuple[PurePosixPath, ...]:
    """Every lead that can be reviewed and was not today, the longest unreviewed first.

    Those that never were come before all, the oldest of them first.
    """
    context = workspace.context
    waiting = [
        one.lead
        for one in context.pipeline.standings
        if is_candidate(one, context) and one.lead.reviewed_on != context.today
    ]
    never = date.min
    ordered = sorted(
        waiting, key=lambda lead: (lead.reviewed_on or never, lead.created or never, lead.path)
    )
    return tuple(lead.path for lead in ordered)


def lay_out(workspace: Workspace, path: PurePosixPath) -> Sheet:
    """Today's note with this lead in focus, which writes nothing yet.

    Raises:
        ConflictError: when the note is not VaultFlow's to write, or the lead is gone.
    """
    context = workspace.context
    header = workspace.templates.header(DAILY)
    place = page_path(header, context.today, context.settings)
    title = page_title(workspace, header)
    record = build_daily(context, called=path)
    before = read_existing(workspace.root, place)
    status = PageStatus(name=DAILY, title=title, path=place, state="held")
    plan = settle(workspace, status, record, before)
    if plan.status.state == "held":
        raise plan.error or ConflictError("a note of your own stands there", path=str(place))
    lead = next((one for one in record.focus if one.row.path == path), None)
    if lead is None:
        raise ConflictError("there is no such lead any more", path=str(path))
    return Sheet(
        path=place,
        text=plan.text,
        before=before,
        lead=lead,
        standing=next(one for one in context.pipeline.standings if one.lead.path == path),
        action_id=next((one.id for one in record.due.leads if one.row.path == path), ""),
    )


def put_down(
    workspace: Workspace,
    path: PurePosixPath,
    fillings: Mapping[str, Filling],
    reopen: Callable[[], Workspace],
) -> PutDown:
    """Writes what was typed about a lead into today's note, and from there into the leads.

    Args:
        workspace: the vault as it was when the questions were asked: what an answer is about.
        path: the lead.
        fillings: by id of the item, as `lay_out` shows them.
        reopen: reads the vault again.

    Raises:
        ConflictError: when the note cannot be written.
    """
    sheet = lay_out(workspace, path)
    text = _fill_in(workspace, sheet, fillings)
    workspace = reopen()
    outcome = plan_answers(workspace)
    ours = replace(  # `[review] apply` may leave what stands on other pages to the person
        outcome,
        leads=tuple(one for one in outcome.leads if one.change.path == path),
        pages=tuple(one for one in outcome.pages if one.path == sheet.path),
    )
    done = apply_answers(workspace, ours)
    lines = lines_about(text, fillings.keys(), sheet.path)
    return PutDown(
        workspace=reopen() if done.written else workspace,
        done=done,
        findings=tuple(
            one for one in outcome.findings if one.path == sheet.path and one.line in lines
        ),
    )


def _fill_in(workspace: Workspace, sheet: Sheet, fillings: Mapping[str, Filling]) -> str:
    """Today's note with what was typed, as it is written now.

    Raises:
        ConflictError: when it has no place for that, or cannot be written.
    """
    if not fillings.keys() <= answers_on(sheet.text, sheet.path).keys():
        message = "today's note has no place for the answers: a block of it was taken away"
        hint = "delete the note, and `vaultflow daily` writes it anew"
        raise ConflictError(message, path=str(sheet.path), hint=hint)
    text = fill_page(sheet.text, fillings, sheet.path)
    after = text.encode("utf-8", "surrogateescape")
    if after != sheet.before:
        apply_change(workspace.root, Change(path=sheet.path, before=sheet.before, after=after))
    return text
