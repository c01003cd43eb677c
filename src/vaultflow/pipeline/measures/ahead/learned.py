"""The chance of each open deal by the vault's own past: by its traits, else by its stage alone.

Traits count only when they have told more than the base rate does, each decided deal judged by all
others. Otherwise nothing is made of them, and it says so. Source: practice 3.11 and 3.12.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.history.course import moves_of
from vaultflow.pipeline.measures.ahead.chances import StageChances, decided_deals, stage_chances
from vaultflow.pipeline.measures.ahead.scoring import Case, Model, Odds, learn, leave_one_out, score
from vaultflow.pipeline.settings import StageKind
from vaultflow.pipeline.stages import open_stages
from vaultflow.vault.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vaultflow.pipeline.history.course import Course
    from vaultflow.pipeline.lead import Lead
    from vaultflow.pipeline.settings import Stage

SAID_TRAITS = ("source_kind", "industry", "country")
"""Fields of the practice that are known while a deal is open, besides source and owner."""


class Learned(Struct, frozen=True, kw_only=True):
    """What the decided deals teach. Made by `learn_deals`."""

    chances: StageChances
    model: Model
    """Of traits."""
    brier: float | None
    """Of each decided deal by all others; None with fewer than ten won or ten lost."""
    base_brier: float | None
    """That of always saying the base rate."""

    @property
    def counts_traits(self) -> bool:
        """Whether traits have told more than the base rate."""
        known = self.brier is not None and self.base_brier is not None
        return known and (self.brier or 0) < (self.base_brier or 0)


class DataChance(Struct, frozen=True, kw_only=True):
    """The chance of an open deal by the data."""

    percent: float | None
    """None when its stage is not known, or nothing was decided and nothing configured."""
    contributions: tuple[Odds, ...]
    """What each trait and the stage contribute; none when the stage alone counts."""


def learn_deals(courses: Iterable[Course], stages: Sequence[Stage]) -> Learned:
    """What the decided deals teach."""
    decided = decided_deals(courses)
    path = open_stages(stages)
    cases = [
        Case(
            won=course.outcome is StageKind.WON,
            stage=furthest,
            values=traits_of(course.lead),
        )
        for course in decided
        if (furthest := moves_of(course, stages).furthest) is not None
    ]
    judged = leave_one_out(cases, len(path)) if cases else None
    return Learned(
        chances=stage_chances(decided, stages),
        model=learn(cases, len(path)),
        brier=judged[0] if judged else None,
        base_brier=judged[1] if judged else None,
    )


def data_chance(lead: Lead, learned: Learned, stages: Sequence[Stage]) -> DataChance:
    """The chance of an open deal by what was learned."""
    path = open_stages(stages)
    if lead.stage is None or lead.stage not in path:
        return DataChance(percent=None, contributions=())
    if learned.counts_traits:
        found = score(learned.model, path.index(lead.stage), traits_of(lead))
        if found:
            return DataChance(percent=found.percent, contributions=found.contributions)
    return DataChance(percent=learned.chances.percent_in(lead.stage), contributions=())


def traits_of(lead: Lead) -> Mapping[str, str]:
    """What is known of the lead and may tell how it ends, by field; the rest is left out."""
    plain = {"source": lead.source, "owner": lead.owner}
    said = {name: lead.said[name].text for name in SAID_TRAITS if name in lead.said}
    texts = {name: fold(text.strip()) for name, text in (plain | said).items()}
    return {name: text for name, text in texts.items() if text}
