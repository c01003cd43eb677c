"""The order in which leads are listed; it ends with the path, so that it is always the same."""

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


def _age_key(standing: Standing) -> int:
    """Smaller for a newer lead; one without a day of creation counts as the oldest."""
    return -(standing.lead.created or date.min).toordinal()
