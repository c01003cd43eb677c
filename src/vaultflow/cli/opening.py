"""Opening the vault that a run is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.cli.output import reading_progress

if TYPE_CHECKING:
    from vaultflow.cli.session import Session
    from vaultflow.flow import Workspace


def open_vault(session: Session) -> Workspace:
    """The vault as read today; progress goes to stderr when that takes a while."""
    from vaultflow import flow

    loaded = session.settings()
    with reading_progress(session) as progress:
        return flow.load(
            session.root(),
            today=session.day(loaded.settings.vault.timezone),
            loaded=loaded,
            progress=progress,
        )
