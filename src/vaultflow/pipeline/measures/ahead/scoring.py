"""A deal's chance by what deals like it came to: naive Bayes over a few fields.

A won deal counts in every stage, a lost one in its stage and all before it, as in Odoo's scoring.
Of a field a value counts by itself; what is not known counts for nothing. A tenth is added to both
counts of each value, so that what was seen once does not decide alone. Source: practice 3.11.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ADDED = 0.1
LEAST_WON = LEAST_LOST = 10
"""With fewer there is no score at all."""


class Case(Struct, frozen=True, kw_only=True):
    """A deal that was decided."""

    won: bool
    stage: int
    """Index of the furthest open stage, 0 for the first."""
    values: Mapping[str, str]
    """By field; what is not known is left out."""


class Odds(Struct, frozen=True, kw_only=True):
    """What one field contributes."""

    field: str
    value: str
    factor: float
    """Above 1 it speaks for winning, below 1 against it."""
    won: float
    """Won deals with the value, and the tenth."""
    lost: float


class Score(Struct, frozen=True, kw_only=True):
    """A chance with what it is made of."""

    percent: float
    """Two decimals."""
    contributions: tuple[Odds, ...]


class Model(Struct, frozen=True, kw_only=True):
    """What the past says of each value. Made by `learn`."""

    won: int
    lost: int
    stages: tuple[tuple[float, float], ...]
    """Won and lost of each open stage."""
    fields: Mapping[str, Mapping[str, tuple[float, float]]]

    @property
    def has_few(self) -> bool:
        """Whether too little was decided to say anything."""
        return self.won < LEAST_WON or self.lost < LEAST_LOST


def learn(cases: Iterable[Case], stages: int) -> Model:
    """What the decided deals say; `stages` is how many open ones there are."""
    known = tuple(cases)
    won_in, lost_in = [0.0] * stages, [0.0] * stages
    counts: dict[str, dict[str, Counter[bool]]] = defaultdict(lambda: defaultdict(Counter))
    for case in known:
        reached = range(stages) if case.won else range(min(case.stage, stages - 1) + 1)
        for place in reached:
            (won_in if case.won else lost_in)[place] += 1
        for field, value in case.values.items():
            counts[field][value][case.won] += 1
    return Model(
        won=sum(case.won for case in known),
        lost=sum(not case.won for case in known),
        stages=tuple(
            (won + ADDED, lost + ADDED) for won, lost in zip(won_in, lost_in, strict=True)
        ),
        fields={
            field: {
                value: (count[True] + ADDED, count[False] + ADDED)
                for value, count in values.items()
            }
            for field, values in counts.items()
        },
    )


def score(model: Model, stage: int, values: Mapping[str, str]) -> Score | None:
    """The chance of an open deal in that stage; None when nothing was won, or nothing lost."""
    if not model.won or not model.lost:
        return None
    total_won, total_lost = model.stages[0]
    for_won, for_lost = (part / (total_won + total_lost) for part in (total_won, total_lost))
    odds = [_odds("stage", str(stage), model.stages[stage], (total_won, total_lost))]
    for field, value in values.items():
        known = model.fields.get(field, {})
        if value in known:
            odds.append(_odds(field, value, known[value], _totals(known.values())))
    for one in odds:
        totals = (
            (total_won, total_lost)
            if one.field == "stage"
            else _totals(model.fields[one.field].values())
        )
        for_won *= one.won / totals[0]
        for_lost *= one.lost / totals[1]
    return Score(percent=round(100 * for_won / (for_won + for_lost), 2), contributions=tuple(odds))


def leave_one_out(cases: Sequence[Case], stages: int) -> tuple[float, float] | None:
    """Brier score of scoring each decided deal by all others, and that of saying the base rate.

    None when there are too few. A model that does not beat the base rate is not to be shown.
    """
    if learn(cases, stages).has_few:
        return None
    base = sum(case.won for case in cases) / len(cases)
    errors: dict[object, float] = {}
    total = 0.0
    for at, case in enumerate(cases):
        # Of two deals that are alike the others are alike too: some hundred deals have few kinds.
        kind = (case.won, case.stage, frozenset(case.values.items()))
        if kind not in errors:
            rest = learn([*cases[:at], *cases[at + 1 :]], stages)
            # Where it died is not known while a deal is alive: the first stage says nothing of it.
            scored = score(rest, 0, case.values)
            errors[kind] = ((scored.percent / 100 if scored else base) - case.won) ** 2
        total += errors[kind]
    return total / len(cases), base * (1 - base)


def _odds(field: str, value: str, counts: tuple[float, float], totals: tuple[float, float]) -> Odds:
    won, lost = counts
    return Odds(
        field=field,
        value=value,
        factor=(won / totals[0]) / (lost / totals[1]),
        won=won,
        lost=lost,
    )


def _totals(counts: Iterable[tuple[float, float]]) -> tuple[float, float]:
    pairs = tuple(counts)
    return sum(won for won, _ in pairs), sum(lost for _, lost in pairs)
