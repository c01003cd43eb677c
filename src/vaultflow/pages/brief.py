"""Everything on one lead before a call: what they need comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pages.practice.profile import build_profile
from vaultflow.pages.rows import lead_row, link_target
from vaultflow.pipeline.practice.following.cadence import clients_due, touch_due
from vaultflow.pipeline.practice.following.content import matches, read_pieces, sendings
from vaultflow.pipeline.practice.following.quiet import (
    owed_reply,
    touches_evidence,
    waiting_on_them,
)
from vaultflow.pipeline.practice.process.criteria import Goal, exit_goal
from vaultflow.pipeline.practice.process.prompts import prompts_of
from vaultflow.pipeline.practice.process.timeline import build_timeline
from vaultflow.pipeline.practice.qualifying.qualification import QUESTIONS
from vaultflow.pipeline.reading.fields import field_text, find_field
from vaultflow.pipeline.reading.log import read_log
from vaultflow.pipeline.settings import StageKind
from vaultflow.pipeline.stages import open_stages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import PurePosixPath

    from vaultflow.pages.page import Context
    from vaultflow.pages.practice.profile import LeadProfile
    from vaultflow.pages.rows import LeadRow
    from vaultflow.pipeline.lead import Lead, NoteRef, Touch
    from vaultflow.pipeline.practice.following.cadence import DueTouch
    from vaultflow.pipeline.practice.following.content import Match
    from vaultflow.pipeline.practice.following.quiet import Silence
    from vaultflow.pipeline.practice.process.criteria import Criterion, Met
    from vaultflow.pipeline.practice.process.timeline import Event
    from vaultflow.pipeline.practice.qualifying.qualification import Known
    from vaultflow.pipeline.standing import Standing

OF_PERSON = ("job_title", "email", "phone", "website")
OF_COMPANY = ("industry", "size", "country", "website", "email", "phone")
"""What is worth knowing of them, as far as their notes say it."""
LAST_TOUCHES = 5  # what was said last; the timeline has the rest


class Needs(Struct, frozen=True, kw_only=True):
    """What they need, in their words."""

    problem: str
    """Empty when it is not known."""
    reason: str
    """Why they got in touch; empty when it is not known."""
    answers: tuple[Known, ...]
    """Of the seven questions, but for the problem."""
    unknown: tuple[str, ...]
    """The questions that are still open."""
    interests: str


class Contact(Struct, frozen=True, kw_only=True):
    """The company or one of the people."""

    name: str
    target: str
    """What a link to the note says; empty when there is none."""
    facts: Mapping[str, str]
    """What the note says, by our name of the field."""


class Clock(Struct, frozen=True, kw_only=True):
    """Somebody waits for a word."""

    days: int
    since: date
    evidence: str


class Sent(Struct, frozen=True, kw_only=True):
    """A content note."""

    name: str
    target: str
    day: date | None = None
    """On which the lead got it; None when it did not, or on a day that nobody wrote down."""
    because: tuple[str, ...] = ()
    """What it suits the lead for."""


class Brief(Struct, frozen=True, kw_only=True):
    """Everything on one lead before a call. Made by `build_brief`."""

    today: date
    decimal: str
    lead: LeadRow
    needs: Needs
    company: Contact | None
    people: tuple[Contact, ...]
    outcome: str
    """What its stage is to bring about."""
    goal_met: Met
    goal: tuple[Criterion, ...]
    """What must be true before it moves on."""
    touches: tuple[Touch, ...]
    """The last ones, newest first."""
    you_owe: Clock | None
    """What came in and was not answered."""
    they_owe: Clock | None
    """What went out and was not answered."""
    touch_due: Clock | None
    """They should hear from you, by their cadence; clients too."""
    profile: LeadProfile
    to_send: tuple[Sent, ...]
    """Content that suits them and that they have not got."""
    content_sent: tuple[Sent, ...]
    timeline: tuple[Event, ...]
    """Oldest first."""
    prompts: tuple[str, ...]
    """What to bring up at the close, and after it was won."""


def build_brief(standing: Standing, context: Context) -> Brief:
    """Everything on one lead as of today."""
    lead, stage, pipeline = standing.lead, standing.lead.stage, context.pipeline
    goal = exit_goal(lead, stage) if stage else Goal(criteria=())
    profile = build_profile(standing, context)
    log, _ = read_log(
        context.vault.notes[lead.path], context.settings.leads.log_heading, context.today
    )
    to_send, sent = _content(lead, context)
    at_close = stage if _is_at_close(standing, context) else None
    return Brief(
        today=context.today,
        decimal=context.settings.money.decimal,
        lead=lead_row(standing, context),
        needs=_needs(lead, profile),
        company=_contact(lead.company, OF_COMPANY, context) if lead.company else None,
        people=tuple(_contact(person, OF_PERSON, context) for person in lead.people),
        outcome=stage.outcome if stage else "",
        goal_met=goal.met,
        goal=goal.criteria if standing.is_open else (),
        touches=tuple(lead.touches)[:LAST_TOUCHES],
        you_owe=_clock(owed_reply(standing, pipeline), lead),
        they_owe=_clock(waiting_on_them(standing, pipeline), lead),
        touch_due=_due(standing, context),
        profile=profile,
        to_send=to_send,
        content_sent=sent,
        timeline=build_timeline(lead, log, pipeline.stages),
        prompts=prompts_of(at_close, pipeline.stages) if at_close else (),
    )


def _needs(lead: Lead, profile: LeadProfile) -> Needs:
    known = {answer.field: answer for answer in profile.coverage.known}

    def said(field: str) -> str:
        return lead.said[field].text if field in lead.said else ""

    missing = () if profile.is_order else profile.coverage.missing
    return Needs(
        problem=known["problem"].text if "problem" in known else "",
        reason=said("reason_for_contact"),
        answers=tuple(answer for answer in known.values() if answer.field != "problem"),
        unknown=tuple(QUESTIONS[field] for field in missing),
        interests=said("interests"),
    )


def _contact(ref: NoteRef, fields: Sequence[str], context: Context) -> Contact:
    return Contact(
        name=ref.name,
        target=link_target(ref.path, context) if ref.path else "",
        facts=dict(_facts(ref.path, fields, context)),
    )


def _facts(
    path: PurePosixPath | None, fields: Sequence[str], context: Context
) -> Iterator[tuple[str, str]]:
    note = context.vault.notes.get(path) if path else None
    for field in fields if note else ():
        found = find_field(note, getattr(context.settings.fields, field)) if note else None
        if text := field_text(found):
            yield field, text


def _clock(silence: Silence | None, lead: Lead) -> Clock | None:
    if silence is None:
        return None
    evidence = touches_evidence(silence.touches, lead)
    return Clock(days=silence.days, since=silence.since, evidence=evidence)


def _due(standing: Standing, context: Context) -> Clock | None:
    path = standing.lead.path
    of_client = (one for one in clients_due(context.pipeline) if one.standing.lead.path == path)
    due: DueTouch | None = touch_due(standing, context.pipeline) or next(of_client, None)
    since = standing.idle_since
    return Clock(days=due.days, since=since, evidence=due.evidence) if due and since else None


def _content(lead: Lead, context: Context) -> tuple[tuple[Sent, ...], tuple[Sent, ...]]:
    """What may be sent, and what was."""
    pieces = read_pieces(context.vault, context.settings)
    got = {one.piece: one.day for one in sendings(lead, pieces, context.vault, context.settings)}
    fitting = matches(lead, pieces, context.vault, context.settings)
    return (
        tuple(_offer(one, context) for one in fitting if one.piece.note.path not in got),
        tuple(
            Sent(name=path.stem, target=link_target(path, context), day=day)
            for path, day in got.items()
        ),
    )


def _offer(match: Match, context: Context) -> Sent:
    note = match.piece.note
    return Sent(name=note.name, target=link_target(note.path, context), because=match.because)


def _is_at_close(standing: Standing, context: Context) -> bool:
    stage = standing.lead.stage
    last = open_stages(context.pipeline.stages)[-1:]
    return stage is not None and (stage in last or stage.kind is StageKind.WON)
