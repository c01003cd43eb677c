from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from disk_builders import at, posix_only, vault

from vaultflow.disk.config.load import load_settings
from vaultflow.disk.packed import packed_folder
from vaultflow.errors import ConfigError
from vaultflow.pipeline.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path


def test_without_a_file_all_are_defaults(tmp_path: Path) -> None:
    loaded = load_settings(tmp_path)
    assert loaded.settings == Settings()
    assert loaded.path is None
    assert {origin.line for origin in loaded.origins.values()} == {0}


def test_the_file_is_read_with_bom_and_windows_line_ends(tmp_path: Path) -> None:
    root = vault(tmp_path, {"vaultflow.toml": b"\xef\xbb\xbf[review]\r\ncapacity = 3\r\n"})
    loaded = load_settings(root)
    assert loaded.settings.review.capacity == 3
    assert loaded.path == at("vaultflow.toml")
    assert loaded.origins["review.capacity"].line == 2


def test_everything_wrong_is_one_error_with_a_line_each(tmp_path: Path) -> None:
    text = '[review]\ncapacity = 0\nworkin_days = []\n[money]\ncurrency = "eur"\n'
    with pytest.raises(ConfigError) as caught:
        load_settings(vault(tmp_path, {"vaultflow.toml": text}))
    assert str(caught.value).split("\n") == [
        "vaultflow.toml:2: capacity cannot be 0 (allowed: 1 or more)",
        'vaultflow.toml:3: unknown key "workin_days" (did you mean "working_days"?)',
        (
            'vaultflow.toml:5: currency "eur" is not possible'
            " (use its ISO 4217 code, three capitals such as EUR)"
        ),
    ]
    assert caught.value.exit_code == 3


def test_a_file_that_is_not_utf8_is_refused_with_the_line(tmp_path: Path) -> None:
    root = vault(tmp_path, {"vaultflow.toml": b"[pages]\nfolder = '\xe9'\n"})
    with pytest.raises(ConfigError, match=r"vaultflow\.toml:2: the file is not UTF-8"):
        load_settings(root)


@posix_only
def test_f25_a_link_out_of_the_vault_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "outside.toml").write_text("[review]\ncapacity = 3\n")
    root = vault(tmp_path / "root", {})
    (root / "vaultflow.toml").symlink_to("../outside.toml")
    with pytest.raises(ConfigError, match="leads out"):
        load_settings(root)
    (tmp_path / "outside.toml").unlink()
    with pytest.raises(ConfigError):
        load_settings(root)


def test_the_example_vault_has_settings_that_are_in_force() -> None:
    loaded = load_settings(packed_folder("example-vault"))
    assert loaded.path
    assert loaded.settings.pipeline.stages
