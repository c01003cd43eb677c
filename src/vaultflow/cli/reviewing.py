"""The command that walks leads one by one in the terminal: `review`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import click

from vaultflow.cli.answers import AnswersReport
from vaultflow.cli.asking import ask, show_lines
from vaultflow.cli.daily import applied_line, insist, plan_daily
from vaultflow.cli.opening import glance_at_vault, open_vault
from vaultflow.cli.output import complain, say, say_findings, say_json, talk
from vaultflow.cli.pages import carry_out
from vaultflow.cli.session import Command, Session, pass_session

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import PurePosixPath

    from vaultflow.flow import Workspace
    from vaultflow.flow.reviewing import PutDown, Sheet
    from vaultflow.pages.blocks.fill import Filling
    from vaultflow.pages.questions import Question
    from vaultflow.pages.rows import LeadRow

QUIT, LOOKED = "q", "x"
HOW = (
    "Enter skips a question, q ends. x ticks it: looked at, nothing to say.",
    "Anything else can be said too: touch:: called Jane, lost:: budget, stage:: Proposal.",
)
NAMED = re.compile(r"(?P<key>[a-z]+)\s*::\s*(?P<value>.+)")
SHOWN_TOUCHES = 3


class Over(Exception):  # noqa: N818  # it is no error
    """The person has had enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing that was typed: an answer, or a tick when it has no key."""

    item: str
    key: str = ""
    value: str = ""


@click.command(cls=Command)
@click.argument("leads", metavar="[LEAD]...", nargs=-1)
@click.option("--all", "everyone", is_flag=True, help="Walk every open lead, oldest review first.")
@pass_session
def review(session: Session, *, leads: tuple[str, ...], everyone: bool) -> None:
    """Review leads one by one: those named, else those in focus today.

    Asks what today's review note asks. What you type goes into that note and from there into the
    leads, each as soon as you are done with it. Ctrl-C loses nothing that was answered.

    \b
    Example:
      vaultflow review
      vaultflow review acme
      vaultflow review --all
    """
    from vaultflow import flow
    from vaultflow.flow.reviewing import leads_to_review, longest_unreviewed

    if everyone and leads:
        raise click.UsageError("name leads, or give --all")
    workspace = todays_note(session)
    waiting = longest_unreviewed(workspace) if everyone else leads_to_review(workspace, leads)
    done: list[PutDown] = []
    try:
        for one in walk_through(session, workspace, waiting):
            done.append(one)
            tell(session, one)
    finally:
        if done:  # today's note says now that they were reviewed
            outcome = flow.plan_pages(done[-1].workspace, ["daily"])
            carry_out(session, workspace, outcome, dry_run=False)
    if session.as_json:
        say_json(report_on(done))
    talk(session, f"{len(done)} of {len(waiting)} leads reviewed")


def report_on(done: Sequence[PutDown]) -> AnswersReport:
    """What the whole walk has come to."""
    written = (path for one in done for path in one.done.written)
    return AnswersReport(
        applied=tuple(applied for one in done for applied in one.done.applied),
        written=tuple(dict.fromkeys(written)),
        findings=tuple(finding for one in done for finding in one.findings),
    )


def todays_note(session: Session) -> Workspace:
    """Takes the answers that are on pages already, and writes today's note.

    Raises:
        ConflictError: when a note of the user's stands in its place.
    """
    planned = plan_daily(session, glance_at_vault(session), is_first_only=False, takes_answers=True)
    if planned is None:  # only when the first one of the day is asked for
        return open_vault(session, warns=False)
    carry_out(session, planned.workspace, planned.outcome, dry_run=False)
    if planned.plan.error:
        raise planned.plan.error
    insist(planned.plan)
    return planned.workspace


def walk_through(
    session: Session, workspace: Workspace, waiting: Sequence[PurePosixPath]
) -> Iterator[PutDown]:
    """Asks about one lead after the other until all were, or the person has had enough."""
    from vaultflow.flow.reviewing import lay_out, put_down

    reopen = partial(open_vault, session, warns=False)
    for number, path in enumerate(waiting, start=1):
        sheet = lay_out(workspace, path)
        show_lines(["", f"[{number}/{len(waiting)}] {headline(sheet)}", *about(sheet)])
        if number == 1:
            show_lines(HOW)
        said: list[Said] = []
        is_over = ask_about(sheet, said)
        if said:
            done = put_down(workspace, path, fillings_of(said), reopen)
            workspace = done.workspace
            yield done
        if is_over:
            return


def fillings_of(said: Sequence[Said]) -> Mapping[str, Filling]:
    """What is to stand on the page, by id of the item."""
    from vaultflow.pages.blocks.fill import Filling

    return {
        item: Filling(
            values={one.key: one.value for one in said if one.item == item and one.key},
            is_ticked=any(one.item == item and not one.key for one in said),
        )
        for item in dict.fromkeys(one.item for one in said)
    }


def tell(session: Session, done: PutDown) -> None:
    """Says what went into which lead, and what was not understood."""
    for error in done.done.errors:
        complain(str(error))
    if not session.as_json:
        for one in done.done.applied:
            say(session, applied_line(one))
        say_findings(session, done.findings)


def headline(sheet: Sheet) -> str:
    """Who it is, and which deal: `Jane Doe, Acme BV: Acme website · Proposal`."""
    row = sheet.lead.row
    people = ", ".join(party.name for party in (*row.people, row.company) if party)
    deal = f"{row.name} · {row.stage}" if row.stage else row.name
    return f"{people}: {deal}" if people else deal


def about(sheet: Sheet) -> Iterator[str]:
    """What to know before answering: why now, what was agreed, what happened, what comes next."""
    from vaultflow.pages.focus import Reason

    lead = sheet.lead
    reviewed = sheet.standing.lead.reviewed_on
    if lead.reason is not Reason.REVIEWED:
        yield f"{lead.why}."
    last = f"last reviewed {reviewed}" if reviewed else "never reviewed"
    yield f"{last}, {worth(lead.row)}"
    yield lead.row.evidence
    if lead.next_so_far:
        yield lead.next_so_far
    logged = [one for one in sheet.standing.lead.touches if one.path == lead.row.path]
    for touch in logged[:SHOWN_TOUCHES]:
        yield f"{touch.day} {touch.kind}: {touch.text}"
    if lead.entry:
        yield f"to move on to {lead.next_stage}, make true: {' · '.join(lead.entry)}"


def worth(row: LeadRow) -> str:
    """What the lead is worth: `€12,000 at 40%, weighted €4,800`."""
    from vaultflow.cli.leads import value_line

    return value_line(row) or "no value"


def ask_about(sheet: Sheet, said: list[Said]) -> bool:
    """Asks about one lead, and puts into the list what is said as it is said.

    Gives whether the walk is to end here. Nothing that was said before is lost by that.
    """
    from vaultflow.pages.blocks.fill import answers_on

    known = answers_on(sheet.text, sheet.path)
    try:
        said.extend(ask_if_done(sheet))
        for question in sheet.lead.questions:
            show_lines([question.text])
            if "next" in question.fields:
                actions = enumerate(sheet.lead.actions, start=1)
                show_lines([f"  {number} {action}" for number, action in actions])
            said.extend(ask_question(question, known.get(question.id, {})))
    except (Over, click.Abort):
        return True
    return False


def ask_if_done(sheet: Sheet) -> Iterator[Said]:
    """Asks whether a next action that is due is done: then its line on the page is ticked."""
    if sheet.action_id and reply(f"Done: {sheet.lead.row.next_action}? [y/N]") in ("y", "yes"):
        yield Said(item=sheet.action_id)


def ask_question(question: Question, known: Mapping[str, str]) -> Iterator[Said]:
    """Asks for the fields of a question; a no to buying asks why, and when to look again."""
    fields = list(question.fields)
    while fields:
        key = fields.pop(0)
        typed = reply(f"{key} [{known[key]}]" if key in known else key)
        if typed == LOOKED:
            yield Said(item=question.id)
            return
        if named := NAMED.fullmatch(typed):
            yield Said(item=question.id, key=named["key"], value=named["value"])
            fields.insert(0, key)
        elif typed:
            yield Said(item=question.id, key=key, value=typed)
            fields += ["lost", "revisit"] if is_no(key, typed) else []


def is_no(key: str, said: str) -> bool:
    """Whether they are said not to be buying: then the deal wants to be let go."""
    from vaultflow.pages.answers.wish import NO, SAID

    return key == "buying" and SAID.get(said.split(maxsplit=1)[0].strip(",.;:!").casefold()) == NO


def reply(question: str) -> str:
    """What the person types.

    Raises:
        Over: when it ends the walk.
    """
    said = ask(f"  {question}")
    if said.casefold() == QUIT:
        raise Over
    return said


COMMANDS = {"review": review}
