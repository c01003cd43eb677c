from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

import pytest
from pipeline_builders import note, pipeline_of

from vaultflow.pipeline.practice.habit import measure_habit
from vaultflow.pipeline.practice.pressure import Pressure, find_pressure
from vaultflow.pipeline.practice.quota_period import Period, period_of
from vaultflow.pipeline.settings import QuotaSettings, ReviewSettings, Settings
from vaultflow.pipeline.workdays import WorkCalendar

MONDAY = date(2026, 11, 23)
LONG_AGO = date(2026, 11, 13)
"""Six working days before: one more than `[review] gap_days` allows."""
FRIDAY = date(2026, 11, 20)
GOAL = 66_000
EVEN_PACE = 37_000
"""The fourth quarter has 66 working days; 37 of them are over on this Monday."""


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


@pytest.mark.parametrize(
    ("day", "period", "fiscal_start", "first", "last"),
    [
        ("2026-11-23", "month", 1, "2026-11-01", "2026-11-30"),
        ("2026-12-31", "month", 4, "2026-12-01", "2026-12-31"),
        ("2026-11-23", "quarter", 1, "2026-10-01", "2026-12-31"),
        ("2026-02-15", "quarter", 4, "2026-01-01", "2026-03-31"),
        ("2026-04-01", "quarter", 4, "2026-04-01", "2026-06-30"),
        ("2026-01-31", "quarter", 12, "2025-12-01", "2026-02-28"),
        ("2028-02-29", "quarter", 12, "2027-12-01", "2028-02-29"),
        ("2026-02-15", "year", 1, "2026-01-01", "2026-12-31"),
        ("2026-03-31", "year", 4, "2025-04-01", "2026-03-31"),
        ("2026-04-01", "year", 4, "2026-04-01", "2027-03-31"),
    ],
)
def test_the_period_of_a_quota_follows_the_fiscal_year(
    day: str, period: Literal["month", "quarter", "year"], fiscal_start: int, first: str, last: str
) -> None:
    found = period_of(
        date.fromisoformat(day), QuotaSettings(period=period, fiscal_start=fiscal_start)
    )
    assert found == Period(first=date.fromisoformat(first), last=date.fromisoformat(last))
