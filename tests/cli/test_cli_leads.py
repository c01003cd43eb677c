from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli_builders import ACME, run, small_vault

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return small_vault(tmp_path / "vault")


def test_leads_lists_the_open_ones_the_most_pressing_first(vault: Path) -> None:
    ran = run(vault, "leads")
    lines = ran.stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["lead", "Acme", "Beta"]
    assert "€12,000" in lines[1]
    assert "2 of 3 leads" in ran.stderr


def test_leads_of_a_stage_a_list_or_an_owner(vault: Path) -> None:
    names = [
        [row["name"] for row in run(vault, "leads", *wanted, "--json").json]
        for wanted in (
            ("--stage", "proposals"),
            ("--in", "no-next-action"),
            ("--owner", "ann"),
            ("--all",),
        )
    ]
    assert names == [["Acme"], ["Beta"], ["Acme"], ["Acme", "Beta", "Gone"]]


def test_leads_refuses_an_unknown_stage_and_names_those_there_are(vault: Path) -> None:
    ran = run(vault, "leads", "--stage", "propsal")
    assert ran.exit_code == 2
    assert "there is no stage 'propsal'" in ran.stderr
    assert "Proposals" in ran.stderr


def test_show_puts_one_lead_on_one_screen(vault: Path) -> None:
    ran = run(vault, "show", "acme")
    assert ran.exit_code == 0
    for part in (
        "Acme  (Acme.md)",
        "€12,000 at",
        "idle 24 days (limit 14): last touch 2026-10-30, call out, line 15",
        "Send revised quote, by 2026-11-20 (3 days overdue)",
        "2026-10-30 call out: walked through the proposal",
    ):
        assert part in ran.stdout


def test_show_json_has_the_touches_newest_first(vault: Path) -> None:
    card = run(vault, "show", "Acme.md", "--json").json
    assert [touch["day"] for touch in card["touches"]] == ["2026-10-30", "2026-10-01"]
    assert card["lead"]["company"]["name"] == "Acme BV"


def test_a_lead_that_may_mean_several_is_not_guessed(tmp_path: Path) -> None:
    vault = small_vault(tmp_path / "vault", **{"Acme two": ACME})
    ran = run(vault, "show", "acm")
    assert ran.exit_code == 2
    assert "may mean 2 leads" in ran.stderr
    assert "Acme two.md" in ran.stderr


def test_a_lead_that_is_not_there_gets_the_nearest_names(vault: Path) -> None:
    ran = run(vault, "show", "Bata")
    assert ran.exit_code == 2
    assert "'Beta'" in ran.stderr
