"""Rows of leads that were made before: pages share them, and a watcher shows them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from pathlib import PurePosixPath

    from vaultflow.pages.page import Context
    from vaultflow.pages.rows import LeadRow
    from vaultflow.pipeline.standing import Standing
    from vaultflow.vault.links.index import Memo


class KnownRows:
    """Rows by lead. One serves as long as all is the same that it was made of.

    That is the lead's standing, the day, and the names of the vault's files, which say how a link
    to one is written.
    """

    def __init__(self) -> None:
        self._made_under: tuple[date, Memo] | None = None
        self._rows: dict[PurePosixPath, tuple[Standing, LeadRow]] = {}

    def find(self, standing: Standing, context: Context) -> LeadRow | None:
        """The lead's row; None when it must be made."""
        known = self._rows.get(standing.lead.path)
        if known and known[0] is standing and self._is_made_under(context):
            return known[1]
        return None

    def keep(self, standing: Standing, context: Context, row: LeadRow) -> LeadRow:
        """Remembers the row, and gives it."""
        if not self._is_made_under(context):
            self._rows.clear()
            self._made_under = (context.today, context.vault.index.memo)
        self._rows[standing.lead.path] = (standing, row)
        return row

    def _is_made_under(self, context: Context) -> bool:
        if self._made_under is None:
            return False
        day, memo = self._made_under
        return day == context.today and memo is context.vault.index.memo
