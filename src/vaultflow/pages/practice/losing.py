"""How fast deals are let go: from the first doubt to the day they were lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from vaultflow.pipeline.lead import TouchKind
from vaultflow.pipeline.settings import StageKind
from vaultflow.pipeline.stages import find_stage
from vaultflow.pipeline.workdays import days_between

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.lead import Lead
    from vaultflow.pipeline.standing import Standing

DOUBT = r"buying (?:no|unsure)\b.*"
MOVED = re.compile(r"\s*(?P<before>.+?)\s*->")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeToLose:
    """How long it took from the first doubt to a loss. Made by `measure_losing`."""

    lost: int
    """All that were lost in the time looked at."""
    doubted: int
    """Those of them about which there was a doubt before: the median's n."""
    median_days: float | None
    """Calendar days; None for none."""


def measure_losing(since: date, context: Context) -> TimeToLose:
    """How long the leads lost from this day on had been in doubt."""
    from statistics import median  # noqa: PLC0415  # takes a while to load, and most pages are not it

    lost = [one for one in context.pipeline.standings if _is_lost(one, since, context)]
    days = sorted(
        (closed - doubt).days
        for one in lost
        if (closed := one.lead.closed_on) and (doubt := first_doubt(one.lead, closed, context))
    )
    return TimeToLose(lost=len(lost), doubted=len(days), median_days=median(days) if days else None)


def first_doubt(lead: Lead, closed: date, context: Context) -> date | None:
    """The first day on which a review doubted that they buy, or the deal had gone stale."""
    from vaultflow.pages.answers.record import find_records  # noqa: PLC0415  # as above

    said = (one.day for one in find_records(lead.path, context) if one.holds(DOUBT))
    doubts = [day for day in (*said, *_stale_days(lead, closed, context)) if day <= closed]
    return min(doubts, default=None)


def _is_lost(standing: Standing, since: date, context: Context) -> bool:
    stage, closed = standing.lead.stage, standing.lead.closed_on
    is_lost = stage is not None and stage.kind is StageKind.LOST
    return is_lost and closed is not None and since <= closed <= context.today


def _stale_days(lead: Lead, closed: date, context: Context) -> Iterator[date]:
    """The days on which it became stale, by the limit of the stage that it was lost from."""
    limit = _limit(lead, context)
    if limit is None:
        return
    touched = {one.day for one in lead.touches if one.kind is not TouchKind.FIELD}
    known = sorted(day for day in {*touched, lead.created or closed, closed} if day <= closed)
    count, calendar = context.settings.pipeline.count, context.pipeline.calendar
    for before, after in pairwise(known):
        if days_between(before, after, count, calendar) > limit:
            day = before + timedelta(days=limit + 1)
            while days_between(before, day, count, calendar) <= limit:
                day += ONE_DAY
            yield day


def _limit(lead: Lead, context: Context) -> int | None:
    moves = (one.text for one in lead.touches if one.kind is TouchKind.STAGE)
    match = MOVED.match(next(moves, ""))
    stage = find_stage(context.pipeline.stages, match["before"]) if match else None
    return stage.stale_days if stage else None
