"""On which days the pipeline was reviewed, and how that is said in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.pages.practice.review_notes import answered_days
from vaultflow.pages.wording import WEEKDAYS, plural, short_day
from vaultflow.pipeline.lead import Money
from vaultflow.pipeline.money import format_money

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.practice.reviewing.habit import Habit
    from vaultflow.pipeline.practice.reviewing.pressure import Pressure

WEEK = 7


def review_days(context: Context) -> frozenset[date]:
    """The days up to today with a review.

    A day counts when a lead's log has a review of it, or its review note holds a tick or an answer.
    Only the notes of the last sixty working days are looked at, by their paths.
    """
    in_logs = (day for one in context.pipeline.standings for day in one.lead.review_days)
    in_notes = answered_days(
        context.vault.notes, context.settings, context.today, context.pipeline.calendar
    )
    return frozenset(day for day in (*in_logs, *in_notes) if day <= context.today)


def habit_line(habit: Habit, today: date) -> str:
    """The habit in one line: when, how often in a row, how often of late."""
    if habit.last_review is None:
        return "No review yet: the first answer begins the habit."
    last = "Reviewed today" if habit.is_done_today else f"Last review {_day(habit, today)}"
    of_late = f"{habit.in_5} of the last 5 and {habit.in_20} of the last 20 working days"
    return f"{last}; {_row(habit)}; {of_late}."


def _row(habit: Habit) -> str:
    if habit.missed and not habit.streak:
        return f"{plural(habit.missed, 'working day')} missed since"
    longest = f" (longest {habit.longest})" if habit.longest > habit.streak else ""
    return f"{plural(habit.streak, 'working day')} in a row{longest}"


def _day(habit: Habit, today: date) -> str:
    last = habit.last_review or today
    return WEEKDAYS[last.weekday()] if (today - last).days < WEEK else short_day(last, today)


def pressure_lines(pressure: Pressure, context: Context) -> tuple[str, ...]:
    """What has brought somebody back, with the numbers, and what helps."""

    def sum_of(amount: Decimal) -> str:
        money = Money(amount=amount, currency=pressure.currency)
        return format_money(money, context.settings.money.decimal)

    day = short_day(pressure.last_review, context.today)
    won = f"Won {sum_of(pressure.won)} of {sum_of(pressure.goal)} this {pressure.period}"
    pace = f"; at an even pace it would be {sum_of(pressure.even_pace)} by now"
    lines = (
        f"The last review was {pressure.gap} working days ago, on {day}.",
        f"{won}{pace if pressure.is_behind else ''}.",
        f"Open deals weigh {sum_of(pressure.weighted)}, and {sum_of(pressure.missing)} are missing."
        if pressure.is_short
        else "",
        "It happens to nearly everybody. Five minutes each working day, and it need not come back.",
    )
    return tuple(line for line in lines if line)
