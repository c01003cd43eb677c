from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from disk_builders import as_user_only, posix_only

from vaultflow.disk.home import STATE_VARIABLE
from vaultflow.disk.state import state_folder, state_home, vault_id
from vaultflow.errors import VaultError

if TYPE_CHECKING:
    from pathlib import Path


def test_the_state_lies_in_the_folder_that_the_environment_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(STATE_VARIABLE, str(tmp_path / "state"))
    assert state_home() == tmp_path / "state"
    assert state_folder(tmp_path).parent == tmp_path / "state"


@posix_only
def test_without_it_the_state_lies_in_the_users_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(STATE_VARIABLE)
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert state_home().name == "vaultflow"
    assert state_home().is_relative_to(tmp_path)


def test_every_vault_has_a_state_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert state_folder(tmp_path / "a") != state_folder(tmp_path / "b")


@posix_only
def test_a_vault_is_the_same_by_whatever_way_it_is_reached(tmp_path: Path) -> None:
    (tmp_path / "vault").mkdir()
    (tmp_path / "link").symlink_to("vault")
    assert vault_id(tmp_path / "link") == vault_id(tmp_path / "vault")


@posix_only
def test_the_state_is_for_the_users_eyes_only(tmp_path: Path) -> None:
    assert state_folder(tmp_path).stat().st_mode & 0o077 == 0


def test_a_state_folder_that_cannot_be_made_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv(STATE_VARIABLE, str(tmp_path / "file"))
    with pytest.raises(VaultError, match="state folder cannot be made") as caught:
        state_folder(tmp_path)
    assert STATE_VARIABLE in caught.value.hint


@as_user_only
@posix_only
def test_a_state_folder_that_may_not_be_made_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o500)
    monkeypatch.setenv(STATE_VARIABLE, str(tmp_path / "state"))
    try:
        with pytest.raises(VaultError, match="Permission denied"):
            state_folder(tmp_path)
    finally:
        tmp_path.chmod(0o700)
