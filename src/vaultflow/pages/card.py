"""One lead on one screen: where it stands, what it says, who it is with, what happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaultflow.pages.practice.profile import build_profile
from vaultflow.pages.rows import lead_row

if TYPE_CHECKING:
    from datetime import date
    from pathlib import PurePosixPath

    from vaultflow.errors import Finding
    from vaultflow.pages.page import Context
    from vaultflow.pages.practice.profile import LeadProfile
    from vaultflow.pages.rows import LeadRow
    from vaultflow.pipeline.lead import Touch
    from vaultflow.pipeline.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadCard:
    """Everything on one lead. Made by `build_card`."""

    lead: LeadRow
    outcome: str
    """What its stage is to bring about."""
    exit: tuple[str, ...]
    """What must be true before it moves on."""
    actions: tuple[str, ...]
    """The quick list of its stage."""
    closed_on: date | None
    lost_reason: str
    tags: tuple[str, ...]
    touches: tuple[Touch, ...]
    """Newest first."""
    linked_from: tuple[PurePosixPath, ...]
    """Notes that link to it, in path order."""
    findings: tuple[Finding, ...]
    profile: LeadProfile
    """What the practice knows of it."""


def build_card(standing: Standing, context: Context) -> LeadCard:
    """Everything on one lead, findings of its note included."""
    lead, stage = standing.lead, standing.lead.stage
    backlinks = context.vault.backlinks_of(lead.path)
    note = context.vault.notes[lead.path]
    return LeadCard(
        lead=lead_row(standing, context),
        outcome=stage.outcome if stage else "",
        exit=stage.exit if stage else (),
        actions=stage.actions if stage else (),
        closed_on=lead.closed_on,
        lost_reason=lead.lost_reason,
        tags=lead.tags,
        touches=lead.touches,
        linked_from=tuple(sorted({link.source for link in backlinks})),
        findings=(*note.findings, *lead.findings),
        profile=build_profile(standing, context),
    )
