"""Where the work goes, in sentences: each number with how many it stands on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pages.rows import LeadRow, lead_row
from vaultflow.pages.wording import plural
from vaultflow.pipeline.practice.following.effort import (
    SLOW_DAYS,
    dead_ends,
    first_actions,
    split_time,
    spread,
    touches_by_outcome,
)
from vaultflow.pipeline.practice.following.loose import loose_touches
from vaultflow.pipeline.practice.following.promises import kept_rate, rates_by, read_promises
from vaultflow.pipeline.practice.qualifying.qualification import read_coverage
from vaultflow.pipeline.reading.log import read_log

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.lead import Lead
    from vaultflow.pipeline.practice.following.effort import FirstAction, Spread, TimeSplit
    from vaultflow.pipeline.practice.following.promises import KeptRate, Promise

PERIOD_DAYS = 90  # of new leads and of promises: a quarter shows how it goes now
TIME_DAYS = 30
ENOUGH = 5  # below this, a share says more about chance than about you
LONGEST = 5


class SlowStart(Struct, frozen=True, kw_only=True, gc=False):
    """A new lead that waited for more than two working days."""

    row: LeadRow
    days: int
    """Working days."""
    is_waiting: bool
    """Nothing was done yet."""


class Effort(Struct, frozen=True, kw_only=True, gc=False):
    """The numbers about following up."""

    lines: tuple[str, ...]
    """Each a sentence or two, with how many leads or touches it stands on."""
    slow: tuple[SlowStart, ...]
    """New leads that waited for more than two working days, the longest first."""
    more_slow: int


def build_effort(context: Context) -> Effort:
    """The numbers about following up, as of today."""
    since = days_before(context.today, PERIOD_DAYS)
    actions = [each for each in first_actions(context.pipeline) if _is_of_period(each, since)]
    slow = [each for each in actions if each.days > SLOW_DAYS]
    return Effort(
        lines=(
            _first_action_line(actions),
            *kept_lines(promises_of(context), since),
            touches_line(*touches_by_outcome(context.pipeline.standings)),
            time_line(time_split(context, days_before(context.today, TIME_DAYS))),
            _dead_ends_line(context),
        ),
        slow=tuple(
            SlowStart(
                row=lead_row(each.standing, context),
                days=each.days,
                is_waiting=each.touch is None,
            )
            for each in slow[:LONGEST]
        ),
        more_slow=max(len(slow) - LONGEST, 0),
    )


def days_before(day: date, count: int) -> date:
    """The day so many days before; what is later than it lies within them."""
    return day - timedelta(days=count)


def time_split(context: Context, since: date) -> TimeSplit:
    """What the touches after the day, and up to today, went into: leads, social media, others."""
    first = since + timedelta(days=1)
    leads = {standing.lead.path for standing in context.pipeline.standings}
    loose = loose_touches(context.vault, leads, context.obsidian, since=first, until=context.today)
    linked = (
        touch
        for each in context.pipeline.standings
        for touch in each.lead.touches
        if touch.day <= context.today
    )
    return split_time(linked, loose, first)


def time_line(split: TimeSplit, days: int = TIME_DAYS) -> str:
    """`12 social touches, 0 linked to a lead.`, with what else the time went into."""
    return (
        f"Last {days} days: {plural(split.linked, 'touch', 'touches')} with leads, "
        f"{split.loose} beside them. {plural(split.social, 'social touch', 'social touches')}, "
        f"{split.social_linked} linked to a lead."
    )


def touches_line(won: Spread, lost: Spread) -> str:
    """Touches a lead of those won and of those lost; what goes together is no proof of a cause."""
    if not won.count and not lost.count:
        return "Touches a lead: none is won or lost yet."
    return (
        f"Touches a lead: won {_spread_text(won)}; lost {_spread_text(lost)}. "
        "They go together, which does not tell whether the one brings the other."
    )


def kept_lines(promises: Mapping[Lead, tuple[Promise, ...]], since: date) -> tuple[str, ...]:
    """The share of next actions done by their day, also by owner and by source."""
    rate = kept_rate((each for some in promises.values() for each in some), since)
    if not rate.due:
        return ("Follow-up kept: no next action that a review planned was due yet.",)
    ratio = f"{rate.kept} of {rate.due}"
    share = f" ({round(100 * rate.kept / rate.due)}%)" if rate.due >= ENOUGH else ""
    doubt = "" if rate.due >= ENOUGH else " Too few to judge by."
    late = (
        f" {rate.late} done late, by {plural_days(rate.late_days)} at the median."
        if rate.late_days is not None
        else ""
    )
    unknown = f" Of {rate.unknown} more, the notes do not tell." if rate.unknown else ""
    whole = (
        f"Follow-up kept: {ratio}{share} next actions due in the last {PERIOD_DAYS} days "
        f"were done by their day.{doubt}{late}{unknown}"
    )
    by_owner = _by_line("owner", rates_by(promises, lambda lead: lead.owner, since))
    by_source = _by_line("source", rates_by(promises, lambda lead: lead.source, since))
    return (whole, *by_owner, *by_source)


def plural_days(days: float) -> str:
    """`1 day`, `2.5 days`."""
    return f"{days:g} day{'' if days == 1 else 's'}"


def _by_line(name: str, rates: Mapping[str, KeptRate]) -> tuple[str, ...]:
    """The shares of several groups; of one alone, the whole has told them."""
    if len(rates) <= 1:
        return ()
    parts = (f"{group or 'none'} {rate.kept} of {rate.due}" for group, rate in rates.items())
    return (f"Kept by {name}: {', '.join(parts)}.",)


def _is_of_period(action: FirstAction, since: date) -> bool:
    created = action.standing.lead.created
    return created is not None and (created > since or action.touch is None)


def _first_action_line(actions: list[FirstAction]) -> str:
    acted = spread([each.days for each in actions if each.touch])
    waiting = sum(each.touch is None for each in actions)
    still = f" Nothing was done yet about {plural(waiting, 'lead')}." if waiting else ""
    if acted.median is None:
        return f"First action: no lead of the last {PERIOD_DAYS} days has had one.{still}"
    unit = "working day" if acted.median == 1 else "working days"
    return (
        f"First action: {acted.median:g} {unit} after a lead came up, at the median "
        f"({plural(acted.count, 'lead')} of the last {PERIOD_DAYS} days).{still}"
    )


def _dead_ends_line(context: Context) -> str:
    enough = context.settings.qualification.answers
    ends = dead_ends(context.pipeline.standings, lambda lead: read_coverage(lead).count >= enough)
    return (
        f"Dead ends: {plural(ends.touches, 'touch', 'touches')} went into "
        f"{plural(ends.leads, 'lead')} lost with fewer than {enough} of the seven "
        f"questions answered; {ends.touches} of {ends.all_touches} with all "
        f"{plural(ends.all_leads, 'closed lead')}."
    )


def _spread_text(numbers: Spread) -> str:
    if numbers.median is None:
        return "none yet"
    leads = plural(numbers.count, "lead")
    if numbers.interval:
        low, high = numbers.interval
        return f"{numbers.median:g} at the median ({leads}; 95% interval {low} to {high})"
    span = f", {numbers.low} to {numbers.high}" if numbers.count > 1 else ""
    return f"{numbers.median:g} at the median ({leads}{span}; too few for an interval)"


def promises_of(context: Context) -> Mapping[Lead, tuple[Promise, ...]]:
    """The next actions that reviews have planned, of each lead that can be read."""
    heading = context.settings.leads.log_heading
    readable = (each.lead for each in context.pipeline.standings if each.lead.readable)
    return {
        lead: read_promises(
            read_log(context.vault.notes[lead.path], heading, context.today)[0], lead, context.today
        )
        for lead in readable
    }
