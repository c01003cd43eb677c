"""What is said about where a lead goes: into a stage, lost, or to rest until a day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultflow.pages.answers.leads import CULL
from vaultflow.pages.answers.remarks import one_line
from vaultflow.pages.answers.replies import Problem
from vaultflow.pages.answers.wish import SAID, STAGE, Wish, typed_wish, unclear
from vaultflow.pipeline.edits.places import writing
from vaultflow.pipeline.edits.stages import lose_operations, move_operations, park_operations
from vaultflow.pipeline.edits.values import stage_named
from vaultflow.pipeline.practice.cleaning.cull import signs_of_death
from vaultflow.pipeline.settings import StageKind
from vaultflow.pipeline.when import read_when

if TYPE_CHECKING:
    from datetime import date

    from vaultflow.pages.answers.asked import Asked
    from vaultflow.pages.answers.replies import Reply
    from vaultflow.pages.answers.wish import Understood
    from vaultflow.pages.page import Context
    from vaultflow.pipeline.settings import Stage
    from vaultflow.vault.edit.edit import Operation

NO_REASON = 'lost: say why in a few words, in a line "lost". The reason is what you learn from.'


def read_course(reply: Reply, day: date, context: Context) -> Understood:
    """Where the lead goes: into a stage, lost, or to rest until a day."""
    settings = context.settings
    until, problem = None, ""
    if "revisit" in reply.typed:
        until, problem = read_when(reply.value("revisit"), day, context.pipeline.calendar)
    if until is None and problem:
        yield unclear(reply, "revisit", f"revisit: {problem}")
    elif "lost" in reply.typed:
        yield _lost(reply, until, day, context)
    elif proposed := _let_go(reply):
        yield _lost_as_proposed(reply, proposed, until, day, context)
    elif "stage" in reply.typed:
        stage, problem = stage_named(reply.value("stage"), settings)
        if stage is None:
            yield unclear(reply, "stage", f"stage: {problem}")
        elif stage.kind is StageKind.LOST:
            yield unclear(reply, "stage", NO_REASON)
        else:
            operations = move_operations(stage, today=day, settings=settings)
            fact = stage.name
            yield typed_wish(
                reply, "stage", f"stage {stage.name}", *operations, over=STAGE, fact=fact
            )
    if until and "lost" not in reply.typed and not _let_go(reply):
        yield _rest(reply, until, day, context)


def _let_go(reply: Reply) -> Asked | None:
    """The proposal to let the lead go that was ticked, unless something else was decided."""
    if {"lost", "stage", "next"} & reply.typed.keys() or not reply.standing.is_open:
        return None
    return next((one for one in reply.asked if one.rule == CULL and one.is_done), None)


def _lost_as_proposed(
    reply: Reply, proposed: Asked, until: date | None, day: date, context: Context
) -> Wish | Problem:
    """Lost with the reason that the page has shown; it is what the lead says now, or none."""
    signs = signs_of_death(reply.standing, context.pipeline)
    if not signs:
        return Problem(
            code="answer-newer",
            item=proposed.id,
            line=proposed.line,
            message="The lead no longer looks dead, so it is kept. To let it go, say why in lost.",
        )
    stage, operations, again = _losing(reply, signs[0].reason, until, day, context)
    part = f"lost {signs[0].reason}{again}"
    return Wish(
        key="lost",
        part=part,
        pattern=re.escape(part),
        item=proposed.id,
        line=proposed.line,
        operations=operations,
        over=STAGE,
        fact=stage.name,
    )


def _lost(reply: Reply, until: date | None, day: date, context: Context) -> Wish | Problem:
    reason = one_line(reply.value("lost"))
    if reason.casefold() in SAID:
        return unclear(reply, "lost", NO_REASON)
    stage, operations, again = _losing(reply, reason, until, day, context)
    part = f"lost {reason}{again}"
    return typed_wish(reply, "lost", part, *operations, over=STAGE, fact=stage.name)


def _losing(
    reply: Reply, reason: str, until: date | None, day: date, context: Context
) -> tuple[Stage, tuple[Operation, ...], str]:
    """The stage of a lead that is lost, what makes it so, and when to look again in words."""
    lost = next(stage for stage in context.pipeline.stages if stage.kind is StageKind.LOST)
    stays = reply.standing.lead.stage
    stage = stays if stays and stays.kind is StageKind.LOST else lost
    again = f", look again {until}" if until else ""
    operations = lose_operations(reason, until, today=day, settings=context.settings)
    return stage, operations, again


def _rest(reply: Reply, until: date, day: date, context: Context) -> Wish:
    """A day to look again: a lead that is lost, or moves into a stage right now, stays there."""
    settings, stage = context.settings, reply.standing.lead.stage
    stays = "stage" in reply.typed or (stage is not None and stage.kind is StageKind.LOST)
    operations = (
        (writing(settings.fields.revisit_on, until),)
        if stays
        else park_operations(until, today=day, settings=settings)
    )
    return typed_wish(reply, "revisit", f"revisit {until}", *operations, over=STAGE)
