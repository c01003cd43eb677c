"""How much is won, by those decided and by those that began together; how large, how soon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.pages.reports.saying import (
    days_text,
    money_text,
    percent,
    share_text,
    share_with_interval,
    window_text,
)
from vaultflow.pages.reports.section import Section, Table
from vaultflow.pages.wording import plural, short_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultflow.pages.page import Context
    from vaultflow.pages.reports.sold import Sold
    from vaultflow.pipeline.measures.results.closing import Closing, Cohort
    from vaultflow.pipeline.measures.results.sizes import Velocity


def rate_section(sold: Sold, context: Context) -> Section:
    """The two win rates: of what had to be sold, and of orders."""
    return Section(
        title="Win rate",
        lines=tuple(_rate_lines(sold, context)),
        note=f"Won or lost {window_text(sold.period, context.today)}, by the day of the end.",
    )


def _rate_lines(sold: Sold, context: Context) -> Iterator[str]:
    rate = sold.rate
    yield f"Sold: {share_with_interval(rate.by_count)}."
    if rate.by_value is not None:
        without = f"; {rate.without_value} without a value" if rate.without_value else ""
        both = money_text(rate.won + rate.lost, context)
        yield (
            f"By value: {money_text(rate.won, context)} of {both} "
            f"({percent(rate.by_value)}{without})."
        )
    if sold.orders.by_count.whole:
        yield f"Orders, apart: {share_text(sold.orders.by_count)}; nobody had to sell them."
    if sold.no_deals:
        yield f"Left out: {plural(sold.no_deals, 'lead')} lost as no deal, such as duplicates."


def cohort_section(groups: Sequence[Cohort], closing: Closing, context: Context) -> Section:
    """What has become of the deals that began together."""
    ripe = (
        f"Young: some have not had the {plural(closing.most_over, 'day')} in which four of five "
        "are over, so the share is still to change."
        if closing.most_over is not None
        else "Young: it is not known yet in how many days four of five deals are over."
    )
    return Section(
        title="Deals that began together",
        table=Table(
            headers=("Began", "Deals", "Won of decided", "Open"),
            rows=tuple(
                (
                    group.period.name + ("" if group.is_ripe else ", young"),
                    f"{group.deals}",
                    share_text(group.rate.by_count),
                    f"{group.rate.still_open}",
                )
                for group in groups
            ),
            right=(1, 2, 3),
        ),
        note=f"By the period of the quota, as of {short_day(context.today, context.today)}. {ripe}",
    )


def size_section(sold: Sold, context: Context) -> Section:
    """How large won deals are, and the money that the pipeline makes a day."""
    sizes = sold.sizes
    if sizes.mean is None or sizes.median is None:
        size = "Deal size: no won deal with a value."
    else:
        size = (
            f"Deal size: {money_text(sizes.mean, context)} on average, "
            f"{money_text(sizes.median, context)} at the median "
            f"({plural(sizes.count, 'won deal')}; {sizes.without_value} without a value)."
        )
    return Section(
        title="Size and speed",
        lines=(size, _velocity_line(sold.velocity, context)),
        note=(
            f"Deals won {window_text(sold.period, context.today)}, without orders. Velocity: open "
            "leads times win rate times average size by the days of a cycle. The cycle is of won "
            "deals alone, and so too short where many are still open."
        ),
    )


def _velocity_line(velocity: Velocity, context: Context) -> str:
    if velocity.a_day is None or velocity.average is None or velocity.cycle_days is None:
        return "Velocity: not known without won deals that have a value and both days."
    few = " Not enough data: fewer than five were won." if velocity.has_few else ""
    return (
        f"Velocity: {money_text(velocity.a_day, context)} a day, of "
        f"{plural(velocity.deals, 'open lead')}, {share_text(velocity.rate)} won, "
        f"{money_text(velocity.average, context)} each, {plural(velocity.cycle_days, 'day')}.{few}"
    )


def time_section(closing: Closing) -> Section:
    """How long it takes from the beginning of a deal to its end."""
    if not closing.deals:
        return Section(title="Time to close", lines=("No deal with a day on which it began.",))
    without = (
        f" {plural(closing.without_day, 'deal')} left out: nothing tells when they began or ended."
        if closing.without_day
        else ""
    )
    return Section(
        title="Time to close",
        lines=(
            f"Half of all deals won: {days_text(closing.half_won)}.",
            (
                f"Half of all deals over, won or lost: {days_text(closing.half_over)}; "
                f"four of five: {days_text(closing.most_over)}."
            ),
        ),
        table=Table(
            headers=("After", "Won", "Lost", "Open"),
            rows=tuple(
                (f"{step.day} days", percent(step.won), percent(step.lost), percent(step.open))
                for step in closing.marks
            ),
            right=(1, 2, 3),
        )
        if closing.marks
        else None,
        note=(
            f"All {plural(closing.deals, 'deal')} since the first, without orders and what was no "
            f"deal; {closing.open} are open and count as far as they are (Aalen and Johansen)."
            + without
        ),
    )
