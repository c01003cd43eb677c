"""Rules about leads that are won, lost or parked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.errors import Level
from vaultflow.pipeline.rules.rule import finding_at, has_kind
from vaultflow.pipeline.settings import StageKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultflow.errors import Finding
    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.pipeline.standing import Standing


def lost_reason_missing(standing: Standing, _: Pipeline) -> Iterable[Finding]:
    """A lost lead from which nothing can be learnt."""
    if has_kind(standing, StageKind.LOST) and not standing.lead.lost_reason:
        yield finding_at(
            standing,
            Level.WARNING,
            "lost-reason-missing",
            "The lead is lost without a reason.",
            "set lost_reason in their words",
            at="lost_reason",
        )


def closed_on_missing(standing: Standing, _: Pipeline) -> Iterable[Finding]:
    """A won or lost lead that belongs to no month."""
    is_closed = has_kind(standing, StageKind.WON) or has_kind(standing, StageKind.LOST)
    if is_closed and standing.lead.closed_on is None:
        yield finding_at(
            standing,
            Level.INFO,
            "closed-on-missing",
            "The day on which the lead was closed is not known.",
            "set closed_on, so that it counts in its month",
            at="closed_on",
        )


def revisit_missing(standing: Standing, _: Pipeline) -> Iterable[Finding]:
    """A parked lead that nobody will come back to."""
    if standing.is_parked and standing.lead.revisit_on is None:
        yield finding_at(
            standing,
            Level.INFO,
            "revisit-missing",
            "The lead is parked without a day to look again.",
            "set revisit_on",
            at="revisit_on",
        )


def revisit_due(standing: Standing, pipeline: Pipeline) -> Iterable[Finding]:
    """A parked or lost lead whose day to look again has come."""
    day = standing.lead.revisit_on
    is_asleep = standing.is_parked or has_kind(standing, StageKind.LOST)
    if is_asleep and day and day <= pipeline.today:
        yield finding_at(
            standing,
            Level.INFO,
            "revisit-due",
            f"The lead was to be looked at again on {day}.",
            "open it again, or set another day",
            at="revisit_on",
        )


RULES = (lost_reason_missing, closed_on_missing, revisit_missing, revisit_due)
"""In the order in which they are asked."""
