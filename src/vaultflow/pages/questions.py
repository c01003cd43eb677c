"""The questions that a review asks about a lead, and where their answers go.

Three items a lead, so that a page of five leads can still be answered on a phone: what must happen,
what is next and by when, and whether the lead belongs where it is. And at most one more: the most
useful one that is not answered yet. After much effort without a sign from them there is none, as
whether they buy at all is the question then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pages.blocks.items import item_id
from vaultflow.pages.practice.asking import best_question
from vaultflow.pages.rows import stage_label
from vaultflow.pipeline.practice.qualifying.romance import count_effort
from vaultflow.pipeline.practice.qualifying.signals import is_without_signals
from vaultflow.pipeline.stages import stage_after

if TYPE_CHECKING:
    from datetime import date

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.settings import Stage
    from vaultflow.pipeline.standing import Standing

QUESTION_RULES = ("revisit", "forward", "next", "belongs", "more")
REVISIT, FORWARD, NEXT, BELONGS, MORE = QUESTION_RULES


class Question(Struct, frozen=True, kw_only=True):
    """A question on a page: a line to tick, with fields for the answer below it."""

    id: str
    rule: str
    """Which question it is; the same for every lead and day."""
    text: str
    fields: tuple[str, ...]
    """Names of the answer fields, `next` for a line `next::`."""


def build_questions(standing: Standing, context: Context) -> tuple[Question, ...]:
    """Today's questions about a lead: three or four about an open one, one about a parked one."""
    return tuple(
        Question(id=question_id(standing, rule, context.today), rule=rule, text=text, fields=fields)
        for rule, text, fields in _wordings(standing, context)
    )


def question_id(standing: Standing, rule: str, day: date) -> str:
    """The id of a question about a lead in the review of a day."""
    return item_id(str(standing.lead.path), rule, day.isoformat())


def following_stage(standing: Standing, context: Context) -> Stage | None:
    """The open stage that comes next for a lead; None in the last one and outside of them."""
    stage = standing.lead.stage
    return stage_after(context.pipeline.stages, stage) if stage else None


def _wordings(standing: Standing, context: Context) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    if standing.is_parked:
        return ((REVISIT, "Is the time right to take this up again?", ("answer", "revisit")),)
    forward = "What needs to happen for this deal to close?"
    if following := following_stage(standing, context):
        forward += f" Or to move forward, to {stage_label(following)}?"
    always = (
        (FORWARD, forward, ("answer",)),
        (NEXT, "What must happen next, and by when?", ("next", "by")),
    )
    if is_without_signals(standing, context.today):
        return (*always, (BELONGS, _in_doubt(standing), ("buying", "why")))
    ask = best_question(standing, context)
    more = ((MORE, ask.text, (ask.field,)),) if ask else ()
    return (*always, (BELONGS, _belongs(standing), ("buying", "why")), *more)


def _belongs(standing: Standing) -> str:
    stage = standing.lead.stage
    place = f"why does it belong in {stage_label(stage)}" if stage else "which stage is it in"
    return f"Are they truly in a buying mode, and {place}?"


def _in_doubt(standing: Standing) -> str:
    """The same question after much effort without a sign: the count makes it a real one."""
    touches = count_effort(standing.lead).purposeful
    question = _belongs(standing)
    return f"{touches} touches with a purpose, and no sign from them. {question}"
