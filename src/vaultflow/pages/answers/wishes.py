"""What each answer asks for: how the log says it, and the edits that do it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from vaultflow.pages.answers.asked import ACTION
from vaultflow.pages.answers.record import LOOKED
from vaultflow.pages.answers.remarks import one_line
from vaultflow.pages.answers.replies import Problem
from vaultflow.pages.questions import REVISIT
from vaultflow.pipeline.edits.actions import act_operations, quick_action
from vaultflow.pipeline.edits.log import LOGGED_KINDS, log_line, logged_kind
from vaultflow.pipeline.edits.places import clearing, writing
from vaultflow.pipeline.edits.stages import lose_operations, move_operations, park_operations
from vaultflow.pipeline.edits.values import stage_named
from vaultflow.pipeline.settings import StageKind
from vaultflow.pipeline.when import read_when
from vaultflow.vault.edit.log import adding_log_line, replacing_log_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vaultflow.pages.answers.replies import Reply
    from vaultflow.pages.page import Context
    from vaultflow.pipeline.lead import Lead
    from vaultflow.vault.edit.edit import Operation

DONE, STAGE = "done", "stage"
YES, NO, UNSURE = "yes", "no", "unsure"
SAID = {
    word: meant
    for meant, words in {
        YES: "yes y yep",
        NO: "no n nope",
        UNSURE: "unsure maybe perhaps ?",
    }.items()
    for word in words.split()
}
FIRST_WORD = re.compile(r"\s*(?P<word>[^\s,;:.!–—]+)")
TOGETHER = {"next": frozenset({"next", "by"}), "lost": frozenset({"lost", "revisit"})}
WRITTEN_TOUCH = re.compile(r"(?P<kind>[a-z]+)(?: (?:in|out))?(?: \([^()]*\))?: ")
WHY_STAGE = ("why_stage",)

NO_REASON = 'lost: say why in a few words, in a line "lost". The reason is what you learn from.'
NOT_BUYING = 'buying no: say why in a line "lost", or when to look again in a line "revisit".'
NO_ACTION = 'by: there is a day but no action: say what must happen in the line "next".'
NO_STAGE = 'answer yes: say where it stands now in a line "stage".'


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One thing that a reply asks for."""

    key: str
    part: str
    """How the log line says it."""
    pattern: str
    """What the log line says when it is done already."""
    item: str
    """Id of the item that it comes from."""
    line: int
    """On the page."""
    operations: tuple[Operation, ...] = ()
    over: str = ""
    """The fact of the lead that it replaces, `action` or `stage`; empty when it replaces none."""
    fact: str = ""
    """What that fact is afterwards."""


Understood: TypeAlias = "Iterator[Wish | Problem]"


def read_wishes(reply: Reply, day: date, context: Context) -> tuple[Wish | Problem, ...]:
    """What a reply asks for, and what in it cannot be understood; `day` is its today."""
    readers = (_done, _next, _course, _buying, _texts, _touch)
    found = tuple(one for read in readers for one in read(reply, day, context))
    return found or tuple(_looked(reply))


def keys_of(wish: Wish) -> frozenset[str]:
    """The answer fields that a wish was read from."""
    return TOGETHER.get(wish.key, frozenset({wish.key}))


def action_fact(action: str, due: date | None) -> str:
    """A next action as log lines say it: `Send contract by 2026-11-27`."""
    return f"{one_line(action)} by {due}" if due else one_line(action)


def present_fact(over: str, lead: Lead) -> str:
    """What a lead says now of what a wish replaces; empty when it says nothing."""
    match over:
        case "action":
            return action_fact(lead.next_action, lead.next_action_due) if lead.next_action else ""
        case "stage":
            return lead.stage.name if lead.stage else lead.stage_text
        case _:
            return ""


def _done(reply: Reply, _: date, context: Context) -> Understood:
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


def _next(reply: Reply, day: date, context: Context) -> Understood:
    if "by" not in reply.typed:
        due = None
    else:
        due, problem = read_when(reply.value("by"), day, context.pipeline.calendar)
        if due is None:
            yield _problem(reply, "by", f"by: {problem}")
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
    if number and _is_done(reply, pattern):
        # The quick list may be another one by now: what was picked then stands in the record.
        said = reply.record.part("next") if reply.record else ""
        return _wish(reply, "next", f"next {said}", pattern=pattern)
    action, problem = quick_action(reply.standing.lead.stage, typed)
    if not action:
        return _problem(reply, "next", f"next: {problem}")
    fields, fact = settings.fields, action_fact(action, due)
    operations = (
        act_operations(action, due, settings)
        if due
        else (writing(fields.next_action, action), clearing(fields.next_action_due))
    )
    more = {"pattern": pattern} if number else {}
    return _wish(reply, "next", f"next {number}{fact}", *operations, over=ACTION, fact=fact, **more)


def _new_day(reply: Reply, due: date, context: Context) -> Wish | Problem:
    """Another day for the next action that the lead has."""
    part, action = f"by {due}", reply.standing.lead.next_action
    if not action and not _is_done(reply, re.escape(part)):
        return _problem(reply, "by", NO_ACTION)
    operation = writing(context.settings.fields.next_action_due, due)
    return _wish(reply, "by", part, operation, over=ACTION, fact=action_fact(action, due))


