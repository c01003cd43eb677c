"""The pages on which answers may stand, and whether any holds one: on most days most hold none."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from vaultflow.disk.notes import read_existing
from vaultflow.errors import VaultFlowError
from vaultflow.flow.page_names import all_pages
from vaultflow.pages.answers.unanswered import is_unanswered
from vaultflow.pages.page import DAILY, page_path
from vaultflow.vault.knowing import is_page, unreadable_notes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import PurePosixPath

    from vaultflow.errors import Finding
    from vaultflow.flow.workspace import Workspace

LOOK_BACK_DAYS = 31  # a month: who comes back from a long holiday still finds the answers taken


class StandingPage(NamedTuple):
    """A page as it stands on the disk now."""

    path: PurePosixPath
    text: str
    day: date | None
    """The day that it reviews; None for a page that is of today every day."""


def may_be_answered(workspace: Workspace) -> bool:
    """Whether there may be anything for `flow.answers` to do.

    To load all that it needs takes a sixth of a run in which little has changed.
    """
    # To open the note of a page of thousands of leads takes far longer than to search its text.
    return any(
        not is_unanswered(one.text) and _is_page(workspace, one) for one in _standing(workspace)
    )


def standing_pages(workspace: Workspace) -> Iterator[StandingPage]:
    """The reviews of the last 31 days and all other pages, as far as they are there."""
    return (one for one in _standing(workspace) if _is_page(workspace, one))


def unread_pages(workspace: Workspace) -> Iterator[Finding]:
    """Why nothing at all can be read of files that stand where pages are."""
    from vaultflow.vault.reader import unreadable_note  # noqa: PLC0415  # a quick look needs none

    notes = workspace.context.vault.notes
    for path in _places(workspace).keys() & set(unreadable_notes(notes)):
        findings = notes[path].findings
        if notes[path] == unreadable_note(path, *findings):
            yield from findings


def _is_page(workspace: Workspace, standing: StandingPage) -> bool:
    return is_page(workspace.context.vault.notes, standing.path)


def _standing(workspace: Workspace) -> Iterator[StandingPage]:
    """What stands where pages are, be it a page or the user's own note."""
    notes = workspace.context.vault.notes
    for path, day in _places(workspace).items():
        if path not in notes:
            continue
        try:
            raw = read_existing(workspace.root, path)
        except VaultFlowError:
            continue  # taken away or locked since it was read; the next run sees it
        if raw is not None:
            yield StandingPage(path, raw.decode("utf-8", "surrogateescape"), day)


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
