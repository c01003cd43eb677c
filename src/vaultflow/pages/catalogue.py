"""The pages that VaultFlow comes with."""

from __future__ import annotations

from vaultflow.pages.daily import build_daily
from vaultflow.pages.leads import build_leads
from vaultflow.pages.next_actions import build_next_actions
from vaultflow.pages.page import PageType
from vaultflow.pages.pipeline import build_pipeline_page
from vaultflow.pages.practice.weekly import build_weekly
from vaultflow.pages.stale import build_stale

PAGES: tuple[PageType, ...] = (
    PageType(name="daily", title="Today's review: the leads in focus", build=build_daily),
    PageType(name="stale", title="Stale deals, with the evidence", build=build_stale),
    PageType(name="pipeline", title="The stages and their leads", build=build_pipeline_page),
    PageType(name="next-actions", title="Next actions by day", build=build_next_actions),
    PageType(name="weekly", title="The week: outcomes, touches, reviews", build=build_weekly),
    PageType(name="leads", title="All leads, for a vault's own templates", build=build_leads),
)
"""In the order in which they are listed; the names are those of the templates too."""
