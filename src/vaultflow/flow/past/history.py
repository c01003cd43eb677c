"""The past of a vault's leads: their notes, the journals and git -> the courses of all deals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.disk.scan import is_listed
from vaultflow.errors import VaultFlowError
from vaultflow.flow.past.commits import git_changes
from vaultflow.flow.past.look import new_look
from vaultflow.pipeline.history.courses import build_courses
from vaultflow.pipeline.history.journal import read_journal

if TYPE_CHECKING:
    from pathlib import Path

    from vaultflow.flow.known.memory import Memory
    from vaultflow.pages.page import Context
    from vaultflow.pipeline.history.courses import Courses
    from vaultflow.vault.note import Note


def load_courses(root: Path, context: Context, memory: Memory, pipeline: bytes) -> Courses:
    """What all deals went through, from all that tells of it.

    What the journal is about to note down counts as if it stood there: pages are made before it is
    written, and must come out the same afterwards.

    Args:
        root: the vault's folder.
        context: its leads and settings.
        memory: where what git told is kept.
        pipeline: changes with what all leads say; empty when that is not known.
    """
    settings = context.settings
    from_git = git_changes(root, settings.fields, memory) if settings.history.git else ()
    journals = read_journal(context.vault, settings, _unwritten_journal(root, context, pipeline))
    return build_courses(context.pipeline, (*from_git, *journals))


def _unwritten_journal(root: Path, context: Context, pipeline: bytes) -> Note | None:
    """The journal as it is about to stand in the vault; None when it stays as it is.

    And when it lies where no note is read: then it tells nothing once it is written either.
    """
    look = new_look(root, context.settings, context.today, pipeline)
    if look is None:
        return None
    # Loaded late, as mostly nothing has changed.
    from vaultflow.flow.past.noting import plan_noting  # noqa: PLC0415
    from vaultflow.vault.reader import read_note  # noqa: PLC0415

    try:
        change = plan_noting(root, context, look).change
    except VaultFlowError:
        return None  # nor can it be written then, and who tries to says so
    if change is None or not is_listed(root, change.path, context.settings.vault.ignore):
        return None
    return read_note(change.path, change.after)
