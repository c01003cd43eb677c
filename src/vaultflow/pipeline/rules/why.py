"""Rules about why a lead stands in its stage: the note that tells whether one is on track."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.errors import Level
from vaultflow.pipeline.lead import TouchKind
from vaultflow.pipeline.rules.rule import finding_at, is_past_first_stage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vaultflow.errors import Finding
    from vaultflow.pipeline.lead import Lead
    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.pipeline.standing import Standing

WHY = "why_stage"


def why_missing(standing: Standing, pipeline: Pipeline) -> Iterable[Finding]:
    """An open lead past the first stage of which it was never said why it belongs there."""
    lead = standing.lead
    if is_past_first_stage(standing, pipeline) and WHY not in lead.said and lead.why_on is None:
        message = "It is not said why the lead belongs in its stage."
        hint = "answer why:: in its next review, or set why_stage"
        yield finding_at(standing, Level.INFO, "why-missing", message, hint, at="stage")


def why_outdated(standing: Standing, pipeline: Pipeline) -> Iterable[Finding]:
    """An open lead that has moved since it was last said why it belongs where it is."""
    said, entered = standing.lead.why_on, entered_on(standing.lead)
    if is_past_first_stage(standing, pipeline) and said and entered and said < entered:
        yield finding_at(
            standing,
            Level.INFO,
            "why-outdated",
            f"Why it belongs in its stage was last said on {said}; it came there on {entered}.",
            "answer why:: in its next review",
            at=WHY,
        )


def entered_on(lead: Lead) -> date | None:
    """The day of the newest move that the log tells of; None when it tells of none."""
    return next((one.day for one in lead.touches if one.kind is TouchKind.STAGE), None)


RULES = (why_missing, why_outdated)
"""In the order in which they are asked."""
