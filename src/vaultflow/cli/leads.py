"""The commands that look at leads: `leads` and `show`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from vaultflow.cli.opening import open_vault, saying
from vaultflow.cli.output import say, say_json, say_parts, say_table, talk
from vaultflow.cli.session import Command, Session, pass_session
from vaultflow.errors import UsageError
from vaultflow.pipeline.money import format_money
from vaultflow.pipeline.standing import Bucket

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import PurePosixPath

    from vaultflow.pages.card import LeadCard
    from vaultflow.pages.page import Context
    from vaultflow.pages.practice.profile import LeadProfile
    from vaultflow.pages.rows import LeadRow
    from vaultflow.pipeline.history.course import StageTime, Summary
    from vaultflow.pipeline.lead import Touch
    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.pipeline.practice.process.criteria import Criterion
    from vaultflow.pipeline.practice.process.timeline import Event
    from vaultflow.pipeline.standing import Standing

SHOWN_TOUCHES = 8  # the rest stands in the note; a screen is some 40 lines


@click.command(cls=Command)
@click.option("--stage", help="Only those in this stage: its name, label or alias.")
@click.option("--owner", help="Only those of this owner.")
@click.option(
    "--in",
    "bucket",
    type=click.Choice([bucket.value for bucket in Bucket]),
    help="Only those in this list.",
)
@click.option("--flag", help="Only those with this flag, such as micromanager.")
@click.option("--all", "closed_too", is_flag=True, help="Won and lost ones too.")
@pass_session
def leads(
    session: Session,
    *,
    stage: str | None,
    owner: str | None,
    bucket: str | None,
    flag: str | None,
    closed_too: bool,
) -> None:
    """List the leads, the most pressing first.

    \b
    Example:
      vaultflow leads
      vaultflow leads --in overdue
      vaultflow leads --flag bargain-hunter
      vaultflow leads --stage proposal --all --json
    """
    from vaultflow.pipeline.order import by_light

    with saying(session) as said:
        context = open_vault(session, said.seen).context
        flagged = leads_flagged(context.pipeline, flag) if flag is not None else ()
        wanted = [
            standing
            for standing in by_light(context.pipeline.standings)
            if (closed_too or standing.buckets)
            and (stage is None or is_in_stage(context.pipeline, standing, stage))
            and (owner is None or standing.lead.owner.casefold() == owner.casefold())
            and (bucket is None or bucket in standing.buckets)
            and (flag is None or standing.lead.path in flagged)
        ]
        say_leads(session, wanted, context)


def say_leads(session: Session, wanted: Sequence[Standing], context: Context) -> None:
    """Prints the leads as a table, and how many of all they are; or as JSON."""
    if session.as_json:
        from vaultflow.pages.rows import lead_rows

        say_json(lead_rows(wanted, context))
        return
    say_table(
        session,
        ["lead", "stage", "value", "next action", "due", "why"],
        [lead_cells(standing) for standing in wanted],
        numbers="value",
    )
    talk(session, f"{len(wanted)} of {len(context.pipeline.standings)} leads")


def lead_cells(standing: Standing) -> list[str]:
    """A lead as a row of the table: less than a page shows, and so no link has to be looked up."""
    lead = standing.lead
    stage = (lead.stage.label or lead.stage.name) if lead.stage else lead.stage_text
    value = format_money(lead.value) if lead.value else ""
    due = str(lead.next_action_due or "")
    return [lead.name, stage, value, lead.next_action, due, standing.evidence]


def is_in_stage(pipeline: Pipeline, standing: Standing, text: str) -> bool:
    """Whether the lead is in the stage that the text names.

    Raises:
        UsageError: when there is no such stage.
    """
    from vaultflow.pipeline.stages import find_stage

    stage = find_stage(pipeline.stages, text)
    if stage is None:
        names = ", ".join(known.name for known in pipeline.stages)
        raise UsageError(f"there is no stage {text!r}", hint=f"there are: {names}")
    return standing.lead.stage == stage


def leads_flagged(pipeline: Pipeline, text: str) -> Collection[PurePosixPath]:
    """The leads that have the flag that the text names.

    Raises:
        UsageError: when it is no known flag, and no lead has it.
    """
    from vaultflow.pipeline.practice.following.flags import KNOWN_FLAGS, flag_name, leads_by_flag

    flag, flagged = flag_name(text), leads_by_flag(pipeline.standings)
    if flag not in {*KNOWN_FLAGS, *flagged}:
        names = ", ".join(sorted({*KNOWN_FLAGS, *flagged}))
        raise UsageError(f"no lead has the flag {text!r}", hint=f"there are: {names}")
    return {standing.lead.path for standing in flagged.get(flag, ())}


@click.command(cls=Command)
@click.argument("lead")
@click.option("--timeline", is_flag=True, help="What it went through instead, oldest first.")
@pass_session
def show(session: Session, *, lead: str, timeline: bool) -> None:
    """Show one lead on one screen: LEAD is its name, its path, or the beginning of one.

    \b
    Example:
      vaultflow show acme
      vaultflow show acme --timeline
      vaultflow show "Leads/Acme BV.md" --json
    """
    from vaultflow.flow.choice import chosen
    from vaultflow.pages.card import build_card
    from vaultflow.pipeline.opened_later import lead_texts, standing_of

    with saying(session) as said:
        workspace = open_vault(session, said.seen)
        standings = workspace.context.pipeline.standings
        path = chosen(lead_texts(standings), lead, workspace.root, "lead")
        said.is_kept = not timeline  # which tells of git, and a commit changes no note
        standing = standing_of(standings, path)
        card = build_card(standing, workspace.context, is_past_told=timeline)
        if session.as_json:
            say_json(card)
            return
        say(session, f"{card.lead.name}  ({card.lead.path})")
        if timeline:
            for event in card.timeline:
                say(session, event_line(event, card.lead.path))
            if card.past:
                say_parts(session, past_lines(card.past))
            return
        say_parts(session, card_lines(card))


def card_lines(card: LeadCard) -> Iterator[tuple[str, Sequence[str]]]:
    """The words on the left of the screen, each with its lines; empty ones are left out."""
    row = card.lead
    yield "stage", [row.stage] if row.stage else []
    yield "value", [value_line(row)] if row.value else []
    yield "why", [row.evidence]
    yield "lists", [", ".join(row.buckets)] if row.buckets else []
    yield "next action", [action_line(row)] if row.next_action else []
    yield "company", [row.company.name] if row.company else []
    yield "people", [person.name for person in row.people]
    yield "owner", [row.owner] if row.owner else []
    yield "source", [row.source] if row.source else []
    yield "expected close", [str(row.expected_close)] if row.expected_close else []
    yield "flags", [", ".join(card.flags)] if card.flags else []
    yield "lost because", [card.lost_reason] if card.lost_reason else []
    yield "stage goal", [goal_line(card)] if row.buckets and card.goal else []
    yield "to move on", [criterion_line(one) for one in card.goal] if row.buckets else []
    yield from profile_lines(card.profile)
    yield "touches", [touch_line(touch) for touch in card.touches[:SHOWN_TOUCHES]]
    yield "linked from", [str(path) for path in card.linked_from]
    yield "findings", [str(finding) for finding in card.findings]


def past_lines(past: Summary) -> Iterator[tuple[str, Sequence[str]]]:
    """What a timeline comes to, as `card_lines` has it."""
    from vaultflow.pages.wording import plural

    moves = past.moves
    counts = {"on": moves.forward, "back": moves.back, "reopened": past.reopened}
    told = [f"{count} {what}" for what, count in counts.items() if count]
    skipped = [f"{plural(moves.skipped, 'stage')} skipped"] if moves.skipped else []
    yield "time in stage", [time_line(time) for time in past.times]
    yield "moves", [", ".join((*told, *skipped))] if told else []


def time_line(time: StageTime) -> str:
    """`Meetings: 12 days so far; the stay before took 5`."""
    from vaultflow.pages.wording import plural

    text = f"{time.stage}: {plural(time.total, 'day')}{' so far' if time.is_running else ''}"
    if time.latest is None or time.latest == time.total:
        return text
    return f"{text}; the {'stay before' if time.is_running else 'last stay'} took {time.latest}"


def profile_lines(profile: LeadProfile) -> Iterator[tuple[str, Sequence[str]]]:
    """What the practice knows, as `card_lines` has it."""
    from vaultflow.pages.practice import profile as lines

    yield "qualification", lines.qualification_lines(profile)
    yield "states", lines.state_lines(profile)
    yield "romancing", lines.romancing_lines(profile)
    yield "signals", lines.signal_lines(profile)
    yield "risks", [f"{risk.kind}: {risk.evidence}" for risk in profile.risks]
    yield "score", lines.score_lines(profile)


def value_line(row: LeadRow) -> str:
    """`€12,000 at 40%, weighted €4,800`."""
    parts = [format_money(row.value)] if row.value else []
    if row.probability is not None and row.weighted:
        parts.append(f"at {row.probability}%, weighted {format_money(row.weighted)}")
    return " ".join(parts)


def action_line(row: LeadRow) -> str:
    """`Send revised quote, by 2026-11-25 (3 days overdue)`."""
    by = f", by {row.next_action_due}" if row.next_action_due else ", no day set"
    return f"{row.next_action}{by}" + (
        f" ({row.overdue_days} days overdue)" if row.overdue_days else ""
    )


def goal_line(card: LeadCard) -> str:
    """`met: no, 2 of 6`."""
    from vaultflow.pipeline.practice.following.passage import goal_words
    from vaultflow.pipeline.practice.process.criteria import Goal

    return f"met: {goal_words(Goal(criteria=card.goal))}"


def criterion_line(criterion: Criterion) -> str:
    """`[x] The budget is known, line 12`."""
    sign = {"yes": "x", "no": "-", "unknown": " "}[criterion.met]
    where = f", line {criterion.line}" if criterion.line else ""
    return f"[{sign}] {criterion.text}{where}"


def event_line(event: Event, lead: PurePosixPath) -> str:
    """`2026-10-30 touch: call out: walked through the proposal  (line 41)`."""
    place = "" if event.path == lead else f"{event.path}, "
    where = f"  ({place}line {event.line})" if event.line else ""
    return f"{event.day} {event.what}: {event.text}{where}"


def touch_line(touch: Touch) -> str:
    """`2026-10-30 call out: walked through the proposal`."""
    direction = f" {touch.direction}" if touch.direction else ""
    return f"{touch.day} {touch.kind}{direction}: {touch.text}"


COMMANDS = {"leads": leads, "show": show}
