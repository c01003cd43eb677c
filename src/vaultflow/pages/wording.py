"""How pages say things: days, amounts, counts and lights, from plain values to text.

What stands in `FILTERS` is there for every template. A filter never raises over what a page's
record may hold, and gives text that it cannot read back as it is. Names of months and days stand
here, since the standard library's depend on the machine's language.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING

from vaultflow.pipeline.lead import Money
from vaultflow.pipeline.money import format_money
from vaultflow.pipeline.standing import Light

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MONTHS = tuple("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())
LONG_MONTHS = tuple(
    "January February March April May June July August September October November December".split()
)
WEEKDAYS = tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
LIGHTS = {Light.RED: "🔴", Light.GREEN: "🟢", Light.YELLOW: "🟡", Light.GREY: "⚪"}
UNKNOWN_STAGE = "Unknown stage"
NOT_IN_CHART = re.compile(r"[^\w %,&/–—-]|_|%(?=%)|(?<!\w)-|-(?!\w)")


def short_day(day: date, today: date) -> str:
    """The day in few letters, `30 Oct`; with its year when that is not today's."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day.day} {MONTHS[day.month - 1]}{year}"


def day(iso: str | None, today: str = "") -> str:
    """The day of an ISO date as `30 Oct`, with the year unless it is that of `today`."""
    read = _read_day(iso)
    if read is None:
        return iso or ""
    return short_day(read, _read_day(today) or date.min)


def long_day(iso: str | None) -> str:
    """The day of an ISO date as `Monday 23 November`."""
    read = _read_day(iso)
    if read is None:
        return iso or ""
    return f"{WEEKDAYS[read.weekday()]} {read.day} {LONG_MONTHS[read.month - 1]}"


def money(amount: Mapping[str, str] | None, decimal: str = ".") -> str:
    """An amount with its currency, `€12,000`; empty when there is none."""
    if not amount:
        return ""
    return sums({amount["currency"]: amount["amount"]}, decimal)


def sums(by_currency: Mapping[str, str], decimal: str = ".") -> str:
    """One sum a currency, `€86,400 + $2,000`; empty when there is none."""
    return " + ".join(
        _format(currency, digits, decimal) for currency, digits in by_currency.items()
    )


def plural(count: int, one: str, many: str = "") -> str:
    """The count and its word, `1 lead` or `3 leads`; `many` when an `s` does not do."""
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def light(name: str) -> str:
    """A traffic light as a sign: red is overdue, green today, yellow none, white in the future."""
    return next((sign for kind, sign in LIGHTS.items() if kind == name), name)


def sentence(text: str) -> str:
    """The text with a capital at its beginning and a stop at its end; empty stays empty."""
    if not text:
        return ""
    return f"{text[0].upper()}{text[1:]}{'' if text[-1] in '.?!' else '.'}"


def chart_label(text: str) -> str:
    """The text as a Mermaid chart can hold it between quotation marks: hardly any punctuation.

    Nothing is left that escaping would touch, since a chart would show the escape.
    """
    return " ".join(NOT_IN_CHART.sub(" ", text).split()) or "?"


def _read_day(iso: str | None) -> date | None:
    return _parsed(iso or "")


@lru_cache(maxsize=1024)  # a page of 3,000 leads names some hundred days
def _parsed(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


@lru_cache(maxsize=4096)  # amounts are round, and the same when the page is made again
def _format(currency: str, digits: str, decimal: str) -> str:
    try:
        return format_money(Money(amount=Decimal(digits), currency=currency), decimal)
    except InvalidOperation:
        return f"{digits} {currency}"


FILTERS: Mapping[str, Callable[..., object]] = {
    "day": day,
    "long_day": long_day,
    "money": money,
    "sums": sums,
    "plural": plural,
    "light": light,
    "sentence": sentence,
    "chart_label": chart_label,
}
"""By the name that templates use."""
