"""The whole way on one page: load the vault, plan its pages, apply what changed.

    workspace = load(root, today=date(2026, 11, 23))    # files -> notes -> vault -> pipeline
    outcome = plan_pages(workspace, ["daily"])          # pipeline -> pages -> changes
    apply(workspace.root, outcome)                      # changes -> files

Only `apply` writes; what is planned can be shown (`--dry-run`) or thrown away.
"""

from __future__ import annotations

from vaultflow.flow.pages import (
    Outcome,
    PagePlan,
    PageState,
    PageStatus,
    all_pages,
    apply,
    pages_to_refresh,
    plan_pages,
)
from vaultflow.flow.setup import propose_settings, write_example, write_settings
from vaultflow.flow.workspace import Workspace, load

__all__ = [
    "Outcome",
    "PagePlan",
    "PageState",
    "PageStatus",
    "Workspace",
    "all_pages",
    "apply",
    "load",
    "pages_to_refresh",
    "plan_pages",
    "propose_settings",
    "write_example",
    "write_settings",
]
