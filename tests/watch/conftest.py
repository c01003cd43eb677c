from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _own_state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A state folder for each test: none sees another's locks, nor the user's."""
    folder: Path = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("VAULTFLOW_STATE", str(folder))
