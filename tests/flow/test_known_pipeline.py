"""A pipeline that is kept: what has changed in it is kept beside the one before."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from cli_builders import small_vault

from vaultflow.flow.workspace import load

if TYPE_CHECKING:
    from pathlib import Path

    from vaultflow.flow import Workspace

DAY = date(2026, 11, 23)
LINES = ("- 2026-11-02 call\n", "- 2026-11-05 email in: yes\n", "- 2026-11-06 note: no\n")


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return small_vault(tmp_path / "vault")


def looked(vault: Path) -> Workspace:
    """The vault through the cache, after making sure that it is the same without."""
    found = load(vault, today=DAY)
    assert found.context.pipeline == load(vault, today=DAY, cached=False).context.pipeline
    return found


def add(vault: Path, name: str, line: str) -> None:
    file = vault / name
    file.write_text(file.read_text() + line)


def test_the_whole_of_it_is_not_written_again_for_each_change(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests = [looked(vault).pipeline_digest]
    monkeypatch.setattr("vaultflow.pipeline.packed.pack_pipeline", None)
    monkeypatch.setattr("vaultflow.flow.known.memory.built_pipeline", None)
    for line in LINES:
        add(vault, "Acme.md", line)
        digests.append(load(vault, today=DAY).pipeline_digest)
        assert load(vault, today=DAY).pipeline_digest == digests[-1]
    assert len(set(digests)) == len(digests)
    add(vault, "Acme BV.md", "A sentence more.\n")
    assert load(vault, today=DAY).pipeline_digest == digests[-1]


def test_after_many_changes_all_is_as_without_a_cache(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vaultflow.pipeline.packed.MOST_CHANGED", 1)
    looked(vault)
    for name in ("Acme.md", "Beta.md", "Gone.md"):
        for line in LINES:
            add(vault, name, line)
            looked(vault)
