"""What is said in words: whether they buy, why, notes, touches."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from vaultflow.pages.answers.leads import ACTION
from vaultflow.pages.answers.remarks import one_line
from vaultflow.pages.answers.wish import NO, SAID, YES, is_applied, needs_more, typed_wish, unclear
from vaultflow.pages.questions import REVISIT
from vaultflow.pipeline.edits.log import LOGGED_KINDS, log_line, logged_kind
from vaultflow.pipeline.edits.places import clearing, writing
from vaultflow.pipeline.reading.log import WHY
from vaultflow.pipeline.settings import StageKind
from vaultflow.vault.edit.log import adding_log_line, replacing_log_line

if TYPE_CHECKING:
    from datetime import date

    from vaultflow.pages.answers.replies import Problem, Reply
    from vaultflow.pages.answers.wish import Understood, Wish
    from vaultflow.pages.page import Context

FIRST_WORD = re.compile(r"\s*(?P<word>[^\s,;:.!–—]+)")
WRITTEN_TOUCH = re.compile(r"(?P<kind>[a-z]+)(?: (?:in|out))?(?: \([^()]*\))?: ")
COURSE = frozenset({"lost", "revisit", "stage"})
NOT_BUYING = 'buying no: say why in a line "lost", or when to look again in a line "revisit".'
OFFER = 'answer: this may be the next action: say so in the line "next", with a day.'
NO_STAGE = 'answer yes: say where it stands now in a line "stage".'


def read_buying(reply: Reply, _: date, __: Context) -> Understood:
    """Whether they are in a buying mode; a no alone loses nobody."""
    if "buying" not in reply.typed:
        return
    value = reply.value("buying")
    word = FIRST_WORD.match(value)
    meant = SAID.get(word["word"].casefold()) if word else None
    if word is None or meant is None:
        yield unclear(reply, "buying", f'buying: "{value}" is none of yes, no and unsure.')
        return
    yield typed_wish(reply, "buying", f"buying {meant}{value[word.end() :]}")
    if meant == NO and reply.standing.is_open and not COURSE & reply.typed.keys():
        yield needs_more(reply, "buying", NOT_BUYING)


def read_texts(reply: Reply, _: date, context: Context) -> Understood:
    """Why the lead belongs in its stage, what must happen for it to close, and notes."""
    if "why" in reply.typed:
        why = one_line(reply.value("why"))
        yield typed_wish(
            reply, "why", f"{WHY}{why}", writing(context.settings.fields.why_stage, why)
        )
    if "answer" in reply.typed:
        yield _answer(reply, context)
        if _is_offered(reply):
            yield needs_more(reply, "answer", OFFER)
    if "note" in reply.typed:
        yield typed_wish(reply, "note", f"note {reply.value('note')}")


def _is_offered(reply: Reply) -> bool:
    """Whether the answer could become the next action: an open lead is left without one."""
    ticked = any(asked.rule == ACTION and asked.is_done for asked in reply.asked)
    decided = {"next", *COURSE} & reply.typed.keys()
    is_bare = ticked or not reply.standing.lead.next_action
    return is_bare and reply.standing.is_open and not decided and not _is_about_revisit(reply)


def _is_about_revisit(reply: Reply) -> bool:
    item = reply.typed["answer"].item
    return any(asked.rule == REVISIT for asked in reply.asked if asked.id == item)


def _answer(reply: Reply, context: Context) -> Wish | Problem:
    """A free answer; `yes` to whether a parked lead is taken up again does so."""
    value = reply.value("answer")
    wish = typed_wish(reply, "answer", f"answer {value}")
    is_yes = _is_about_revisit(reply) and SAID.get(value.casefold()) == YES
    if not is_yes or is_applied(reply, wish.pattern):
        return wish
    stage = reply.standing.lead.stage
    if stage and stage.kind is StageKind.PARKED and "stage" not in reply.typed:
        return needs_more(reply, "answer", NO_STAGE)
    return replace(wish, operations=(clearing(context.settings.fields.revisit_on),))


def read_touch(reply: Reply, day: date, context: Context) -> Understood:
    """A line of its own, which takes the place of the one for an earlier answer."""
    if "touch" not in reply.typed:
        return
    heading, record = context.settings.leads.log_heading, reply.record
    part = f"touch {one_line(reply.value('touch'))}"
    line = _touch_line(part.removeprefix("touch "), day)
    before = record.part("touch") if record else ""
    old = _touch_line(before, record.day) if record and before else ""
    items = [item.text.strip() for item in context.vault.notes[reply.standing.lead.path].items]
    is_there = items.count(old) == 1
    operation = (
        replacing_log_line(heading, old, line) if is_there else adding_log_line(heading, line)
    )
    yield typed_wish(reply, "touch", part, operation)


def _touch_line(text: str, day: date) -> str:
    """`2026-11-23 call: left a message`; a text that is in this form from the kind on stays so."""
    match = WRITTEN_TOUCH.match(text)
    if match and match["kind"] in LOGGED_KINDS:
        return f"{day} {text}"
    return log_line(day, logged_kind(text), text).removeprefix("- ")
