"""From what was answered on pages to the edits of leads, and to what the pages say back.

An answer is applied once: the record in the lead's log says so. A changed one is applied anew, and
its record replaced; one that was taken away leaves the lead and the record as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from vaultflow.errors import Finding, Level
from vaultflow.pages.answers.asked import read_asked
from vaultflow.pages.answers.record import record_text, recording
from vaultflow.pages.answers.replies import Problem, build_replies
from vaultflow.pages.answers.unanswered import is_unanswered
from vaultflow.pages.answers.verdict import Earlier, judge
from vaultflow.pages.answers.wish import Wish, is_applied, keys_of
from vaultflow.pages.answers.wishes import read_wishes
from vaultflow.pages.blocks.markers import read_layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import PurePosixPath

    from vaultflow.pages.answers.leads import AnsweredPage
    from vaultflow.pages.answers.replies import Reply
    from vaultflow.pages.page import Context
    from vaultflow.vault.edit.edit import Operation

INFOS = frozenset({"answer-needs-more"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedAnswer:
    """What a review changes in a lead."""

    lead: PurePosixPath
    page: PurePosixPath
    line: int
    """Of the first answer, on the page."""
    text: str
    """As the lead's log says it, without the link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadEdit:
    """All that one run changes in one lead."""

    path: PurePosixPath
    operations: tuple[Operation, ...]
    applied: tuple[AppliedAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPlan:
    """What becomes of the answers."""

    edits: tuple[LeadEdit, ...]
    """By lead."""
    remarks: Mapping[PurePosixPath, Mapping[str, tuple[str, ...]]]
    """By page and id of the item: what the page says back. Not of pages with broken markers."""
    findings: tuple[Finding, ...]
    """By page and line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What becomes of one reply."""

    operations: tuple[Operation, ...] = ()
    applied: AppliedAnswer | None = None
    problems: tuple[Problem, ...] = ()
    parts: frozenset[str] = frozenset()
    """What its record says."""
    changed: frozenset[str] = frozenset()
    """Which facts of the lead it changes in this run: `action`, `stage`, and fields."""


def plan_answers(pages: Iterable[AnsweredPage], context: Context) -> AnswerPlan:
    """What the answers on pages make of the leads; older reviews come first.

    Nothing is taken from a page with broken markers, which are among the findings.
    """
    problems: dict[PurePosixPath, tuple[Problem, ...]] = {}
    outcomes: dict[PurePosixPath, list[Outcome]] = {}
    broken: list[Finding] = []
    for page in sorted(pages, key=_age):
        if is_unanswered(page.text):
            broken += read_layout(page.text, page.path).findings
            continue
        asked, findings = read_asked(page, context)
        broken += findings
        replies, odd = build_replies(page, asked, context)
        found = list(odd)
        for reply in replies:
            before = outcomes.setdefault(reply.standing.lead.path, [])
            before.append(settle_reply(reply, context, before))
            found += before[-1].problems
        if not findings:
            problems[page.path] = tuple(found)
    about = (_finding(path, one) for path, found in problems.items() for one in found)
    return AnswerPlan(
        edits=tuple(
            edit for path in sorted(outcomes) if (edit := _lead_edit(path, outcomes[path]))
        ),
        remarks={path: _by_item(found) for path, found in problems.items()},
        findings=tuple(sorted((*broken, *about), key=lambda one: (one.path, one.line))),
    )


def settle_reply(reply: Reply, context: Context, before: Sequence[Outcome] = ()) -> Outcome:
    """What becomes of one reply; `before` are those about the same lead in this run."""
    wishes, problems = understood(reply, context)
    earlier = Earlier(
        parts=frozenset(part for one in before for part in one.parts),
        changed=frozenset(fact for one in before for fact in one.changed),
    )
    verdicts = [judge(wish, reply, context, earlier) for wish in wishes]
    taken = [verdict.wish for verdict in verdicts if verdict.is_taken]
    problems += tuple(verdict.problem for verdict in verdicts if verdict.problem)
    parts = tuple(wish.part for wish in taken)
    new = [wish for wish in taken if not is_applied(reply, wish.pattern)]
    if not new:
        return Outcome(problems=problems, parts=frozenset(parts))
    day, page = reply.page.day or context.today, reply.page.path
    text = record_text(parts, day, page, reply.subpath, context)
    operations = tuple(operation for wish in new for operation in wish.operations)
    return Outcome(
        operations=(*operations, *recording(text, reply.record, context.settings)),
        applied=AppliedAnswer(
            lead=reply.standing.lead.path,
            page=page,
            line=min(wish.line for wish in new),
            text="; ".join(parts),
        ),
        problems=problems,
        parts=frozenset(parts),
        changed=frozenset(wish.over for wish in new if wish.operations),
    )


def understood(reply: Reply, context: Context) -> tuple[tuple[Wish, ...], tuple[Problem, ...]]:
    """The wishes of a reply and what in it cannot be understood.

    A day such as `fri` counts from the day of the review. On a page that has none it counts from
    today, but for what was recorded before: that still means what it meant on its day.
    """
    today = reply.page.day or context.today
    wishes, problems = _sorted_out(read_wishes(reply, today, context))
    if reply.record is None or reply.record.day == today:
        return wishes, problems
    then, _ = _sorted_out(read_wishes(reply, reply.record.day, context))
    known = {wish.key: wish for wish in then if is_applied(reply, wish.pattern)}
    keys = {key for wish in known.values() for key in keys_of(wish)}
    lines = {typed.line for key, typed in reply.typed.items() if key in keys}
    return (
        (*known.values(), *(wish for wish in wishes if wish.key not in known)),
        tuple(problem for problem in problems if problem.line not in lines),
    )


def _sorted_out(
    read: Iterable[Wish | Problem],
) -> tuple[tuple[Wish, ...], tuple[Problem, ...]]:
    wishes: list[Wish] = []
    problems: list[Problem] = []
    for one in read:
        if isinstance(one, Wish):
            wishes.append(one)
        else:
            problems.append(one)
    return tuple(wishes), tuple(problems)


def _lead_edit(path: PurePosixPath, outcomes: Sequence[Outcome]) -> LeadEdit | None:
    applied = tuple(one.applied for one in outcomes if one.applied)
    operations = tuple(operation for one in outcomes for operation in one.operations)
    return LeadEdit(path=path, operations=operations, applied=applied) if applied else None


def _by_item(problems: Iterable[Problem]) -> Mapping[str, tuple[str, ...]]:
    remarks: dict[str, tuple[str, ...]] = {}
    for problem in problems:
        remarks[problem.item] = (*remarks.get(problem.item, ()), problem.message)
    return remarks


def _finding(path: PurePosixPath, problem: Problem) -> Finding:
    return Finding(
        level=Level.INFO if problem.code in INFOS else Level.WARNING,
        code=problem.code,
        path=path,
        line=problem.line,
        message=problem.message,
    )


def _age(page: AnsweredPage) -> tuple[date, PurePosixPath]:
    """Reviews by day, and behind them the pages that are of today every day."""
    return page.day or date.max, page.path
