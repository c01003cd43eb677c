"""The command before a call: `brief`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from vaultflow.cli.leads import (
    action_line,
    criterion_line,
    event_line,
    profile_lines,
    touch_line,
    value_line,
)
from vaultflow.cli.opening import open_vault
from vaultflow.cli.output import say, say_json, say_parts, talk
from vaultflow.cli.session import Command, Session, pass_session

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultflow.pages.brief import Brief, Clock, Contact, Sent
    from vaultflow.pipeline.practice.process.timeline import Event

SHOWN_EVENTS = 10  # the last ones; `show --timeline` prints them all
OPEN_QUESTIONS = 3  # as many as a call has room for, in the order in which they are best asked


@click.command(cls=Command)
@click.argument("lead")
@click.option("--draft", "draft", metavar="NAME", help="Print a draft to send instead.")
@click.option("--write", is_flag=True, help="Write the draft into the folder Drafts, too.")
@pass_session
def brief(session: Session, *, lead: str, draft: str | None, write: bool) -> None:
    """Show everything on one lead before a call: what they need comes first.

    A draft is made from a template, `follow-up`, `thanks`, `break-up` or one of your own. It is
    never sent.

    \b
    Example:
      vaultflow brief acme
      vaultflow brief acme --draft follow-up
      vaultflow brief acme --draft thanks --write
    """
    from vaultflow.errors import UsageError
    from vaultflow.flow.choice import chosen
    from vaultflow.pages.brief import build_brief
    from vaultflow.pipeline.opened_later import lead_texts, standing_of

    if write and draft is None:
        raise UsageError("--write writes a draft", hint="say which one: --draft follow-up")
    workspace = open_vault(session)
    standings = workspace.context.pipeline.standings
    path = chosen(lead_texts(standings), lead, workspace.root, "lead")
    found = build_brief(standing_of(standings, path), workspace.context)
    if draft is None:
        if session.as_json:
            say_json(found)
            return
        say(session, f"{found.lead.name}  ({found.lead.path})")
        say_parts(session, brief_lines(found))
        return
    from vaultflow.flow.drafting import render_draft, write_draft

    made = render_draft(workspace, draft, found)
    if session.as_json:
        say_json(made)
    else:
        say(session, made.text.rstrip("\n"))
    if write:
        write_draft(workspace.root, made)
        talk(session, f"{made.path}  (written)")


def brief_lines(found: Brief) -> Iterator[tuple[str, Sequence[str]]]:
    """The words on the left of the screen, each with its lines; empty ones are left out."""
    needs, row = found.needs, found.lead
    yield "their problem", [needs.problem or "not known: ask what they want to solve"]
    yield "they came for", [needs.reason] if needs.reason else []
    yield "they said", [f"{known.field}: {known.text}" for known in needs.answers]
    yield "still to ask", needs.unknown[:OPEN_QUESTIONS]
    yield "interests", [needs.interests] if needs.interests else []
    yield "company", contact_lines(found.company) if found.company else []
    yield "people", [line for person in found.people for line in contact_lines(person)]
    yield "stage", [f"{row.stage}: {found.outcome}" if found.outcome else row.stage]
    yield "to move on", [criterion_line(one) for one in found.goal]
    yield "value", [value_line(row)] if row.value else []
    yield "next action", [action_line(row) if row.next_action else "none: agree on one in the call"]
    yield "you owe", [clock_line(found.you_owe, "a reply")] if found.you_owe else []
    yield "they owe", [clock_line(found.they_owe, "a reply")] if found.they_owe else []
    yield "due", [f"a touch: {found.touch_due.evidence}"] if found.touch_due else []
    yield "last touches", [touch_line(touch) for touch in found.touches]
    shown = dict(profile_lines(found.profile))
    yield from ((word, shown[word]) for word in ("romancing", "signals", "risks", "score"))
    yield "may be sent", [content_line(one) for one in found.to_send]
    yield "has got", [content_line(one) for one in found.content_sent]
    yield "before that", [event_line(one, row.path) for one in events_before(found)]
    yield "bring up", found.prompts
    yield "in the call", [remind_line(found)] if needs.problem else []


def events_before(found: Brief) -> Sequence[Event]:
    """The last events of those that the last touches do not tell of."""
    told = {(touch.path, touch.line) for touch in found.touches}
    return [one for one in found.timeline if (one.path, one.line) not in told][-SHOWN_EVENTS:]


def contact_lines(contact: Contact) -> list[str]:
    """`Jane Doe`, and below it what her note says: `job_title: Head of Purchasing`."""
    return [contact.name, *(f"  {field}: {text}" for field, text in contact.facts.items())]


def clock_line(clock: Clock, what: str) -> str:
    """`a reply for 3 days: 2026-11-20 email in, line 12`."""
    days = f"{clock.days} day{'' if clock.days == 1 else 's'}"
    return f"{what} for {days}: {clock.evidence}"


def content_line(piece: Sent) -> str:
    """`Energy guide (for bakeries)`, or with the day on which it was sent."""
    if piece.because:
        return f"{piece.name} (for {', '.join(piece.because)})"
    return f"{piece.name}, {piece.day or 'no day noted'}"


def remind_line(found: Brief) -> str:
    """The stored problem once more, as a question about the offer."""
    return f'How does what you show solve "{found.needs.problem}" for them?'


COMMANDS = {"brief": brief}
