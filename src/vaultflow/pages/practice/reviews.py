"""On which days the pipeline was reviewed, and how that is said in a line."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from vaultflow.pages.page import review_path
from vaultflow.pages.wording import WEEKDAYS, plural, short_day
from vaultflow.pipeline.lead import Money
from vaultflow.pipeline.money import format_money
from vaultflow.pipeline.practice.habit import recent_working_days

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.practice.habit import Habit
    from vaultflow.pipeline.practice.pressure import Pressure
    from vaultflow.vault.note import InlineField, Note

OURS = "vf-"
WEEK = 7


def review_days(context: Context) -> frozenset[date]:
    """The days up to today with a review.

    A day counts when a lead's log has a review of it, or its review note holds a tick or an answer.
    Only the notes of the last sixty working days are looked at, by their paths.
    """
    in_logs = (day for one in context.pipeline.standings for day in one.lead.review_days)
    return frozenset(day for day in (*in_logs, *_days_of_notes(context)) if day <= context.today)


def _days_of_notes(context: Context) -> Iterator[date]:
    today, notes = context.today, context.vault.notes
    first = recent_working_days(frozenset(), today, context.pipeline.calendar)[-1]
    for back in range((today - first).days + 1):
        day = today - timedelta(days=back)
        note = notes.get(review_path(day, context.settings))
        if note and is_answered(note):
            yield day


def is_answered(note: Note) -> bool:
    """Whether something was ticked or typed at an item of a page of ours."""
    if not note.is_page:
        return False
    ticked = (task.status.strip() for task in note.tasks if _is_ours(task.block_id))
    return any(ticked) or any(_is_answer(field, note) for field in note.inline_fields)


def _is_answer(field: InlineField, note: Note) -> bool:
    """Whether it has a value, and stands below an item of ours."""
    if not field.text.strip():
        return False
    above = [task for task in note.tasks if task.line < field.line]
    depths = {item.line: item.depth for item in note.items}
    is_below = bool(above) and depths.get(field.line, 0) > depths.get(above[-1].line, 0)
    return is_below and _is_ours(above[-1].block_id)


def _is_ours(block_id: str | None) -> bool:
    return (block_id or "").startswith(OURS)


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
