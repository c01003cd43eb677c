"""Where time goes first: who may close soon, whom to call, and what each lead is worth."""

from __future__ import annotations

from enum import StrEnum
from statistics import median, median_low
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.money import converted
from vaultflow.pipeline.practice.qualifying.answers import WARMTHS, read_choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from decimal import Decimal
    from pathlib import PurePosixPath

    from vaultflow.pipeline.lead import Lead
    from vaultflow.pipeline.practice.qualifying.engagement import Engagement
    from vaultflow.pipeline.practice.qualifying.fit import Fit
    from vaultflow.pipeline.settings import MoneySettings
    from vaultflow.pipeline.standing import Standing

SOON_DAYS = 14  # two weeks: as long as the usual rhythm of getting in touch
UNSAID = len(WARMTHS) - 1  # a warmth that nobody has noted stands between warm and cold


class Quadrant(StrEnum):
    """Value first, then potential."""

    HIGH_HIGH = "high-high"
    HIGH_LOW = "high-low"
    LOW_HIGH = "low-high"
    LOW_LOW = "low-low"


class Rated(Struct, frozen=True, kw_only=True, gc=False):
    """A lead with all that its quadrant depends on."""

    path: PurePosixPath
    worth: Decimal | None
    """In the vault's currency; None without a value or without a rate."""
    potential: str
    """What the lead says, `high` or `low`; else empty."""
    grade: str
    """Of its fit, `?` when nothing is known."""
    chance: int | None


def hot_reasons(lead: Lead, engagement: Engagement, today: date) -> tuple[str, ...]:
    """Why the lead may close quickly, each with its evidence; empty when it may not."""
    reasons = []
    if read_choice(lead, "warmth") == "hot":
        reasons.append(f"warmth hot, line {lead.said['warmth'].line}")
    if engagement.level == 1:
        newest = max(engagement.points, key=lambda one: one.day)
        reasons.append(f"engagement {engagement.score}, the last: {newest.what}, {newest.evidence}")
    close = lead.expected_close
    if close and 0 <= (close - today).days <= SOON_DAYS:
        reasons.append(f"expected to close {close}")
    return tuple(reasons)


def warmth_rank(lead: Lead) -> int:
    """0 for hot, 1 for warm, 2 when nothing is said, 3 for cold."""
    warmth = read_choice(lead, "warmth")
    if not warmth:
        return UNSAID
    rank = WARMTHS.index(warmth)
    return rank + (rank >= UNSAID)


def rated(standing: Standing, fit: Fit | None, money: MoneySettings, today: date) -> Rated:
    """What the lead's quadrant depends on."""
    lead = standing.lead
    worth = converted(lead.value, today, money) if lead.value else None
    is_home = worth is not None and worth.currency == money.currency
    return Rated(
        path=lead.path,
        worth=worth.amount if worth and is_home else None,
        potential=read_choice(lead, "potential"),
        grade=fit.grade if fit else "?",
        chance=lead.probability,
    )


def median_worth(leads: Iterable[Rated]) -> Decimal | None:
    """The middle of the values; None without any."""
    values = [lead.worth for lead in leads if lead.worth is not None]
    return median(values) if values else None


def median_chance(leads: Iterable[Rated]) -> int | None:
    """The middle of the chances, the lower of two; None without any."""
    chances = [lead.chance for lead in leads if lead.chance is not None]
    return median_low(chances) if chances else None


def quadrants_of(leads: Iterable[Rated]) -> Mapping[PurePosixPath, Quadrant | None]:
    """Each lead's quadrant; None when its value or its potential is not known.

    A value is high from the median on. The potential is what the lead says; else high for a fit
    of A or B and low for C; else high for a chance from the median on.
    """
    everyone = tuple(leads)
    worth, chance = median_worth(everyone), median_chance(everyone)
    return {lead.path: _quadrant(lead, worth, chance) for lead in everyone}


def _quadrant(lead: Rated, worth: Decimal | None, chance: int | None) -> Quadrant | None:
    potential = lead.potential or _potential(lead, chance)
    if lead.worth is None or worth is None or not potential:
        return None
    return Quadrant(f"{'high' if lead.worth >= worth else 'low'}-{potential}")


def _potential(lead: Rated, chance: int | None) -> str:
    if lead.grade != "?":
        return "low" if lead.grade == "C" else "high"
    if lead.chance is None or chance is None:
        return ""
    return "high" if lead.chance >= chance else "low"
