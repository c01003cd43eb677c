"""The past of a vault's leads: their notes, the journals and git -> the courses of all deals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.flow.past import git_changes
from vaultflow.pipeline.history.courses import build_courses
from vaultflow.pipeline.history.journal import read_journal

if TYPE_CHECKING:
    from vaultflow.flow.workspace import Workspace
    from vaultflow.pipeline.history.courses import Courses


def load_courses(workspace: Workspace) -> Courses:
    """What all deals went through, from all that tells of it."""
    context = workspace.context
    from_git = git_changes(workspace) if context.settings.history.git else ()
    journals = read_journal(context.vault, context.settings)
    return build_courses(context.pipeline, (*from_git, *journals))
