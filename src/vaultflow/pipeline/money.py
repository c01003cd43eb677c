"""Amounts of money: read as people type them, shown as people read them, never as floats."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from vaultflow.pipeline.currencies import currency_code, minor_units, sign_of
from vaultflow.pipeline.lead import Money

if TYPE_CHECKING:
    from datetime import date

    from vaultflow.pipeline.settings import MoneySettings, Rate
    from vaultflow.vault.note import Value


_SCALES = {"": 1, "k": 1_000, "m": 1_000_000}
_BLANKS = " \t\u00a0\u2009\u202f"
_AMOUNT = re.compile(
    rf"(?P<sign>[-+−]?)[{_BLANKS}]*(?P<unit>[^\d{_BLANKS}+−.,-][^\d{_BLANKS}+−,-]*)?[{_BLANKS}]*"
    rf"(?P<sign2>[-+−]?)(?P<digits>\d[\d.,'’{_BLANKS}]*?)[{_BLANKS}]*"
    r"(?P<scale>[km]?)(?![^\W\d_])"
    rf"[{_BLANKS}]*(?P<unit2>[^\d{_BLANKS}+−.,-][^\d{_BLANKS}]*)?",
    re.IGNORECASE,
)
_YAML_NUMBER = re.compile(r"[-+]?\d+(?:\.(?P<decimals>\d*))?(?:e[-+]?\d{1,2})?", re.IGNORECASE)
_THOUSANDTHS = 3
_MOST_DIGITS = 15  # a quadrillion is a slip of the finger, and no sum of deals needs more


def read_money(
    value: Value, text: str, settings: MoneySettings, currency: str = ""
) -> tuple[Money | None, str]:
    """The amount that a field names, or None and what is wrong with it.

    Args:
        value: as Obsidian reads it; a number is read by YAML's rules whatever the settings say.
        text: as typed; amounts are read from it and never from a float.
        settings: the decimal sign of text, and the currency when nothing names one.
        currency: code of the lead's own currency field; empty when it has none.

    Nothing typed is no amount and no problem.
    """
    if not text.strip():
        return None, ""
    expected = currency or settings.currency
    if isinstance(value, int | float) and not isinstance(value, bool):
        amount, problem = _read_number(text, expected)
        return (None, problem) if amount is None else (Money(amount=amount, currency=expected), "")
    return _read_text(text.strip(), settings.decimal, expected, currency)


def format_money(money: Money, decimal: str = ".") -> str:
    """The amount with its currency: `€12,000`, `CHF 1,250.50`, `-$5`.

    Cents are shown only where there are some; more than the currency has are rounded half up.
    `decimal` is the decimal sign; the other one of point and comma groups the thousands.
    """
    rounded = rounded_to_minor(money)
    whole = rounded == rounded.to_integral_value()
    digits = f"{abs(rounded):,.{0 if whole else minor_units(money.currency)}f}"
    if decimal == ",":
        digits = digits.translate(str.maketrans(",.", ".,"))
    return f"{'-' if rounded < 0 else ''}{sign_of(money.currency)}{digits}"


def rounded_to_minor(money: Money) -> Decimal:
    """The amount with as many decimals as its currency has, rounded half up."""
    unit = Decimal(1).scaleb(-minor_units(money.currency))
    return money.amount.quantize(unit, rounding=ROUND_HALF_UP)


def rate_on(day: date, currency: str, settings: MoneySettings) -> Rate | None:
    """The newest rate of the currency up to the day; None when there is none."""
    rates = (rate for rate in settings.rates if rate.currency == currency and rate.date <= day)
    return max(rates, key=lambda rate: rate.date, default=None)


def converted(money: Money, day: date, settings: MoneySettings) -> Money:
    """The amount in the configured currency by the rate of the day; as it is without a rate."""
    if money.currency == settings.currency:
        return money
    rate = rate_on(day, money.currency, settings)
    if rate is None:
        return money
    return Money(amount=money.amount * rate.value, currency=settings.currency)


def _read_number(text: str, currency: str) -> tuple[Decimal | None, str]:
    match = _YAML_NUMBER.fullmatch(text)
    if not match:
        return None, f"{text} is not a plain number"
    decimals = match["decimals"] or ""
    if len(decimals) == _THOUSANDTHS and minor_units(currency) < _THOUSANDTHS:
        return None, f"{text} can mean thousands or thousandths"
    return _sized(Decimal(text), text)


def _read_text(
    text: str, decimal: str, expected: str, own_currency: str
) -> tuple[Money | None, str]:
    match = _AMOUNT.fullmatch(text)
    if not match or (match["unit"] and match["unit2"]) or (match["sign"] and match["sign2"]):
        return None, f'"{text}" is not an amount'
    unit = match["unit"] or match["unit2"] or ""
    code = currency_code(unit, expected) if unit else expected
    if code is None:
        return None, f'"{unit}" in "{text}" is not a currency'
    if own_currency and code != own_currency:
        return None, f'"{text}" is in {code} but the currency field says {own_currency}'
    amount, problem = _read_digits(match["digits"], decimal, code, scaled=bool(match["scale"]))
    if amount is None:
        return None, problem
    sign = -1 if (match["sign"] or match["sign2"]) in {"-", "−"} else 1
    scaled = sign * amount * _SCALES[match["scale"].lower()]
    return Money(amount=scaled, currency=code), ""


def _read_digits(
    digits: str, decimal: str, currency: str, *, scaled: bool
) -> tuple[Decimal | None, str]:
    grouping = "." if decimal == "," else ","
    whole, sign, decimals = digits.partition(decimal)
    groups = re.split(rf"[{grouping}'’{_BLANKS}]", whole)
    if not decimals.isdigit() and sign:
        return (
            None,
            f'"{digits}" has signs that no amount has where "{decimal}" is the decimal sign',
        )
    if not _grouped_by_thousands(groups):
        return None, f'"{digits}" is not an amount where "{decimal}" is the decimal sign'
    # 1.500k is as clear as 1.5k; 1.500 alone is what somebody else writes for 1500.
    shortest = len(groups) == 1 and len(whole) <= _THOUSANDTHS and not scaled
    if len(decimals) == _THOUSANDTHS > minor_units(currency) and shortest:
        return None, f'"{digits}" can mean thousands or thousandths'
    return _sized(Decimal("".join(groups) + ("." + decimals if decimals else "")), digits)


def _grouped_by_thousands(groups: list[str]) -> bool:
    first, *others = groups
    if not others:
        return first.isdigit()
    return 1 <= len(first) <= _THOUSANDTHS and all(len(group) == _THOUSANDTHS for group in others)


def _sized(amount: Decimal, text: str) -> tuple[Decimal | None, str]:
    if amount and not -_MOST_DIGITS < amount.adjusted() < _MOST_DIGITS:
        return None, f"{text} is too large or too small for an amount"
    # In full digits, or 1e3 would be shown as 1E+3.
    return Decimal(f"{amount:f}"), ""
