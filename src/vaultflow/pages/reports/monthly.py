"""The monthly note: numbers beside those of the month before, what was decided, did it work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from vaultflow.pages.blocks.items import item_id
from vaultflow.pages.practice.decisions import (
    MOST,
    decision_id,
    earlier_decisions,
    read_decisions,
)
from vaultflow.pages.reports.numbers import Number, number_named, numbers_of
from vaultflow.pages.reports.saying import money_text, unread_text
from vaultflow.pages.reports.section import Section, Table
from vaultflow.pages.reports.telling import share
from vaultflow.pages.wording import LONG_MONTHS, MONTHS, plural
from vaultflow.pipeline.measures.aims.goal import goal_history
from vaultflow.pipeline.measures.numbers.periods import period_before, period_of

if TYPE_CHECKING:
    from datetime import date

    from vaultflow.pages.page import Context
    from vaultflow.pages.practice.decisions import Decision
    from vaultflow.pipeline.measures.numbers.periods import Period


class Carried(Struct, frozen=True, kw_only=True):
    """A decision of an earlier month, to be judged."""

    id: str
    """Of the item in which is said whether it worked."""
    text: str
    month: str
    measure: str
    """As typed; empty when none was named."""
    then: str
    """The number in the month of the decision; empty when `measure` is none of ours."""
    now: str
    """The same in this month so far."""


class MonthlyPage(Struct, frozen=True, kw_only=True):
    """What the monthly note shows."""

    title: str
    month: str
    """`November 2026`."""
    today: date
    last: date
    """The last day of the month."""
    sections: tuple[Section, ...]
    """The numbers, and the goal beside them."""
    carried: tuple[Carried, ...]
    asked: tuple[str, ...]
    """Ids of the items in which this month's decisions are typed."""
    measures: tuple[str, ...]
    """The names of the numbers."""


def build_monthly(context: Context) -> MonthlyPage:
    """What the note of this month shows today."""
    month = period_of(context.today, "month")
    notes = context.vault.notes.values()
    # What is dated ahead has not happened yet.
    numbers = numbers_of(replace(month, last=min(month.last, context.today)), context)
    made = len(read_decisions(notes, month))
    carried = earlier_decisions(notes, month)
    return MonthlyPage(
        title=f"Pipeline month, {month_name(month)}",
        month=month_name(month),
        today=context.today,
        last=month.last,
        sections=(_numbers(month, numbers, context), *_goal(context)),
        carried=tuple(_carried(each, numbers, context) for each in carried),
        asked=tuple(decision_id(month, number) for number in range(1, min(made + 1, MOST) + 1)),
        measures=tuple(number.name for number in numbers),
    )


def month_name(month: Period) -> str:
    """`November 2026`."""
    return f"{LONG_MONTHS[month.first.month - 1]} {month.first.year}"


def _short(month: Period) -> str:
    return f"{MONTHS[month.first.month - 1]} {month.first.year}"


def _numbers(month: Period, numbers: tuple[Number, ...], context: Context) -> Section:
    before = period_before(month, "month")
    earlier = numbers_of(before, context)
    so_far = f" so far, up to {context.today}" if context.today < month.last else ""
    return Section(
        title="The numbers",
        table=Table(
            headers=("", _short(month), _short(before)),
            rows=tuple(
                (now.name, now.text, then.text) for now, then in zip(numbers, earlier, strict=True)
            ),
            right=(1, 2),
        ),
        note=(f"All leads, orders too; {month_name(month)}{so_far}.{unread_text(context)}"),
    )


def _goal(context: Context) -> tuple[Section, ...]:
    """The goal beside what was ever reached; without `[quota]` there is none to speak of."""
    settings = context.settings
    found = goal_history(context.courses().deals, settings.quota, settings.money, context.today)
    unit = settings.quota.period
    if settings.quota.amount is None:
        return ()
    if found is None:
        return (Section(title="The goal", lines=(f"No {unit} with a win is over yet.",)),)
    best = money_text(found.best_won, context)
    times = f"{found.times_best:.1f} times that" if found.times_best else "more than that"
    apart = (
        f" {plural(found.elsewhere, 'won deal')} in a currency without a rate left out."
        if found.elsewhere
        else ""
    )
    return (
        Section(
            title="The goal",
            lines=(
                f"Your best {unit} was {found.best.name} with {best}.",
                f"The goal is {money_text(found.goal, context)}: {times}.",
                f"Reached: {share(found.reached)} past {unit}s.",
            ),
            note=f"All {unit}s that are over, from the first win on.{apart}",
        ),
    )


def _carried(decision: Decision, numbers: tuple[Number, ...], context: Context) -> Carried:
    now = number_named(decision.measure, numbers)
    then = number_named(decision.measure, numbers_of(decision.month, context)) if now else None
    return Carried(
        id=item_id("month", f"worked {decision.number}", decision.month.name),
        text=decision.text,
        month=month_name(decision.month),
        measure=now.name if now else decision.measure,
        then=then.text if then else "",
        now=now.text if now else "",
    )
