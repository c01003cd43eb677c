from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from cli_builders import run, small_vault, snapshot

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return small_vault(tmp_path / "vault")


def test_init_writes_settings_that_fit_the_vault_and_nothing_else(vault: Path) -> None:
    before = snapshot(vault)
    ran = run(None, "init", str(vault))
    assert ran.exit_code == 0
    assert "3" in ran.stdout
    after = snapshot(vault)
    assert set(after) - set(before) == {"vaultflow.toml"}
    assert all(after[name] == before[name] for name in before)
    assert run(vault, "daily").exit_code == 0


def test_init_never_overwrites_settings(vault: Path) -> None:
    (vault / "vaultflow.toml").write_text("# mine\n", encoding="utf-8")
    ran = run(None, "init", str(vault))
    assert ran.exit_code == 7
    assert "vaultflow.toml" in ran.stderr
    assert (vault / "vaultflow.toml").read_text(encoding="utf-8") == "# mine\n"


@pytest.mark.parametrize("preset", ["five", "six", "percent", "coach"])
def test_s2_04_init_takes_a_preset(vault: Path, preset: str) -> None:
    assert run(None, "init", str(vault), "--preset", preset).exit_code == 0
    rows = {row["key"]: row["value"] for row in run(vault, "config", "--json").json}
    assert rows["pipeline.preset"] == preset
    assert len(rows["pipeline.stages"]) >= 6


def test_init_example_is_fresh_on_any_day(tmp_path: Path) -> None:
    ran = run(None, "init", str(tmp_path / "new"), "--example", today="2027-03-03")
    assert ran.exit_code == 0
    daily = run(tmp_path / "new", "daily", today="2027-03-03")
    assert re.search(r"^Yes: \d\d open leads", daily.stdout, re.MULTILINE)
    assert (tmp_path / "new" / "Pipeline" / "Stale deals.md").exists()
    assert run(tmp_path / "new", "check", today="2027-03-03").exit_code == 0


def test_init_example_wants_an_empty_folder(vault: Path) -> None:
    before = snapshot(vault)
    ran = run(None, "init", str(vault), "--example")
    assert (ran.exit_code, snapshot(vault)) == (4, before)
    assert "not empty" in ran.stderr


def test_config_says_what_is_in_force_and_where_it_comes_from(vault: Path) -> None:
    (vault / "vaultflow.toml").write_text("[review]\ncapacity = 3\n", encoding="utf-8")
    rows = {row["key"]: row for row in run(vault, "config", "--json").json}
    assert (rows["review.capacity"]["value"], rows["review.capacity"]["line"]) == (3, 2)
    assert rows["money.currency"]["line"] == 0
    printed = run(vault, "config", "--changed").stdout
    assert "vaultflow.toml:2" in printed
    assert "money.currency" not in printed


def test_every_mistake_in_the_settings_is_named_at_once(vault: Path) -> None:
    (vault / "vaultflow.toml").write_text(
        '[review]\ncapacty = 3\ncapacity = "many"\n\n[mony]\ncurrency = "EUR"\n', encoding="utf-8"
    )
    ran = run(vault, "daily")
    assert ran.exit_code == 3
    for part in (
        "vaultflow.toml:2:",
        "capacity",
        "vaultflow.toml:3:",
        "vaultflow.toml:5:",
        "money",
    ):
        assert part in ran.stderr
    assert "Traceback" not in ran.stderr


def test_plugins_lists_our_own_and_what_they_add(vault: Path) -> None:
    ran = run(vault, "plugins")
    assert ran.stdout.startswith("vaultflow\n")
    assert "next-actions" in ran.stdout
    assert run(vault, "plugins", "--json").json[0]["enabled"] is True


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(shell: str) -> None:
    ran = run(None, "completion", shell)
    assert ran.exit_code == 0
    assert "_VAULTFLOW_COMPLETE" in ran.stdout
