"""The chances that a person stated, as they stood on record at a fixed moment.

Two moments count: when a deal enters a stage, and 30 days before the day on which it was first
promised to close. A chance that was typed after that moment is none: who knows how it ended can
state anything. Source: practice 3.13.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.history.course import CLOSED
from vaultflow.pipeline.measures.ahead.calibration import Calibration, Forecast, calibrate
from vaultflow.pipeline.measures.movement.slippage import first_promise
from vaultflow.pipeline.measures.results.kpis import sold
from vaultflow.pipeline.settings import Stage, StageKind
from vaultflow.pipeline.stages import open_stages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from vaultflow.pipeline.history.course import Course
    from vaultflow.pipeline.lead import Money

BEFORE_CLOSE = timedelta(days=30)
_NUMBER = re.compile(r"(?P<number>\d{1,3}(?:\.\d+)?)\s*(?P<sign>%?)")
_HUNDRED = 100


class Track(Struct, frozen=True, kw_only=True):
    """What was stated at one moment of each deal, and what came of it."""

    name: str
    """`30 days before the first promise`, or `entering Proposal`."""
    calibration: Calibration | None
    """None without a forecast."""
    still_open: int
    """Deals with a chance on record that are not decided: in none of the numbers."""
    stated_value: Decimal
    """Each value times the chance, of the decided ones with a value in the vault's currency."""
    came_value: Decimal
    """What of it came."""
    with_value: int


def stated_tracks(
    courses: Iterable[Course],
    stages: Sequence[Stage],
    today: date,
    value_of: Callable[[Course], Money | None],
) -> tuple[Track, ...]:
    """One for 30 days before the first promise, then one for each open stage."""
    deals = sold(courses)
    moments = {"30 days before the first promise": _before_promise} | {
        f"entering {stage.name}": _entering(stage) for stage in open_stages(stages)
    }
    return tuple(
        _track(name, _stated(deals, moment, today), value_of) for name, moment in moments.items()
    )


def percent_on(course: Course, day: date) -> int | None:
    """The chance that stood in the deal's note on the day; None when nothing tells of one."""
    facts = course.of_field("probability")
    known = [fact for fact in facts if fact.day <= day]
    if known:
        return read_percent(known[-1].after)
    # What a first change replaced had stood there since before.
    is_there = facts and course.began and course.began <= day
    return read_percent(facts[0].before or "") if is_there else None


def read_percent(text: str) -> int | None:
    """`40`, `40 %` or `0.4` in percent; None when it is no chance."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    number = Decimal(match["number"])
    is_fraction = not match["sign"] and "." in match["number"] and 0 < number <= 1
    percent = number * _HUNDRED if is_fraction else number
    return round(percent) if percent <= _HUNDRED else None


def _before_promise(course: Course) -> date | None:
    promise = first_promise(course)
    return promise - BEFORE_CLOSE if promise else None


def _entering(stage: Stage) -> Callable[[Course], date | None]:
    def entered(course: Course) -> date | None:
        return next((stay.entered for stay in course.stays if stay.stage == stage), None)

    return entered


def _stated(
    deals: Iterable[Course], moment: Callable[[Course], date | None], today: date
) -> Sequence[tuple[Course, int]]:
    """The deals with the chance on record at the moment, when nobody could know the end yet."""
    return [
        (course, percent)
        for course in deals
        if (day := moment(course)) is not None
        and day <= today
        and _was_open(course, day)
        and (percent := percent_on(course, day)) is not None
    ]


def _track(
    name: str,
    stated: Sequence[tuple[Course, int]],
    value_of: Callable[[Course], Money | None],
) -> Track:
    decided = [(course, percent) for course, percent in stated if course.outcome in CLOSED]
    forecasts = [
        Forecast(percent=percent, came_true=course.outcome is StageKind.WON)
        for course, percent in decided
    ]
    values = [
        (worth.amount, one)
        for (course, _), one in zip(decided, forecasts, strict=True)
        if (worth := value_of(course)) is not None
    ]
    return Track(
        name=name,
        calibration=calibrate(forecasts),
        still_open=len(stated) - len(decided),
        stated_value=sum((value * one.percent / 100 for value, one in values), Decimal(0)),
        came_value=sum((value for value, one in values if one.came_true), Decimal(0)),
        with_value=len(values),
    )


def _was_open(course: Course, day: date) -> bool:
    """Whether nobody could know on the day how it ends. Closed without a day: then nobody knows."""
    if course.outcome not in CLOSED:
        return True
    return course.ended is not None and day < course.ended
