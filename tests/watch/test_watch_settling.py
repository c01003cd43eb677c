from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultflow.disk.watching.settling import Pace, Settling, pace_of
from vaultflow.pipeline.settings import WatchSettings

PACE = Pace(quiet_s=0.1, flush_s=2.0)
STEP_S = 0.01


def batches(*events: tuple[float, str]) -> list[tuple[float, str]]:
    """When each batch ended and what was in it, looked at every hundredth of a second."""
    settling = Settling(PACE)
    waiting = list(events)
    ended = []
    for step in range(1000):
        now = round(step * STEP_S, 2)
        while waiting and waiting[0][0] <= now:
            at_s, name = waiting.pop(0)
            settling.add(PurePosixPath(name), at_s)
        if batch := settling.take(now):
            ended.append((now, " ".join(sorted(map(str, batch)))))
    return ended


def test_settings_are_told_in_milliseconds_and_kept_in_seconds() -> None:
    assert pace_of(WatchSettings(quiet_ms=250, flush_s=3)) == Pace(quiet_s=0.25, flush_s=3)


def test_one_change_is_a_batch_after_the_quiet_time() -> None:
    assert batches((1.0, "a")) == [(1.1, "a")]


def test_changes_within_the_quiet_time_are_one_batch() -> None:
    assert batches((1.0, "a"), (1.09, "b"), (1.18, "a")) == [(1.28, "a b")]


def test_changes_further_apart_are_two_batches() -> None:
    assert batches((1.0, "a"), (1.2, "b")) == [(1.1, "a"), (1.3, "b")]


def test_a_busy_stream_is_flushed_every_two_seconds() -> None:
    stream = [(1 + number * 0.05, f"{number:03}") for number in range(90)]
    ends = [at for at, _ in batches(*stream)]
    assert ends == pytest.approx([3.0, 5.05, 5.55], abs=1.5 * STEP_S)


def test_nothing_is_due_before_anything_has_changed() -> None:
    settling = Settling(PACE)
    assert settling.due_s() is None
    assert settling.take(1000.0) == frozenset()


@pytest.mark.parametrize(("now", "ended"), [(1.09, False), (1.1, True), (1.2, True)])
def test_a_batch_ends_at_its_time_and_not_before(now: float, *, ended: bool) -> None:
    settling = Settling(PACE)
    settling.add(PurePosixPath("a"), 1.0)
    assert bool(settling.take(now)) is ended


@given(st.lists(st.tuples(st.integers(0, 600), st.sampled_from("abc")), max_size=40))
def test_every_change_is_in_a_batch_within_the_flush_time(marks: list[tuple[int, str]]) -> None:
    events = sorted((hundredths / 100, name) for hundredths, name in marks)
    ended = batches(*events)
    for at_s, name in events:
        held = [end for end, names in ended if name in names and end >= at_s]
        assert held
        assert held[0] <= at_s + PACE.flush_s + STEP_S
