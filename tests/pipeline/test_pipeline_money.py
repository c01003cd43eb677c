from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultflow.pipeline.currencies import currency_code, minor_units, sign_of
from vaultflow.pipeline.lead import Money
from vaultflow.pipeline.money import (
    converted,
    format_money,
    rate_on,
    read_money,
    rounded_to_minor,
)
from vaultflow.pipeline.settings import MoneySettings, Rate

POINT = MoneySettings(decimal=".")
COMMA = MoneySettings(decimal=",")


def euros(amount: str) -> Money:
    return Money(amount=Decimal(amount), currency="EUR")


@pytest.mark.parametrize(
    ("typed", "amount", "currency"),
    [
        ("12000", "12000", "EUR"),
        ("12,000", "12000", "EUR"),
        ("$1,234.56", "1234.56", "USD"),
        ("12k", "12000", "EUR"),
        ("1.5m", "1500000", "EUR"),
        ("1.5M USD", "1500000", "USD"),
        ("€ 12 000", "12000", "EUR"),
        ("€12\u00a0000", "12000", "EUR"),
        ("12000 usd", "12000", "USD"),
        ("CHF 1'250.50", "1250.50", "CHF"),
        ("USD 1,000,000", "1000000", "USD"),
        ("-€5", "-5", "EUR"),
        ("€-5", "-5", "EUR"),
        ("R$ 5", "5", "BRL"),
        ("0", "0", "EUR"),
        ("1.500k", "1500", "EUR"),
    ],
)
def test_amounts_are_read_where_the_point_is_the_decimal_sign(
    typed: str, amount: str, currency: str
) -> None:
    money = Money(amount=Decimal(amount), currency=currency)
    assert read_money(typed, typed, POINT) == (money, "")


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("12.000,00 EUR", "12000.00"),
        ("1.234", "1234"),
        ("1,5k", "1500"),
        ("12 000,50 €", "12000.5"),
    ],
)
def test_amounts_are_read_where_the_comma_is_the_decimal_sign(typed: str, amount: str) -> None:
    assert read_money(typed, typed, COMMA) == (euros(amount), "")


@pytest.mark.parametrize(
    ("typed", "decimal"),
    [
        ("12.000,00 EUR", "."),
        ("$1,234.56", ","),
        ("1.234", "."),
        ("1,234", ","),
        ("1.2.3", "."),
        ("12,34,567", "."),
        ("12.", "."),
        ("about 12000", "."),
        ("12k/month", "."),
        ("12 EUR 5", "."),
        ("10-20k", "."),
        ("1,5 Mio", ","),
        ("12 kr", "."),
        ("-€-5", "."),
        ("€", "."),
        ("TBD", "."),
        ("1e3", "."),
        ("9" * 40, "."),
    ],
)
def test_what_is_not_clear_is_a_problem_and_no_guess(
    typed: str, decimal: Literal[".", ","]
) -> None:
    money, problem = read_money(typed, typed, MoneySettings(decimal=decimal))
    assert money is None
    assert problem


def test_nothing_typed_is_no_amount_and_no_problem() -> None:
    assert read_money(None, "", POINT) == (None, "")
    assert read_money("  ", "  ", POINT) == (None, "")


def test_a_number_of_yaml_is_read_from_its_text_and_not_from_the_float() -> None:
    assert read_money(0.1, "0.10", COMMA) == (euros("0.10"), "")
    assert read_money(12000.5, "12000.50", COMMA) == (euros("12000.50"), "")
    assert read_money(1000.0, "1e3", POINT) == (euros("1000"), "")


@pytest.mark.parametrize("typed", ["12.000", "0x1F", ".inf", "1e99", "0o17"])
def test_a_number_of_yaml_that_can_be_read_two_ways_is_a_problem(typed: str) -> None:
    money, problem = read_money(1.0, typed, COMMA)
    assert money is None
    assert problem


def test_thousandths_are_plain_where_the_currency_has_them() -> None:
    kuwait = MoneySettings(currency="KWD")
    assert read_money(1.234, "1.234", kuwait)[0] == Money(amount=Decimal("1.234"), currency="KWD")


