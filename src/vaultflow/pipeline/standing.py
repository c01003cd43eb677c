"""Where a lead stands today: how long idle, why, and in which lists it belongs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from vaultflow.pipeline.lead import Lead, Touch


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
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
    """Value times probability, in the currency of its value; None when either is missing."""
