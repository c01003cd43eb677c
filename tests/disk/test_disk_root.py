from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from disk_builders import at, posix_only, vault

from vaultflow.disk.root import (
    config_folder,
    find_vault,
    is_inside,
    locate,
    named_vault,
    path_in_vault,
    real_path,
)
from vaultflow.errors import VaultError

if TYPE_CHECKING:
    from pathlib import Path


def test_the_vault_is_the_nearest_folder_upwards(tmp_path: Path) -> None:
    outer = vault(tmp_path, {"inner/vaultflow.toml": "", "inner/Deals/Acme.md": ""})
    assert find_vault(outer / "inner" / "Deals") == outer / "inner"
    assert find_vault(outer) == outer


def test_a_file_in_the_vault_is_a_place_to_start_from(tmp_path: Path) -> None:
    vault(tmp_path, {"Deals/Acme.md": ""})
    assert find_vault(tmp_path / "Deals" / "Acme.md") == tmp_path


def test_a_config_file_alone_makes_a_vault(tmp_path: Path) -> None:
    (tmp_path / "vaultflow.toml").touch()
    assert find_vault(tmp_path) == tmp_path
    assert config_folder(tmp_path) is None


def test_a_config_folder_may_have_another_name(tmp_path: Path) -> None:
    renamed = tmp_path / ".obsidian-phone"
    renamed.mkdir()
    (tmp_path / ".git").mkdir()
    (renamed / "app.json").write_text("{}")
    assert config_folder(tmp_path) == renamed
    assert find_vault(tmp_path) == tmp_path


def test_the_usual_config_folder_comes_first_even_when_empty(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / ".a").mkdir()
    (tmp_path / ".a" / "app.json").touch()
    assert config_folder(tmp_path) == tmp_path / ".obsidian"


def test_a_folder_that_is_not_there_has_no_config_folder(tmp_path: Path) -> None:
    assert config_folder(tmp_path / "gone") is None


def test_no_vault_upwards_is_an_error_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(VaultError, match="no vault here") as caught:
        find_vault(tmp_path)
    assert "vaultflow init" in caught.value.hint


def test_a_start_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(VaultError, match="no such folder"):
        find_vault(tmp_path / "gone")


def test_a_named_vault_need_not_have_a_mark(tmp_path: Path) -> None:
    assert named_vault(tmp_path) == tmp_path
    with pytest.raises(VaultError, match="no such folder"):
        named_vault(tmp_path / "gone")


def test_a_typed_path_counts_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault(tmp_path, {"root/Deals/Acme.md": "", "other.md": ""})
    root = tmp_path / "root"
    monkeypatch.chdir(root / "Deals")
    assert path_in_vault(root, "Acme.md") == "Deals/Acme.md"
    assert path_in_vault(root, "./../Deals/Acme.md") == "Deals/Acme.md"
    assert path_in_vault(root, str(root / "Deals" / "Acme.md")) == "Deals/Acme.md"
    assert path_in_vault(root, "Acme") is None
    assert path_in_vault(root, "../../other.md") is None
    assert path_in_vault(root, "a\0b") is None


@posix_only
def test_inside_means_the_true_place(tmp_path: Path) -> None:
    root = vault(tmp_path / "root", {"Deals/Acme.md": ""})
    (root / "out").symlink_to(tmp_path)
    (root / "back").symlink_to(root / "Deals")
    (root / "loop").symlink_to("loop")
    assert is_inside(root, root / "Deals" / "not yet" / "there.md")
    assert is_inside(root, root / "back" / "Acme.md")
    assert not is_inside(root, root / "out" / "x.md")
    assert not is_inside(root, tmp_path / "root2")
    assert real_path(root / "loop").name == "loop"


@pytest.mark.parametrize(
    "path", ["../x.md", "a/../../x.md", "/etc/x.md", "a\0.md", "", ".", "out/x.md"]
)
@posix_only
def test_f26_a_path_that_leads_out_is_refused(tmp_path: Path, path: str) -> None:
    root = vault(tmp_path / "root", {})
    (root / "out").symlink_to(tmp_path)
    with pytest.raises(VaultError, match="leads out"):
        locate(root, at(path))


def test_a_path_of_the_vault_has_its_place(tmp_path: Path) -> None:
    assert locate(tmp_path, at("New/Acme.md")) == tmp_path / "New" / "Acme.md"
