"""One lead on one screen: where it stands, what it says, who it is with, what happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaultflow.pages.practice.profile import build_profile
from vaultflow.pages.rows import lead_row
from vaultflow.pipeline.history.course import sum_up
from vaultflow.pipeline.practice.following.flags import flags_of
from vaultflow.pipeline.practice.process.criteria import Goal, exit_goal
from vaultflow.pipeline.practice.process.timeline import build_timeline, with_past
from vaultflow.pipeline.reading.log import read_log

if TYPE_CHECKING:
    from datetime import date
    from pathlib import PurePosixPath

    from vaultflow.errors import Finding
    from vaultflow.pages.page import Context
    from vaultflow.pages.practice.profile import LeadProfile
    from vaultflow.pages.rows import LeadRow
    from vaultflow.pipeline.history.course import Course, Summary
    from vaultflow.pipeline.lead import Touch
    from vaultflow.pipeline.practice.process.criteria import Criterion, Met
    from vaultflow.pipeline.practice.process.timeline import Event
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
    past: Summary | None
    """Its way through the stages in numbers; None where the past was not asked for."""
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
    pipeline = context.pipeline
    lead, stage = standing.lead, standing.lead.stage
    backlinks = context.vault.backlinks_of(lead.path)
    note = context.vault.notes[lead.path]
    goal = exit_goal(lead, stage) if stage else Goal(criteria=())
    log, _ = read_log(note, context.settings.leads.log_heading, context.today)
    events = build_timeline(lead, log, pipeline.stages)
    course = _course_of(lead.path, context) if is_past_told else None
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
        timeline=tuple(with_past(events, course, pipeline.stages)) if course else events,
        past=sum_up(course, pipeline.stages, context.today) if course else None,
        findings=(*note.findings, *lead.findings),
        profile=build_profile(standing, context),
    )


def _course_of(path: PurePosixPath, context: Context) -> Course | None:
    """None of a lead that cannot be read."""
    return next((one for one in context.courses().deals if one.lead.path == path), None)
