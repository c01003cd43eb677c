"""What makes a proposal: six parts, each a field of the lead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultflow.pipeline.practice.qualifying.answers import is_asked
from vaultflow.pipeline.practice.qualifying.qualification import stage_number
from vaultflow.pipeline.stages import open_stages
from vaultflow.vault.names import fold

if TYPE_CHECKING:
    from vaultflow.pipeline.lead import Lead
    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.pipeline.settings import Stage
    from vaultflow.pipeline.standing import Standing

PARTS = {
    "proposal_needs": "Does the proposal say what they need, in their own words?",
    "proposal_fit": "Does it show how your offer meets each of these needs?",
    "proposal_summary": "Does it begin with a summary that persuades?",
    "proposal_roi": "Does it say what they get back, if only peace of mind?",
    "proposal_why_us": "Does it say why you are the ones to do it?",
    "proposal_mutual": "Does it say what both of you gain in the long run?",
}
"""What to ask about each part, by its field."""
_SIGNS = re.compile(r"propos|\boffer|\bquot")


def missing_parts(lead: Lead) -> tuple[str, ...]:
    """The fields of the parts of which nothing is said, in their order."""
    return tuple(part for part in PARTS if part not in lead.said or is_asked(lead.said[part].text))


def is_at_proposal(standing: Standing, pipeline: Pipeline) -> bool:
    """Whether an open lead has come to the first stage that is named after proposals, or past it.

    Without such a stage it is the one after that by whose end leads should be qualified.
    """
    stages = open_stages(pipeline.stages)
    named = (number for number, stage in enumerate(stages, start=1) if _is_named_so(stage))
    first = next(named, pipeline.settings.qualification.by_stage + 1)
    number = stage_number(standing.lead.stage, pipeline.stages) if standing.is_open else None
    return number is not None and number >= first


def _is_named_so(stage: Stage) -> bool:
    return any(_SIGNS.search(fold(name)) for name in (stage.name, stage.label))
