from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from disk_builders import at
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaultflow.disk.state import state_home
from vaultflow.disk.writing import displaced as store
from vaultflow.disk.writing.displaced import (
    KEPT_ALL,
    displaced,
    displaced_by,
    hash_of,
    keep_displaced,
    last_displaced,
)
from vaultflow.errors import VaultError

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ACME = at("Deals/Acme.md")


def kept(root: Path) -> list[bytes | None]:
    return [record.content for record in displaced(root)]


def test_what_was_displaced_is_given_back_with_when_and_by_what(tmp_path: Path) -> None:
    keep_displaced(tmp_path, ACME, b"old\r\n", b"new", NOON)
    (record,) = displaced(tmp_path)
    assert record.path == ACME
    assert record.at == NOON
    assert record.content == b"old\r\n"
    assert record.before == hash_of(b"old\r\n")
    assert record.after == hash_of(b"new")


def test_a_file_that_was_made_displaced_nothing(tmp_path: Path) -> None:
    keep_displaced(tmp_path, ACME, None, b"new", NOON)
    keep_displaced(tmp_path, at("empty.md"), b"", b"new", NOON)
    last, empty = last_displaced(tmp_path, ACME), last_displaced(tmp_path, at("empty.md"))
    assert last
    assert empty
    assert (last.content, last.before) == (None, "")
    assert (empty.content, empty.before) == (b"", hash_of(b""))


def test_the_newest_comes_first_of_one_note_and_of_all(tmp_path: Path) -> None:
    keep_displaced(tmp_path, ACME, b"1", b"2", NOON)
    keep_displaced(tmp_path, at("other.md"), b"x", b"y", NOON + timedelta(hours=1))
    keep_displaced(tmp_path, ACME, b"2", b"3", NOON + timedelta(hours=2))
    assert kept(tmp_path) == [b"2", b"x", b"1"]
    assert [record.content for record in displaced(tmp_path, ACME)] == [b"2", b"1"]


def test_writes_of_one_instant_and_a_clock_set_back_keep_their_order(tmp_path: Path) -> None:
    for content, when in ((b"1", NOON), (b"2", NOON), (b"3", NOON - timedelta(hours=1))):
        keep_displaced(tmp_path, ACME, content, b"new", when)
    assert [record.content for record in displaced(tmp_path, ACME)] == [b"3", b"2", b"1"]
    last = last_displaced(tmp_path, ACME)
    assert last
    assert last.content == b"3"


def test_times_are_kept_in_utc(tmp_path: Path) -> None:
    keep_displaced(tmp_path, ACME, b"1", b"2", NOON.astimezone(timezone(timedelta(hours=11))))
    (record,) = displaced(tmp_path)
    assert record.at.tzinfo is UTC
    assert record.at == NOON


@pytest.mark.parametrize(
    ("age", "is_kept"), [(timedelta(days=29), True), (30 * DAY, True), (31 * DAY, False)]
)
def test_it_is_kept_for_thirty_days(tmp_path: Path, age: timedelta, is_kept: bool) -> None:
    keep_displaced(tmp_path, ACME, b"old", b"new", NOON - age)
    keep_displaced(tmp_path, ACME, b"new", b"newer", NOON)
    assert kept(tmp_path) == [b"new", b"old"][: 1 + is_kept]


def test_what_nobody_wrote_to_again_goes_too(tmp_path: Path) -> None:
    keep_displaced(tmp_path, at("Reviews/then.md"), b"old", b"new", NOON - 31 * DAY)
    keep_displaced(tmp_path, at("Reviews/now.md"), None, b"new", NOON)
    assert kept(tmp_path) == [None]


def test_beyond_the_newest_one_an_hour_is_kept(tmp_path: Path) -> None:
    for minute in range(0, 60 * 6, 2):
        keep_displaced(tmp_path, ACME, b"%d" % minute, b"new", NOON + timedelta(minutes=minute))
    found = kept(tmp_path)
    assert found[:KEPT_ALL] == [b"%d" % minute for minute in range(358, 158, -2)]
    assert found[KEPT_ALL:] == [b"120", b"60", b"0"]


def test_the_write_of_a_temporary_file_is_found_by_its_token(tmp_path: Path) -> None:
    temp = tmp_path / ".~vf-0123456789ab.tmp"
    temp.write_bytes(b"new")
    keep_displaced(tmp_path, ACME, b"old", b"new", NOON, temp)
    found = displaced_by(tmp_path, "0123456789ab")
    assert found
    assert found.content == b"old"
    assert found.written == store.file_stamp(temp.stat())
    assert displaced_by(tmp_path, "ba9876543210") is None


@pytest.mark.parametrize("broken", [b"", b"{", b'{"path": "x"}\n', b"[]\nold"])
def test_a_record_torn_by_a_kill_is_passed_over(tmp_path: Path, broken: bytes) -> None:
    keep_displaced(tmp_path, ACME, b"old", b"new", NOON)
    keep_displaced(tmp_path, ACME, b"new", b"newer", NOON).write_bytes(broken)
    last = last_displaced(tmp_path, ACME)
    assert last
    assert last.content == b"old"
    assert kept(tmp_path) == [b"old"]


def test_a_record_whose_bytes_are_not_all_there_is_passed_over(tmp_path: Path) -> None:
    file = keep_displaced(tmp_path, ACME, b"old", b"new", NOON)
    file.write_bytes(file.read_bytes()[:-1])
    assert kept(tmp_path) == []


def test_what_cannot_be_kept_stops_the_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(VaultError, match="No space left on device"):
        keep_displaced(tmp_path, ACME, b"old", b"new", NOON)


def test_f40_without_the_state_folder_there_is_just_nothing_to_take_back(tmp_path: Path) -> None:
    keep_displaced(tmp_path, ACME, b"old", b"new", NOON)
    shutil.rmtree(state_home())
    assert last_displaced(tmp_path, ACME) is None
    assert displaced(tmp_path) == ()
    assert not list(tmp_path.iterdir())


@given(
    name=st.text(st.characters(exclude_characters="/\0"), min_size=1), content=st.binary(max_size=9)
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_name_and_any_bytes_come_back(tmp_path: Path, name: str, content: bytes) -> None:
    keep_displaced(tmp_path, at(name), content, b"new", NOON)
    last = last_displaced(tmp_path, at(name))
    assert last
    assert (last.path, last.content) == (at(name), content)


def test_the_file_tells_when_another_program_saved_the_same_bytes(tmp_path: Path) -> None:
    file = tmp_path / "x.md"
    file.write_bytes(b"same")
    first = store.file_stamp(file.stat())
    assert store.file_stamp(file.stat()) == first
    file.unlink()
    file.write_bytes(b"same")
    assert store.file_stamp(file.stat()) != first
