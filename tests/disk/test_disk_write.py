from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from disk_builders import as_user_only, at, posix_only, tree, vault
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kill_builders import kill_writers

from vaultflow.disk import write
from vaultflow.disk.change import Change
from vaultflow.disk.write import apply_change
from vaultflow.disk.writing import exchange
from vaultflow.errors import ConflictError, VaultError

if TYPE_CHECKING:
    from collections.abc import Callable

OLD = b"---\r\nstage: Lead\r\n---\r\nno newline at the end"
NEW = b"---\r\nstage: Won\r\n---\r\nno newline at the end"


def change(path: str = "Acme.md", before: bytes | None = OLD, after: bytes = NEW) -> Change:
    return Change(path=at(path), before=before, after=after)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return vault(tmp_path / "root", {"Acme.md": OLD})


def test_a_change_puts_the_new_bytes_in_place(root: Path) -> None:
    assert apply_change(root, change()) is True
    assert tree(root) == {"Acme.md": NEW}


def test_a_new_file_is_made_with_its_folders(root: Path) -> None:
    assert apply_change(root, change("Reviews/2026/x.md", before=None)) is True
    assert tree(root) == {"Acme.md": OLD, "Reviews/2026/x.md": NEW}


def test_f12_nothing_changed_means_no_write(root: Path) -> None:
    before = (root / "Acme.md").stat()
    assert apply_change(root, change(after=OLD)) is False
    assert (root / "Acme.md").stat() == before


def test_f12_what_is_there_already_is_not_written_again(root: Path) -> None:
    before = (root / "Acme.md").stat()
    assert apply_change(root, change(before=b"older", after=OLD)) is False
    assert apply_change(root, change(before=None, after=OLD)) is False
    assert (root / "Acme.md").stat() == before


@given(content=st.binary(max_size=300))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_f18_every_byte_is_kept(root: Path, content: bytes) -> None:
    before = (root / "Acme.md").read_bytes()
    apply_change(root, change(before=before, after=b"\xef\xbb\xbf" + content))
    assert (root / "Acme.md").read_bytes() == b"\xef\xbb\xbf" + content


def test_a_large_file_is_written_whole(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, rest: real(handle, bytes(rest)[:1000]))
    apply_change(root, change(after=NEW * 100))
    assert (root / "Acme.md").read_bytes() == NEW * 100


@posix_only
def test_the_rights_of_the_file_are_kept(root: Path) -> None:
    (root / "Acme.md").chmod(0o640)
    apply_change(root, change())
    assert (root / "Acme.md").stat().st_mode & 0o777 == 0o640


@posix_only
def test_a_new_file_has_the_rights_of_the_users_choice(root: Path) -> None:
    umask = os.umask(0o027)
    try:
        apply_change(root, change("new.md", before=None))
    finally:
        os.umask(umask)
    assert (root / "new.md").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("planned", "message"),
    [
        (change(before=b"other"), "was changed meanwhile"),
        (change(before=None), "came up meanwhile"),
        (change("gone.md"), "was deleted meanwhile"),
        (change(".obsidian", before=OLD), "this is no file"),
    ],
)
def test_a_file_that_is_not_as_planned_is_left_alone(
    root: Path, planned: Change, message: str
) -> None:
    with pytest.raises(ConflictError, match=message) as caught:
        apply_change(root, planned)
    assert caught.value.exit_code == 7
    assert tree(root) == {"Acme.md": OLD}


@pytest.mark.parametrize("before", [OLD, None])
def test_f05_a_save_while_we_write_wins(
    root: Path, monkeypatch: pytest.MonkeyPatch, before: bytes | None
) -> None:
    path = "Acme.md" if before else "new.md"

    def save_meanwhile(handle: int) -> None:
        os.close(os.dup(handle))
        (root / path).write_bytes(b"typed by hand")

    monkeypatch.setattr(os, "fsync", save_meanwhile)
    with pytest.raises(ConflictError, match="meanwhile"):
        apply_change(root, change(path, before=before))
    assert tree(root) == {"Acme.md": OLD, path: b"typed by hand"}


