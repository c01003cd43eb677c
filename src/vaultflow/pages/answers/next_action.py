"""What is said about the next action: done, another one, another day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultflow.pages.answers.leads import ACTION
from vaultflow.pages.answers.wish import DONE, Wish, action_fact, is_applied, typed_wish, unclear
from vaultflow.pipeline.edits.actions import act_operations, quick_action
from vaultflow.pipeline.edits.places import clearing, writing
from vaultflow.pipeline.when import read_when

if TYPE_CHECKING:
    from datetime import date

    from vaultflow.pages.answers.replies import Problem, Reply
    from vaultflow.pages.answers.wish import Understood
    from vaultflow.pages.page import Context

NO_ACTION = 'by: there is a day but no action: say what must happen in the line "next".'


def read_done(reply: Reply, _: date, context: Context) -> Understood:
    """Actions whose box is ticked; the next action is cleared unless it is another one by now."""
    fields = context.settings.fields
    for asked in reply.asked:
        if asked.rule == ACTION and asked.is_done:
            yield Wish(
                key=DONE,
                part=f"done {asked.action}",
                pattern=re.escape(f"done {asked.action}"),
                item=asked.id,
                line=asked.line,
                operations=(clearing(fields.next_action), clearing(fields.next_action_due)),
                over=ACTION,
            )


def read_next(reply: Reply, day: date, context: Context) -> Understood:
    """What must happen next, and by when: either or both."""
    if "by" not in reply.typed:
        due = None
    else:
        due, problem = read_when(reply.value("by"), day, context.pipeline.calendar)
        if due is None:
            yield unclear(reply, "by", f"by: {problem}")
            return
    if "next" in reply.typed:
        yield _new_action(reply, due, context)
    elif due:
        yield _new_day(reply, due, context)


def _new_action(reply: Reply, due: date | None, context: Context) -> Wish | Problem:
    """A next action; without a day the old one's day goes, as it was another action's."""
    typed, settings = reply.value("next"), context.settings
    number = f"{int(typed)}: " if typed.isdecimal() else ""
    pattern = f"next {number}.*?" + re.escape(f" by {due}" if due else "") if number else ""
    if number and is_applied(reply, pattern):
        # The quick list may be another one by now: what was picked then stands in the record.
        said = reply.record.part("next") if reply.record else ""
        return typed_wish(reply, "next", f"next {said}", pattern=pattern)
    action, problem = quick_action(reply.standing.lead.stage, typed)
    if not action:
        return unclear(reply, "next", f"next: {problem}")
    fields, fact = settings.fields, action_fact(action, due)
    operations = (
        act_operations(action, due, settings)
        if due
        else (writing(fields.next_action, action), clearing(fields.next_action_due))
    )
    more = {"pattern": pattern} if number else {}
    return typed_wish(
        reply, "next", f"next {number}{fact}", *operations, over=ACTION, fact=fact, **more
    )


def _new_day(reply: Reply, due: date, context: Context) -> Wish | Problem:
    """Another day for the next action that the lead has."""
    part, action = f"by {due}", reply.standing.lead.next_action
    if not action and not is_applied(reply, re.escape(part)):
        return unclear(reply, "by", NO_ACTION)
    operation = writing(context.settings.fields.next_action_due, due)
    return typed_wish(reply, "by", part, operation, over=ACTION, fact=action_fact(action, due))