def test_the_configured_currency_says_whose_dollars_are_meant() -> None:
    assert read_money("$5", "$5", MoneySettings(currency="CAD"))[0] == Money(
        amount=Decimal(5), currency="CAD"
    )


def test_the_currency_field_counts_for_an_amount_without_one() -> None:
    assert read_money("5", "5", POINT, "CHF")[0] == Money(amount=Decimal(5), currency="CHF")


def test_an_amount_that_contradicts_the_currency_field_is_a_problem() -> None:
    money, problem = read_money("$5", "$5", POINT, "EUR")
    assert money is None
    assert "USD" in problem
    assert "EUR" in problem


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        ("12000", "EUR", "€12,000"),
        ("12000.00", "EUR", "€12,000"),
        ("1250.5", "CHF", "CHF 1,250.50"),
        ("-5", "USD", "-$5"),
        ("3333.335", "EUR", "€3,333.34"),
        ("1234.5", "JPY", "¥1,235"),
        ("1.2345", "KWD", "KWD 1.235"),
        ("0", "GBP", "£0"),
        ("-0.001", "EUR", "€0"),
        ("7", "CAD", "CAD 7"),
    ],
)
def test_money_is_shown_with_its_currency(amount: str, currency: str, shown: str) -> None:
    assert format_money(Money(amount=Decimal(amount), currency=currency)) == shown


def test_money_is_shown_with_the_decimal_sign_of_the_vault() -> None:
    assert format_money(euros("1234567.5"), decimal=",") == "€1.234.567,50"


def test_currencies_are_known_by_code_and_symbol() -> None:
    assert currency_code("eur") == "EUR"
    assert currency_code("£") == "GBP"
    assert currency_code("kr", "NOK") == "NOK"
    assert currency_code("kr") is None
    assert currency_code("bananas") is None
    assert (minor_units("EUR"), minor_units("JPY"), minor_units("KWD")) == (2, 0, 3)
    assert (sign_of("EUR"), sign_of("CHF")) == ("€", "CHF ")


def test_rounding_is_half_up_to_the_minor_unit() -> None:
    assert rounded_to_minor(euros("0.125")) == Decimal("0.13")


RATES = MoneySettings(
    rates=(
        Rate(date=date(2026, 10, 1), currency="USD", value=Decimal("0.90")),
        Rate(date=date(2026, 11, 1), currency="USD", value=Decimal("0.95")),
    )
)


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2026, 10, 31), "0.90"),
        (date(2026, 11, 1), "0.95"),
        (date(2026, 12, 31), "0.95"),
    ],
)
def test_the_newest_rate_up_to_the_day_counts(day: date, value: str) -> None:
    rate = rate_on(day, "USD", RATES)
    assert rate
    assert rate.value == Decimal(value)


def test_without_a_rate_an_amount_keeps_its_currency() -> None:
    dollars = Money(amount=Decimal(100), currency="USD")
    assert rate_on(date(2026, 9, 30), "USD", RATES) is None
    assert converted(dollars, date(2026, 9, 30), RATES) == dollars
    assert converted(dollars, date(2026, 10, 1), RATES) == euros("90")
    assert converted(euros("5"), date(2026, 1, 1), RATES) == euros("5")


@given(st.text(max_size=30), st.sampled_from([POINT, COMMA]))
@settings(max_examples=150, deadline=None)
def test_no_text_makes_read_money_raise(text: str, money_settings: MoneySettings) -> None:
    money, problem = read_money(text, text, money_settings)
    assert not (money and problem)


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=2),
    st.sampled_from(["EUR", "CHF", "GBP", "USD"]),
    st.sampled_from([POINT, COMMA]),
)
@settings(max_examples=100, deadline=None)
def test_what_is_shown_reads_back_as_the_same_amount(
    amount: Decimal, currency: str, money_settings: MoneySettings
) -> None:
    shown = format_money(Money(amount=amount, currency=currency), money_settings.decimal)
    assert read_money(shown, shown, money_settings) == (
        Money(amount=amount, currency=currency),
        "",
    )
