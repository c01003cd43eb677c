"""How well a lead is qualified: seven questions, three gates, four dots, and three states."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.practice.qualifying.answers import (
    Answer,
    YesNo,
    is_asked,
    is_order,
    read_yes_no,
)
from vaultflow.pipeline.stages import open_stages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultflow.pipeline.lead import Lead
    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.pipeline.settings import Stage
    from vaultflow.pipeline.standing import Standing

QUESTIONS = {
    "problem": "What problem do they want to solve?",
    "trigger": "What has made them look for a solution now?",
    "consequence": "What happens if it stays unsolved?",
    "timescale": "By when must it be in place?",
    "signoff": "Who signs off the budget?",
    "personal_stake": "What does your contact personally gain or lose by it?",
    "fit": "After all you have heard: does what you offer solve it for them?",
}
"""By the field that keeps the answer, in the order in which they are best asked."""
GATES = {
    "will_buy": "Will this result in a sale?",
    "need": "Do they have a need that you meet?",
    "bracket": "Is the price within their means?",
}
"""The same for what is worth knowing before more time goes into a lead: yes, no or `?`."""
BANT = {
    "budget": "Is there a budget?",
    "authority": "Do you talk to who decides?",
    "need": GATES["need"],
    "timeline": "Is there a day by which they decide?",
}


class Known(Struct, frozen=True, kw_only=True, gc=False):
    """An answer to one of the seven questions, in their words."""

    field: str
    question: str
    text: str
    line: int


class Coverage(Struct, frozen=True, kw_only=True, gc=False):
    """How many of the seven questions a lead answers."""

    known: tuple[Known, ...]
    """In the order of the questions."""
    missing: tuple[str, ...]
    """Fields of the others: those never asked before those that say `?`."""
    count: int
    """How many are answered."""
    total: int = len(QUESTIONS)


class Timing(StrEnum):
    """Whether budget, authority, need and timeline are known early enough."""

    EARLY = "early"
    """All four, and the lead has not left the stage by whose end they should be."""
    OPEN = "open"
    """Not all, and there is still time."""
    LATE = "late"
    """Not all, and the lead has left that stage."""
    KNOWN = "known"
    """All four, and it has left that stage: whether it was early, its note does not tell."""


class Bant(Struct, frozen=True, kw_only=True, gc=False):
    """Budget, authority, need and timeline."""

    dots: tuple[YesNo, ...]
    timing: Timing


def read_coverage(lead: Lead) -> Coverage:
    """The answers to the seven questions as typed, and which are missing."""
    known = tuple(
        Known(field=field, question=question, text=said.text, line=said.line)
        for field, question in QUESTIONS.items()
        if (said := lead.said.get(field)) and not is_asked(said.text)
    )
    answered = {one.field for one in known}
    missing = [field for field in QUESTIONS if field not in answered]
    return Coverage(
        known=known,
        missing=tuple(sorted(missing, key=lambda field: field in lead.said)),
        count=len(known),
    )


def read_gates(lead: Lead) -> tuple[YesNo, ...]:
    """Will they buy, is there a need, is it within their means?"""
    return tuple(read_yes_no(lead, field) for field in GATES)


def read_bant(standing: Standing, pipeline: Pipeline) -> Bant:
    """The four dots, and whether they are known early enough."""
    dots = tuple(read_yes_no(standing.lead, field) for field in BANT)
    all_known = all(dot.answer is not Answer.UNKNOWN for dot in dots)
    if is_past_qualifying(standing, pipeline):
        timing = Timing.KNOWN if all_known else Timing.LATE
    else:
        timing = Timing.EARLY if all_known else Timing.OPEN
    return Bant(dots=dots, timing=timing)


def is_phantom(standing: Standing, pipeline: Pipeline) -> bool:
    """Whether a lead stands in the pipeline without being there.

    It has left the stage by whose end it should be qualified, with too few answers. An order needs
    no qualification.
    """
    if is_order(standing.lead) or not is_past_qualifying(standing, pipeline):
        return False
    wanted = min(pipeline.settings.qualification.answers, len(QUESTIONS))
    return read_coverage(standing.lead).count < wanted


def is_past_qualifying(standing: Standing, pipeline: Pipeline) -> bool:
    """Whether an open lead has left the stage by whose end it should be qualified."""
    number = stage_number(standing.lead.stage, pipeline.stages) if standing.is_open else None
    return number is not None and number > pipeline.settings.qualification.by_stage


def stage_number(stage: Stage | None, stages: Iterable[Stage]) -> int | None:
    """Which of the open stages it is, counted from 1; None when it is none of them."""
    numbers = {one: number for number, one in enumerate(open_stages(stages), start=1)}
    return numbers.get(stage) if stage else None
