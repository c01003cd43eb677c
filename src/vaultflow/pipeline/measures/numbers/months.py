"""The forecast by the month in which deals are expected to close. Source: practice 3.2.

A deal stands in exactly one place: in a month, among the overdue ones, or among those without a
day. What is overdue or has no day is in no month: nobody knows when it comes, if it comes.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.lead import Lead, Money
from vaultflow.pipeline.measures.ahead.forecast import Chance, Outlook, outlook
from vaultflow.pipeline.measures.numbers.amounts import by_currency, worth_of
from vaultflow.pipeline.measures.numbers.periods import Period, period_of
from vaultflow.pipeline.settings import StageKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.pipeline.standing import Standing


class Bet(Struct, frozen=True, kw_only=True):
    """An open deal of a forecast."""

    lead: Lead
    worth: Money | None
    """In the vault's currency where there is a rate."""
    percent: int | None
    """What the note says, else its stage."""
    closes: date | None


class Expected(Struct, frozen=True, kw_only=True):
    """What some deals may bring, and what was won already."""

    deals: int
    """Open ones, whatever is known of them."""
    won: Decimal
    won_deals: int
    outlook: Outlook
    """Of the open ones with a value in the vault's currency and a chance."""
    without_value: int
    without_chance: int
    """That have a value."""
    foreign: Mapping[str, Decimal]
    """Weighted sums of currencies without a rate."""

    @property
    def p10(self) -> Decimal:
        """With 90 % it is at least so much, with what was won."""
        return self.won + self.outlook.p10

    @property
    def p50(self) -> Decimal:
        """With 50 % it is at least so much."""
        return self.won + self.outlook.p50

    @property
    def p90(self) -> Decimal:
        """With 10 % it is at least so much."""
        return self.won + self.outlook.p90

    @property
    def weighted(self) -> Decimal:
        """What was won, and each open value times its chance."""
        return self.won + self.outlook.weighted


class MonthlyForecast(Struct, frozen=True, kw_only=True):
    """All open deals by when they are expected to close."""

    months: tuple[tuple[Period, Expected], ...]
    """That of today, and those in which a deal is expected."""
    overdue: Expected
    """Expected on a day that has passed."""
    undated: Expected
    all: Expected
    """All of them, with what was won in the month of today."""
    left_out: int
    """Open deals in a stage that is not forecast."""
    unreadable: int
    bets: tuple[Bet, ...]
    """By path."""


def forecast_months(pipeline: Pipeline) -> MonthlyForecast:
    """The forecast of all open deals, and what was won in the month of today."""
    today = pipeline.today
    bets, left_out = open_bets(pipeline)
    settings = pipeline.settings.money
    won = tuple(
        worth_of(one.lead, one.lead.closed_on, today, settings)
        for one in won_standings(pipeline, period_of(today, "month"))
    )
    by_month: dict[date, list[Bet]] = defaultdict(list, {today.replace(day=1): []})
    for bet in bets:
        if bet.closes and bet.closes >= today:
            by_month[bet.closes.replace(day=1)].append(bet)
    home = settings.currency
    return MonthlyForecast(
        months=tuple(
            (
                period_of(first, "month"),
                expect(by_month[first], home, won if first <= today else ()),
            )
            for first in sorted(by_month)
        ),
        overdue=expect([bet for bet in bets if bet.closes and bet.closes < today], home),
        undated=expect([bet for bet in bets if bet.closes is None], home),
        all=expect(bets, home, won),
        left_out=left_out,
        unreadable=sum(not one.lead.readable for one in pipeline.standings),
        bets=bets,
    )


def open_bets(pipeline: Pipeline) -> tuple[tuple[Bet, ...], int]:
    """The open deals that are forecast, by path, and how many stand in stages that are not."""
    leads = [one.lead for one in pipeline.standings if one.is_open and one.lead.readable]
    forecast = [lead for lead in leads if lead.stage is None or lead.stage.forecast]
    bets = (
        Bet(
            lead=lead,
            worth=worth_of(lead, None, pipeline.today, pipeline.settings.money),
            percent=lead.probability,
            closes=lead.expected_close,
        )
        for lead in forecast
    )
    return tuple(bets), len(leads) - len(forecast)


def won_standings(pipeline: Pipeline, period: Period) -> tuple[Standing, ...]:
    """The deals that were won in the period, up to today, by path."""
    return tuple(
        standing
        for standing in pipeline.standings
        if (stage := standing.lead.stage)
        and stage.kind is StageKind.WON
        and (closed := standing.lead.closed_on)
        and closed in period
        and closed <= pipeline.today
    )


def expect(bets: Sequence[Bet], home: str, won: Iterable[Money | None] = ()) -> Expected:
    """What these deals may bring in the currency `home`, beside what was won."""
    sums = tuple(won)
    known = [(bet.worth, bet.percent) for bet in bets if bet.worth and bet.percent is not None]
    abroad = (
        Money(amount=worth.amount * percent / 100, currency=worth.currency)
        for worth, percent in known
        if worth.currency != home
    )
    return Expected(
        deals=len(bets),
        won=sum((money.amount for money in sums if money and money.currency == home), Decimal(0)),
        won_deals=len(sums),
        outlook=outlook(
            [
                Chance(amount=worth.amount, percent=percent)
                for worth, percent in known
                if worth.currency == home
            ]
        ),
        without_value=sum(bet.worth is None for bet in bets),
        without_chance=sum(bet.worth is not None and bet.percent is None for bet in bets),
        foreign=by_currency(abroad),
    )
