from __future__ import annotations

import os
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from vaultflow.disk.writing import settle
from vaultflow.disk.writing.settle import (
    is_open_for_writing,
    settled_bytes,
    wait_until_settled,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOW = 1_800_000_000.0

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")


class Clock:
    """Seconds that pass only when somebody sleeps; then things may happen."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seconds = 0.0
        self.meanwhile: list[Callable[[], object]] = []
        monkeypatch.setattr(time, "monotonic", lambda: self.seconds)
        monkeypatch.setattr(time, "sleep", self.sleep)
        monkeypatch.setattr(settle, "QUIET_SECONDS", 0.3)
        monkeypatch.setattr(settle, "DOUBTFUL_SECONDS", 2.0)

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds
        if self.meanwhile:
            self.meanwhile.pop(0)()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def note(tmp_path: Path) -> Path:
    return tmp_path / "Acme.md"


def save(note: Path, content: bytes, age: float) -> None:
    note.write_bytes(content)
    os.utime(note, (NOW - age, NOW - age))


def wait(note: Path, *, least_bytes: int = 0, is_ours: bool = False) -> bool:
    return wait_until_settled(note, least_bytes, NOW, lambda _: is_ours)


@pytest.mark.parametrize(("age", "waited"), [(0.0, 0.3), (0.25, 0.05), (0.5, 0.0), (-9.0, 0.3)])
def test_a_note_that_was_just_saved_is_waited_for(
    note: Path, clock: Clock, age: float, waited: float
) -> None:
    save(note, b"text", age)
    assert wait(note) is True
    assert clock.seconds == pytest.approx(waited, abs=1e-6)


def test_many_notes_saved_at_once_are_waited_for_once(note: Path, clock: Clock) -> None:
    others = [note.with_name(f"{number}.md") for number in range(5)]
    for other in others:
        save(other, b"text", 0.0)
    for other in others:
        assert wait_until_settled(other, 0, NOW + clock.seconds, lambda _: False)
    assert clock.seconds == pytest.approx(0.3, abs=0.02)


def test_what_we_wrote_ourselves_is_not_waited_for(note: Path, clock: Clock) -> None:
    save(note, b"text", 0.0)
    assert wait(note, is_ours=True) is True
    assert clock.seconds == 0


@pytest.mark.parametrize(("content", "least_bytes"), [(b"", 0), (b"half", 5)])
def test_f06_an_empty_or_shrunk_note_is_waited_for_longer(
    note: Path, clock: Clock, content: bytes, least_bytes: int
) -> None:
    save(note, content, 1.0)
    assert wait(note, least_bytes=least_bytes) is True
    assert clock.seconds == pytest.approx(1.0, abs=1e-6)


def test_f06_every_save_begins_the_quiet_anew(note: Path, clock: Clock) -> None:
    save(note, b"", 0.0)
    clock.meanwhile = [
        lambda: save(note, b"half", 0.0),
        lambda: save(note, b"all of it", 0.0),
    ]
    assert wait(note) is True
    assert clock.seconds == pytest.approx(2.0 + 0.3 + 0.3, abs=1e-6)


def test_a_note_that_is_saved_all_the_time_is_given_up(note: Path, clock: Clock) -> None:
    save(note, b"text", 0.0)
    clock.meanwhile = [lambda n=n: save(note, b"x" * n, 0.0) for n in range(1, 99)]  # type: ignore[misc]  # n is bound
    assert wait(note) is False
    assert 4 < clock.seconds <= 5


def test_a_note_that_vanishes_may_come_back(note: Path, clock: Clock) -> None:
    clock.meanwhile = [lambda: save(note, b"text", 0.0)]
    assert wait(note) is True
    assert clock.seconds == pytest.approx(0.6, abs=1e-6)


@linux_only
def test_f06_a_note_that_is_open_for_writing_is_waited_for_whatever_its_age(
    note: Path, clock: Clock
) -> None:
    save(note, b"half", 60.0)
    editor = note.open("ab")
    clock.meanwhile = [lambda: None, editor.close]
    assert wait(note) is True
    assert clock.seconds == pytest.approx(2 * settle.STEP_SECONDS)


@linux_only
def test_a_note_that_stays_open_for_writing_is_given_up(note: Path, clock: Clock) -> None:
    save(note, b"half", 60.0)
    with note.open("ab"):
        assert wait(note) is False
    assert clock.seconds == pytest.approx(5.0, abs=0.05)


@linux_only
def test_who_has_a_file_open_for_writing_is_known(note: Path) -> None:
    note.write_bytes(b"text")
    assert is_open_for_writing(note) is False
    with note.open("rb"):
        assert is_open_for_writing(note) is False
    with note.open("ab"):
        assert is_open_for_writing(note) is True
    assert is_open_for_writing(note) is False


@linux_only
def test_asking_keeps_nobody_from_writing(note: Path) -> None:
    note.write_bytes(b"")
    asking = threading.Thread(target=lambda: [is_open_for_writing(note) for _ in range(500)])
    asking.start()
    for _ in range(500):
        with note.open("ab") as handle:
            handle.write(b"x")
    asking.join()
    assert note.read_bytes() == b"x" * 500


def test_of_a_file_that_is_not_there_nothing_is_known(note: Path) -> None:
    assert is_open_for_writing(note) is None
    assert settled_bytes(note) is None


@linux_only
def test_f05_the_last_look_waits_for_who_had_the_file_open(note: Path, clock: Clock) -> None:
    note.write_bytes(b"old")
    editor = note.open("ab")
    clock.meanwhile = [lambda: editor.write(b", typed"), editor.close]
    assert settled_bytes(note) == b"old, typed"


@linux_only
def test_the_last_look_gives_up_when_the_file_stays_open(note: Path, clock: Clock) -> None:
    note.write_bytes(b"old")
    with note.open("ab"):
        assert settled_bytes(note) is None
    assert clock.seconds == pytest.approx(1.0, abs=0.05)


def test_where_the_system_does_not_tell_a_moment_is_waited(
    note: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settle, "is_open_for_writing", lambda _: None)
    note.write_bytes(b"old")
    clock.meanwhile = [lambda: note.write_bytes(b"typed")]
    assert settled_bytes(note) == b"typed"
    assert clock.seconds == settle.BLIND_LOOK_SECONDS
