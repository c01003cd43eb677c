"""How well the open leads are qualified: who is not really there, and what to ask next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pages.practice.asking import ask_id, best_question
from vaultflow.pages.practice.profile import build_profile
from vaultflow.pages.ranking import worth_key
from vaultflow.pages.rows import LeadRow, lead_row, stage_label
from vaultflow.pipeline.practice.qualifying.answers import Answer
from vaultflow.pipeline.practice.qualifying.qualification import Timing, is_phantom
from vaultflow.pipeline.stages import open_stages

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from vaultflow.pages.page import Context
    from vaultflow.pages.practice.profile import LeadProfile
    from vaultflow.pipeline.practice.qualifying.answers import YesNo
    from vaultflow.pipeline.standing import Standing

ASKED = 10  # a page of ten questions is answered in one sitting; the others are listed
DOTS = {Answer.YES: "🟢", Answer.NO: "🔴", Answer.UNKNOWN: "⚪"}
GRADES = ("A", "B", "C", "?")
LEVELS = (1, 2, 3)


class QualifiedLead(Struct, frozen=True, kw_only=True, gc=False):
    """A lead and how much of it is known."""

    row: LeadRow
    count: int
    """Of the seven questions that are answered."""
    total: int
    gates: str
    """`sale 🟢 need ⚪ means 🔴`."""
    bant: str
    """`🟢⚪🟢🔴`: budget, authority, need, timeline."""
    timing: Timing
    steps_done: int
    steps: int
    """Of romancing."""
    purposeful: int
    touches: int
    """Touches of ours, of which so many have a purpose."""
    works: bool
    """Two kinds of signals of late."""
    states: tuple[str, ...]
    """`interested: yes (...)`, those of which something is known."""
    grade: str
    confidence: int
    because: tuple[str, ...]
    """What the confidence rests on."""
    id: str
    """Of the item that asks; empty when nothing is asked."""
    field: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeList:
    """The leads of one grade, such as A1."""

    grade: str
    leads: tuple[LeadRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QualificationPage:
    """What the page of qualification shows: open leads that can be read, without orders."""

    today: date
    decimal: str
    wanted: int
    """Answers that a lead should have by the end of `by_stage`."""
    by_stage: str
    """Label of that stage."""
    has_ideal: bool
    """`[icp]` says what the ideal customer looks like."""
    count: int
    phantoms: tuple[QualifiedLead, ...]
    asked: tuple[QualifiedLead, ...]
    """Phantoms first, then by worth: each with a question."""
    others: tuple[QualifiedLead, ...]
    """The rest, in the same order."""
    grades: tuple[GradeList, ...]
    """From A1 on; those that nobody has are left out."""


def build_qualification(context: Context) -> QualificationPage:
    """What the page of qualification shows today."""
    standings = sorted(
        (one for one in context.pipeline.standings if one.is_open and one.lead.readable),
        key=lambda one: (not is_phantom(one, context.pipeline), worth_key(one, context)),
    )
    profiles = [(one, build_profile(one, context)) for one in standings]
    worked = [(one, profile) for one, profile in profiles if not profile.is_order]
    leads = [_qualified(one, profile, context) for one, profile in worked]
    with_question = [lead for lead in leads if lead.id]
    asked = with_question[:ASKED]
    phantoms = {one.lead.path for one, _ in worked if is_phantom(one, context.pipeline)}
    settings = context.settings.qualification
    return QualificationPage(
        today=context.today,
        decimal=context.settings.money.decimal,
        wanted=settings.answers,
        by_stage=_label(context, settings.by_stage),
        has_ideal=any(profile.fit for _, profile in worked),
        count=len(worked),
        phantoms=tuple(lead for lead in leads if lead.row.path in phantoms),
        asked=tuple(asked),
        others=tuple(lead for lead in leads if lead not in asked),
        grades=tuple(_grades(leads)),
    )


def _qualified(standing: Standing, profile: LeadProfile, context: Context) -> QualifiedLead:
    ask = best_question(standing, context, in_review=False)
    return QualifiedLead(
        row=lead_row(standing, context),
        count=profile.coverage.count,
        total=profile.coverage.total,
        gates=_dots(profile.gates, ("sale", "need", "means")),
        bant="".join(DOTS[dot.answer] for dot in profile.bant.dots),
        timing=profile.bant.timing,
        steps_done=sum(step.is_done for step in profile.steps),
        steps=len(profile.steps),
        purposeful=profile.effort.purposeful,
        touches=profile.effort.total,
        works=profile.romancing_works,
        states=tuple(
            f"{one.name} {one.answer} ({one.evidence})" for one in profile.states if one.evidence
        ),
        grade=profile.grade,
        confidence=profile.confidence.percent,
        because=profile.confidence.because,
        id=ask_id(standing, ask.field) if ask else "",
        field=ask.field if ask else "",
        question=ask.text if ask else "",
    )


def _dots(answers: Iterable[YesNo], names: Sequence[str]) -> str:
    pairs = zip(names, answers, strict=True)
    return " ".join(f"{name} {DOTS[one.answer]}" for name, one in pairs)


def _grades(leads: Sequence[QualifiedLead]) -> Iterable[GradeList]:
    for grade in (f"{letter}{level}" for letter in GRADES for level in LEVELS):
        rows = tuple(lead.row for lead in leads if lead.grade == grade)
        if rows:
            yield GradeList(grade=grade, leads=rows)


def _label(context: Context, number: int) -> str:
    stages = open_stages(context.pipeline.stages)
    return stage_label(stages[number - 1]) if 0 < number <= len(stages) else f"stage {number}"
