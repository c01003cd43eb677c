"""Which pages are known to be current: for them, no template is loaded and rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.disk.cache.database import code_digest, digest
from vaultflow.pages.answers.unanswered import is_unanswered
from vaultflow.vault.plain import record_digest

if TYPE_CHECKING:
    from vaultflow.flow.workspace import Workspace
    from vaultflow.pages.page import Sees


class PageMemory:
    """Under which bytes one page is current, given what it is made from now.

    A page is made from its record, its templates, and itself: what the user did there stays. And
    made anew from what it is, it comes out as it is. Only answers look at leads besides: a page
    that may hold any is never known. With a plugin none is, as its filters may look at anything.
    """

    def __init__(self, workspace: Workspace, name: str, shown: bytes) -> None:
        """Takes the name under which it is kept, and what changes with all that the page shows."""
        self._memory = workspace.memory
        self._name = name
        self._has_plugins = bool(workspace.loaded.settings.plugins.enabled)
        day = workspace.circumstances.today.isoformat()
        around = f"{day} {workspace.template_stamps}".encode()
        self._made_from = digest(code_digest(), around, shown)

    @classmethod
    def by_record(cls, workspace: Workspace, page: str, record: object) -> PageMemory:
        """Knows the page by its record: whatever else changes, it is known while that stays."""
        return cls(workspace, f"page {page}", record_digest(record))

    @classmethod
    def by_sources(cls, workspace: Workspace, page: str, sees: Sees) -> PageMemory | None:
        """Knows the page without its record, by what all records are made from; None: nobody does.

        Most often that has not changed; then no lead is looked at.
        """
        sources = workspace.sources_of(sees)
        return cls(workspace, f"sources of {page}", sources) if sources else None

    def is_current(self, content: bytes) -> bool:
        """Whether the page is known to come out as it stands."""
        if self._has_plugins:
            return False
        return self._memory.kept(self._name, self._key(content)) == b""

    def keep(self, text: str) -> None:
        """Remembers that the page comes out so, if it is a page of which that can be known."""
        if not self._has_plugins and is_unanswered(text):
            self._memory.keep(self._name, self._key(text.encode("utf-8", "surrogateescape")), b"")

    def _key(self, content: bytes) -> bytes:
        return digest(self._made_from, content)
