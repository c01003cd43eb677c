"""How reports tell numbers: a share with what it rests on, a median with its count, a trend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.pages.reports.saying import ENOUGH, percent, share_text, share_with_interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.history.course import Course
    from vaultflow.pipeline.measures.numbers.ratio import Ratio
    from vaultflow.pipeline.practice.following.effort import Spread
    from vaultflow.pipeline.standing import Standing

BARS = "▁▂▃▄▅▆▇█"


def share(found: Ratio) -> str:
    """`12 of 40 (30%; 95% interval 18 to 45%)`; of few the count alone."""
    return share_text(found) if found.whole < ENOUGH else share_with_interval(found)


def short_share(found: Ratio) -> str:
    """`5 (42%)`, beside the number that it is of; of few no percentage."""
    if found.share is None or found.whole < ENOUGH:
        return f"{found.part}"
    return f"{found.part} ({percent(found.share)})"


def median_days(days: Spread) -> str:
    """`43 days at the median of 5`."""
    if days.median is None:
        return "no days known"
    unit = "day" if days.median == 1 else "days"
    return f"{days.median:g} {unit} at the median of {days.count}"


def sparkline(counts: Sequence[int]) -> str:
    """The counts as bars of equal width: the lowest bar is 0, the highest the largest of them."""
    most = max(counts, default=0)
    steps = len(BARS) - 1
    # Rounded up, so that only a week without any is at the bottom.
    return "".join(BARS[-(-count * steps // most) if most else 0] for count in counts)


def standings_of(courses: Iterable[Course], context: Context) -> tuple[Standing, ...]:
    """Where these deals stand, in the order of their paths."""
    paths = {course.lead.path for course in courses}
    return tuple(one for one in context.pipeline.standings if one.lead.path in paths)
