"""A lead as every page shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pages.wording import short_day
from vaultflow.pipeline.lead import Money
from vaultflow.vault.links.index import link_text
from vaultflow.vault.plain import ShownAgain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import PurePosixPath

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.lead import Lead, NoteRef
    from vaultflow.pipeline.settings import Stage
    from vaultflow.pipeline.standing import Bucket, Idleness, Light, Standing

ROW = ("row",)


class Party(Struct, frozen=True, kw_only=True, gc=False):
    """A company or person of a lead."""

    name: str
    target: str
    """What a link to its note says; empty when it has no note."""


class LeadRow(ShownAgain, frozen=True, kw_only=True):
    """A lead and where it stands today, as pages show it and `--json` prints it."""

    name: str
    target: str
    """What a link to it says: its name, or its path where several notes have the name."""
    path: PurePosixPath
    readable: bool
    stage: str
    """The stage's label; what was typed when that is no stage; empty when there is none."""
    stage_known: bool
    value: Money | None
    probability: int | None
    """In percent."""
    weighted: Money | None
    """Value times probability; None when either is missing."""
    company: Party | None
    people: tuple[Party, ...]
    owner: str
    source: str
    next_action: str
    next_action_due: date | None
    overdue_days: int | None
    """Calendar days since the next action was due; None when it is not overdue."""
    light: Light
    idleness: Idleness
    idle_days: int | None
    """Days since the last touch, by `[pipeline] count`; None when unknown."""
    stale_days: int | None
    """The limit of its stage."""
    last_touch: date | None
    evidence: str
    """One line that says why it counts as idle, with the place to look."""
    created: date | None
    age_days: int | None
    """Calendar days since it was created."""
    expected_close: date | None
    revisit_on: date | None
    buckets: tuple[Bucket, ...]


def lead_row(standing: Standing, context: Context) -> LeadRow:
    """The row of one lead; the one that was made before, if there is one."""
    return context.made_of(standing).get(ROW, lambda: _made_row(standing, context))


def _made_row(standing: Standing, context: Context) -> LeadRow:
    lead = standing.lead
    touch = standing.last_touch
    return LeadRow(
        name=lead.name,
        target=link_target(lead.path, context),
        path=lead.path,
        readable=lead.readable,
        stage=stage_shown(lead),
        stage_known=lead.stage is not None,
        value=lead.value,
        probability=lead.probability,
        weighted=weighted_value(standing),
        company=_party(lead.company, context) if lead.company else None,
        people=tuple(_party(person, context) for person in lead.people),
        owner=lead.owner,
        source=lead.source,
        next_action=lead.next_action,
        next_action_due=lead.next_action_due,
        overdue_days=standing.overdue_days,
        light=standing.light,
        idleness=standing.idleness,
        idle_days=standing.idle_days,
        stale_days=standing.stale_days,
        last_touch=touch.day if touch else None,
        evidence=standing.evidence,
        created=lead.created,
        age_days=(context.today - lead.created).days if lead.created else None,
        expected_close=lead.expected_close,
        revisit_on=lead.revisit_on,
        buckets=standing.buckets,
    )


def lead_rows(standings: Iterable[Standing], context: Context) -> tuple[LeadRow, ...]:
    """The rows of some leads, in their order."""
    return tuple(lead_row(standing, context) for standing in standings)


def weighted_value(standing: Standing) -> Money | None:
    """The lead's value times its probability; None when either is missing."""
    value = standing.lead.value
    if value is None or standing.weighted is None:
        return None
    return Money(amount=standing.weighted, currency=value.currency)


def days_over(standing: Standing) -> int:
    """Idle days beyond the limit of a stale deal's stage."""
    return (standing.idle_days or 0) - (standing.stale_days or 0)


def next_so_far(lead: Lead, today: date, said: str = "") -> str:
    """The next action that a lead has, with its day; empty when it has none or `said` names it.

    So a page that asks what is next always shows what the lead said when it asked.
    """
    if not lead.next_action or lead.next_action in said:
        return ""
    day = f", {short_day(lead.next_action_due, today)}" if lead.next_action_due else ""
    return f"Next so far: {lead.next_action}{day}"


def stage_shown(lead: Lead) -> str:
    """The label of its stage; what was typed when that is no stage."""
    return stage_label(lead.stage) if lead.stage else lead.stage_text


def stage_label(stage: Stage) -> str:
    """What pages call a stage."""
    return stage.label or stage.name


def link_target(path: PurePosixPath, context: Context) -> str:
    """What a link to a note says: its name, or its path where several notes have the name."""
    return link_text(context.vault.index, path)


def _party(ref: NoteRef, context: Context) -> Party:
    path = ref.path
    return Party(name=ref.name, target=link_target(path, context) if path else "")
