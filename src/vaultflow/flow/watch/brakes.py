"""When the watcher must not write: leads have vanished, and perhaps they come back.

A vault that is not mounted, or that a sync is just filling, has fewer leads than it had. A page
written then would say so, and a person might believe it. `vaultflow refresh` has no brakes: who
runs it looks on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.flow.page_names import pages_to_refresh
from vaultflow.flow.pages import plan_pages
from vaultflow.pages.page import DAILY

if TYPE_CHECKING:
    from vaultflow.flow.watch.watched import Cause, Watched
    from vaultflow.flow.workspace import Workspace

MOST_VANISHED = 0.3  # of the leads, between two rounds
HOLD_S = 5.0  # then wait, and believe a scan that finds them gone still

EMPTIED = (
    "all {leads} leads are gone: no page is written until one is back"
    " (if that is right, run `vaultflow refresh`)"
)
VANISHED = "{gone} of {leads} leads have vanished at once: waiting whether they come back"


def find_brake(watched: Watched, workspace: Workspace, cause: Cause, *, is_scan: bool) -> str:
    """Why nothing may be written now; empty when all is well.

    Args:
        watched: what is known, with the number of leads of the last round that wrote.
        workspace: the vault as it is now.
        cause: why there is a round.
        is_scan: whether all files were looked at in it.
    """
    before, now = watched.leads, len(workspace.context.pipeline.standings)
    if before and not now:
        return "" if says_so_already(workspace) else EMPTIED.format(leads=before)
    if before - now <= before * MOST_VANISHED:
        return ""
    since_s = watched.held_since_s
    is_certain = is_scan and since_s is not None and cause.at_s - since_s >= HOLD_S
    return "" if is_certain else VANISHED.format(gone=before - now, leads=before)


def says_so_already(workspace: Workspace) -> bool:
    """Whether the index pages agree with the notes: then somebody has run `vaultflow refresh`."""
    index_pages = [name for name in pages_to_refresh(workspace) if name != DAILY]
    return bool(index_pages) and not plan_pages(workspace, index_pages).changes
