"""The goal of the period: what is won, what is missing, and what it takes to get there.

Source: practice 3.9. The rates are those of deals decided so far; where fewer than `[report] least`
are, those that the chances of the stages imply.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.measures.ahead.chances import stage_chances
from vaultflow.pipeline.measures.aims.quota import (
    Coverage,
    Pace,
    coverage,
    deals_to_win,
    new_leads_a_day,
    required_counts,
    still_missing,
)
from vaultflow.pipeline.measures.aims.season import Season, measure_season
from vaultflow.pipeline.measures.movement.conversion import conversions
from vaultflow.pipeline.measures.numbers.amounts import at_home, worth_of
from vaultflow.pipeline.measures.numbers.months import won_standings
from vaultflow.pipeline.measures.numbers.periods import Period, last_days, period_after
from vaultflow.pipeline.measures.numbers.worth import worth_in_home
from vaultflow.pipeline.measures.results.kpis import sold
from vaultflow.pipeline.measures.results.sizes import Sizes, sizes
from vaultflow.pipeline.measures.results.winning import decided_in, win_rate
from vaultflow.pipeline.practice.qualifying.answers import Answer
from vaultflow.pipeline.practice.reviewing.pressure import goal_pace
from vaultflow.pipeline.practice.reviewing.states import read_states
from vaultflow.pipeline.settings import Stage, StageKind
from vaultflow.pipeline.stages import open_stages, stage_place
from vaultflow.pipeline.standing import Bucket

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vaultflow.pipeline.history.course import Course
    from vaultflow.pipeline.measures.numbers.ratio import Ratio
    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.pipeline.standing import Standing


class StageNeed(Struct, frozen=True, kw_only=True):
    """How many deals a stage needs so that the goal is met."""

    stage: Stage
    needed: int | None
    """None when no number would do, or a rate is not known."""
    there: int
    """Open deals that stand in it."""
    short: int | None
    """What is lacking when the deals in it and behind it are counted."""
    rate: Fraction | None
    """Of its deals, the share that goes on."""
    cases: Ratio
    """Of the deals that went on or were lost from it."""
    is_configured: bool
    """The rate is that of the configured chances: too few deals are decided."""
    days_to_win: float | None
    """Median days from entering it to won."""


class Ahead(Struct, frozen=True, kw_only=True):
    """What is open for a period."""

    period: Period
    deals: int
    """Qualified, not stale, and expected to close in it."""
    coverage: Coverage


class Goal(Struct, frozen=True, kw_only=True):
    """Where the period stands. Made by `measure_goal`."""

    period: Period
    amount: Decimal
    won: Decimal
    won_deals: int
    pace: Pace
    season: Season | None
    now: Ahead
    following: Ahead
    """Of the next period, with the same goal."""
    rate: Ratio
    """Won of won and lost, in the last `[report] rate_days`."""
    size: Sizes
    """Of the deals won in the last `[report] rate_days`, in the vault's currency."""
    to_win: int | None
    """Deals of average size that make up what is missing; None when no size is known."""
    needs: tuple[StageNeed, ...]
    unknown: int
    """Lost deals of which nothing tells how far they came: without them the shares are too high."""
    leads_a_day: Fraction | None
    """New leads for each working day that is left, so that the first stage lacks none."""
    days_left: int
    """Calendar days up to the end of the period, today counted."""

    @property
    def missing(self) -> Decimal:
        """Up to the goal; 0 when it is met."""
        return self.now.coverage.missing


def measure_goal(pipeline: Pipeline, courses: Sequence[Course]) -> Goal | None:
    """Where the period of today stands; None without a goal."""
    quota, today = pipeline.settings.quota, pipeline.today
    at = goal_pace(pipeline)
    if at is None or quota.amount is None:
        return None
    period, steady = at
    rate, size = last_year(pipeline, courses)
    chance = Fraction(rate.part, rate.whole) if rate.part else None
    now = _ahead(period, quota.amount, steady.won, chance, pipeline)
    following = period_after(period, quota.period, quota.fiscal_start)
    missing = now.coverage.missing
    to_win = deals_to_win(missing, size.mean) if size.mean else None
    needs = stage_needs(pipeline, courses, to_win)
    first = needs[0].short if needs else None
    wins = _wins(pipeline)
    return Goal(
        period=period,
        amount=quota.amount,
        won=steady.won,
        won_deals=len(won_standings(pipeline, period)),
        pace=steady,
        season=measure_season(wins, period, today, quota, pipeline.calendar),
        now=now,
        following=_ahead(following, quota.amount, Decimal(0), chance, pipeline),
        rate=rate,
        size=size,
        to_win=to_win,
        needs=needs,
        unknown=stage_chances(courses, pipeline.stages).unknown,
        leads_a_day=None
        if first is None
        else new_leads_a_day(first, period, today, pipeline.calendar),
        days_left=(period.last - today).days + 1,
    )


