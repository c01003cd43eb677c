"""The orders in which leads are listed; each ends with the path, so that it is always the same."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from vaultflow.pipeline.standing import Light

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultflow.pipeline.standing import Standing

_LIGHTS = tuple(Light)


def by_light(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    """By traffic light: red, green, yellow, grey; of one light the newest lead first."""
    return tuple(
        sorted(
            standings,
            key=lambda each: (_LIGHTS.index(each.light), _age_key(each), each.lead.path),
        )
    )


def by_weighted_value(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    """By value times probability, highest first; those without come last.

    Meant for leads of one currency: amounts are compared as numbers.
    """
    return tuple(
        sorted(
            standings,
            key=lambda each: (each.weighted is None, -(each.weighted or 0), each.lead.path),
        )
    )


def by_idle_days(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    """By days since the last touch, longest first; those whose idle time is unknown come first."""
    return tuple(
        sorted(
            standings,
            key=lambda each: (each.idle_days is not None, -(each.idle_days or 0), each.lead.path),
        )
    )


def _age_key(standing: Standing) -> int:
    """Smaller for a newer lead; one without a day of creation counts as the oldest."""
    return -(standing.lead.created or date.min).toordinal()
