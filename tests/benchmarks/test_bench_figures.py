from __future__ import annotations

import pytest
from bench import growth
from figures import exponent, median_difference, median_ratio, percentile
from table import Measure, amount, measures_table, table


def measure(
    value: float, limit: float | None = None, *, at_least: bool = False, said_of: int | None = None
) -> Measure:
    return Measure(
        bar="1",
        notes=1_000,
        what="cold index",
        value=value,
        unit="x",
        limit=limit,
        at_least=at_least,
        said_of=said_of,
    )


def test_a_ratio_is_taken_pair_by_pair() -> None:
    assert median_ratio([2.0, 40.0, 3.0], [1.0, 20.0, 1.0]) == 2.0


def test_a_difference_is_taken_pair_by_pair() -> None:
    assert median_difference([2.0, 40.0, 3.0], [1.0, 20.0, 1.0]) == 2.0


@pytest.mark.parametrize(("percent", "expected"), [(1, 1), (50, 50), (95, 95), (100, 100)])
def test_a_percentile_is_a_value_that_was_measured(percent: int, expected: int) -> None:
    assert percentile(range(100, 0, -1), percent) == expected


def test_the_percentile_of_one_value_is_that_value() -> None:
    assert percentile([7.0], 95) == 7.0


@pytest.mark.parametrize("power", [0.0, 0.5, 1.0, 2.0])
def test_the_exponent_of_a_power_is_that_power(power: float) -> None:
    costs = {size: 3 * size**power for size in (1_000, 10_000, 100_000)}
    assert exponent(costs) == pytest.approx(power)


@pytest.mark.parametrize(("value", "expected"), [(9.9, "ok"), (10.0, "ok"), (10.1, "MISSED")])
def test_a_bar_holds_up_to_its_limit(value: float, expected: str) -> None:
    assert measure(value, 10.0).verdict == expected


@pytest.mark.parametrize(("value", "expected"), [(9.9, "MISSED"), (10.0, "ok"), (10.1, "ok")])
def test_a_bar_that_is_to_be_reached_holds_from_its_limit(value: float, expected: str) -> None:
    assert measure(value, 10.0, at_least=True).verdict == expected


def test_a_bar_set_for_another_size_is_judged_in_parentheses() -> None:
    assert measure(11.0, 10.0, said_of=10_000).verdict == "(missed)"
    assert measure(11.0, 10.0, said_of=1_000).verdict == "MISSED"


def test_a_number_without_a_bar_has_no_verdict() -> None:
    assert measure(11.0).verdict == ""


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (0.894, "x", "0.89 x"),
        (27.06, "ms", "27.1 ms"),
        (1239.6, "ms", "1,240 ms"),
        (10.0, "x", "10 x"),
        (-98.7654, "ms", "-98.8 ms"),
    ],
)
def test_an_amount_has_three_digits(value: float, unit: str, shown: str) -> None:
    assert amount(value, unit) == shown


def test_a_table_is_markdown_in_columns() -> None:
    assert table([("a", "long"), ("23", "b")]).splitlines() == [
        "| a  | long |",
        "| -- | ---- |",
        "| 23 | b    |",
    ]


def test_a_measure_is_a_row() -> None:
    row = measures_table([measure(9.0, 10.0, said_of=10_000)]).splitlines()[-1]
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells == ["1", "1,000", "cold index", "9 x", "<= 10 x", "(ok)", ""]


def test_growth_is_told_where_two_sizes_were_measured() -> None:
    small, large = (
        Measure(bar="", notes=notes, what="cold index", value=notes / 500, unit="s")
        for notes in (1_000, 10_000)
    )
    assert list(growth([small])) == []
    assert "| 1.00 " in "\n".join(growth([small, large]))