def last_year(pipeline: Pipeline, courses: Iterable[Course]) -> tuple[Ratio, Sizes]:
    """The win rate, and the size of what was won, of the last `[report] rate_days`."""
    today = pipeline.today
    worth_of_course = worth_in_home(pipeline.settings.money, today)
    decided = decided_in(courses, last_days(today, pipeline.settings.report.rate_days))
    rate = win_rate(decided, worth_of_course)
    won = [course for course in decided if course.outcome is StageKind.WON]
    worths = map(worth_of_course, won)
    return rate.by_count, sizes([worth.amount if worth else None for worth in worths])


def stage_needs(
    pipeline: Pipeline, courses: Iterable[Course], to_win: int | None
) -> tuple[StageNeed, ...]:
    """What each open stage needs, has and lacks so that so many deals are won."""
    deals = sold(courses)
    path = open_stages(pipeline.stages)
    cases = [one.resolved for one in conversions(deals, pipeline.stages)]
    least = pipeline.settings.report.least
    rates = [
        Fraction(ratio.part, ratio.whole) if ratio.whole >= least else _configured(path, place)
        for place, ratio in enumerate(cases)
    ]
    there = [_count_in(stage, pipeline) for stage in path]
    known = [rate for rate in rates if rate is not None]
    if to_win is None or len(known) < len(rates):
        needed: Sequence[int | None] = (None,) * len(path)
        short: Sequence[int | None] = needed
    else:
        needed = required_counts(to_win, known)
        short = still_missing(needed, there, known)
    return tuple(
        StageNeed(
            stage=stage,
            needed=needed[place],
            there=there[place],
            short=short[place],
            rate=rates[place],
            cases=cases[place],
            is_configured=cases[place].whole < least,
            days_to_win=days_to_win(deals, stage),
        )
        for place, stage in enumerate(path)
    )


def days_to_win(courses: Iterable[Course], stage: Stage) -> float | None:
    """Median days from entering the stage to won; None when no won deal tells."""
    days = [
        (course.ended - stay.entered).days
        for course in courses
        if course.outcome is StageKind.WON and course.ended
        for stay in [next((one for one in course.stays if one.stage == stage), None)]
        if stay and stay.entered <= course.ended
    ]
    return median(days) if days else None


def counts_for(standing: Standing, pipeline: Pipeline) -> bool:
    """Whether an open deal counts as cover: forecast, not stale, and as good as qualified.

    Qualified is what says so, or has left the stage by whose end it should be, unless a gate is
    shut.
    """
    lead, settings = standing.lead, pipeline.settings.qualification
    if not standing.is_open or not lead.readable or lead.stage is None or not lead.stage.forecast:
        return False
    if Bucket.STALE in standing.buckets:
        return False
    qualified = read_states(lead, pipeline.today, settings.answers)[1].answer
    is_past = (stage_place(lead.stage, pipeline.stages) or 0) >= settings.by_stage
    return qualified is Answer.YES or (is_past and qualified is Answer.UNKNOWN)


def _ahead(
    period: Period, goal: Decimal, won: Decimal, chance: Fraction | None, pipeline: Pipeline
) -> Ahead:
    deals = [
        one
        for one in pipeline.standings
        if one.lead.expected_close in period
        and (one.lead.expected_close or date.min) >= pipeline.today
        and counts_for(one, pipeline)
    ]
    money = pipeline.settings.money
    worths = [at_home(worth_of(one.lead, None, pipeline.today, money), money) for one in deals]
    open_value = sum((worth for worth in worths if worth), Decimal(0))
    return Ahead(period=period, deals=len(deals), coverage=coverage(goal, won, open_value, chance))


def _configured(path: Sequence[Stage], place: int) -> Fraction | None:
    """The share of a stage's deals that goes on, as the chances of the stages imply."""
    here = path[place].probability
    following = path[place + 1].probability if place + 1 < len(path) else 100
    return Fraction(here, following) if here and following else None


def _count_in(stage: Stage, pipeline: Pipeline) -> int:
    return sum(one.is_open and one.lead.stage == stage for one in pipeline.standings)


def _wins(pipeline: Pipeline) -> Sequence[tuple[date, Decimal]]:
    """Day and amount of all deals won up to today, in the vault's currency."""
    ever = Period(name="ever", first=date.min, last=pipeline.today)
    money = pipeline.settings.money
    return [
        (closed, worth)
        for one in won_standings(pipeline, ever)
        if (closed := one.lead.closed_on)
        and (worth := at_home(worth_of(one.lead, closed, pipeline.today, money), money))
    ]
