"""How often the day on which a deal closes was pushed, and how far. Source: practice 3.10."""

from __future__ import annotations

import itertools
from datetime import date
from statistics import median
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.settings import StageKind
from vaultflow.vault.frontmatter.values import read_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultflow.pipeline.history.course import Course

FICTION = 3
"""So many pushes make a close date that nobody believes."""


class Slip(Struct, frozen=True, kw_only=True):
    """What became of a deal's expected day."""

    course: Course
    first_promised: date
    promised: date
    """The day that counts now."""
    pushes: int
    """Days on which it was moved to a later one; several moves of a day count as one."""

    @property
    def days(self) -> int:
        """Days between the first promise and the present one; negative when earlier."""
        return (self.promised - self.first_promised).days

    @property
    def is_fiction(self) -> bool:
        """Whether it was pushed so often that it says nothing."""
        return self.pushes >= FICTION


def slip_of(course: Course) -> Slip | None:
    """What became of the deal's expected day; None when it never had one."""
    days = [*_promises(course)]
    if not days:
        return None
    return Slip(
        course=course,
        first_promised=days[0],
        promised=days[-1],
        pushes=sum(after > before for before, after in itertools.pairwise(days)),
    )


def open_slips(courses: Iterable[Course]) -> tuple[Slip, ...]:
    """What became of the expected days of open deals that have one."""
    open_ones = (course for course in courses if course.outcome is StageKind.OPEN)
    return tuple(slip for course in open_ones if (slip := slip_of(course)))


def rose_tint_days(courses: Iterable[Course]) -> tuple[float | None, int]:
    """Median days by which won deals came later than first promised, and of how many."""
    late = [
        (course.ended - slip.first_promised).days
        for course in courses
        if course.outcome is StageKind.WON and course.ended and (slip := slip_of(course))
    ]
    return (median(late) if late else None), len(late)


def first_promise(course: Course) -> date | None:
    """The first day that the deal was expected to close on, as it stands on record."""
    return next(_recorded_promises(course), None)


def _promises(course: Course) -> Iterator[date]:
    """The expected days in turn, and the one of today where no record tells of it."""
    last: date | None = None
    for last in _recorded_promises(course):
        yield last
    if course.lead.expected_close and course.lead.expected_close != last:
        yield course.lead.expected_close


def _recorded_promises(course: Course) -> Iterator[date]:
    """The expected days in turn, one a day on which it was set: the last of that day."""
    by_day: dict[date, date] = {}
    for number, fact in enumerate(course.of_field("expected_close")):
        before = read_date(fact.before) if number == 0 and fact.before else None
        if before:
            by_day[date.min] = before
        if after := read_date(fact.after):
            by_day[fact.day] = after
    last: date | None = None
    for promise in (by_day[day] for day in sorted(by_day)):
        if promise != last:
            yield promise
        last = promise
