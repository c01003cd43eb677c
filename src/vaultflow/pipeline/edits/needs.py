"""What is still to be said or judged about a lead before it comes into a stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaultflow.pipeline.practice.process.criteria import entry_goal
from vaultflow.pipeline.reading.boxes import is_field_name

if TYPE_CHECKING:
    from vaultflow.pipeline.lead import Lead
    from vaultflow.pipeline.settings import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryNeeds:
    """What of a stage's entry criteria is not known to be so."""

    fields: tuple[str, ...] = ()
    """Criteria that are a field's name, `expected_close`, and are not filled in."""
    statements: tuple[str, ...] = ()
    """Criteria in words that neither a tick nor a field says, which only a person can judge."""


def entry_needs(lead: Lead, stage: Stage) -> EntryNeeds:
    """What is still to be said or judged before the lead comes into the stage."""
    missing = [criterion.text for criterion in entry_goal(lead, stage).missing]
    return EntryNeeds(
        fields=tuple(text for text in missing if is_field_name(text)),
        statements=tuple(text for text in missing if not is_field_name(text)),
    )
