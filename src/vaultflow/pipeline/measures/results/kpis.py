"""The few numbers to look at again and again, each beside what it was as long before.

All are of what happened in the period: a lead that came up, a quote that went out, a deal that was
won or lost. Source: practice 3.3, 3.8, 3.18.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

from vaultflow.pipeline.lead import Direction, TouchKind
from vaultflow.pipeline.measures.numbers.periods import Period, as_long_before
from vaultflow.pipeline.measures.results.sizes import sizes
from vaultflow.pipeline.measures.results.winning import decided_in, is_order, was_a_deal, win_rate
from vaultflow.pipeline.practice.following.effort import effort_touches
from vaultflow.pipeline.settings import StageKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from vaultflow.pipeline.history.course import Course
    from vaultflow.pipeline.lead import Money, Touch
    from vaultflow.pipeline.settings import Stage

Unit: TypeAlias = Literal["count", "money", "share"]
_QUOTE = re.compile("quote|proposal", re.IGNORECASE)


class Figure(Struct, frozen=True, kw_only=True):
    """One number of one period."""

    amount: Decimal | None
    """A count, money in the one currency, or a share from 0 to 1; None when there is no case."""
    cases: int
    """How many it rests on."""


class Kpi(Struct, frozen=True, kw_only=True):
    """One number of a period and of as many days before."""

    name: str
    """As `[report] kpis` calls it."""
    unit: Unit
    now: Figure
    before: Figure

    @property
    def change(self) -> Decimal | None:
        """By how much it is more now; None when one of the two is not known."""
        if self.now.amount is None or self.before.amount is None:
            return None
        return self.now.amount - self.before.amount


Worth: TypeAlias = "Callable[[Course], Money | None]"


def build_kpis(courses: Sequence[Course], period: Period, worth: Worth) -> tuple[Kpi, ...]:
    """All numbers, of the period and of as many days before.

    Args:
        courses: all deals.
        period: the days that count.
        worth: a deal's value in the one currency that sums are made in; None when it has none.
    """
    now = _figures(courses, period, worth)
    before = _figures(courses, as_long_before(period), worth)
    return tuple(
        Kpi(name=name, unit=_UNITS.get(name, "count"), now=figure, before=before[name])
        for name, figure in now.items()
    )


_UNITS: dict[str, Unit] = {
    "value_won": "money",
    "deal_size": "money",
    "win_rate": "share",
    "win_rate_value": "share",
}


def _figures(courses: Sequence[Course], period: Period, worth: Worth) -> dict[str, Figure]:
    """Each number by its name."""
    decided = decided_in(courses, period)
    won = [course for course in decided if course.outcome is StageKind.WON]
    values = [money.amount if (money := worth(course)) else None for course in won]
    rate, size = win_rate(decided, worth), sizes(values)
    by_value = rate.won / (rate.won + rate.lost) if rate.won + rate.lost else None
    counts = {
        "leads_new": sum(_began_in(course, period) for course in courses),
        "quotes_sent": sum(quotes_in(course, period) for course in courses),
        "clients_won": len(won),
        "leads_lost": len(decided) - len(won),
        "touches": sum(len(touches_in(course, period)) for course in courses),
    }
    share = rate.by_count
    return {
        **{name: Figure(amount=Decimal(count), cases=count) for name, count in counts.items()},
        "value_won": Figure(amount=rate.won, cases=size.count),
        "deal_size": Figure(amount=size.mean, cases=size.count),
        "win_rate": Figure(
            amount=Decimal(share.part) / share.whole if share.whole else None, cases=share.whole
        ),
        "win_rate_value": Figure(amount=by_value, cases=len(decided) - rate.without_value),
    }


def _began_in(course: Course, period: Period) -> bool:
    return course.began is not None and course.began in period


def quotes_in(course: Course, period: Period) -> int:
    """Quotes that a deal was given: lines of its log that say so, or moves into a quote's stage.

    Most often the line and the move tell of one quote, so the larger of the two counts.
    """
    told = {
        touch.day
        for touch in _touches_of(course, period)
        if touch.kind is TouchKind.QUOTE and touch.direction is not Direction.IN
    }
    moves = sum(stay.entered in period and is_quote(stay.stage) for stay in course.stays)
    return max(len(told), moves)


@lru_cache(maxsize=64)
def is_quote(stage: Stage) -> bool:
    """Whether who comes into the stage has got a quote: it says so, or one of its names does."""
    names = (stage.name, stage.label, *stage.aliases)
    return stage.quote or any(map(_QUOTE.search, names))


def touches_in(course: Course, period: Period) -> tuple[Touch, ...]:
    """What was done about a lead in the period, newest first; moves and reviews are none of it."""
    if not _touches_of(course, period):
        return ()  # most leads of a large vault
    return tuple(touch for touch in effort_touches(course.lead) if touch.day in period)


def _touches_of(course: Course, period: Period) -> tuple[Touch, ...]:
    touches = course.lead.touches
    if not touches or touches[0].day < period.first:
        return ()  # the newest one comes first
    return tuple(touch for touch in touches if touch.day in period)


def sold(courses: Iterable[Course]) -> tuple[Course, ...]:
    """The deals that rates are about: no orders, and none of those that were lost as no deal."""
    return tuple(
        course
        for course in courses
        if not is_order(course) and (course.outcome is not StageKind.LOST or was_a_deal(course))
    )


def orders(courses: Iterable[Course]) -> tuple[Course, ...]:
    """The sales that needed no selling."""
    return tuple(course for course in courses if is_order(course))
