"""The pages that VaultFlow comes with."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from vaultflow.pages.page import PageType

if TYPE_CHECKING:
    from vaultflow.pages.page import BuildRecord, Context


def _builder(module: str, name: str) -> BuildRecord:
    """The function of that name in a module of this room; loaded when it is called.

    A page that has not changed is not built, and to load what builds all takes 10 ms.
    """

    def build(context: Context) -> object:
        return getattr(import_module(f"vaultflow.pages.{module}"), name)(context)

    return build


PAGES: tuple[PageType, ...] = (
    PageType(
        name="daily",
        title="Today's review: the leads in focus",
        build=_builder("daily", "build_daily"),
    ),
    PageType(
        name="stale",
        title="Stale deals, with the evidence",
        build=_builder("stale", "build_stale"),
    ),
    PageType(
        name="pipeline",
        title="The stages and their leads",
        build=_builder("pipeline", "build_pipeline_page"),
    ),
    PageType(
        name="next-actions",
        title="Next actions by day",
        build=_builder("next_actions", "build_next_actions"),
    ),
    PageType(
        name="leads",
        title="All leads, for a vault's own templates",
        build=_builder("leads", "build_leads"),
    ),
)
"""In the order in which they are listed; the names are those of the templates too."""
