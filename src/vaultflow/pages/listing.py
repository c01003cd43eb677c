"""Lists of leads on a page: cut to a length, with an id for each line that can be ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pages.blocks.items import item_id
from vaultflow.pages.rows import LeadRow, lead_row
from vaultflow.pipeline.standing import Bucket
from vaultflow.vault.plain import ShownAgain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet
    from pathlib import PurePosixPath

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.standing import Standing

ACTION_BUCKETS = frozenset({Bucket.OVERDUE, Bucket.DUE_TODAY, Bucket.FUTURE_ACTION})


class ListedLead(ShownAgain, frozen=True, kw_only=True):
    """A lead in a list, with the id of its tick box."""

    id: str
    """The same as long as the line is about the same thing."""
    row: LeadRow


class Listing(Struct, frozen=True, kw_only=True):
    """The first leads of a list, and how many belong to it besides."""

    leads: tuple[ListedLead, ...] = ()
    more: int = 0
    """Left out for the list's length."""
    in_focus: int = 0
    """Left out since they stand in focus already."""
    count: int = 0
    """All that belong to the list."""


def build_listing(
    standings: Iterable[Standing],
    context: Context,
    rule: str,
    *,
    period: str = "",
    limit: int | None = None,
    focus: AbstractSet[PurePosixPath] = frozenset(),
) -> Listing:
    """The list of some leads, in their order.

    Args:
        standings: the leads that belong to it.
        context: what the page may look at.
        rule: the list's name, which makes the ids of one lead in two lists differ.
        period: the time after which a line is asked anew; empty: when the line says another thing.
        limit: how many are listed at most; None for all.
        focus: the leads that the page shows in focus, and so not here.
    """
    everyone = tuple(standings)
    listed = [standing for standing in everyone if standing.lead.path not in focus]
    shown = listed[:limit]
    return Listing(
        leads=tuple(listed_lead(standing, context, rule, period) for standing in shown),
        more=len(listed) - len(shown),
        in_focus=len(everyone) - len(listed),
        count=len(everyone),
    )


def listed_lead(standing: Standing, context: Context, rule: str, period: str) -> ListedLead:
    """The line of one lead; the one that was made before, if there is one."""

    def made() -> ListedLead:
        ident = lead_item_id(standing, rule, period)
        return ListedLead(id=ident, row=lead_row(standing, context))

    return context.made_of(standing).get((rule, period), made)


def lead_item_id(standing: Standing, rule: str, period: str = "") -> str:
    """The id of a line about a lead: a new one with each next action, or else with each touch."""
    lead = standing.lead
    about = (
        f"{lead.next_action}|{lead.next_action_due}"
        if lead.next_action
        else f"since {standing.idle_since}"
    )
    return item_id(str(lead.path), rule, f"{period}|{about}")


def in_bucket(standings: Iterable[Standing], bucket: Bucket) -> tuple[Standing, ...]:
    """The leads that belong in a bucket, in their order."""
    return tuple(standing for standing in standings if bucket in standing.buckets)


def has_action(standing: Standing) -> bool:
    """Whether the lead has a next action with a day."""
    return not ACTION_BUCKETS.isdisjoint(standing.buckets)
