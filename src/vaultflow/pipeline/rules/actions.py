"""Rules about next actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.errors import Level
from vaultflow.pipeline.rules.rule import finding_at
from vaultflow.pipeline.standing import Bucket

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultflow.errors import Finding
    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.pipeline.standing import Standing

_SHOWN_ACTIONS = 3  # as many as a line of the terminal holds


def no_next_action(standing: Standing, _: Pipeline) -> Iterable[Finding]:
    """An open lead of which it is not written what happens next."""
    lead = standing.lead
    if Bucket.NO_NEXT_ACTION in standing.buckets and not lead.next_action:
        actions = lead.stage.actions[:_SHOWN_ACTIONS] if lead.stage else ()
        quick_list = f", such as: {'; '.join(actions)}" if actions else ""
        yield finding_at(
            standing,
            Level.WARNING,
            "no-next-action",
            "The lead has no next action.",
            f"say what must happen next and by when{quick_list}",
            at="next_action",
        )


def action_undated(standing: Standing, _: Pipeline) -> Iterable[Finding]:
    """A next action without the day by which it must happen."""
    lead = standing.lead
    if standing.is_open and lead.next_action and lead.next_action_due is None:
        yield finding_at(
            standing,
            Level.WARNING,
            "action-undated",
            f'"{lead.next_action}" has no day by which it must happen.',
            "set next_action_due",
            at="next_action",
        )


def action_unnamed(standing: Standing, _: Pipeline) -> Iterable[Finding]:
    """A day by which something must happen, but not what."""
    lead = standing.lead
    if standing.is_open and lead.next_action_due and not lead.next_action:
        yield finding_at(
            standing,
            Level.WARNING,
            "action-unnamed",
            f"Something is due on {lead.next_action_due}, but it is not written what.",
            "set next_action",
            at="next_action_due",
        )


def action_overdue(standing: Standing, _: Pipeline) -> Iterable[Finding]:
    """A next action whose day has passed."""
    if standing.overdue_days is not None:
        days = f"{standing.overdue_days} day{'' if standing.overdue_days == 1 else 's'}"
        action = f'"{standing.lead.next_action}"' if standing.lead.next_action else "Something"
        yield finding_at(
            standing,
            Level.INFO,
            "action-overdue",
            f"{action} has been overdue for {days}.",
            "do it, or set another day",
            at="next_action_due",
        )


RULES = (no_next_action, action_undated, action_unnamed, action_overdue)
"""In the order in which they are asked."""
