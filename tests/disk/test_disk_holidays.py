from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from vaultflow.disk.holidays import load_holidays
from vaultflow.errors import ConfigError

YEARS = range(2026, 2028)


def test_no_country_has_no_holidays() -> None:
    assert load_holidays("", YEARS) == frozenset()


def test_the_package_is_imported_only_for_a_country() -> None:
    code = (
        "import sys; from vaultflow.disk.holidays import load_holidays;"
        "load_holidays('', range(2026, 2027)); sys.exit('holidays' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("country", ["DE", "de", "DEU"])
def test_a_country_has_its_holidays_in_each_year(country: str) -> None:
    found = load_holidays(country, YEARS)
    assert {date(2026, 10, 3), date(2027, 10, 3)} <= found
    assert {day.year for day in found} == {2026, 2027}


def test_a_state_has_more_of_them() -> None:
    assert date(2026, 6, 4) in load_holidays("DE-BY", YEARS) - load_holidays("DE", YEARS)


@pytest.mark.parametrize(
    ("country", "near"), [("XX", "AX"), ("DEE", "DE"), ("DE-ZZ", "BY"), ("-", "DE, GB, US")]
)
def test_an_unknown_country_is_refused_with_the_nearest(country: str, near: str) -> None:
    with pytest.raises(ConfigError, match="there are no holidays of") as caught:
        load_holidays(country, YEARS)
    assert near in caught.value.hint
    assert caught.value.exit_code == 3
