"""Answers from pages into leads: read what was ticked and typed, plan the edits, write them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from vaultflow.disk.change import Change
from vaultflow.disk.notes import read_existing
from vaultflow.disk.write import apply_change
from vaultflow.errors import Finding, Level, VaultFlowError
from vaultflow.flow.edits import plan_edit
from vaultflow.flow.pages import all_pages
from vaultflow.pages.answers import plan as answers
from vaultflow.pages.answers.asked import AnsweredPage
from vaultflow.pages.answers.remarks import with_remarks, without_remarks
from vaultflow.pages.page import DAILY, page_path
from vaultflow.vault.reader import read_note

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import PurePosixPath

    from vaultflow.flow.workspace import Workspace
    from vaultflow.pages.answers.plan import AppliedAnswer, LeadEdit

LOOK_BACK_DAYS = 31  # a month: who comes back from a long holiday still finds the answers taken


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
    pages = tuple(answered_pages(workspace))
    plan = answers.plan_answers(pages, workspace.context)
    leads: list[LeadChange] = []
    findings = list(plan.findings)
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


def answered_pages(workspace: Workspace) -> Iterator[AnsweredPage]:
    """The pages that may hold answers, as they stand on the disk now."""
    notes = workspace.context.vault.notes
    for path, day in _places(workspace).items():
        if path not in notes or not notes[path].is_page:
            continue
        try:
            raw = read_existing(workspace.root, path)
        except VaultFlowError:
            continue  # taken away or locked since it was read; the next run sees it
        if raw is not None:
            yield AnsweredPage(path=path, text=raw.decode("utf-8", "surrogateescape"), day=day)


def _places(workspace: Workspace) -> Mapping[PurePosixPath, date | None]:
    """Where answers may stand: by path the day that is reviewed there, None for today's pages."""
    context = workspace.context
    places: dict[PurePosixPath, date | None] = {}
    for name in all_pages(workspace):
        try:
            header = workspace.templates.header(name)
        except VaultFlowError:
            continue  # the page itself says what is wrong with its template
        days = range(LOOK_BACK_DAYS + 1) if name == DAILY else (0,)
        for back in days:
            day = context.today - timedelta(days=back)
            path = page_path(header, day, context.settings)
            places.setdefault(path, day if name == DAILY else None)
    return places


def _lead_change(workspace: Workspace, edit: LeadEdit) -> Change | None:
    """The lead's new bytes; None when it is no longer as it was judged: the next run sees it."""
    change = plan_edit(workspace.root, edit.path, edit.operations)
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
