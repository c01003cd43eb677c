"""Which pages are known to be current: for them, no template is loaded and rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.disk.cache.database import code_digest, digest
from vaultflow.disk.template_files import template_stamps
from vaultflow.pages.answers.unanswered import is_unanswered
from vaultflow.vault.plain import record_digest

if TYPE_CHECKING:
    from vaultflow.flow.workspace import Workspace


class PageMemory:
    """Under which bytes one page is current, given what it shows now.

    A page is made from its record, its templates, and itself: what the user did there stays. And
    made anew from what it is, it comes out as it is. Only answers look at leads besides: a page
    that may hold any is never known. With a plugin none is, as its filters may look at anything.
    """

    def __init__(self, workspace: Workspace, page: str, record: object) -> None:
        self._memory = workspace.memory
        self._name = f"page {page}"
        settings = workspace.context.settings
        self._has_plugins = bool(settings.plugins.enabled)
        templates = template_stamps(workspace.root, settings.vault.templates)
        day = workspace.context.today.isoformat()
        self._made_from = digest(
            code_digest(), f"{day} {templates}".encode(), record_digest(record)
        )

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
