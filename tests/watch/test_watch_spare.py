"""When a watcher's memory is tidied."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING
from weakref import ref

import pytest

from vaultflow.disk.watching import spare
from vaultflow.disk.watching.spare import give_back, tidy_up, without_tidying

if TYPE_CHECKING:
    from collections.abc import Iterator


class Knot:
    """What only the garbage collector frees."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    gc.unfreeze()
    gc.enable()


def test_nothing_is_collected_in_a_round() -> None:
    with without_tidying():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_collecting_goes_on_after_a_round_that_fails() -> None:
    with pytest.raises(ValueError, match="it fails"), without_tidying():
        raise ValueError("it fails")
    assert gc.isenabled()


def test_what_was_off_stays_off() -> None:
    gc.disable()
    with without_tidying():
        pass
    assert not gc.isenabled()


@pytest.mark.parametrize("everything", [True, False])
def test_garbage_is_gone_after_tidying(*, everything: bool) -> None:
    with without_tidying():
        seen = ref(Knot())
        assert seen()
    tidy_up(everything=everything)
    assert seen() is None


def test_what_stays_is_not_looked_through_again_until_everything_is() -> None:
    knot = Knot()
    tidy_up(everything=True)
    seen = ref(knot)
    del knot
    tidy_up(everything=False)
    assert seen()
    tidy_up(everything=True)
    assert seen() is None


@pytest.mark.skipif(sys.platform != "linux", reason="glibc alone can do so")
def test_freed_memory_goes_back_to_the_system() -> None:
    pieces = [bytes(100_000) for _ in range(200)]
    last = bytes(100_000)
    del pieces
    assert give_back()
    assert last


def test_where_nobody_takes_memory_back_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    spare._trim.cache_clear()
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not give_back()
    spare._trim.cache_clear()
