"""Rules about how well a lead is qualified, and about answers that cannot be understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.errors import Level, did_you_mean
from vaultflow.pipeline.practice.qualifying.answers import (
    CHOICES,
    YES_OR_NO,
    chosen_word,
    read_yes_no,
)
from vaultflow.pipeline.practice.qualifying.qualification import (
    QUESTIONS,
    is_phantom,
    read_coverage,
)
from vaultflow.pipeline.practice.qualifying.risks import read_risks
from vaultflow.pipeline.rules.rule import finding_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultflow.errors import Finding
    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.pipeline.standing import Standing


def phantom(standing: Standing, pipeline: Pipeline) -> Iterable[Finding]:
    """An open lead that has come far without being qualified: it may not really be there."""
    if is_phantom(standing, pipeline):
        coverage = read_coverage(standing.lead)
        wanted = pipeline.settings.qualification.answers
        yield finding_at(
            standing,
            Level.INFO,
            "phantom",
            f"{coverage.count} of {coverage.total} answers for a lead this far, {wanted} wanted.",
            f"ask next: {QUESTIONS[coverage.missing[0]]}",
        )


def yes_no_unclear(standing: Standing, _: Pipeline) -> Iterable[Finding]:
    """A field of yes or no that begins with another word, and so counts as not known."""
    for field in YES_OR_NO:
        read = read_yes_no(standing.lead, field)
        if not read.is_clear:
            yield finding_at(
                standing,
                Level.WARNING,
                "yes-no-unclear",
                f'{field}: "{read.words}" begins with none of yes, no and ?.',
                "begin with one of them; more words may follow",
                at=field,
            )


def choice_unknown(standing: Standing, _: Pipeline) -> Iterable[Finding]:
    """A field with a few words to choose from that holds another one, and so counts for nothing."""
    for field, words in CHOICES.items():
        said = standing.lead.said.get(field)
        if said and not chosen_word(field, said.text):
            yield finding_at(
                standing,
                Level.WARNING,
                "choice-unknown",
                f'{field}: "{said.text}" is not known.',
                did_you_mean(said.text, words) or f"there are: {', '.join(words)}",
                at=field,
            )


def at_risk(standing: Standing, pipeline: Pipeline) -> Iterable[Finding]:
    """An open lead with something in its way, which lowers the confidence in it."""
    for risk in read_risks(standing.lead, pipeline.today) if standing.is_open else ():
        yield finding_at(
            standing,
            Level.INFO,
            "at-risk",
            f"{risk.kind} lowers the confidence: {risk.evidence}.",
            "deal with it, then take it out",
            at=risk.line if risk.path == standing.lead.path else 0,
        )


RULES = (phantom, yes_no_unclear, choice_unknown, at_risk)
"""In the order in which they are asked."""
