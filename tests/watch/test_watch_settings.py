from __future__ import annotations

import pytest

from vaultflow.disk.config.checks import check_values
from vaultflow.pipeline.settings import Settings, WatchSettings


def keys(watch: WatchSettings) -> list[str]:
    return [problem.key for problem in check_values(Settings(watch=watch))]


@pytest.mark.parametrize("starts", ["00:00", "04:00", "23:59"])
def test_a_day_starts_at_a_time_of_day(starts: str) -> None:
    assert keys(WatchSettings(day_starts=starts)) == []


@pytest.mark.parametrize("starts", ["", "4:00", "24:00", "12:60", "noon", "04:00:00"])
def test_another_start_of_the_day_is_told(starts: str) -> None:
    assert keys(WatchSettings(day_starts=starts)) == ["watch.day_starts"]


@pytest.mark.parametrize(
    ("watch", "wrong"),
    [
        (WatchSettings(quiet_ms=10, flush_s=1, reconcile_minutes=1), []),
        (WatchSettings(quiet_ms=9), ["watch.quiet_ms"]),
        (WatchSettings(flush_s=0), ["watch.flush_s"]),
        (WatchSettings(reconcile_minutes=0), ["watch.reconcile_minutes"]),
    ],
)
def test_waits_are_within_reason(watch: WatchSettings, wrong: list[str]) -> None:
    assert keys(watch) == wrong