def _course(reply: Reply, day: date, context: Context) -> Understood:
    """Where the lead goes: into a stage, lost, or to rest until a day."""
    settings = context.settings
    until, problem = None, ""
    if "revisit" in reply.typed:
        until, problem = read_when(reply.value("revisit"), day, context.pipeline.calendar)
    if until is None and problem:
        yield _problem(reply, "revisit", f"revisit: {problem}")
    elif "lost" in reply.typed:
        yield _lost(reply, until, day, context)
    elif "stage" in reply.typed:
        stage, problem = stage_named(reply.value("stage"), settings)
        if stage is None:
            yield _problem(reply, "stage", f"stage: {problem}")
        elif stage.kind is StageKind.LOST:
            yield _problem(reply, "stage", NO_REASON)
        else:
            operations = move_operations(stage, today=day, settings=settings)
            fact = stage.name
            yield _wish(reply, "stage", f"stage {stage.name}", *operations, over=STAGE, fact=fact)
    if until and "lost" not in reply.typed:
        yield _rest(reply, until, day, context)


def _lost(reply: Reply, until: date | None, day: date, context: Context) -> Wish | Problem:
    reason = one_line(reply.value("lost"))
    if reason.casefold() in SAID:
        return _problem(reply, "lost", NO_REASON)
    lost = next(stage for stage in context.pipeline.stages if stage.kind is StageKind.LOST)
    stays = reply.standing.lead.stage
    stage = stays if stays and stays.kind is StageKind.LOST else lost
    again = f", look again {until}" if until else ""
    operations = lose_operations(reason, until, today=day, settings=context.settings)
    fact = stage.name
    return _wish(reply, "lost", f"lost {reason}{again}", *operations, over=STAGE, fact=fact)


def _rest(reply: Reply, until: date, day: date, context: Context) -> Wish:
    """A day to look again: a lead that is lost, or moves into a stage right now, stays there."""
    settings, stage = context.settings, reply.standing.lead.stage
    stays = "stage" in reply.typed or (stage is not None and stage.kind is StageKind.LOST)
    operations = (
        (writing(settings.fields.revisit_on, until),)
        if stays
        else park_operations(until, today=day, settings=settings)
    )
    return _wish(reply, "revisit", f"revisit {until}", *operations, over=STAGE)


def _buying(reply: Reply, _: date, __: Context) -> Understood:
    if "buying" not in reply.typed:
        return
    value = reply.value("buying")
    word = FIRST_WORD.match(value)
    meant = SAID.get(word["word"].casefold()) if word else None
    if word is None or meant is None:
        yield _problem(reply, "buying", f'buying: "{value}" is none of yes, no and unsure.')
        return
    yield _wish(reply, "buying", f"buying {meant}{value[word.end() :]}")
    settled = {"lost", "revisit", "stage"} & reply.typed.keys()
    if meant == NO and reply.standing.is_open and not settled:
        yield _problem(reply, "buying", NOT_BUYING, "answer-needs-more")


def _texts(reply: Reply, _: date, context: Context) -> Understood:
    if "why" in reply.typed:
        why = one_line(reply.value("why"))
        yield _wish(reply, "why", f"why {why}", writing(WHY_STAGE, why))
    if "answer" in reply.typed:
        yield _answer(reply, context)
    if "note" in reply.typed:
        yield _wish(reply, "note", f"note {reply.value('note')}")


def _answer(reply: Reply, context: Context) -> Wish | Problem:
    """A free answer; `yes` to whether a parked lead is taken up again does so."""
    value, item = reply.value("answer"), reply.typed["answer"].item
    wish = _wish(reply, "answer", f"answer {value}")
    is_revisit = any(asked.rule == REVISIT for asked in reply.asked if asked.id == item)
    if not is_revisit or SAID.get(value.casefold()) != YES or _is_done(reply, wish.pattern):
        return wish
    stage = reply.standing.lead.stage
    if stage and stage.kind is StageKind.PARKED and "stage" not in reply.typed:
        return _problem(reply, "answer", NO_STAGE, "answer-needs-more")
    return replace(wish, operations=(clearing(context.settings.fields.revisit_on),))


def _touch(reply: Reply, day: date, context: Context) -> Understood:
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
    yield _wish(reply, "touch", part, operation)


def _touch_line(text: str, day: date) -> str:
    """`2026-11-23 call: left a message`; a text that is in this form from the kind on stays so."""
    match = WRITTEN_TOUCH.match(text)
    if match and match["kind"] in LOGGED_KINDS:
        return f"{day} {text}"
    return log_line(day, logged_kind(text), text).removeprefix("- ")


def _looked(reply: Reply) -> Understood:
    """A question that was ticked and nothing more: the lead was looked at."""
    ticked = next((asked for asked in reply.asked if asked.is_done), None)
    if ticked:
        yield Wish(key=LOOKED, part=LOOKED, pattern=".*", item=ticked.id, line=ticked.line)


def _wish(reply: Reply, key: str, part: str, *operations: Operation, **more: str) -> Wish:
    typed, said = reply.typed[key], one_line(part)
    return Wish(
        key=key,
        part=said,
        item=typed.item,
        line=typed.line,
        operations=operations,
        **({"pattern": re.escape(said)} | more),
    )


def _problem(reply: Reply, key: str, message: str, code: str = "answer-unclear") -> Problem:
    typed = reply.typed[key]
    return Problem(code=code, item=typed.item, line=typed.line, message=message)


def _is_done(reply: Reply, pattern: str) -> bool:
    return reply.record is not None and reply.record.holds(pattern)
