"""Opening the vault that a run is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.cli.output import reading_progress

if TYPE_CHECKING:
    from vaultflow.cli.session import Session
    from vaultflow.flow import Workspace
    from vaultflow.flow.glance import Glance


def glance_at_vault(session: Session) -> Glance:
    """The vault before its notes are read."""
    from vaultflow.flow.glance import glance

    loaded = session.settings()
    today = session.day(loaded.settings.vault.timezone)
    return glance(session.root(), today=today, loaded=loaded, cached=session.cached)


def open_vault(session: Session, seen: Glance | None = None, *, verify: bool = False) -> Workspace:
    """The vault as read today; progress goes to stderr when that takes a while.

    Args:
        session: the run.
        seen: a glance at the vault, if there has been one.
        verify: compare every file with the cache, whatever its times say.
    """
    from vaultflow.flow.workspace import load_afresh, load_seen

    seen = seen or glance_at_vault(session)
    with reading_progress(session) as progress:
        if not session.cached:
            return load_afresh(seen, progress)
        return load_seen(seen, progress=progress, verify=verify)
