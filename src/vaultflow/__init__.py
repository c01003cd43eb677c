"""VaultFlow: a folder of Markdown notes as a sales pipeline.

These are the names that people import; each is fetched from its room when it is first used, so that
the command line starts quickly.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # to import `typing` takes as long as half a run
if TYPE_CHECKING:
    from vaultflow.errors import Finding, Level, VaultFlowError
    from vaultflow.flow import Outcome, Workspace, apply, load, plan_pages
    from vaultflow.flow.edit.door import act, log, lose, move, new, park, set_field, win
    from vaultflow.pages.page import Context, PageType
    from vaultflow.pipeline.lead import Lead
    from vaultflow.pipeline.standing import Standing
    from vaultflow.plugins.plugin import Plugin
    from vaultflow.vault.note import Note
    from vaultflow.vault.reader import read_note

__version__ = "0.1.0"

__all__ = [
    "Context",
    "Finding",
    "Lead",
    "Level",
    "Note",
    "Outcome",
    "PageType",
    "Plugin",
    "Standing",
    "VaultFlowError",
    "Workspace",
    "act",
    "apply",
    "load",
    "log",
    "lose",
    "move",
    "new",
    "park",
    "plan_pages",
    "read_note",
    "set_field",
    "win",
]

_ROOMS = {
    "Context": "pages.page",
    "Finding": "errors",
    "Lead": "pipeline.lead",
    "Level": "errors",
    "Note": "vault.note",
    "Outcome": "flow",
    "PageType": "pages.page",
    "Plugin": "plugins.plugin",
    "Standing": "pipeline.standing",
    "VaultFlowError": "errors",
    "Workspace": "flow",
    "act": "flow.edit.door",
    "apply": "flow",
    "load": "flow",
    "log": "flow.edit.door",
    "lose": "flow.edit.door",
    "move": "flow.edit.door",
    "new": "flow.edit.door",
    "park": "flow.edit.door",
    "plan_pages": "flow",
    "read_note": "vault.reader",
    "set_field": "flow.edit.door",
    "win": "flow.edit.door",
}


def __getattr__(name: str) -> object:
    """The public name, from the module that it stands in."""
    if name not in _ROOMS:
        raise AttributeError(f"module 'vaultflow' has no attribute {name!r}")
    return getattr(import_module(f"vaultflow.{_ROOMS[name]}"), name)
