"""What holds for every test: nothing outside the test's own folder is touched."""

from __future__ import annotations

from itertools import count

import pytest

_numbers = count()


@pytest.fixture(autouse=True)
def _own_state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """VaultFlow's state goes into a folder of the test's own, made when something is put there."""
    state = tmp_path_factory.getbasetemp() / f"state-{next(_numbers)}"
    monkeypatch.setenv("VAULTFLOW_STATE", str(state))
