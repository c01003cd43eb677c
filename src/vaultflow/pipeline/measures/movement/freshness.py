"""How up to date the vault is: how long ago open leads were last touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.measures.numbers.ratio import Ratio, ratio
from vaultflow.pipeline.practice.following.effort import Spread, spread

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vaultflow.pipeline.standing import Standing

FRESH_DAYS = 14  # two weeks: what the practice asks for


class Freshness(Struct, frozen=True, kw_only=True):
    """How long ago the open leads were last touched."""

    ages: Spread
    """Calendar days since the last touch, of those that have one."""
    fresh: Ratio
    """Touched in the last 14 days, of all open leads."""
    untouched: int
    """Open leads of which no touch is known."""


def freshness(standings: Iterable[Standing], today: date) -> Freshness:
    """How long ago the open leads that can be read were last touched."""
    is_open = [one for one in standings if one.is_open and one.lead.readable]
    ages = [(today - one.last_touch.day).days for one in is_open if one.last_touch]
    return Freshness(
        ages=spread(ages),
        fresh=ratio(sum(age <= FRESH_DAYS for age in ages), len(is_open)),
        untouched=len(is_open) - len(ages),
    )
