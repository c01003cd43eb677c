from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.disk import outside, packed

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_wheels_folder_comes_before_the_checkouts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "checkout" / "src" / "package"
    monkeypatch.setattr(outside, "PACKAGE", str(package))
    (tmp_path / "checkout" / "templates").mkdir(parents=True)
    assert packed.packed_folder("templates") == tmp_path / "checkout" / "templates"
    (package / "templates").mkdir(parents=True)
    assert packed.packed_folder("templates") == package / "templates"


def test_the_example_vault_is_there() -> None:
    assert packed.packed_folder("example-vault").is_dir()
