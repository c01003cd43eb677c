"""One thing that an answer asks for: how the log says it, and the edits that do it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from vaultflow.pages.answers.remarks import one_line
from vaultflow.pages.answers.replies import Problem
from vaultflow.pipeline.practice.qualifying.answers import is_asked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vaultflow.pages.answers.replies import Reply
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
"""Words that say no more than yes, no or unsure."""

TOGETHER = {"next": frozenset({"next", "by"}), "lost": frozenset({"lost", "revisit"})}


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
    """The fact of the lead that it replaces, `action`, `stage` or a field; empty when none."""
    fact: str = ""
    """What that fact is afterwards."""


Understood: TypeAlias = "Iterator[Wish | Problem]"


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
            said = lead.said.get(over)
            return said.text if said and not is_asked(said.text) else ""


def typed_wish(reply: Reply, key: str, part: str, *operations: Operation, **more: str) -> Wish:
    """A wish that was typed behind a field; `more` are texts for its other fields."""
    typed, said = reply.typed[key], one_line(part)
    return Wish(
        key=key,
        part=said,
        item=typed.item,
        line=typed.line,
        operations=operations,
        **({"pattern": re.escape(said)} | more),
    )


def unclear(reply: Reply, key: str, message: str) -> Problem:
    """The problem of an answer that is not understood."""
    typed = reply.typed[key]
    return Problem(code="answer-unclear", item=typed.item, line=typed.line, message=message)


def needs_more(reply: Reply, key: str, message: str) -> Problem:
    """The problem of an answer that has no effect without another one."""
    typed = reply.typed[key]
    return Problem(code="answer-needs-more", item=typed.item, line=typed.line, message=message)


def is_applied(reply: Reply, pattern: str) -> bool:
    """Whether the record says that this was done already."""
    return reply.record is not None and reply.record.holds(pattern)
