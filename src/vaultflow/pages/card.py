"""One lead on one screen: where it stands, what it says, who it is with, what happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaultflow.pages.practice.profile import build_profile
from vaultflow.pages.rows import lead_row
from vaultflow.pipeline.practice.following.flags import flags_of
from vaultflow.pipeline.practice.process.criteria import Goal, exit_goal
from vaultflow.pipeline.practice.process.timeline import build_timeline, with_past
from vaultflow.pipeline.reading.log import read_log

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import PurePosixPath

    from vaultflow.errors import Finding
    from vaultflow.pages.page import Context
    from vaultflow.pages.practice.profile import LeadProfile
    from vaultflow.pages.rows import LeadRow
    from vaultflow.pipeline.lead import Lead, Touch
    from vaultflow.pipeline.practice.process.criteria import Criterion, Met
    from vaultflow.pipeline.practice.process.timeline import Event
    from vaultflow.pipeline.reading.log import LogLine
    from vaultflow.pipeline.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadCard:
    """Everything on one lead. Made by `build_card`."""

    lead: LeadRow
    outcome: str
    """What its stage is to bring about."""
    exit: tuple[str, ...]
    """What must be true before it moves on."""
    goal_met: Met
    """Whether all of that is known to be so: the goal of its stage."""
    goal: tuple[Criterion, ...]
    """The same one by one, with the line that says so."""
    actions: tuple[str, ...]
    """The quick list of its stage."""
    closed_on: date | None
    lost_reason: str
    tags: tuple[str, ...]
    flags: tuple[str, ...]
    """What makes it costly, as its `flags` say."""
    touches: tuple[Touch, ...]
    """Newest first."""
    linked_from: tuple[PurePosixPath, ...]
    """Notes that link to it, in path order."""
    timeline: tuple[Event, ...]
    """All that happened, oldest first, reviews and moves too."""
    findings: tuple[Finding, ...]
    profile: LeadProfile
    """What the practice knows of it."""


def build_card(standing: Standing, context: Context, *, is_past_told: bool = False) -> LeadCard:
    """Everything on one lead, findings of its note included.

    Args:
        standing: the lead.
        context: what is around it.
        is_past_told: whether its timeline also has what git and the journals tell.
    """
    lead, stage = standing.lead, standing.lead.stage
    backlinks = context.vault.backlinks_of(lead.path)
    note = context.vault.notes[lead.path]
    goal = exit_goal(lead, stage) if stage else Goal(criteria=())
    log, _ = read_log(note, context.settings.leads.log_heading, context.today)
    return LeadCard(
        lead=lead_row(standing, context),
        outcome=stage.outcome if stage else "",
        exit=stage.exit if stage else (),
        goal_met=goal.met,
        goal=goal.criteria,
        actions=stage.actions if stage else (),
        closed_on=lead.closed_on,
        lost_reason=lead.lost_reason,
        tags=lead.tags,
        flags=flags_of(lead),
        touches=tuple(lead.touches),
        linked_from=tuple(sorted({link.source for link in backlinks})),
        timeline=_timeline(lead, log, context, is_past_told=is_past_told),
        findings=(*note.findings, *lead.findings),
        profile=build_profile(standing, context),
    )


def _timeline(
    lead: Lead, log: Sequence[LogLine], context: Context, *, is_past_told: bool
) -> tuple[Event, ...]:
    events = build_timeline(lead, log, context.pipeline.stages)
    if not is_past_told:
        return events
    course = next((one for one in context.courses().deals if one.lead.path == lead.path), None)
    return tuple(with_past(events, course, context.pipeline.stages)) if course else events
