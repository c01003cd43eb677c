from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from pipeline_builders import note, pipeline_of

from vaultflow.pipeline.practice.reviewing.habit import measure_habit
from vaultflow.pipeline.practice.reviewing.pressure import Pressure, find_pressure
from vaultflow.pipeline.settings import QuotaSettings, ReviewSettings, Settings
from vaultflow.pipeline.workdays import WorkCalendar

MONDAY = date(2026, 11, 23)
LONG_AGO = date(2026, 11, 13)
"""Six working days before: one more than `[review] gap_days` allows."""
FRIDAY = date(2026, 11, 20)
GOAL = 66_000
EVEN_PACE = 38_000
"""The fourth quarter has 66 working days; 38 of them are over with this Monday."""


def pressure_at(
    *, won: int, weighted: int, goal: int | None = GOAL, last: date | None = LONG_AGO
) -> Pressure | None:
    """The pressure of who has won so much, with open leads of that weight."""
    amount = None if goal is None else Decimal(goal)
    settings = Settings(quota=QuotaSettings(amount=amount), review=ReviewSettings(gap_days=5))
    pipeline = pipeline_of(
        note(
            f"---\ntype: lead\nstage: won\nvalue: {won}\nclosed_on: 2026-10-05\n---\n", "Leads/W.md"
        ),
        note(
            "---\ntype: lead\nstage: won\nvalue: 90000\nclosed_on: 2026-09-30\n---\n", "Leads/V.md"
        ),
        note(
            f"---\ntype: lead\nstage: Proposals\nvalue: {weighted * 2}\nprobability: 50\n---\n",
            "Leads/O.md",
        ),
        settings=settings,
        today=MONDAY,
    )
    days = frozenset({last} if last else ())
    return find_pressure(measure_habit(days, MONDAY, WorkCalendar()), pipeline)


@pytest.mark.parametrize(
    ("won", "weighted", "is_pressure"),
    [
        (EVEN_PACE, GOAL - EVEN_PACE, False),
        (EVEN_PACE - 1, GOAL, True),
        (EVEN_PACE, GOAL - EVEN_PACE - 1, True),
        (GOAL, 0, False),
        (0, 0, True),
    ],
)
def test_s0_12_behind_the_pace_or_short_of_what_is_missing_is_pressure(
    won: int, weighted: int, is_pressure: bool
) -> None:
    assert (pressure_at(won=won, weighted=weighted) is not None) is is_pressure


@pytest.mark.parametrize(
    ("last", "is_pressure"),
    [(None, False), (FRIDAY, False), (date(2026, 11, 16), False), (LONG_AGO, True)],
)
def test_s0_12_only_who_was_away_for_more_than_the_days_set_is_back(
    last: date | None, is_pressure: bool
) -> None:
    assert (pressure_at(won=0, weighted=0, last=last) is not None) is is_pressure


def test_s0_12_without_a_goal_there_is_no_pressure() -> None:
    assert pressure_at(won=0, weighted=0, goal=None) is None


def test_s0_12_the_numbers_are_told() -> None:
    found = pressure_at(won=10_000, weighted=20_000)
    assert found is not None
    assert (found.gap, found.last_review) == (6, LONG_AGO)
    assert (found.won, found.even_pace) == (Decimal(10_000), Decimal(EVEN_PACE))
    assert (found.weighted, found.missing) == (Decimal(20_000), Decimal(56_000))
    assert found.is_behind
    assert found.is_short
