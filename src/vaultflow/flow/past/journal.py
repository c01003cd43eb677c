"""The journal: whether what leads say may differ from what they said at the last look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.flow.past.look import new_look

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from vaultflow.flow.workspace import Workspace


def keep_journal(workspace: Workspace) -> PurePosixPath | None:
    """Notes down which fields of leads differ from the last look; gives the path when it wrote.

    The first look only remembers. What a lead's own log tells is not noted again.

    Raises:
        ConflictError: when the journal of this month cannot be added to safely.
        VaultError: when it cannot be written.
    """
    around, root = workspace.circumstances, workspace.root
    look = new_look(root, around.settings, around.today, workspace.pipeline_digest)
    if look is None:
        return None  # then no lead need be opened
    # What compares and writes takes a while to load, and mostly nothing has changed.
    from vaultflow.flow.past.noting import note_down  # noqa: PLC0415

    return note_down(root, workspace.context, look)
