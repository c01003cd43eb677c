"""How often people hear from us: who is due for a touch, and with whom to keep in touch."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.evidence import touch_source
from vaultflow.pipeline.settings import StageKind
from vaultflow.pipeline.workdays import days_between
from vaultflow.vault.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultflow.pipeline.lead import Lead, Touch
    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.pipeline.standing import Standing

_SPAN = re.compile(
    r"(?:every\s+)?(?:(?P<count>\d{1,4})\s*)?(?P<unit>d|days?|w|weeks?|m|months?|y|years?)?",
    re.IGNORECASE,
)
_UNIT_DAYS = {"": 1, "d": 1, "w": 7, "m": 30, "y": 365}
_WORDS = {
    "never": 0,
    "no": 0,
    "daily": 1,
    "weekly": 7,
    "fortnightly": 14,
    "biweekly": 14,
    "monthly": 30,
    "quarterly": 90,
    "yearly": 365,
}


class DueTouch(Struct, frozen=True, kw_only=True, gc=False):
    """A lead that should hear from us."""

    standing: Standing
    every: int
    """Days between two touches that suit it."""
    days: int
    """Since the last touch, by `[pipeline] count`."""
    late: int
    """Days beyond; 0 when it is due today."""
    evidence: str
    """Why, in one line."""


def read_days(text: str) -> int | None:
    """The days of a span as people type it, `10`, `2 weeks` or `monthly`; None when it is none."""
    typed = text.strip().lower()
    if typed in _WORDS:
        return _WORDS[typed]
    match = _SPAN.fullmatch(typed)
    if match is None or not (match["count"] or match["unit"]):
        return None
    return int(match["count"] or 1) * _UNIT_DAYS[(match["unit"] or "")[:1]]


def touch_due(standing: Standing, pipeline: Pipeline) -> DueTouch | None:
    """An open lead whose cadence has run out; None while there is time, or with a cadence of 0.

    A next action of today or of the days of grace is the touch to come: then nobody is due.
    """
    every, reason = cadence_of(standing.lead, pipeline)
    if not standing.is_open or _is_planned(standing, pipeline):
        return None
    return _due(standing, every, reason, (standing.last_touch, standing.idle_since), pipeline)


def clients_due(pipeline: Pipeline) -> tuple[DueTouch, ...]:
    """The clients who have not heard from us for long: one a company, the latest first.

    A touch with any lead of the company counts. It is shown by the lead that was won last.
    """
    by_client: dict[str, list[Standing]] = defaultdict(list)
    for standing in pipeline.standings:
        by_client[_client(standing.lead)].append(standing)
    groups = (group for group in by_client.values() if any(map(_is_won, group)))
    return latest_first(found for group in groups if (found := _client_due(group, pipeline)))


def parked_due(pipeline: Pipeline) -> tuple[DueTouch, ...]:
    """The parked leads that have not heard from us for long, the latest first."""
    parked = (each for each in pipeline.standings if each.is_parked and each.lead.readable)
    due = (
        _due(each, *_keeping(each.lead, pipeline), (each.last_touch, each.idle_since), pipeline)
        for each in parked
    )
    return latest_first(found for found in due if found)


def not_ready(pipeline: Pipeline) -> tuple[int, int]:
    """How many leads were not ready when they were asked, and of how many.

    Those that are parked, and those that have ever been given a day to look again.
    """
    readable = [standing for standing in pipeline.standings if standing.lead.readable]
    later = sum(each.is_parked or each.lead.revisit_on is not None for each in readable)
    return later, len(readable)


def latest_first(due: Iterable[DueTouch]) -> tuple[DueTouch, ...]:
    """Those who are the most days beyond their cadence first; ties by path."""
    return tuple(sorted(due, key=lambda one: (-one.late, one.standing.lead.path.parts)))


def said_days(lead: Lead, field: str) -> int | None:
    """The days that the lead says in the field; None when it says none that are understood."""
    said = lead.said.get(field)
    return read_days(said.text) if said else None


def _due(
    standing: Standing,
    every: int,
    reason: str,
    last: tuple[Touch | None, date | None],
    pipeline: Pipeline,
) -> DueTouch | None:
    touch, since = last
    if not every or since is None:
        return None
    count = pipeline.settings.pipeline.count
    days = days_between(since, pipeline.today, count, pipeline.calendar)
    if days < every:
        return None
    when = (
        f"last touch {touch.day}, {touch_source(touch, standing.lead)}"
        if touch
        else f"no touch yet, counted from {since}"
    )
    unit = "working day" if count == "working" else "day"
    evidence = f"{days} {unit}{'' if days == 1 else 's'} (limit {every} {reason}): {when}"
    return DueTouch(standing=standing, every=every, days=days, late=days - every, evidence=evidence)


def cadence_of(lead: Lead, pipeline: Pipeline) -> tuple[int, str]:
    """Days between two touches of an open lead, and where that stands."""
    own = said_days(lead, "cadence_days")
    if own is not None:
        return own, f"by cadence_days, line {lead.said['cadence_days'].line}"
    if lead.stage and lead.stage.stale_days is not None:
        return lead.stage.stale_days, "of its stage"
    return pipeline.settings.follow_up.touch_days, "of touch_days"


def _keeping(lead: Lead, pipeline: Pipeline) -> tuple[int, str]:
    """The same of a client or a parked lead."""
    own = said_days(lead, "keep_in_touch_days")
    if own is not None:
        return own, f"by keep_in_touch_days, line {lead.said['keep_in_touch_days'].line}"
    return pipeline.settings.follow_up.client_days, "of client_days"


def _is_planned(standing: Standing, pipeline: Pipeline) -> bool:
    due, settings = standing.lead.next_action_due, pipeline.settings.pipeline
    if due is None or due < pipeline.today:
        return False
    ahead = days_between(pipeline.today, due, settings.count, pipeline.calendar)
    return ahead <= settings.grace_days


def _client(lead: Lead) -> str:
    """What the leads of one client share: its note or name; without a company the own path."""
    if lead.company is None:
        return str(lead.path)
    return lead.company.file or fold(lead.company.name)


def _client_due(group: Iterable[Standing], pipeline: Pipeline) -> DueTouch | None:
    members = tuple(group)
    won = max(filter(_is_won, members), key=_won_key)
    touches = (touch for each in members for touch in each.lead.touches[:1])
    touch = max(touches, key=lambda each: (each.day, each.path.parts, each.line), default=None)
    since = touch.day if touch else won.lead.closed_on or won.lead.created
    return _due(won, *_keeping(won.lead, pipeline), (touch, since), pipeline)


def _is_won(standing: Standing) -> bool:
    stage = standing.lead.stage
    return stage is not None and stage.kind is StageKind.WON


def _won_key(standing: Standing) -> tuple[date, tuple[str, ...]]:
    return standing.lead.closed_on or date.min, standing.lead.path.parts
