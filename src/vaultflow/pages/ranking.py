"""The orders that lists of leads stand in. Each ends with the path, so that no two are alike."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from vaultflow.pages.rows import weighted_value
from vaultflow.pipeline.money import converted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.lead import Lead
    from vaultflow.pipeline.standing import Standing

PathKey: TypeAlias = "tuple[str, ...]"
"""A path's parts: in the same order as paths, which take ten times as long to compare."""
QuietKey: TypeAlias = "tuple[bool, int, PathKey]"
WorthKey: TypeAlias = "tuple[int, str, Decimal, QuietKey]"

HOME, FOREIGN, UNKNOWN = range(3)


def by_worth(standings: Iterable[Standing], context: Context) -> tuple[Standing, ...]:
    """The leads by value times probability, most first; ties by time since the last touch.

    A currency with a dated rate counts in the configured one. Without a rate amounts cannot be
    compared: such leads follow, by currency, and last come those whose worth is not known.
    """
    return tuple(sorted(standings, key=lambda standing: worth_key(standing, context)))


def by_quiet(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    """The leads by time since the last touch, longest first; before all those without a date."""
    return tuple(sorted(standings, key=quiet_key))


def by_due(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    """The leads by the day on which the next action is due, those without a day last."""
    return _by_day(standings, lambda lead: lead.next_action_due)


def by_created(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    """The leads by the day on which they were created, oldest first, those without a day last."""
    return _by_day(standings, lambda lead: lead.created)


def by_revisit(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    """The leads by the day on which to look again, those without a day last."""
    return _by_day(standings, lambda lead: lead.revisit_on)


def worth_key(standing: Standing, context: Context) -> WorthKey:
    """What `by_worth` sorts by."""
    weighted = weighted_value(standing)
    if weighted is None:
        return (UNKNOWN, "", Decimal(0), quiet_key(standing))
    money = converted(weighted, context.today, context.settings.money)
    kind = HOME if money.currency == context.settings.money.currency else FOREIGN
    return (kind, money.currency, -money.amount, quiet_key(standing))


def quiet_key(standing: Standing) -> QuietKey:
    """What `by_quiet` sorts by."""
    idle_days = standing.idle_days
    return (idle_days is not None, -(idle_days or 0), standing.lead.path.parts)


def _by_day(
    standings: Iterable[Standing], day_of: Callable[[Lead], date | None]
) -> tuple[Standing, ...]:
    def key(standing: Standing) -> tuple[date, PathKey]:
        return (day_of(standing.lead) or date.max, standing.lead.path.parts)

    return tuple(sorted(standings, key=key))
