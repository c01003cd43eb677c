"""Which pages a vault has: those that can be asked for, and those that are kept current."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.errors import TemplateError, UsageError, did_you_mean
from vaultflow.plugins.builtin import BUILTIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultflow.flow.workspace import Workspace


def all_pages(workspace: Workspace) -> tuple[str, ...]:
    """Every page that can be asked for: ours, the plugins', and the vault's own."""
    templates = workspace.templates.names()
    known = [name for name in workspace.registry.pages if name in templates]
    return tuple(dict.fromkeys([*known, *templates]))


def pages_to_refresh(workspace: Workspace) -> tuple[str, ...]:
    """The pages kept current: ours as enabled, and added ones whose template does not object."""
    enabled = workspace.loaded.settings.pages.enabled
    ours = {page.name for page in BUILTIN.pages}
    added = [
        name for name in all_pages(workspace) if name not in ours and wants_refresh(workspace, name)
    ]
    return tuple(dict.fromkeys([*enabled, *added]))


def wants_refresh(workspace: Workspace, name: str) -> bool:
    """Whether the page's template asks to be kept current; a broken one does, to be seen."""
    try:
        return workspace.templates.header(name).refresh == "always"
    except TemplateError:
        return True


def insist_on_pages(workspace: Workspace, names: Sequence[str]) -> None:
    """Makes sure that there are pages of these names.

    Raises:
        UsageError: when there is none of a name.
    """
    known = all_pages(workspace)
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known) or f"there are: {', '.join(known)}"
            raise UsageError(f"there is no page {name!r}", hint=hint)
