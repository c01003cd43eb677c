"""The pipeline: every lead with where it stands today, and the totals over them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.errors import Finding, Level
from vaultflow.pipeline.lead import Money
from vaultflow.pipeline.money import converted, rate_on
from vaultflow.pipeline.settings import StageKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vaultflow.pipeline.settings import Rate, Settings, Stage
    from vaultflow.pipeline.standing import Standing
    from vaultflow.pipeline.workdays import WorkCalendar

_SETTINGS_FILE = PurePosixPath("vaultflow.toml")


class Total(Struct, frozen=True, kw_only=True):
    """A count of leads and the sum of their values, one sum per currency."""

    count: int
    value: Mapping[str, Decimal]
    """By currency code, in the order of the codes."""
    weighted: Mapping[str, Decimal]
    without_value: int
    """Leads that have no value, and so are in the count only."""
    rates: tuple[Rate, ...] = ()
    """The dated rates by which amounts were converted, by currency and day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """All leads of a vault on one day. Made by `build_pipeline`."""

    today: date
    settings: Settings
    stages: tuple[Stage, ...]
    """The preset's or the vault's own, in order."""
    calendar: WorkCalendar
    """Working days, without weekends and holidays."""
    standings: Sequence[Standing]
    """One a lead, by path: a tuple, or what opens them later and equals it."""
    findings: tuple[Finding, ...]
    """About leads and stages; those of the notes themselves are the vault's."""
    mentions: Mapping[PurePosixPath, tuple[PurePosixPath, ...]] = field(default_factory=dict)
    """The leads of which each dated note tells a contact: what an update has to know."""


def all_findings(
    settings: Settings, in_leads: Iterable[Finding], namesakes: Iterable[Finding]
) -> tuple[Finding, ...]:
    """What is wrong with the stages, with each lead, and with the names of leads."""
    # A meeting note of a future day is found once for each lead that it links to.
    return tuple(dict.fromkeys((*_stage_findings(settings), *in_leads, *namesakes)))


def total(standings: Iterable[Standing], settings: Settings, today: date | None = None) -> Total:
    """How many leads there are and what they are worth, plain and weighted by probability.

    An amount of another currency is converted by the newest rate up to today (of all rates when
    no day is given), or up to the day the lead was closed; without a rate it keeps its own sum.
    """
    last_day = today or date.max
    counted = tuple(standings)
    values: dict[str, Decimal] = defaultdict(Decimal)
    weighted: dict[str, Decimal] = defaultdict(Decimal)
    rates: set[Rate] = set()
    valued = [(standing, value) for standing in counted if (value := standing.lead.value)]
    for standing, value in valued:
        part = standing.weighted
        if value.currency == settings.money.currency:  # mostly so, and then nothing is converted
            values[value.currency] += value.amount
            if part is not None:
                weighted[value.currency] += part
            continue
        day = min(standing.lead.closed_on or last_day, last_day)
        money = converted(value, day, settings.money)
        values[money.currency] += money.amount
        if part is not None:
            own = Money(amount=part, currency=value.currency)
            weighted[money.currency] += converted(own, day, settings.money).amount
        if rate := rate_on(day, value.currency, settings.money):
            rates.add(rate)
    return Total(
        count=len(counted),
        value=dict(sorted(values.items())),
        weighted=dict(sorted(weighted.items())),
        without_value=len(counted) - len(valued),
        rates=tuple(sorted(rates, key=lambda rate: (rate.currency, rate.date))),
    )


def _stage_findings(settings: Settings) -> Iterable[Finding]:
    """One for each own stage of which it is not said what it is to bring, how long, and how."""
    for stage in settings.pipeline.stages:
        missing = [
            name
            for name, value in (
                ("outcome", stage.outcome),
                ("expected_days", stage.expected_days),
                ("actions", stage.actions),
            )
            if not value
        ]
        if missing and stage.kind is StageKind.OPEN:
            yield Finding(
                level=Level.INFO,
                code="stage-undescribed",
                path=_SETTINGS_FILE,
                line=0,
                message=f'Stage "{stage.name}" has no {", no ".join(missing)}.',
                hint="add them so that everyone means the same by it",
            )
