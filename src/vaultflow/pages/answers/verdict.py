"""Whether a wish is taken: not when the lead has something newer than the page knows.

Nor when the lead would be taken for a template.

A page is judged by what it shows: the stage in the lead's heading, and the next action in the lines
below it. Where it shows neither, the answer is taken.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from vaultflow.pages.answers.asked import UNNAMED_ACTION, says_action
from vaultflow.pages.answers.hiding import hiding_problem
from vaultflow.pages.answers.leads import ACTION
from vaultflow.pages.answers.record import find_records
from vaultflow.pages.answers.remarks import one_line
from vaultflow.pages.answers.replies import Problem
from vaultflow.pages.answers.wish import DONE, STAGE, Wish, is_applied, keys_of, present_fact
from vaultflow.pages.rows import stage_label
from vaultflow.pipeline.reading.fields import spoken
from vaultflow.pipeline.settings import StageKind

if TYPE_CHECKING:
    from vaultflow.pages.answers.record import Record
    from vaultflow.pages.answers.replies import Reply
    from vaultflow.pages.page import Context
    from vaultflow.pipeline.lead import Lead

RECENT = timedelta(days=31)  # the same action may well be done again a month later


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What becomes of one wish."""

    wish: Wish
    is_taken: bool = True
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What other reviews make of the same lead in this run."""

    parts: frozenset[str] = frozenset()
    """What their records say."""
    changed: frozenset[str] = frozenset()
    """Which facts of the lead they change: `action`, `stage`, and fields."""


def judge(wish: Wish, reply: Reply, context: Context, before: Earlier) -> Verdict:
    """Whether a wish is taken: not when the lead has something newer, or would vanish by it."""
    if wish.key == DONE:
        return _judge_done(wish, reply, context, before)
    if is_applied(reply, wish.pattern):
        return Verdict(wish=wish)
    problem = hiding_problem(wish, reply, context) or _outdated(wish, reply, before)
    return Verdict(wish=wish, is_taken=problem is None, problem=problem)


def _outdated(wish: Wish, reply: Reply, before: Earlier) -> Problem | None:
    """The problem of a wish in whose place the lead has something newer than the page knows."""
    fact = present_fact(wish.over, reply.standing.lead) if wish.over else ""
    if not fact or fact == wish.fact or wish.over in before.changed:
        return None
    remarks = [remark for asked in reply.asked for remark in asked.remarks]
    problem = _newer(wish, fact, reply)
    was_told = any(f'"{fact}"' in remark for remark in remarks)
    is_kept = problem.message in remarks or not (was_told or _knows(reply, wish.over))
    return problem if is_kept else None


def _judge_done(wish: Wish, reply: Reply, context: Context, before: Earlier) -> Verdict:
    """A ticked action is logged; a newer next action than the ticked one stays."""
    lead = reply.standing.lead
    remarks = [remark for asked in reply.asked for remark in asked.remarks]
    present = one_line(lead.next_action) or (UNNAMED_ACTION if lead.next_action_due else "")
    kept = Problem(
        code="answer-newer",
        item=wish.item,
        line=wish.line,
        message=f'{wish.part} is logged; "{present}" is newer and stays the next action.',
    )
    if is_applied(reply, wish.pattern):
        return Verdict(wish=wish, problem=kept if kept.message in remarks else None)
    if _was_done_elsewhere(wish, reply, context, before):
        return Verdict(wish=wish, is_taken=False)
    is_same = wish.part == f"done {present}"
    if is_same and wish.over not in before.changed:
        return Verdict(wish=wish)
    return Verdict(wish=replace(wish, operations=()), problem=kept if present else None)


def _was_done_elsewhere(wish: Wish, reply: Reply, context: Context, before: Earlier) -> bool:
    """Whether the same action was ticked on another page too: two lists may show it."""
    if wish.part in before.parts:
        return True
    lead = reply.standing.lead
    if wish.part == f"done {one_line(lead.next_action)}":
        return False
    earliest = (reply.page.day or context.today) - RECENT
    records = find_records(lead.path, context)
    return any(record.day >= earliest and record.holds(wish.pattern) for record in records)


def _knows(reply: Reply, over: str) -> bool:
    """Whether the page shows what the lead says now, or the review itself has brought it about."""
    lead, record = reply.standing.lead, reply.record
    fact = present_fact(over, lead)
    if over == STAGE:
        label = stage_label(lead.stage) if lead.stage else lead.stage_text
        shown = any(not one.stages or one_line(label) in one.stages for one in reply.asked)
        return shown or (record is not None and _has_moved(record, lead))
    if over != ACTION:
        # Such a field is asked for only while it is empty: what it says came from this review, or
        # else after the page was made.
        return record is not None and spoken(record.part(f"{over}:")) == fact
    due = lead.next_action_due
    shown = any(
        one.said is None or says_action(one.said, lead.next_action, due) for one in reply.asked
    )
    own = record is not None and (f" by {due}" if due else fact) in record.text
    return shown or own


def _has_moved(record: Record, lead: Lead) -> bool:
    """Whether it is by this record that the lead stands in its stage."""
    kind = lead.stage.kind if lead.stage else None
    return (
        record.part("stage") == present_fact(STAGE, lead)
        or (kind is StageKind.LOST and bool(record.part("lost")))
        or (kind is StageKind.PARKED and bool(record.part("revisit")))
    )


def _newer(wish: Wish, fact: str, reply: Reply) -> Problem:
    typed = [one for key, one in reply.typed.items() if key in keys_of(wish)]
    said = ", ".join(f"{one.key} {one.value}" for one in typed)
    return Problem(
        code="answer-newer",
        item=wish.item,
        line=wish.line,
        message=one_line(
            f'{said}: not taken, as "{fact}" is newer. Answer in other words to replace it.'
        ),
    )
