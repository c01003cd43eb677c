"""Somebody saves at just the wrong instant, or we are killed at it: every byte is kept."""

from __future__ import annotations

import errno
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from disk_builders import at, posix_only, tree, vault

from vaultflow.disk import write
from vaultflow.disk.change import Change
from vaultflow.disk.write import apply_change, edit_file
from vaultflow.disk.writing import settle
from vaultflow.disk.writing.displaced import displaced, keep_displaced, last_displaced
from vaultflow.disk.writing.exchange import swap
from vaultflow.disk.writing.strangers import LEFTOVER_SECONDS, keep_stranger, sweep
from vaultflow.errors import ConflictError, VaultError
from vaultflow.vault.odd_names import copy_of

if TYPE_CHECKING:
    from collections.abc import Callable

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ACME = at("Acme.md")
CHANGE = Change(path=ACME, before=b"old", after=b"new")
CONFLICT = "Acme (vaultflow conflict 2026-11-23 120000).md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return vault(tmp_path / "root", {"Acme.md": b"old"})


def save_before_swap(
    monkeypatch: pytest.MonkeyPatch, saves: list[Callable[[Path], object]]
) -> None:
    """At each exchange, the next of the saves happens right before it."""

    def swap_late(temp: Path, target: Path) -> None:
        if saves:
            saves.pop(0)(target)
        swap(temp, target)

    monkeypatch.setattr(write, "swap", swap_late)


def in_place(content: bytes) -> Callable[[Path], object]:
    return lambda target: target.write_bytes(content)


def by_rename(content: bytes) -> Callable[[Path], object]:
    def save(target: Path) -> None:
        own = target.with_suffix(".editor")
        own.write_bytes(content)
        own.replace(target)

    return save


@pytest.mark.parametrize("how", [in_place, by_rename])
def test_f05_a_save_at_the_last_instant_is_put_back(
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    how: Callable[[bytes], Callable[[Path], object]],
) -> None:
    save_before_swap(monkeypatch, [how(b"typed")])
    with pytest.raises(ConflictError, match="changed meanwhile"):
        apply_change(root, CHANGE, NOON)
    assert tree(root) == {"Acme.md": b"typed"}
    assert displaced(root) == ()


