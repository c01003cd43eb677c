"""How much a buyer takes part of late: signals and what came in, each counting less as it ages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.lead import Direction
from vaultflow.pipeline.practice.qualifying.signals import LABELS, WEIGHTS, read_signals

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vaultflow.pipeline.lead import Lead

INBOUND = 1  # a word from them, whatever it says
STRONG = 4.0  # they negotiate and ask for more, within a few days
SOME = 1.0  # one fresh word from them


class Points(Struct, frozen=True, kw_only=True, gc=False):
    """What one event adds."""

    points: float
    """What is left of its weight today."""
    what: str
    day: date
    evidence: str


class Engagement(Struct, frozen=True, kw_only=True, gc=False):
    """The sum over all events; apart from the fit, which does not age."""

    score: float
    """To one decimal."""
    level: int
    """1 is strong, 2 some, 3 none to speak of."""
    points: tuple[Points, ...]
    """The most first."""


def engagement_of(lead: Lead, today: date, half_life_days: int) -> Engagement:
    """Weight times one half to the power of age by half-life, over signals and what came in.

    A signal without a day counts for nothing, as its age is not known.
    """
    events = sorted(_events(lead, today, half_life_days), key=lambda one: (-one.points, one.what))
    total = sum((event.points for event in events), 0.0)
    return Engagement(score=round(total, 1), level=level_of(total), points=tuple(events))


def level_of(score: float) -> int:
    """1 for a strong engagement, 2 for some, 3 for none to speak of."""
    if score >= STRONG:
        return 1
    return 2 if score >= SOME else 3


def decayed(weight: float, age_days: int, half_life_days: int) -> float:
    """What is left of a weight after some days; all of it when nothing ages."""
    return weight * 0.5 ** (age_days / half_life_days) if half_life_days > 0 else float(weight)


def _events(lead: Lead, today: date, half_life_days: int) -> Iterator[Points]:
    for signal in read_signals(lead, today):
        if signal.day:
            left = decayed(WEIGHTS[signal.kind], (today - signal.day).days, half_life_days)
            yield Points(
                points=left, what=LABELS[signal.kind], day=signal.day, evidence=signal.evidence
            )
    for touch in lead.touches:
        if touch.direction is Direction.IN:
            left = decayed(INBOUND, (today - touch.day).days, half_life_days)
            evidence = f"{touch.day} {touch.kind} in, line {touch.line}"
            yield Points(points=left, what="they got in touch", day=touch.day, evidence=evidence)
