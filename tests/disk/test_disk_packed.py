from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.disk import outside, packed

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_wheels_folder_comes_before_the_checkouts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside, "PACKAGE", str(tmp_path / "checkout" / "src" / "wheel"))
    (tmp_path / "checkout" / "templates").mkdir(parents=True)
    assert packed.packed_folder("templates") == tmp_path / "checkout" / "templates"
    (tmp_path / "checkout" / "src" / "wheel" / "templates").mkdir(parents=True)
    assert packed.packed_folder("templates") == tmp_path / "checkout" / "src" / "wheel" / "templates"


def test_the_example_vault_is_there() -> None:
    assert packed.packed_folder("example-vault").is_dir()
