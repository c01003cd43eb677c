"""The forecast: by month, gut beside data, what slipped, and what dropped out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pages.reports.gut_and_data import build_gut_and_data
from vaultflow.pages.reports.saying import money_text, sums_text, unread_text
from vaultflow.pages.reports.section import Chart, Mark, Section, Table
from vaultflow.pages.reports.slipping import build_drop_outs, build_slippage
from vaultflow.pages.wording import MONTHS, plural, short_day
from vaultflow.pipeline.measures.numbers.amounts import rates_used
from vaultflow.pipeline.measures.numbers.months import Expected, MonthlyForecast, forecast_months

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from decimal import Decimal

    from vaultflow.pages.page import Context

MOST_MONTHS = 12


class MonthNumbers(Struct, frozen=True, kw_only=True):
    """A month, or what stands in none, in numbers; amounts in `[money] currency`."""

    name: str
    """`2026-12`, `overdue` or `no date`."""
    deals: int
    won: Decimal
    weighted: Decimal
    p10: Decimal
    p50: Decimal
    p90: Decimal
    without_value: int


class ForecastPage(Struct, frozen=True, kw_only=True):
    """The forecast in numbers and in words."""

    title: str
    months: tuple[MonthNumbers, ...]
    sections: tuple[Section, ...]


def build_forecast(context: Context) -> ForecastPage:
    """The forecast of today."""
    found = forecast_months(context.pipeline)
    parts = [*_named_parts(found)]
    return ForecastPage(
        title="Forecast",
        months=tuple(_numbers(name, part) for name, part in parts),
        sections=(
            _headline(found, context),
            _by_month(found, context),
            *build_gut_and_data(found, context),
            build_slippage(context),
            build_drop_outs(context),
        ),
    )


def _named_parts(found: MonthlyForecast) -> Iterator[tuple[str, Expected]]:
    for period, part in found.months:
        yield period.name, part
    yield "overdue", found.overdue
    yield "no date", found.undated


def _numbers(name: str, part: Expected) -> MonthNumbers:
    return MonthNumbers(
        name=name,
        deals=part.deals,
        won=part.won,
        weighted=part.weighted,
        p10=part.p10,
        p50=part.p50,
        p90=part.p90,
        without_value=part.without_value,
    )


def _headline(found: MonthlyForecast, context: Context) -> Section:
    """All open deals together: the range first, since the mean is a sum that may never happen."""
    every = found.all
    said = [
        f"{plural(every.deals, 'open deal')}, with what was won this month: "
        f"{_range(every, context)}."
        if every.outlook.deals
        else "No open deal has both a value and a chance.",
        (
            f"Won this month: {money_text(every.won, context)} "
            f"({plural(every.won_deals, 'deal')}). Weighted, with it: "
            f"{money_text(every.weighted, context)}."
        ),
        *_likeliest(every, context),
        *_left_out(found, context),
        *_commission(found, context),
    ]
    return Section(
        title="",
        lines=tuple(said),
        note="P10: with 90% it is at least so much. P90: with 10%. Each deal is won or not by "
        f"its own chance, apart from the others.{unread_text(context)}",
    )


def _range(part: Expected, context: Context) -> str:
    low, middle, high = (money_text(one, context) for one in (part.p10, part.p50, part.p90))
    return f"P50 {middle}, P10 {low} to P90 {high}"


def _likeliest(every: Expected, context: Context) -> Iterator[str]:
    found = every.outlook
    if found.likeliest is not None and found.likeliest_percent is not None and found.deals:
        yield (
            f"The single likeliest sum of the open ones is {money_text(found.likeliest, context)} "
            f"({found.likeliest_percent:.0f}%)."
        )
    elif not found.is_exact:
        yield "There are too many sums to list: the percentiles are near, to about a hundredth."


def _left_out(found: MonthlyForecast, context: Context) -> Iterator[str]:
    every = found.all
    if every.without_value:
        yield f"{plural(every.without_value, 'deal')} without a value: in the count, in no sum."
    if every.without_chance:
        yield f"{plural(every.without_chance, 'deal')} without a chance: in no sum."
    if every.foreign:
        yield f"Without a rate, and so apart: {sums_text(every.foreign, context)} weighted."
    if found.left_out:
        yield f"{plural(found.left_out, 'deal')} in stages that count in no forecast."
    leads = [(bet.lead, None) for bet in found.bets]
    for rate in rates_used(leads, context.today, context.settings.money):
        day = short_day(rate.date, context.today)
        yield f"1 {rate.currency} = {rate.value} {context.settings.money.currency}, rate of {day}."


def _commission(found: MonthlyForecast, context: Context) -> Iterator[str]:
    percent = context.settings.quota.commission
    if percent is None:
        return
    for period, part in found.months[:3]:
        low, middle, high = (
            money_text(one * percent / 100, context) for one in (part.p10, part.p50, part.p90)
        )
        yield (
            f"Commission ({percent}%) {_month(period.first, context.today)}: "
            f"{middle}, {low} to {high}."
        )


def _by_month(found: MonthlyForecast, context: Context) -> Section:
    """The months to come, and what belongs to none."""
    shown = found.months[:MOST_MONTHS]
    names = [_month(period.first, context.today) for period, _ in shown]
    rows = [
        *zip(names, (part for _, part in shown), strict=True),
        ("Overdue", found.overdue),
        ("No date", found.undated),
    ]
    weighted = ", ".join(f"{name} {money_text(part.weighted, context)}" for name, part in rows)
    later = len(found.months) - len(shown)
    return Section(
        title="By month",
        lines=(
            f"Weighted: {weighted}.",
            (
                f"{plural(found.overdue.deals, 'deal')} expected on a day that has passed and "
                f"{plural(found.undated.deals, 'deal')} without a day are in no month."
            ),
            *((f"{plural(later, 'later month')} left out.",) if later else ()),
        ),
        table=_month_table(rows, context),
        chart=Chart(
            kind="bar",
            title="P50 by month",
            marks=tuple(
                Mark(label=name, value=round(part.p50))
                for name, (_, part) in zip(names, shown, strict=True)
            ),
        ),
        note="By expected_close; what was won this month is in its row.",
    )


def _month_table(rows: Iterable[tuple[str, Expected]], context: Context) -> Table:
    return Table(
        headers=("Month (deals)", "P10", "P50", "P90"),
        rows=tuple(
            (
                f"{name} ({part.deals})",
                *(money_text(one, context) for one in (part.p10, part.p50, part.p90)),
            )
            for name, part in rows
        ),
        right=(1, 2, 3),
    )


def _month(first: date, today: date) -> str:
    year = "" if first.year == today.year else f" {first.year}"
    return f"{MONTHS[first.month - 1]}{year}"
