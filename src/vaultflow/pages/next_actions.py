"""The next actions, by when they are due: each to be ticked, and every open lead in a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from vaultflow.pages.listing import Listing, build_listing, in_bucket
from vaultflow.pages.ranking import by_due, by_revisit, by_worth
from vaultflow.pages.unread import folders_text
from vaultflow.pipeline.standing import Bucket

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.standing import Standing

SUNDAY = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class NextActionsPage:
    """What the page of next actions shows."""

    today: date
    decimal: str
    overdue: Listing
    due_today: Listing
    this_week: Listing
    """After today, up to Sunday."""
    later: Listing
    unplanned: Listing
    """Open leads without a next action, or with one that has no day."""
    parked: Listing
    """By the day to look again, those without one last."""
    unreadable: Listing
    unread_folders: str
    """Which folders cannot be read, in a sentence; empty when all can."""


def build_next_actions(context: Context) -> NextActionsPage:
    """What the page of next actions shows today."""
    standings = context.pipeline.standings
    week_end = context.today + timedelta(days=SUNDAY - context.today.weekday())
    ahead = by_due(in_bucket(standings, Bucket.FUTURE_ACTION))

    def listed(chosen: Iterable[Standing], rule: str = "action") -> Listing:
        return build_listing(chosen, context, rule)

    return NextActionsPage(
        today=context.today,
        decimal=context.settings.money.decimal,
        overdue=listed(by_due(in_bucket(standings, Bucket.OVERDUE))),
        due_today=listed(by_due(in_bucket(standings, Bucket.DUE_TODAY))),
        this_week=listed(one for one in ahead if _is_due_by(one, week_end)),
        later=listed(one for one in ahead if not _is_due_by(one, week_end)),
        unplanned=listed(
            by_worth(in_bucket(standings, Bucket.NO_NEXT_ACTION), context), "no-action"
        ),
        parked=listed(by_revisit(in_bucket(standings, Bucket.PARKED)), "parked"),
        unreadable=listed(in_bucket(standings, Bucket.UNREADABLE), "unreadable"),
        unread_folders=folders_text(context),
    )


def _is_due_by(standing: Standing, day: date) -> bool:
    due = standing.lead.next_action_due
    return due is not None and due <= day
