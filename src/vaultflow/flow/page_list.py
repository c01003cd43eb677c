"""Where the pages are and whether they are current, for the list of them all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vaultflow.disk.notes import read_existing
from vaultflow.errors import VaultFlowError
from vaultflow.flow.page_names import all_pages, pages_to_refresh
from vaultflow.flow.pages import placed, plan_page
from vaultflow.plugins.builtin import BUILTIN

if TYPE_CHECKING:
    from vaultflow.flow.pages import PageStatus
    from vaultflow.flow.workspace import Workspace


def page_states(workspace: Workspace) -> tuple[PageStatus, ...]:
    """Where all pages are and whether they are current.

    Of our own, one that is switched off and not there is new: to know that, it is not made.
    """
    kept = pages_to_refresh(workspace)
    ours = {page.name for page in BUILTIN.pages}.difference(kept)
    return tuple(
        _unmade(workspace, name) if name in ours else _state(workspace, name)
        for name in all_pages(workspace)
    )


def _unmade(workspace: Workspace, name: str) -> PageStatus:
    try:
        status = placed(workspace, name)
        if read_existing(workspace.root, status.path) is None:
            return replace(status, state="new")
    except VaultFlowError:
        pass  # the plan says what is in the way
    return _state(workspace, name)


def _state(workspace: Workspace, name: str) -> PageStatus:
    return plan_page(workspace, name, with_record=False).status
