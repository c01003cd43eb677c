"""The pages in the example vault are what VaultFlow writes on the example's day."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from cli_builders import CHECKOUT, run

if TYPE_CHECKING:
    from pathlib import Path

PAGES = (
    "Pipeline/Next actions.md",
    "Pipeline/Pipeline.md",
    "Pipeline/Stale deals.md",
    "Reviews/2026-11-23 Pipeline review.md",
)
EXAMPLE = CHECKOUT / "example-vault"


def test_the_pages_are_the_same_when_they_are_made_anew(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    shutil.copytree(EXAMPLE, vault)
    for page in PAGES:
        (vault / page).unlink()
    assert run(vault, "refresh").exit_code == 0
    for page in PAGES:
        wanted = (EXAMPLE / page).read_text(encoding="utf-8")
        assert (vault / page).read_text(encoding="utf-8") == wanted, f"{page}: run `make example`"


def test_the_pages_are_current_as_they_stand(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    shutil.copytree(EXAMPLE, vault)
    assert run(vault, "refresh").stdout.count("(unchanged)") == len(PAGES)


def test_nothing_is_wrong_with_the_notes(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    shutil.copytree(EXAMPLE, vault)
    assert run(vault, "check").exit_code == 0
    assert run(vault, "links", "--unresolved", "--json").json == []
