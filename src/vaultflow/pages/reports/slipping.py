"""Deals that take longer than promised, and deals that fell out."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from vaultflow.pages.reports.saying import NOTHING, money_text, window_text
from vaultflow.pages.reports.section import Section, Table
from vaultflow.pages.rows import link_target
from vaultflow.pages.wording import plural, short_day
from vaultflow.pipeline.measures.movement.slippage import (
    FICTION,
    Slip,
    open_slips,
    rose_tint_days,
    slip_of,
)
from vaultflow.pipeline.measures.numbers.periods import last_days
from vaultflow.pipeline.measures.numbers.worth import worth_in_home
from vaultflow.pipeline.measures.results.winning import decided_in
from vaultflow.pipeline.money import format_money
from vaultflow.pipeline.settings import StageKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.history.course import Course

MOST = 10


def build_slippage(context: Context) -> Section:
    """The open deals whose expected day was pushed, the most pushed first."""
    deals = context.courses().deals
    slips = open_slips(deals)
    pushed = sorted(
        (slip for slip in slips if slip.pushes),
        key=lambda one: (-one.pushes, -one.days, one.course.lead.path.parts),
    )
    late, known = rose_tint_days(deals)
    shown, more = pushed[:MOST], len(pushed) - MOST
    fiction = sum(slip.is_fiction for slip in pushed)
    return Section(
        title="Slippage",
        lines=(
            f"{len(pushed)} of {plural(len(slips), 'open deal')} with an expected day were pushed.",
            f"{plural(fiction, 'day')} pushed {FICTION} times or more: fiction, which nobody "
            "believes."
            if fiction
            else f"None was pushed {FICTION} times or more.",
            f"Won deals came {abs(late):g} days {'before' if late < 0 else 'after'} the first "
            f"promise, at the median ({plural(known, 'deal')})."
            if late is not None
            else "No won deal tells yet how far off first promises are.",
            *((f"And {plural(more, 'more deal')}.",) if more > 0 else ()),
        ),
        table=Table(
            headers=("Deal", "Pushed", "Days", "Now"),
            rows=tuple(_row(slip, context) for slip in shown),
            right=(1, 2),
            targets=tuple(link_target(one.course.lead.path, context) for one in shown),
        )
        if shown
        else None,
        note="Days between the first promise and the one that counts now. Moves of one day count "
        "once.",
    )


def build_drop_outs(context: Context) -> Section:
    """The deals that were lost lately: from which stage, and what they were worth."""
    period = last_days(context.today, context.settings.report.days)
    courses = decided_in(context.courses().deals, period)
    lost = sorted(
        (one for one in courses if one.outcome is StageKind.LOST),
        key=lambda one: (-(_worth(one, context) or 0), one.lead.path.parts),
    )
    stages = Counter(_left_from(course) for course in lost)
    told = ", ".join(f"{stage} {count}" for stage, count in sorted(stages.items()))
    promised = sum(slip_of(course) is not None for course in lost)
    worths = [worth for one in lost if (worth := _worth(one, context)) is not None]
    together = money_text(sum(worths, start=Decimal(0)), context)
    unknown = len(lost) - len(worths)
    shown, more = lost[:MOST], len(lost) - MOST
    return Section(
        title="Dropped out",
        lines=(
            (
                f"{plural(len(lost), 'deal')} lost, {together} together; {promised} of them had an "
                "expected day."
            ),
            *((f"{unknown} without a value, or a rate for it: in no sum.",) if unknown else ()),
            *((f"From: {told}.",) if lost else ()),
            *((f"And {plural(more, 'more deal')}.",) if more > 0 else ()),
        ),
        table=_drop_out_table(shown, context) if shown else None,
        note=f"Lost {window_text(period, context.today)}; leads that were no deals are left out.",
    )


def _drop_out_table(lost: Sequence[Course], context: Context) -> Table:
    return Table(
        headers=("Deal", "From", "Value", "Lost"),
        rows=tuple(
            (
                one.lead.name,
                _left_from(one),
                _value(one, context),
                short_day(one.ended, context.today) if one.ended else NOTHING,
            )
            for one in lost
        ),
        right=(2,),
        targets=tuple(link_target(one.lead.path, context) for one in lost),
    )


def _row(slip: Slip, context: Context) -> tuple[str, ...]:
    lead = slip.course.lead
    pushed = f"{slip.pushes} fiction" if slip.is_fiction else f"{slip.pushes}"
    return (lead.name, pushed, f"{slip.days:+d}", short_day(slip.promised, context.today))


def _left_from(course: Course) -> str:
    """The last open stage that it stood in."""
    stages = [stay.stage for stay in course.stays if stay.stage.kind is StageKind.OPEN]
    return stages[-1].name if stages else "not known"


def _worth(course: Course, context: Context) -> Decimal | None:
    """In the home currency; None without a value, or a rate for it."""
    worth = worth_in_home(context.settings.money, context.today)(course)
    return worth.amount if worth else None


def _value(course: Course, context: Context) -> str:
    """As it is, where there is no rate for it."""
    worth, value = _worth(course, context), course.lead.value
    if worth is not None:
        return money_text(worth, context)
    return format_money(value, context.settings.money.decimal) if value else NOTHING
