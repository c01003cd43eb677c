"""Rules about leads that nobody has touched for long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.errors import Level
from vaultflow.pipeline.rules.rule import as_sentence, finding_at, first_stage, line_of_last_touch
from vaultflow.pipeline.standing import Idleness

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultflow.errors import Finding
    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.pipeline.standing import Standing


def stale(standing: Standing, _: Pipeline) -> Iterable[Finding]:
    """An open lead that was idle for longer than its stage allows."""
    if standing.idleness is Idleness.STALE:
        yield finding_at(
            standing,
            Level.WARNING,
            "stale",
            as_sentence(standing.evidence),
            "get in touch, or park or lose it",
            at=line_of_last_touch(standing),
        )


def sleeping(standing: Standing, pipeline: Pipeline) -> Iterable[Finding]:
    """An open lead whose next action comes long after it would have gone stale."""
    if standing.idleness is Idleness.SLEEPING:
        grace = pipeline.settings.pipeline.grace_days
        yield finding_at(
            standing,
            Level.INFO,
            "sleeping",
            f"{as_sentence(standing.evidence)} The next action is due on "
            f"{standing.lead.next_action_due}, later than the limit and {grace} days of grace.",
            "do something sooner, or park it until then",
            at="next_action_due",
        )


def idle_unknown(standing: Standing, _: Pipeline) -> Iterable[Finding]:
    """An open lead without any day to count from, which so can never be called stale."""
    if standing.idleness is Idleness.UNKNOWN and standing.lead.readable:
        hint = "set created, or write a dated line under its log heading"
        yield finding_at(standing, Level.INFO, "idle-unknown", as_sentence(standing.evidence), hint)


def holding_tank(standing: Standing, pipeline: Pipeline) -> Iterable[Finding]:
    """An open lead that was put into the first stage and never touched since."""
    is_waiting = standing.idleness is Idleness.STALE and not standing.last_touch
    first = first_stage(pipeline) if is_waiting else None
    if first and standing.is_open and standing.lead.stage == first:
        yield finding_at(
            standing,
            Level.WARNING,
            "holding-tank",
            f"The lead has waited in {first.name} for {standing.idle_days} days without a touch.",
            "a lead is worth what you do after finding it: get in touch, or lose it",
        )


RULES = (stale, sleeping, idle_unknown, holding_tank)
"""In the order in which they are asked."""
