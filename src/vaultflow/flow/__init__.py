"""The whole way on one page: load the vault, plan its pages, apply what changed.

    workspace = load(root, today=date(2026, 11, 23))    # files -> notes -> vault -> pipeline
    outcome = plan_pages(workspace, ["daily"])          # pipeline -> pages -> changes
    apply(workspace.root, outcome)                      # changes -> files

Only `apply` writes into the vault; what is planned can be shown (`--dry-run`) or thrown away. Each
name is fetched from its module when it is first used: a run in which nothing has changed needs
little of all this, and loading the rest would take longer than the run.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # to import `typing` takes as long as half a run
if TYPE_CHECKING:
    from vaultflow.flow.page_list import page_states
    from vaultflow.flow.page_names import pages_to_refresh
    from vaultflow.flow.pages import (
        Outcome,
        PagePlan,
        PageState,
        PageStatus,
        apply,
        looks_at_past,
        page_record,
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
    "apply",
    "load",
    "looks_at_past",
    "page_record",
    "page_states",
    "pages_to_refresh",
    "plan_pages",
    "propose_settings",
    "write_example",
    "write_settings",
]

_MODULES = {
    "Outcome": "pages",
    "PagePlan": "pages",
    "PageState": "pages",
    "PageStatus": "pages",
    "Workspace": "workspace",
    "apply": "pages",
    "load": "workspace",
    "looks_at_past": "pages",
    "page_record": "pages",
    "page_states": "page_list",
    "pages_to_refresh": "page_names",
    "plan_pages": "pages",
    "propose_settings": "setup",
    "write_example": "setup",
    "write_settings": "setup",
}


def __getattr__(name: str) -> object:
    """The name, from the module that it stands in."""
    if name not in _MODULES:
        raise AttributeError(f"module 'vaultflow.flow' has no attribute {name!r}")
    return getattr(import_module(f"vaultflow.flow.{_MODULES[name]}"), name)
