"""What a deal is worth in the vault's currency, by a rate of the right day. Source: practice 3.16.

An open deal is worth what the newest rate up to today says, a closed one what the rate said on the
day on which it was closed: what was earned does not change any more.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from vaultflow.pipeline.money import converted, rate_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from decimal import Decimal

    from vaultflow.pipeline.lead import Lead, Money
    from vaultflow.pipeline.settings import MoneySettings, Rate


def worth_of(lead: Lead, ended: date | None, today: date, settings: MoneySettings) -> Money | None:
    """What the deal is worth; in its own currency when there is no rate, None without a value."""
    return converted(lead.value, min(ended or today, today), settings) if lead.value else None


def at_home(worth: Money | None, settings: MoneySettings) -> Decimal | None:
    """The amount when it is in the vault's currency; None when it cannot be added to others."""
    return worth.amount if worth and worth.currency == settings.currency else None


def rates_used(
    deals: Iterable[tuple[Lead, date | None]], today: date, settings: MoneySettings
) -> tuple[Rate, ...]:
    """The dated rates by which deals were converted, by currency and day."""
    days = (
        (lead.value.currency, min(ended or today, today))
        for lead, ended in deals
        if lead.value and lead.value.currency != settings.currency
    )
    rates = {rate for currency, day in days if (rate := rate_on(day, currency, settings))}
    return tuple(sorted(rates, key=lambda rate: (rate.currency, rate.date)))


def by_currency(amounts: Iterable[Money]) -> Mapping[str, Decimal]:
    """One sum a currency, by their codes."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for money in amounts:
        sums[money.currency] += money.amount
    return dict(sorted(sums.items()))
