from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from cli_builders import small_vault
from watch_builders import TWO_PAGES, Stand, lead, write

from vaultflow.flow.watch.days import day_turns, local_time
from vaultflow.pipeline.settings import Settings, VaultSettings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MINUTES = 48 * 60
STARTS = ("00:00", "02:30", "04:00")

CHANGES = [
    ("Europe/Berlin", date(2026, 3, 28)),
    ("Europe/Berlin", date(2026, 10, 24)),
    ("America/New_York", date(2026, 3, 7)),
    ("America/New_York", date(2026, 10, 31)),
    ("Australia/Lord_Howe", date(2026, 4, 4)),
    ("Australia/Lord_Howe", date(2026, 10, 3)),
    ("Pacific/Apia", date(2011, 12, 28)),  # went without the 30th
    ("Pacific/Apia", date(2021, 4, 3)),
    ("America/Havana", date(2026, 10, 31)),  # 01:00 becomes 00:00
]
"""A zone, and the day before its clocks change."""


def moments(zone: str, first: date) -> Iterator[datetime]:
    """Every minute of 48 hours and more, from the first midnight on."""
    start = datetime(first.year, first.month, first.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return (start + timedelta(minutes=minute) for minute in range(MINUTES + 8 * 60))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_local_time_is_what_clocks_show_there() -> None:
    moment = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert local_time(moment, "Europe/Berlin").isoformat() == "2026-11-23T00:30:00+01:00"
    assert local_time(moment, "").timestamp() == moment.timestamp()


@pytest.mark.parametrize(
    ("local", "turns"),
    [
        ("2026-11-23T23:59", False),
        ("2026-11-24T00:00", False),
        ("2026-11-24T03:59", False),
        ("2026-11-24T04:00", True),
        ("2026-11-24T12:00", True),
        ("2026-11-25T00:10", True),
        ("2026-11-22T23:59", False),
        ("2026-11-20T12:00", True),
    ],
)
def test_a_day_turns_at_its_hour(local: str, *, turns: bool) -> None:
    assert day_turns(at(local), date(2026, 11, 23), "04:00") is turns


def test_the_first_day_turns_at_once() -> None:
    assert day_turns(at("2026-11-23T00:00"), None, "04:00")


@pytest.mark.parametrize("starts", STARTS)
@pytest.mark.parametrize(("zone", "first"), CHANGES)
def test_f35_every_local_date_turns_once_whatever_the_clocks_do(
    zone: str, first: date, starts: str
) -> None:
    last: date | None = None
    turned = []
    dates = set()
    for moment in moments(zone, first):
        local = local_time(moment, zone)
        dates.add(local.date())
        if day_turns(local, last, starts):
            last = local.date()
            turned.append(last)
    assert turned == sorted(dates)


@pytest.mark.parametrize(("zone", "first"), [CHANGES[1], CHANGES[5], CHANGES[6]])
def test_f35_there_is_one_daily_note_for_each_local_date(
    tmp_path: Path, zone: str, first: date
) -> None:
    root = small_vault(tmp_path / "vault")
    write(root, "vaultflow.toml", f'{TWO_PAGES}[vault]\ntimezone = "{zone}"\n')
    settings = Settings(vault=VaultSettings(timezone=zone))
    minutes = list(moments(zone, first))
    stand = Stand(root, minutes[0], settings)
    stand.go()
    for _ in minutes[1:]:
        stand.go(60)
    dates = {str(local_time(moment, zone).date()) for moment in minutes}
    assert stand.reviews() == sorted(dates)
    assert sum("Reviews/" in name for batch in stand.reports for name in batch.written) == len(
        dates
    )


def test_f35_a_clock_that_is_set_back_an_hour_makes_nothing_twice(tmp_path: Path) -> None:
    root = small_vault(tmp_path / "vault")
    write(root, "vaultflow.toml", f'{TWO_PAGES}[watch]\nday_starts = "00:00"\n')
    stand = Stand(root, datetime(2026, 11, 23, 12).astimezone())
    stand.go()
    stand.go(12 * 3600 + 60)
    assert stand.reviews() == ["2026-11-23", "2026-11-24"]
    count = len(stand.reports)
    stand.clock.now -= timedelta(hours=1)
    stand.go(1)
    stand.go(3600)
    assert stand.reviews() == ["2026-11-23", "2026-11-24"]
    assert len(stand.reports) == count


def test_f35_after_a_sleep_over_the_turn_of_the_day_its_review_is_made(tmp_path: Path) -> None:
    stand = Stand(small_vault(tmp_path / "vault"), datetime(2026, 11, 23, 18, tzinfo=UTC))
    stand.go()
    stand.clock.now += timedelta(hours=15)  # the other clock stands still in a sleep
    stand.go(1)
    assert stand.reviews() == ["2026-11-23", "2026-11-24"]


def test_changes_during_a_sleep_are_found_after_it(tmp_path: Path) -> None:
    root = small_vault(tmp_path / "vault")
    stand = Stand(root, datetime(2026, 11, 23, 9, tzinfo=UTC))
    stand.go()
    stand.go(3)
    (root / "Late.md").write_text(lead(), encoding="utf-8")
    stand.clock.now += timedelta(hours=1)
    stand.go(1)
    assert stand.reports[-1].changed == ("Late.md",)
