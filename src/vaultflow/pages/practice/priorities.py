"""Where time goes first: the hot leads, whom to call, and four quadrants of value and potential."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pages.practice.profile import build_profile
from vaultflow.pages.ranking import worth_key
from vaultflow.pages.rows import LeadRow, lead_row
from vaultflow.pipeline.lead import Money
from vaultflow.pipeline.practice.qualifying.answers import Answer
from vaultflow.pipeline.practice.qualifying.priorities import (
    Quadrant,
    Rated,
    hot_reasons,
    median_chance,
    median_worth,
    quadrants_of,
    rated,
    warmth_rank,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vaultflow.pages.page import Context
    from vaultflow.pages.practice.profile import LeadProfile
    from vaultflow.pipeline.standing import Standing

ENOUGH = 4  # as many leads as quadrants: of fewer, "above the middle" says little
WHAT_TO_DO = {
    Quadrant.HIGH_HIGH: ("Much value, high potential", "Yours first: see them, and plan each step"),
    Quadrant.HIGH_LOW: (
        "Much value, low potential",
        "Find out soon what stands in the way, or let it go",
    ),
    Quadrant.LOW_HIGH: ("Less value, high potential", "Win them quickly, and let them grow"),
    Quadrant.LOW_LOW: ("Less value, low potential", "Little effort: a standard offer, or rest"),
}


class Ranked(Struct, frozen=True, kw_only=True, gc=False):
    """A lead in one of the lists, and why."""

    row: LeadRow
    why: tuple[str, ...]
    """Each with its evidence."""
    grade: str
    confidence: int
    """In percent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuadrantList:
    """One of the four lists."""

    name: Quadrant
    title: str
    advice: str
    leads: tuple[LeadRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrioritiesPage:
    """What the page of priorities shows. Orders stand in a list of their own and in no other."""

    today: date
    decimal: str
    count: int
    """Open leads that can be read, without orders."""
    hot: tuple[Ranked, ...]
    calls: tuple[Ranked, ...]
    """Qualified leads, the warmest first."""
    unqualified: int
    """Open leads that are not on the call list, as it is not known or not so."""
    value_limit: Money | None
    """From here on a value is high: the median."""
    chance_limit: int | None
    """From here on a chance is high, in percent: the median."""
    is_few: bool
    """Too few leads for the medians to say much."""
    quadrants: tuple[QuadrantList, ...]
    unplaced: tuple[LeadRow, ...]
    """Without a value in the vault's currency, or without anything that tells the potential."""
    orders: tuple[LeadRow, ...]


def build_priorities(context: Context) -> PrioritiesPage:
    """What the page of priorities shows today."""
    readable = sorted(
        (one for one in context.pipeline.standings if one.is_open and one.lead.readable),
        key=lambda one: worth_key(one, context),
    )
    profiles = [(one, build_profile(one, context)) for one in readable]
    worked = [(one, profile) for one, profile in profiles if not profile.is_order]
    money, today = context.settings.money, context.today
    ratings = [rated(one, profile.fit, money, today) for one, profile in worked]
    limit, calls = median_worth(ratings), _calls(worked, context)
    return PrioritiesPage(
        today=today,
        decimal=money.decimal,
        count=len(worked),
        hot=tuple(_hot(worked, context)),
        calls=calls,
        unqualified=len(worked) - len(calls),
        value_limit=None if limit is None else Money(amount=limit, currency=money.currency),
        chance_limit=median_chance(ratings),
        is_few=len(worked) < ENOUGH,
        quadrants=_quadrant_lists(ratings, readable, context),
        unplaced=_placed(ratings, readable, None, context),
        orders=tuple(lead_row(one, context) for one, profile in profiles if profile.is_order),
    )


def _hot(worked: Iterable[tuple[Standing, LeadProfile]], context: Context) -> Iterable[Ranked]:
    """The leads that may close quickly, those with most reasons first."""
    found = [
        (reasons, standing, profile)
        for standing, profile in worked
        if (reasons := hot_reasons(standing.lead, profile.engagement, context.today))
    ]
    for reasons, standing, profile in sorted(found, key=lambda one: -len(one[0])):
        yield _ranked(standing, profile, reasons, context)


def _calls(worked: Iterable[tuple[Standing, LeadProfile]], context: Context) -> tuple[Ranked, ...]:
    """The qualified leads, by warmth, then by engagement, then by worth."""
    qualified = [
        (standing, profile)
        for standing, profile in worked
        if any(one.name == "qualified" and one.answer is Answer.YES for one in profile.states)
    ]
    qualified.sort(key=lambda one: (warmth_rank(one[0].lead), -one[1].engagement.score))
    return tuple(
        _ranked(standing, profile, _why_call(profile), context) for standing, profile in qualified
    )


def _why_call(profile: LeadProfile) -> tuple[str, ...]:
    evidence = next(one.evidence for one in profile.states if one.name == "qualified")
    warmth = profile.warmth or "warmth not noted"
    return warmth, f"engagement {profile.engagement.score}", f"qualified: {evidence}"


def _ranked(
    standing: Standing, profile: LeadProfile, why: tuple[str, ...], context: Context
) -> Ranked:
    return Ranked(
        row=lead_row(standing, context),
        why=why,
        grade=profile.grade,
        confidence=profile.confidence.percent,
    )


def _quadrant_lists(
    ratings: Iterable[Rated], standings: Iterable[Standing], context: Context
) -> tuple[QuadrantList, ...]:
    return tuple(
        QuadrantList(
            name=quadrant,
            title=title,
            advice=advice,
            leads=_placed(ratings, standings, quadrant, context),
        )
        for quadrant, (title, advice) in WHAT_TO_DO.items()
    )


def _placed(
    ratings: Iterable[Rated],
    standings: Iterable[Standing],
    quadrant: Quadrant | None,
    context: Context,
) -> tuple[LeadRow, ...]:
    """The leads of one quadrant, or of none, in their order."""
    wanted = {path for path, one in quadrants_of(ratings).items() if one is quadrant}
    return tuple(lead_row(one, context) for one in standings if one.lead.path in wanted)