def test_a_name_that_comes_up_at_the_last_instant_is_left_alone(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.link

    def link(source: Path, target: Path) -> None:
        target.write_bytes(b"typed by hand")
        real(source, target)

    monkeypatch.setattr(os, "link", link)
    with pytest.raises(ConflictError, match="came up meanwhile"):
        apply_change(root, change("new.md", before=None))
    assert tree(root) == {"Acme.md": OLD, "new.md": b"typed by hand"}


def test_without_hard_links_a_new_file_is_made_all_the_same(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch, os, "link", OSError(errno.EPERM, "Operation not permitted"))
    assert apply_change(root, change("new.md", before=None)) is True
    assert tree(root) == {"Acme.md": OLD, "new.md": NEW}


def test_without_hard_links_a_failure_leaves_no_empty_file(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch, os, "link", OSError(errno.EPERM, "Operation not permitted"))
    refuse(monkeypatch, Path, "replace", OSError(errno.EIO, "Input/output error"))
    with pytest.raises(VaultError, match="Input/output error"):
        apply_change(root, change("new.md", before=None))
    assert tree(root) == {"Acme.md": OLD}


def refuse(monkeypatch: pytest.MonkeyPatch, owner: object, name: str, error: OSError) -> None:
    def refused(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(owner, name, refused)


@pytest.mark.parametrize("path", ["../x.md", "/tmp/x.md", "a/../../x.md", "a\0.md"])  # noqa: S108
def test_f26_a_path_out_of_the_vault_is_refused(root: Path, path: str) -> None:
    with pytest.raises(VaultError, match="leads out"):
        apply_change(root, change(path, before=None))
    assert tree(root.parent) == {"root/Acme.md": OLD}


@posix_only
def test_f25_a_folder_that_leads_out_is_not_written_to(root: Path) -> None:
    outside = root.parent / "outside"
    outside.mkdir()
    (root / "out").symlink_to(outside)
    with pytest.raises(VaultError, match="leads out"):
        apply_change(root, change("out/deep/x.md", before=None))
    assert list(outside.iterdir()) == []


@posix_only
def test_a_symlink_is_not_replaced(root: Path) -> None:
    (root / "link.md").symlink_to("Acme.md")
    with pytest.raises(ConflictError, match="symlink"):
        apply_change(root, change("link.md"))
    assert (root / "link.md").is_symlink()


@posix_only
def test_a_dangling_symlink_is_no_place_for_a_new_file(root: Path) -> None:
    (root / "link.md").symlink_to(root.parent / "outside.md")
    with pytest.raises(ConflictError, match="symlink"):
        apply_change(root, change("link.md", before=None))
    assert not (root.parent / "outside.md").exists()


@posix_only
def test_a_file_with_two_names_is_not_parted(root: Path) -> None:
    (root / "twin.md").hardlink_to(root / "Acme.md")
    with pytest.raises(ConflictError, match="several names"):
        apply_change(root, change())
    assert tree(root) == {"Acme.md": OLD, "twin.md": OLD}


@dataclass
class Faults:
    """The calls of the writer to the system, of which the n-th one fails."""

    fails_at: int
    error: OSError
    calls: list[str] = field(default_factory=list)

    def wrap(self, monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> None:
        real: Callable[..., object] = getattr(owner, name)

        def call(*args: object, **kwargs: object) -> object:
            self.calls.append(name)
            is_due = len(self.calls) == self.fails_at
            if is_due and name != "close":
                raise self.error
            result = real(*args, **kwargs)
            if is_due:  # whatever close says, the handle is closed
                raise self.error
            return result

        monkeypatch.setattr(owner, name, call)


CALLS = ("open", "write", "fchmod", "fsync", "close", "link", "lstat", "fstat", "read")
PATH_CALLS = ("replace", "unlink", "mkdir", "write_bytes", "read_bytes", "stat")


def run_with_fault(root: Path, planned: Change, fails_at: int, number: int) -> bool:
    """Whether the fault fired; whoever is not told of one finds the new bytes."""
    faults = Faults(fails_at, OSError(number, os.strerror(number)))
    with pytest.MonkeyPatch.context() as patch:
        for name in CALLS:
            faults.wrap(patch, os, name)
        for name in PATH_CALLS:
            faults.wrap(patch, Path, name)
        faults.wrap(patch, write, "swap")
        try:
            apply_change(root, planned)
        except (VaultError, ConflictError):
            return True
    assert root.joinpath(planned.path).read_bytes() == NEW
    return len(faults.calls) >= fails_at


@posix_only
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EPERM])
@pytest.mark.parametrize("before", [OLD, None])
def test_f01_f03_f04_whatever_call_fails_the_file_is_old_or_new(
    root: Path, before: bytes | None, number: int
) -> None:
    path = "Acme.md" if before else "new.md"
    old = tree(root)
    for fails_at in range(1, 120):
        fired = run_with_fault(root, change(path, before=before), fails_at, number)
        assert tree(root) in (old, {**old, path: NEW})
        (root / "Acme.md").write_bytes(OLD)
        (root / "new.md").unlink(missing_ok=True)
        if not fired:
            break
    assert 20 < fails_at < 119, "the faults did not fire, or did not end"


@posix_only
def test_f01_a_kill_at_any_instant_leaves_the_old_file_or_the_new(tmp_path: Path) -> None:
    kill_writers(tmp_path, kills=30)


@posix_only
def test_f03_a_file_that_may_grow_no_more_stays_whole(root: Path) -> None:
    script = """
import resource, signal, sys
from pathlib import Path, PurePosixPath
from vaultflow.disk.change import Change
from vaultflow.disk.write import apply_change

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, 64 * 1024))
root, path = Path(sys.argv[1]), PurePosixPath("Acme.md")
before = (root / path).read_bytes()
apply_change(root, Change(path=path, before=before, after=b"x" * 100_000))
"""
    run = subprocess.run(
        [sys.executable, "-c", script, str(root)], capture_output=True, check=False, text=True
    )
    assert run.returncode != 0
    assert "VaultError: Acme.md: the file cannot be written: File too large" in run.stderr
    assert tree(root) == {"Acme.md": OLD}


def test_f02_content_and_name_are_on_the_disk_before_it_says_done(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = Faults(0, OSError())
    faults.wrap(monkeypatch, os, "fsync")
    faults.wrap(monkeypatch, write, "swap")
    apply_change(root, change())
    assert faults.calls == ["fsync", "swap", *(["fsync"] if os.name != "nt" else [])]


def test_f03_a_full_disk_is_told_with_what_to_do(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch, os, "write", OSError(errno.ENOSPC, "No space left on device"))
    with pytest.raises(VaultError, match="No space left on device") as caught:
        apply_change(root, change())
    assert caught.value.hint == "make room on the disk"
    assert caught.value.exit_code == 4
    assert tree(root) == {"Acme.md": OLD}


def test_a_read_only_vault_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def read_only(path: Path, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_CREAT and root in path.parents:
            raise OSError(errno.EROFS, "Read-only file system")
        return real(path, flags, mode)

    monkeypatch.setattr(os, "open", read_only)
    with pytest.raises(VaultError, match="Read-only file system") as caught:
        apply_change(root, change())
    assert caught.value.hint == "the vault is read-only here"


@as_user_only
@posix_only
def test_a_folder_without_the_right_to_write_is_told(root: Path) -> None:
    root.chmod(0o500)
    try:
        with pytest.raises(VaultError, match="cannot be written"):
            apply_change(root, change())
    finally:
        root.chmod(0o700)


def test_a_drive_that_cannot_sync_folders_is_fine(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def fsync(handle: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{handle}"):  # noqa: PTH112  # no file of ours
            raise OSError(errno.EINVAL, "Invalid argument")
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    assert apply_change(root, change()) is True


class SharingViolationError(PermissionError):
    """What Windows raises while another program has the file open."""

    winerror = 32


def hold_file(monkeypatch: pytest.MonkeyPatch, times: int) -> list[float]:
    """Another program holds the file for so many tries; gives the waits, which take no time."""
    waits: list[float] = []
    real = exchange._exchange()
    assert real

    def held(temp: Path, target: Path) -> None:
        if len(waits) < times:
            raise SharingViolationError(errno.EACCES, "The process cannot access the file")
        real(temp, target)

    monkeypatch.setattr(exchange, "_exchange", lambda: held)
    monkeypatch.setattr(time, "sleep", waits.append)
    return waits


def test_f39_a_file_held_for_a_second_is_written_after_waiting(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = hold_file(monkeypatch, times=4)
    assert apply_change(root, change()) is True
    assert waits == [0.05, 0.1, 0.2, 0.4]
    assert tree(root) == {"Acme.md": NEW}


def test_f39_a_file_held_for_ever_stays_whole(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = hold_file(monkeypatch, times=1000)
    with pytest.raises(VaultError) as caught:
        apply_change(root, change())
    assert sum(waits) == pytest.approx(2.5)
    assert "another program holds the file" in caught.value.hint
    assert tree(root) == {"Acme.md": OLD}
