"""What holds for every test: nothing outside its own folder is touched, and nothing waited for."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import settings

from vaultflow.disk.writing import settle

# A slow machine is no defect: times are measured by benchmarks, and no example has a time limit.
settings.register_profile("vaultflow", deadline=None)
settings.load_profile("vaultflow")

collect_ignore = ["soak"]
"""It takes minutes: `make soak`, or `pytest tests/soak`, which names it."""

_numbers = count()


@pytest.fixture(autouse=True)
def _own_state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """VaultFlow's state goes into a folder of the test's own, made when something is put there."""
    state = tmp_path_factory.getbasetemp() / f"state-{next(_numbers)}"
    monkeypatch.setenv("VAULTFLOW_STATE", str(state))


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test edits what it has just written; the tests of the waiting put the seconds back."""
    monkeypatch.setattr(settle, "QUIET_SECONDS", 0.0)
    monkeypatch.setattr(settle, "DOUBTFUL_SECONDS", 0.0)
