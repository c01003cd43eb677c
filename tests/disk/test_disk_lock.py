from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from vaultflow.disk.state import state_folder, state_home
from vaultflow.disk.writing import lock
from vaultflow.disk.writing.lock import vault_lock, watcher_lock, watcher_process
from vaultflow.errors import AlreadyRunningError, VaultError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOLD = """
import sys
from pathlib import Path
from vaultflow.disk.writing.lock import {name}

with {name}(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held_by_another(name: str, root: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process has the lock until the block ends, or until it is killed."""
    command = [sys.executable, "-c", HOLD.format(name=name), str(root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        yield other
        other.kill()


def test_a_vault_can_be_locked_again_by_who_has_it(tmp_path: Path) -> None:
    with vault_lock(tmp_path) as outer, vault_lock(tmp_path) as inner:
        assert inner is outer
        assert outer.depth == 2
    assert outer.depth == 0


def test_two_vaults_have_two_locks(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with vault_lock(tmp_path / "a") as one, vault_lock(tmp_path / "b") as other:
        assert one is not other


def test_f07_threads_come_one_after_the_other(tmp_path: Path) -> None:
    inside: list[int] = []
    seen: list[int] = []

    def enter() -> None:
        with vault_lock(tmp_path), vault_lock(tmp_path):
            inside.append(1)
            seen.append(len(inside))
            inside.pop()

    threads = [threading.Thread(target=enter) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [1] * 8


def test_f07_a_vault_that_another_process_writes_to_is_waited_for_and_then_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "WAIT_SECONDS", 0.05)
    with (
        held_by_another("vault_lock", tmp_path) as other,
        pytest.raises(VaultError, match=f"process {other.pid}"),
        vault_lock(tmp_path),
    ):
        pass


def test_f09_a_writer_that_dies_leaves_nothing_locked(tmp_path: Path) -> None:
    with held_by_another("vault_lock", tmp_path):
        pass
    with vault_lock(tmp_path) as hold:
        assert hold.depth == 1


def test_f08_a_second_watcher_is_told_who_the_first_one_is(tmp_path: Path) -> None:
    with (
        held_by_another("watcher_lock", tmp_path) as other,
        pytest.raises(AlreadyRunningError, match=f"process {other.pid}") as caught,
        watcher_lock(tmp_path),
    ):
        pass
    assert caught.value.exit_code == 8


def test_f09_a_watcher_that_was_killed_needs_no_unlock(tmp_path: Path) -> None:
    with held_by_another("watcher_lock", tmp_path):
        pass
    with watcher_lock(tmp_path):
        assert watcher_process(tmp_path) == os.getpid()


def test_a_watcher_does_not_keep_others_from_writing(tmp_path: Path) -> None:
    with held_by_another("watcher_lock", tmp_path), vault_lock(tmp_path) as hold:
        assert hold.depth == 1


def test_who_watches_is_known_and_whether_anybody_does(tmp_path: Path) -> None:
    assert watcher_process(tmp_path) is None
    with held_by_another("watcher_lock", tmp_path) as other:
        assert watcher_process(tmp_path) == other.pid
    assert watcher_process(tmp_path) is None


def test_f40_a_lock_survives_that_the_state_folder_is_deleted(tmp_path: Path) -> None:
    with vault_lock(tmp_path):
        shutil.rmtree(state_home())
    with vault_lock(tmp_path):
        assert int((state_folder(tmp_path) / lock.WRITE_LOCK).read_bytes()) == os.getpid()


def test_a_lock_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (state_folder(tmp_path) / lock.WRITE_LOCK).mkdir()
    with pytest.raises(VaultError, match="lock cannot be opened"), vault_lock(tmp_path):
        pass
