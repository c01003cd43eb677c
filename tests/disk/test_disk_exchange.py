from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from disk_builders import posix_only, tree

from vaultflow.disk.writing import exchange
from vaultflow.disk.writing.exchange import swap, swap_by_steps

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def temp(tmp_path: Path) -> Path:
    temp = tmp_path / ".~vf-0123456789ab.tmp"
    temp.write_bytes(b"new")
    (tmp_path / "Acme.md").write_bytes(b"old")
    return temp


def exchanged(temp: Path) -> bool:
    return tree(temp.parent) == {"Acme.md": b"new", temp.name: b"old"}


@pytest.mark.parametrize("way", [swap, swap_by_steps])
def test_two_files_take_each_others_names(temp: Path, way: Callable[[Path, Path], None]) -> None:
    way(temp, temp.with_name("Acme.md"))
    assert exchanged(temp)
    way(temp, temp.with_name("Acme.md"))
    assert not exchanged(temp)


@pytest.mark.skipif(sys.platform != "linux", reason="each system has its own call")
def test_linux_does_it_in_one_step(temp: Path) -> None:
    one_step = exchange._exchange()
    assert one_step
    one_step(temp, temp.with_name("Acme.md"))
    assert exchanged(temp)


def test_a_drive_that_cannot_do_it_in_one_step_does_it_in_three(
    temp: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(_temp: Path, _target: Path) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(exchange, "_exchange", lambda: unknown)
    swap(temp, temp.with_name("Acme.md"))
    assert exchanged(temp)


def test_a_system_that_we_know_no_way_of_does_too(
    temp: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "_exchange", lambda: None)
    swap(temp, temp.with_name("Acme.md"))
    assert exchanged(temp)


def test_without_hard_links_a_copy_is_what_comes_out(
    temp: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_link(_source: Path, _target: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_link)
    swap_by_steps(temp, temp.with_name("Acme.md"))
    assert exchanged(temp)


def test_what_fails_on_the_way_leaves_both_where_they_were(
    temp: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_self: Path, _target: Path) -> Path:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="Input/output error"):
        swap_by_steps(temp, temp.with_name("Acme.md"))
    assert tree(temp.parent) == {"Acme.md": b"old", temp.name: b"new"}


@posix_only
def test_a_file_that_is_gone_is_told(temp: Path) -> None:
    temp.with_name("Acme.md").unlink()
    with pytest.raises(FileNotFoundError):
        swap(temp, temp.with_name("Acme.md"))
    assert tree(temp.parent) == {temp.name: b"new"}
