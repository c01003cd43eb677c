"""Answers from pages into leads: read what was ticked and typed, plan the edits, write them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaultflow.disk.change import Change
from vaultflow.disk.write import apply_change
from vaultflow.errors import Finding, Level, VaultFlowError
from vaultflow.flow.answers.answered import standing_pages, unread_pages
from vaultflow.flow.edit.edits import plan_edit
from vaultflow.pages.answers import plan as answers
from vaultflow.pages.answers.leads import AnsweredPage
from vaultflow.pages.answers.remarks import with_remarks, without_remarks
from vaultflow.vault.reader import read_note

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import PurePosixPath

    from vaultflow.flow.workspace import Workspace
    from vaultflow.pages.answers.plan import AppliedAnswer, LeadEdit


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadChange:
    """What the answers make of one lead."""

    change: Change
    applied: tuple[AppliedAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersOutcome:
    """What is to become of the answers."""

    leads: tuple[LeadChange, ...]
    """By path."""
    pages: tuple[Change, ...]
    """Pages that say something back, below the answers."""
    findings: tuple[Finding, ...]
    """Answers that cannot be followed and pages that cannot be read, by path and line."""

    @property
    def changes(self) -> tuple[Change, ...]:
        """What is to be written, the leads first."""
        return (*(lead.change for lead in self.leads), *self.pages)

    @property
    def applied(self) -> tuple[AppliedAnswer, ...]:
        """What goes into the leads."""
        return tuple(one for lead in self.leads for one in lead.applied)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersWritten:
    """What has become of the answers."""

    applied: tuple[AppliedAnswer, ...] = ()
    written: tuple[PurePosixPath, ...] = ()
    errors: tuple[VaultFlowError, ...] = ()
    """Of files that could not be written; the others were."""


def plan_answers(workspace: Workspace) -> AnswersOutcome:
    """What the ticks and answers on pages make of the leads, and what the pages say back.

    Read are the reviews of the last 31 days and all other pages that are there.
    """
    pages = tuple(AnsweredPage(**page._asdict()) for page in standing_pages(workspace))
    plan = answers.plan_answers(pages, workspace.context)
    leads: list[LeadChange] = []
    findings = [*plan.findings, *unread_pages(workspace)]
    for edit in plan.edits:
        try:
            if change := _lead_change(workspace, edit):
                leads.append(LeadChange(change=change, applied=edit.applied))
        except VaultFlowError as error:
            findings += _refusals(edit, error)
    return AnswersOutcome(
        leads=tuple(leads),
        pages=tuple(
            change
            for page in pages
            if page.path in plan.remarks
            and (change := _remarked(page, plan.remarks[page.path])) is not None
        ),
        findings=tuple(sorted(findings, key=lambda finding: (finding.path, finding.line))),
    )


def apply_answers(workspace: Workspace, outcome: AnswersOutcome) -> AnswersWritten:
    """Writes what is planned, a lead or page at a time; one that fails does not stop the others."""
    applied: list[AppliedAnswer] = []
    written: list[PurePosixPath] = []
    errors: list[VaultFlowError] = []
    answers_of = {lead.change.path: lead.applied for lead in outcome.leads}
    for change in outcome.changes:
        try:
            if apply_change(workspace.root, change):
                written.append(change.path)
            applied += answers_of.get(change.path, ())
        except VaultFlowError as error:
            errors.append(error)
    return AnswersWritten(applied=tuple(applied), written=tuple(written), errors=tuple(errors))


def take_answers(workspace: Workspace) -> AnswersWritten:
    """Puts the answers into the leads; none when `[review] apply` is false."""
    if not workspace.context.settings.review.apply:
        return AnswersWritten()
    return apply_answers(workspace, plan_answers(workspace))


def _lead_change(workspace: Workspace, edit: LeadEdit) -> Change | None:
    """The lead's new bytes; None when it is no longer as it was judged: the next run sees it."""
    change = plan_edit(workspace, edit.path, edit.operations)
    if change is None or change.before is None:
        return None
    known = workspace.context.vault.notes[edit.path]
    return change if read_note(edit.path, change.before) == known else None


def _remarked(page: AnsweredPage, remarks: Mapping[str, tuple[str, ...]]) -> Change | None:
    bare = without_remarks(page.text, page.path)
    text = with_remarks(bare.text, remarks, page.path)
    if text == page.text:
        return None
    before, after = (each.encode("utf-8", "surrogateescape") for each in (page.text, text))
    return Change(path=page.path, before=before, after=after)


def _refusals(edit: LeadEdit, error: VaultFlowError) -> Iterator[Finding]:
    """One for each answer that did not get into a lead."""
    for one in edit.applied:
        yield Finding(
            level=Level.WARNING,
            code="answer-refused",
            path=one.page,
            line=one.line,
            message=f"The answers cannot be written: {error}",
            hint="mend the lead's note, then run `vaultflow apply` again",
        )
