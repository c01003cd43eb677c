"""The weekly note: what came of the week, where the effort went, and how the habit holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from vaultflow.pages.blocks.items import item_id
from vaultflow.pages.focus import FIRST_TURN
from vaultflow.pages.listing import Listing, build_listing, in_bucket
from vaultflow.pages.practice.effort import time_split
from vaultflow.pages.practice.losing import TimeToLose, measure_losing
from vaultflow.pages.practice.reviews import review_days
from vaultflow.pages.ranking import by_created, by_worth
from vaultflow.pages.reports.telling import standings_of
from vaultflow.pages.wording import plural
from vaultflow.pipeline.measures.numbers.periods import Period
from vaultflow.pipeline.measures.numbers.span import span_of
from vaultflow.pipeline.measures.results.trends import touches_apart
from vaultflow.pipeline.pipeline import Total, total
from vaultflow.pipeline.practice.reviewing.habit import (
    ENOUGH_DAYS,
    MANY,
    Haphazard,
    looks_by_day,
    measure_haphazard,
    recent_working_days,
)
from vaultflow.pipeline.settings import StageKind
from vaultflow.pipeline.standing import Bucket
from vaultflow.pipeline.workdays import monday_of, working_days_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import PurePosixPath

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.lead import Lead
    from vaultflow.pipeline.practice.following.effort import TimeSplit
    from vaultflow.pipeline.standing import Standing

LIST_LIMIT = 10
FEW = 3  # enough to begin with; `vaultflow review --all` walks them all
WEEK = 7
LOSING_DAYS = 90  # a quarter: fewer losses say nothing, older ones were another habit
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many of the open leads were reviewed of late."""

    open: int
    """That can be read."""
    reviewed: int
    """In the last twenty working days."""
    waiting: Listing
    """The others, the longest unreviewed first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyPage:
    """What the weekly note shows."""

    today: date
    first: date
    """Monday of the week."""
    last: date
    """Its Sunday."""
    decimal: str
    pages: tuple[str, ...]
    """Names of the pages that are kept, and so can be linked to."""
    new: Listing
    """Leads created in the week, newest first."""
    won: Listing
    revenue: Total
    """Of the won ones."""
    lost: Listing
    moved_on: Listing
    """Came from one open stage into a later one in the week."""
    impact_id: str
    """Of the line to answer: what it was all for."""
    effort: TimeSplit
    """Of the touches of the week."""
    channels: Mapping[str, int]
    """Of those with leads: how many by each channel, the busiest first."""
    is_over: bool
    """The week is over: nothing is asked for any more, and what stands open today is left out."""
    reviewed_days: int
    working_days: int
    """Of the week, up to today."""
    reviewed_leads: int
    losing: TimeToLose
    """Of the leads lost in the last 90 days."""
    haphazard: Haphazard
    evenness: tuple[str, ...]
    """The same in words."""
    coverage: Coverage
    is_clean_up_due: bool
    """Every `[clean_up] every_weeks` weeks."""
    clean_up_in: int | None
    """Weeks until it is due again; None when nobody is to be reminded."""
    stale: int
    """How many deals are stale."""


def build_weekly(context: Context) -> WeeklyPage:
    """What the note of this week shows today."""
    today, calendar = context.today, context.pipeline.calendar
    standings = context.pipeline.standings
    first = monday_of(today)
    days = review_days(context)
    won = by_worth(won_between(first, today, context), context)
    week = Period(name="week", first=first, last=today)
    span = span_of(context.courses().deals, week, context.pipeline.stages)
    lost = by_worth(standings_of(span.lost, context), context)
    moved_on = by_worth(standings_of(span.moved_on, context), context)
    evenness = measure_haphazard(days, looks_by_day(standings), today, calendar)
    clean_up_in = weeks_to_clean_up(first, context.settings.clean_up.every_weeks)
    return WeeklyPage(
        today=today,
        first=first,
        last=first + timedelta(days=WEEK - 1),
        decimal=context.settings.money.decimal,
        pages=context.settings.pages.enabled,
        new=build_listing(new_between(first, today, context), context, "new", limit=LIST_LIMIT),
        won=build_listing(won, context, "won", limit=LIST_LIMIT),
        revenue=total(won, context.settings, today),
        lost=build_listing(lost, context, "lost", limit=LIST_LIMIT),
        moved_on=build_listing(moved_on, context, "moved", limit=LIST_LIMIT),
        impact_id=item_id("week", "impact", first.isoformat()),
        effort=time_split(context, first - ONE_DAY),
        channels=channels_of((one.lead for one in standings), week),
        is_over=today < context.pipeline.today,
        reviewed_days=sum(day in week for day in days),
        working_days=working_days_in(first, today, calendar),
        reviewed_leads=leads_reviewed((one.lead for one in standings), week),
        losing=measure_losing(today - timedelta(days=LOSING_DAYS), context),
        haphazard=evenness,
        evenness=evenness_lines(evenness),
        coverage=measure_coverage(context),
        is_clean_up_due=clean_up_in == 0,
        clean_up_in=clean_up_in,
        stale=len(in_bucket(standings, Bucket.STALE)),
    )


def leads_reviewed(leads: Iterable[Lead], week: Period) -> int:
    """How many of the leads were reviewed in the week."""
    return sum(any(day in week for day in lead.review_days) for lead in leads)


def channels_of(leads: Iterable[Lead], week: Period) -> Mapping[str, int]:
    """The touches of the week by channel, the busiest first; ties by name."""
    counts = Counter(str(touch.kind) for touch in touches_apart(leads) if touch.day in week)
    return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))


def new_between(first: date, last: date, context: Context) -> tuple[Standing, ...]:
    """The leads created from one day to another, whatever became of them, newest first."""
    created = (
        standing
        for standing in context.pipeline.standings
        if standing.lead.created and first <= standing.lead.created <= last
    )
    return tuple(reversed(by_created(created)))


def won_between(first: date, last: date, context: Context) -> tuple[Standing, ...]:
    """The leads won from one day to another, by path."""
    return tuple(
        standing
        for standing in context.pipeline.standings
        if (stage := standing.lead.stage)
        and stage.kind is StageKind.WON
        and standing.lead.closed_on
        and first <= standing.lead.closed_on <= last
    )


def measure_coverage(context: Context) -> Coverage:
    """How many open leads the reviews of the last twenty working days have reached."""
    window = recent_working_days(frozenset(), context.today, context.pipeline.calendar)
    since = window[MANY - 1]
    open_ones = [one for one in context.pipeline.standings if one.is_open and one.lead.readable]
    waiting = [one for one in open_ones if (one.lead.reviewed_on or date.min) < since]
    return Coverage(
        open=len(open_ones),
        reviewed=len(open_ones) - len(waiting),
        waiting=build_listing(sorted(waiting, key=_unreviewed_key), context, "review", limit=FEW),
    )


def _unreviewed_key(standing: Standing) -> tuple[date, date, PurePosixPath]:
    lead = standing.lead
    return lead.reviewed_on or date.min, lead.created or date.min, lead.path


def evenness_lines(found: Haphazard) -> tuple[str, ...]:
    """How evenly the pipeline is looked at, with the numbers that it is told from."""
    if not found.is_known:
        so_far = plural(found.working_days, "working day")
        return (f"Too early to say how even that is: {so_far} so far, {ENOUGH_DAYS} are needed.",)
    variance = f" (variance {found.gap_variance:.1f})" if found.gap_variance is not None else ""
    return (
        f"Reviewed on {found.reviewed} of {found.working_days} working days.",
        f"Longest gap: {plural(found.longest_gap, 'working day')}{variance}.",
        f"In bursts: {found.in_bursts} of {found.looks} looks at a lead.",
    )


def weeks_to_clean_up(monday: date, every_weeks: int) -> int | None:
    """In how many weeks a clean-up is due, 0 for this one; None for never."""
    if every_weeks <= 0:
        return None
    return -((monday - FIRST_TURN).days // WEEK) % every_weeks