def test_f06_a_save_that_ends_as_it_began_is_written_over(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_before_swap(monkeypatch, [in_place(b"")])
    monkeypatch.setattr(write, "settled_bytes", seen_then_restored(root))
    assert apply_change(root, CHANGE, NOON) is True
    assert tree(root) == {"Acme.md": b"new"}


def seen_then_restored(root: Path) -> Callable[[Path], bytes | None]:
    """The editor finishes its save, with the bytes of before, once it was put back."""
    looks: list[bytes] = []

    def look(file: Path) -> bytes | None:
        looks.append(file.read_bytes())
        if len(looks) == 2:
            (root / ACME).write_bytes(b"old")
            return CHANGE.after
        return looks[-1]

    return look


@pytest.mark.parametrize("how", [in_place, by_rename])
def test_f05_of_two_saves_the_last_stays_and_the_first_is_put_beside_it(
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    how: Callable[[bytes], Callable[[Path], object]],
) -> None:
    save_before_swap(monkeypatch, [by_rename(b"first"), how(b"second")])
    with pytest.raises(ConflictError, match="saved twice") as caught:
        apply_change(root, CHANGE, NOON)
    assert tree(root) == {"Acme.md": b"second", CONFLICT: b"first"}
    assert CONFLICT in caught.value.hint


def test_f05_a_save_of_a_note_that_is_then_deleted_is_kept(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_before_swap(monkeypatch, [by_rename(b"typed"), Path.unlink])
    with pytest.raises(ConflictError, match="deleted meanwhile"):
        apply_change(root, CHANGE, NOON)
    assert tree(root) == {CONFLICT: b"typed"}


def test_a_note_deleted_at_the_last_instant_is_not_made_anew(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_before_swap(monkeypatch, [Path.unlink])
    with pytest.raises(ConflictError, match="deleted meanwhile"):
        apply_change(root, CHANGE, NOON)
    assert tree(root) == {}


def test_who_saves_all_the_time_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "_exchange", lambda *_: False)
    with pytest.raises(ConflictError, match="keeps saving"):
        apply_change(root, CHANGE, NOON)
    assert tree(root) == {"Acme.md": b"old"}


def test_f06_a_note_that_does_not_settle_is_left_alone(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settle, "QUIET_SECONDS", 0.1)
    monkeypatch.setattr(settle, "LIMIT_SECONDS", 0.01)
    with pytest.raises(ConflictError, match="keeps writing"):
        apply_change(root, CHANGE, NOON)
    assert tree(root) == {"Acme.md": b"old"}


def test_our_own_page_is_not_waited_for(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    apply_change(root, CHANGE, NOON)
    monkeypatch.setattr(settle, "QUIET_SECONDS", 60.0)
    assert apply_change(root, Change(path=ACME, before=b"new", after=b"newer"), NOON) is True


def test_a_write_can_be_taken_back(root: Path) -> None:
    apply_change(root, CHANGE, NOON)
    last = last_displaced(root, ACME)
    assert last
    assert (last.content, last.at) == (b"old", NOON)


def test_without_a_time_the_drives_own_is_noted(root: Path) -> None:
    apply_change(root, CHANGE)
    last = last_displaced(root, ACME)
    assert last
    assert last.at.timestamp() == pytest.approx((root / ACME).stat().st_mtime, abs=0.001)


def test_what_was_made_is_known_too(root: Path) -> None:
    apply_change(root, Change(path=at("new.md"), before=None, after=b"new"), NOON)
    last = last_displaced(root, at("new.md"))
    assert last
    assert last.content is None


def test_what_cannot_be_kept_is_not_displaced(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> Path:
        raise VaultError("it cannot be kept")

    monkeypatch.setattr(write, "keep_displaced", refuse)
    with pytest.raises(VaultError, match="cannot be kept"):
        apply_change(root, CHANGE, NOON)
    assert tree(root) == {"Acme.md": b"old"}


def test_an_edit_is_made_on_what_is_there_then(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_before_swap(monkeypatch, [in_place(b"typed")])
    assert edit_file(root, ACME, lambda raw: raw + b", edited", NOON) is True
    assert tree(root) == {"Acme.md": b"typed, edited"}


def test_an_edit_that_changes_nothing_writes_nothing(root: Path) -> None:
    before = (root / ACME).stat()
    assert edit_file(root, ACME, lambda raw: raw) is False
    assert (root / ACME).stat() == before


def test_a_note_that_is_not_there_cannot_be_edited(root: Path) -> None:
    with pytest.raises(ConflictError, match="no such file"):
        edit_file(root, at("gone.md"), lambda raw: raw)


def test_an_edit_gives_up_in_the_end(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_before_swap(monkeypatch, [in_place(b"typed %d" % n) for n in range(9)])
    with pytest.raises(ConflictError):
        edit_file(root, ACME, lambda raw: raw + b"!")
    assert "!" not in str(tree(root))


def test_a_conflict_has_a_name_that_is_known_for_one(root: Path) -> None:
    for content in (b"one", b"two"):
        (root / "temp").write_bytes(content)
        keep_stranger(root / "temp", root / "Acme.md", NOON)
        (root / "temp").unlink()
    second = CONFLICT.replace(").md", " 2).md")
    assert tree(root) == {"Acme.md": b"old", CONFLICT: b"one", second: b"two"}
    for name in (CONFLICT, second):
        mark = copy_of(at(name))
        assert mark
        assert (mark.original, mark.certain) == ("Acme", True)


def leftover(root: Path, content: bytes, *, kept: bool) -> Path:
    """What a kill leaves, with or without the record of its write."""
    temp = root / ".~vf-0123456789ab.tmp"
    temp.write_bytes(content)
    if kept:
        keep_displaced(root, ACME, b"old", b"new", NOON, temp)
    return temp


@pytest.mark.parametrize(
    ("content", "kept"), [(b"new", True), (b"old", True), (b"ne", False), (b"", False)]
)
def test_what_a_kill_left_is_swept(
    root: Path, content: bytes, kept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    leftover(root, content, kept=kept)
    monkeypatch.setattr("vaultflow.disk.writing.strangers.LEFTOVER_SECONDS", -1.0)
    sweep(root, root)
    assert tree(root) == {"Acme.md": b"old"}


def test_f01_somebodys_bytes_that_a_kill_left_get_a_name(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leftover(root, b"typed", kept=True)
    monkeypatch.setattr("vaultflow.disk.writing.strangers.LEFTOVER_SECONDS", -1.0)
    sweep(root, root)
    assert tree(root) == {"Acme.md": b"old", CONFLICT: b"typed"}


def test_what_may_be_in_use_is_not_swept(root: Path) -> None:
    temp = leftover(root, b"new", kept=True)
    (root / ".~vf-somebody.tmp").write_bytes(b"")
    assert LEFTOVER_SECONDS == 600
    sweep(root, root)
    assert temp.exists()
    assert (root / ".~vf-somebody.tmp").exists()


def test_a_write_sweeps_its_folder(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leftover(root, b"ne", kept=False)
    monkeypatch.setattr("vaultflow.disk.writing.strangers.LEFTOVER_SECONDS", -1.0)
    apply_change(root, CHANGE, NOON)
    assert tree(root) == {"Acme.md": b"new"}


def test_a_sweep_that_fails_fails_no_write(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_folder: Path) -> None:
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "scandir", fail)
    assert apply_change(root, CHANGE, NOON) is True


@posix_only
def test_attributes_go_with_the_note(root: Path) -> None:
    try:
        os.setxattr(root / ACME, "user.colour", b"red")
    except (OSError, AttributeError):
        pytest.skip("this drive has no attributes")
    apply_change(root, CHANGE, NOON)
    assert os.getxattr(root / ACME, "user.colour") == b"red"


@posix_only
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="for root only")
def test_the_owner_stays_the_owner(root: Path) -> None:
    os.chown(root / ACME, 1234, 1234)
    apply_change(root, CHANGE, NOON)
    assert ((root / ACME).stat().st_uid, (root / ACME).stat().st_gid) == (1234, 1234)


def test_f12_a_thousand_times_nothing_is_no_write(root: Path) -> None:
    before = (root / ACME).stat()
    for _ in range(1000):
        apply_change(root, Change(path=ACME, before=b"old", after=b"old"), NOON)
    assert not apply_change(root, Change(path=ACME, before=b"older", after=b"old"), NOON)
    assert (root / ACME).stat() == before
    assert displaced(root) == ()
