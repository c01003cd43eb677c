"""Opening the vault that a run is about."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from vaultflow.cli.output import reading_progress, talk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePosixPath

    from vaultflow.cli.session import Session
    from vaultflow.flow import Workspace
    from vaultflow.flow.glance import Glance
    from vaultflow.flow.known.beside import Heeded
    from vaultflow.flow.known.said import Question, Said


def glance_at_vault(session: Session, *, is_kept: bool = False) -> Glance:
    """The vault before its notes are read.

    Args:
        session: the run.
        is_kept: whether what is said may be kept, for the same question under the same outside.
    """
    from vaultflow.flow.glance import glance

    root = session.root()
    question = session.question if is_kept and session.cached else None
    outside = question.look(str(root)) if question else None
    loaded = session.settings()
    today = session.day(loaded.settings.vault.timezone)
    return glance(root, today=today, loaded=loaded, cached=session.cached, outside=outside)


def keep_said(
    session: Session, seen: Glance, workspace: Workspace, text: str, *, page: PurePosixPath
) -> None:
    """Keeps what is said from now on as long as nothing changes.

    Args:
        session: the run.
        seen: the glance before, with `is_kept`.
        workspace: what was read.
        text: what is said.
        page: the page that says it.
    """
    from vaultflow.flow.known.heeding import heeded_notes, is_all_outside

    if session.question and is_all_outside(seen, [page]):
        _keep(session, session.question, seen, (text, ""), heeded_notes(seen, workspace, page))


class Saying:
    """A command that is about to say something, and may say it again without another look."""

    def __init__(self, seen: Glance) -> None:
        self.seen = seen
        self.pages: tuple[PurePosixPath, ...] = ()
        """Those whose bytes bear on what it says."""
        self.is_kept = True
        """To be set to False when it does something besides."""


@contextmanager
def saying(session: Session) -> Iterator[Saying]:
    """A glance at the vault; what the block says is said again as long as nothing changes.

    Nothing is kept when the block raises.
    """
    from vaultflow.cli.listening import listening
    from vaultflow.flow.known.heeding import is_all_outside

    said = Saying(glance_at_vault(session, is_kept=True))
    if session.question is None or said.seen.outside is None:
        yield said
        return
    with listening() as heard:
        yield said
    if said.is_kept and heard.is_sure and is_all_outside(said.seen, said.pages):
        _keep(session, session.question, said.seen, heard.said)


def _keep(
    session: Session, question: Question, seen: Glance, said: Said, heeded: Heeded | None = None
) -> None:
    from vaultflow.flow.known.said import keep_answer

    named = str(session.vault) if session.vault else ""
    timezone = seen.loaded.settings.vault.timezone
    keep_answer(question, named, session.day_bounds(timezone), said, heeded)


def open_vault(
    session: Session, seen: Glance | None = None, *, verify: bool = False, warns: bool = True
) -> Workspace:
    """The vault as read today; progress goes to stderr when that takes a while.

    So does a warning of each folder that cannot be listed: no list has what is in it.

    Args:
        session: the run.
        seen: a glance at the vault, if there has been one.
        verify: compare every file with the cache, whatever its times say.
        warns: unless the run has warned already, or names the folders itself.
    """
    from vaultflow.flow.workspace import load_afresh, load_seen

    seen = seen or glance_at_vault(session)
    with reading_progress(session) as progress:
        if session.cached:
            workspace = load_seen(seen, progress=progress, verify=verify)
        else:
            workspace = load_afresh(seen, progress)
    for line in workspace.unread_folders if warns else ():
        talk(session, f"warning: {line}")
    return workspace
