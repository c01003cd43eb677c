"""Rules about the process: what a stage asks for, and why a lead got in touch at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.errors import Level
from vaultflow.pipeline.practice.following.passage import missing_words
from vaultflow.pipeline.practice.process.conformance import entry_missing
from vaultflow.pipeline.rules.rule import finding_at, is_past_first_stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultflow.errors import Finding
    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.pipeline.standing import Standing


def entry_unmet(standing: Standing, _: Pipeline) -> Iterable[Finding]:
    """An open lead that came into its stage without what that asks for.

    Of a lead that says nothing about its stage's criteria nothing is known, and nothing is said.
    """
    stage = standing.lead.stage
    missing = entry_missing(standing.lead) if standing.is_open else ()
    if stage and missing:
        words = "; ".join(missing_words(criterion) for criterion in missing)
        yield finding_at(
            standing,
            Level.INFO,
            "entry-unmet",
            f"The lead stands in {stage.name} without what that asks for: {words}.",
            "fill in the field, tick a box of that text in the note, or move it back",
            at="stage",
        )


def reason_missing(standing: Standing, pipeline: Pipeline) -> Iterable[Finding]:
    """An open lead of which nobody knows why it got in touch, past the first talk."""
    lead = standing.lead
    was_talked_to = any(touch.day < pipeline.today for touch in lead.touches)
    is_due = standing.is_open and (was_talked_to or is_past_first_stage(standing, pipeline))
    if is_due and lead.readable and "reason_for_contact" not in lead.said:
        yield finding_at(
            standing,
            Level.INFO,
            "reason-missing",
            "It is not written down why they got in touch.",
            "ask, listen, and set reason_for_contact in their words",
            at="reason_for_contact",
        )


RULES = (entry_unmet, reason_missing)
"""In the order in which they are asked."""
