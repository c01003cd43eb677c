"""All leads with their totals: the record that a vault's own templates can show as they like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaultflow.pages.counts import Counts, count_leads
from vaultflow.pages.rows import LeadRow, lead_rows

if TYPE_CHECKING:
    from datetime import date

    from vaultflow.pages.page import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadsPage:
    """Every lead, won and lost ones too."""

    today: date
    decimal: str
    counts: Counts
    leads: tuple[LeadRow, ...]
    """By path."""


def build_leads(context: Context) -> LeadsPage:
    """Every lead of the vault, and the numbers over the open ones."""
    return LeadsPage(
        today=context.today,
        decimal=context.settings.money.decimal,
        counts=count_leads(context),
        leads=lead_rows(context.pipeline.standings, context),
    )
