"""Public holidays of a country, from the `holidays` package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.disk.root import CONFIG_FILE
from vaultflow.errors import ConfigError, nearest_words

if TYPE_CHECKING:
    from datetime import date


def load_holidays(country: str, years: range) -> frozenset[date]:
    """The days that are no working days by law; none when no country is set.

    Args:
        country: ISO 3166 code such as `DE`, or `DE-BY` for one of its states.
        years: the calendar years that are wanted.

    Raises:
        ConfigError: the code is not known.
    """
    if not country:
        return frozenset()
    # A tenth of a second to import, and most vaults name no country.
    import holidays  # noqa: PLC0415

    code, _, state = country.partition("-")
    try:
        return frozenset(
            holidays.country_holidays(code.upper(), subdiv=state.upper() or None, years=years)
        )
    except NotImplementedError as error:
        known = holidays.list_supported_countries()
        raise _unknown(country, code.upper(), known) from error


def _unknown(country: str, code: str, known: dict[str, list[str]]) -> ConfigError:
    """What to say of a code that is not known, or whose state is not."""
    near = (
        known.get(code) or nearest_words(code, known, most=5, least_alike=0.5) or ["DE", "GB", "US"]
    )
    return ConfigError(
        f'[review] holidays: there are no holidays of "{country}"',
        path=CONFIG_FILE,
        hint=f"use an ISO 3166 code; near it: {', '.join(near)}",
    )
