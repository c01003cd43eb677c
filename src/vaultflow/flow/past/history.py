"""The past of a vault's leads: their notes, the journals and git -> the courses of all deals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.flow.past.commits import git_changes
from vaultflow.pipeline.history.courses import build_courses
from vaultflow.pipeline.history.journal import read_journal

if TYPE_CHECKING:
    from pathlib import Path

    from vaultflow.flow.known.memory import Memory
    from vaultflow.pages.page import Context
    from vaultflow.pipeline.history.courses import Courses


def load_courses(root: Path, context: Context, memory: Memory) -> Courses:
    """What all deals went through, from all that tells of it.

    Args:
        root: the vault's folder.
        context: its leads and settings.
        memory: where what git told is kept.
    """
    settings = context.settings
    from_git = git_changes(root, settings.fields, memory) if settings.history.git else ()
    return build_courses(context.pipeline, (*from_git, *read_journal(context.vault, settings)))
