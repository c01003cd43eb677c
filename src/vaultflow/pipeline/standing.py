"""Where a lead stands today: how long idle, why, and in which lists it belongs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.evidence import idle_evidence
from vaultflow.pipeline.lead import Lead, Touch
from vaultflow.pipeline.settings import StageKind
from vaultflow.pipeline.workdays import days_between

if TYPE_CHECKING:
    from vaultflow.pipeline.settings import PipelineSettings
    from vaultflow.pipeline.workdays import WorkCalendar


class Bucket(StrEnum):
    """The lists of S2.2: every open lead stands in at least one."""

    OVERDUE = "overdue"
    DUE_TODAY = "due-today"
    FUTURE_ACTION = "future-action"
    NO_NEXT_ACTION = "no-next-action"
    STALE = "stale"
    PARKED = "parked"
    UNKNOWN_STAGE = "unknown-stage"
    UNREADABLE = "unreadable"


class Light(StrEnum):
    """The traffic light of a lead's next action (practice 3.1)."""

    RED = "red"
    """Overdue."""
    GREEN = "green"
    """Due today."""
    YELLOW = "yellow"
    """None scheduled."""
    GREY = "grey"
    """In the future."""


class Idleness(StrEnum):
    """What a lead's idle days mean."""

    FRESH = "fresh"
    STALE = "stale"
    SLEEPING = "sleeping"
    """Its next action is so far away that it would better be parked."""
    UNKNOWN = "unknown"
    """No date to count from."""
    EXEMPT = "exempt"
    """Won, lost, parked, or in a stage without a limit."""


class Standing(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A lead and where it stands today. Made by `build_standing`."""

    lead: Lead
    is_open: bool
    """Neither won, lost nor parked; a lead of unknown stage or unreadable note is open."""
    is_parked: bool
    idleness: Idleness
    idle_days: int | None
    """Days since the last touch by `[pipeline] count`, 0 on the same day; None when unknown."""
    stale_days: int | None
    """The limit of its stage."""
    last_touch: Touch | None
    idle_since: date | None
    """The day that idle time counts from: the last touch, else the day the lead was created."""
    evidence: str
    """One line that says why: `idle 23 days (limit 14): last touch 2026-10-30, call out, line 41`.
    """
    overdue_days: int | None
    """Calendar days since its next action was due; None when it is not overdue."""
    light: Light
    buckets: tuple[Bucket, ...]
    """In the order of `Bucket`; empty for won and lost leads."""
    weighted: Decimal | None
    """Value times probability, in the currency of its value; None when either is missing, and in a
    stage that counts in no forecast."""


_CLOSED = (StageKind.WON, StageKind.LOST)
_HUNDRED = Decimal(100)


def build_standing(
    lead: Lead, today: date, settings: PipelineSettings, calendar: WorkCalendar
) -> Standing:
    """Where the lead stands on the day.

    Idle days count from the last touch, else from the day the lead was created. A next action
    that is due before the stage's limit and the grace after it are over keeps a lead fresh; one
    that is further away from today than these lets it sleep, which comes before stale.
    """
    last_touch = next(iter(lead.touches), None)
    idle_since = last_touch.day if last_touch else _created_by(lead, today)
    idle_days = days_between(idle_since, today, settings.count, calendar) if idle_since else None
    is_parked = _is_parked(lead, today)
    is_open = not is_parked and _kind(lead) not in _CLOSED
    due = lead.next_action_due if is_open else None
    days_to_due = (
        days_between(today, due, settings.count, calendar) if due and due >= today else None
    )
    idleness = _idleness(lead, idle_days, days_to_due, settings) if is_open else Idleness.EXEMPT
    return Standing(
        lead=lead,
        is_open=is_open,
        is_parked=is_parked,
        idleness=idleness,
        idle_days=idle_days,
        stale_days=lead.stage.stale_days if lead.stage else None,
        last_touch=last_touch,
        idle_since=idle_since,
        evidence=idle_evidence(lead, last_touch, idle_days, settings),
        overdue_days=(today - due).days if due and due < today else None,
        light=_light(due, today) if is_open else Light.GREY,
        buckets=_buckets(lead, today, is_open=is_open, idleness=idleness),
        weighted=_weighted(lead),
    )


def _kind(lead: Lead) -> StageKind | None:
    return lead.stage.kind if lead.stage else None


def _is_parked(lead: Lead, today: date) -> bool:
    """A parked stage parks, and so does a day to look again that is still to come."""
    kind = _kind(lead)
    is_later = lead.revisit_on is not None and lead.revisit_on > today
    return kind is StageKind.PARKED or (kind not in _CLOSED and is_later)


def _created_by(lead: Lead, today: date) -> date | None:
    return lead.created if lead.created and lead.created <= today else None


def _idleness(
    lead: Lead, idle_days: int | None, days_to_due: int | None, settings: PipelineSettings
) -> Idleness:
    """What the idle days of an open lead mean; `days_to_due` count from today."""
    limit = lead.stage.stale_days if lead.stage else None
    if idle_days is None:
        return Idleness.UNKNOWN
    if limit is None:
        return Idleness.EXEMPT
    patience = limit + settings.grace_days
    if days_to_due is not None and days_to_due > patience:
        return Idleness.SLEEPING
    is_in_time = days_to_due is not None and idle_days + days_to_due <= patience
    return Idleness.STALE if idle_days > limit and not is_in_time else Idleness.FRESH


def _light(due: date | None, today: date) -> Light:
    if due is None:
        return Light.YELLOW
    if due == today:
        return Light.GREEN
    return Light.RED if due < today else Light.GREY


def _buckets(lead: Lead, today: date, *, is_open: bool, idleness: Idleness) -> tuple[Bucket, ...]:
    if not lead.readable:
        return (Bucket.UNREADABLE,)
    if not is_open:
        return (Bucket.PARKED,) if _is_parked(lead, today) else ()
    by_action = _ACTION_BUCKETS[_light(lead.next_action_due, today)]
    stale = (Bucket.STALE,) if idleness is Idleness.STALE else ()
    unknown = (Bucket.UNKNOWN_STAGE,) if lead.stage is None else ()
    return (by_action, *stale, *unknown)


_ACTION_BUCKETS = {
    Light.RED: Bucket.OVERDUE,
    Light.GREEN: Bucket.DUE_TODAY,
    Light.YELLOW: Bucket.NO_NEXT_ACTION,
    Light.GREY: Bucket.FUTURE_ACTION,
}
"""A next action counts from the day that it has: one without a day is not scheduled."""


def _weighted(lead: Lead) -> Decimal | None:
    kind = _kind(lead)
    chance = (100 if kind is StageKind.WON else 0) if kind in _CLOSED else lead.probability
    is_left_out = lead.stage is not None and not lead.stage.forecast
    if lead.value is None or chance is None or is_left_out:
        return None
    return lead.value.amount * chance / _HUNDRED
