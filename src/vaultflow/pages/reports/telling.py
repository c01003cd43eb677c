"""How reports tell numbers: a share with what it rests on, a median with its count, a trend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.pages.wording import plural
from vaultflow.pipeline.lead import Money
from vaultflow.pipeline.money import format_money

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.history.course import Course
    from vaultflow.pipeline.measures.ratio import Ratio
    from vaultflow.pipeline.practice.effort import Spread
    from vaultflow.pipeline.standing import Standing

BARS = "▁▂▃▄▅▆▇█"
ENOUGH = 5  # below this, a share in percent says more about chance than about you


def share(found: Ratio) -> str:
    """`5 of 12 (42%; 19 to 68)`, with Wilson's interval; of few no percentage."""
    if found.interval is None or found.share is None or found.whole < ENOUGH:
        return f"{found.part} of {found.whole}"
    low, high = (percent(bound) for bound in found.interval)
    return f"{found.part} of {found.whole} ({percent(found.share)}%; {low} to {high})"


def short_share(found: Ratio) -> str:
    """`5 (42%)`, beside the number that it is of; of few no percentage."""
    if found.share is None or found.whole < ENOUGH:
        return f"{found.part}"
    return f"{found.part} ({percent(found.share)}%)"


def percent(part: float) -> int:
    """A share of one in whole percent, halves up."""
    return int(100 * part + 0.5)


def median_days(days: Spread) -> str:
    """`43 days at the median of 5`."""
    if days.median is None:
        return "no days known"
    unit = "day" if days.median == 1 else "days"
    return f"{days.median:g} {unit} at the median of {days.count}"


def sums(amounts: Mapping[str, Decimal], context: Context) -> str:
    """`€86,400 + $2,000`; empty when there is none."""
    decimal = context.settings.money.decimal
    return " + ".join(
        format_money(Money(amount=amount, currency=currency), decimal)
        for currency, amount in amounts.items()
    )


def sparkline(counts: Sequence[int]) -> str:
    """The counts as bars of equal width: the lowest bar is 0, the highest the largest of them."""
    most = max(counts, default=0)
    steps = len(BARS) - 1
    # Rounded up, so that only a week without any is at the bottom.
    return "".join(BARS[-(-count * steps // most) if most else 0] for count in counts)


def left_out(unreadable: int) -> str:
    """A sentence about leads that cannot be read; empty when all can."""
    if not unreadable:
        return ""
    verb = "is" if unreadable == 1 else "are"
    return f" {plural(unreadable, 'lead')} cannot be read and {verb} not counted."


def standings_of(courses: Iterable[Course], context: Context) -> tuple[Standing, ...]:
    """Where these deals stand, in the order of their paths."""
    paths = {course.lead.path for course in courses}
    return tuple(one for one in context.pipeline.standings if one.lead.path in paths)
