"""How reports say numbers: shares with how many they rest on, amounts, days, and windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.pages.unread import folders_text
from vaultflow.pages.wording import plural, short_day, sums
from vaultflow.pipeline.lead import Money
from vaultflow.pipeline.money import format_money, rounded_to_minor

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.measures.numbers.periods import Period
    from vaultflow.pipeline.measures.numbers.ratio import Ratio

NOTHING = "–"
"""Stands in a cell where there is no number."""
ENOUGH = 5
"""Of fewer cases no percentage is shown: it would say more about chance than about anything."""


def percent(share: float | Decimal) -> str:
    """`34%`."""
    return f"{round(100 * share)}%"


def share_text(ratio: Ratio) -> str:
    """`12 of 40 (30%)`; of few cases without the percentage, and of none `–`."""
    share = ratio.share
    if share is None:
        return NOTHING
    counted = f"{ratio.part} of {ratio.whole}"
    return counted if ratio.whole < ENOUGH else f"{counted} ({percent(share)})"


def share_with_interval(ratio: Ratio) -> str:
    """`12 of 40 (30%; 95% interval 18 to 45%)`; of none `no data`."""
    if ratio.interval is None or ratio.share is None:
        return "no data"
    low, high = ratio.interval
    return (
        f"{ratio.part} of {ratio.whole} ({percent(ratio.share)}; 95% interval "
        f"{round(100 * low)} to {percent(high)})"
    )


def money_text(amount: Decimal, context: Context) -> str:
    """An amount in `[money] currency`, in whole units."""
    settings = context.settings.money
    whole = Money(amount=amount.quantize(amount.__class__(1)), currency=settings.currency)
    return format_money(whole, settings.decimal)


def sums_text(by_currency: Mapping[str, Decimal], context: Context) -> str:
    """One sum a currency, `€86,400 + $2,000`."""
    plain = {
        currency: str(rounded_to_minor(Money(amount=amount, currency=currency)))
        for currency, amount in by_currency.items()
    }
    return sums(plain, context.settings.money.decimal)


def days_text(days: float | None) -> str:
    """`12 days`, or that it is not reached."""
    return "not reached" if days is None else plural(round(days), "day")


def days_cell(days: float | None) -> str:
    """`12 d`."""
    return NOTHING if days is None else f"{round(days)} d"


def window_text(period: Period, today: date) -> str:
    """`26 Aug to 23 Nov`."""
    return f"{short_day(period.first, today)} to {short_day(period.last, today)}"


def unread_text(context: Context) -> str:
    """What is in no number, as sentences with a space before each; empty when all is."""
    count = context.courses().unreadable
    leads = f" {plural(count, 'lead')} cannot be read; vaultflow check tells why." if count else ""
    folders = folders_text(context)
    return f"{leads} {folders}" if folders else leads
