"""The watcher's way to answers and the journal: writes them, and tells what was in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.errors import Level, VaultFlowError
from vaultflow.flow.answers.applying import apply_answers, plan_answers
from vaultflow.flow.past.journal import keep_journal
from vaultflow.flow.watch.rounds import Answered

if TYPE_CHECKING:
    from vaultflow.flow.workspace import Workspace


def put_answers(workspace: Workspace) -> Answered:
    """Puts the answers of review notes into the leads, unless `[review] apply` is off."""
    if not workspace.context.settings.review.apply:
        return Answered()
    outcome = plan_answers(workspace)
    done = apply_answers(workspace, outcome)
    found = (finding for finding in outcome.findings if finding.level is not Level.INFO)
    return Answered(
        written=done.written,
        troubles=(*map(str, found), *map(str, done.errors)),
        is_complete=not done.errors,
    )


def note_changes(workspace: Workspace) -> Answered:
    """Notes down in the journal which fields of leads differ from the last look."""
    try:
        written = keep_journal(workspace)
    except VaultFlowError as error:
        return Answered(troubles=(str(error),))
    return Answered(written=(written,) if written else ())
