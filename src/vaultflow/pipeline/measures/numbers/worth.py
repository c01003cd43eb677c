"""What deals are worth in the one currency in which sums are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.pipeline.money import converted

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from vaultflow.pipeline.history.course import Course
    from vaultflow.pipeline.lead import Money
    from vaultflow.pipeline.settings import MoneySettings


def worth_in_home(settings: MoneySettings, today: date) -> Callable[[Course], Money | None]:
    """Gives a deal's value in `[money] currency`, by the rate of the day on which it ended.

    None when it has no value, or one in a currency that has no rate by then. Source: practice 3.16.
    """

    def worth(course: Course) -> Money | None:
        if course.lead.value is None:
            return None
        money = converted(course.lead.value, course.ended or today, settings)
        return money if money.currency == settings.currency else None

    return worth
