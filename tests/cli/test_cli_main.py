from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest
from cli_builders import run, small_vault
from click.testing import CliRunner

from vaultflow.cli.main import COMMANDS, main
from vaultflow.cli.output import plain_table, safe

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    ran = run(None, command, "--help")
    assert ran.exit_code == 0
    assert f"vaultflow {command}" in ran.stdout


def test_the_help_lists_every_command() -> None:
    ran = run(None, "--help")
    assert all(f"\n  {command} " in ran.stdout for command in COMMANDS)


def test_a_mistyped_command_gets_the_nearest() -> None:
    ran = run(None, "dialy")
    assert ran.exit_code == 2
    assert 'Did you mean "daily"' in ran.stderr


def test_a_folder_that_is_no_vault_is_said_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run(None, "daily")
    assert ran.exit_code == 4
    assert "vaultflow init" in ran.stderr
    assert ran.stdout == ""


def test_a_vault_that_is_not_there_is_said(tmp_path: Path) -> None:
    ran = run(tmp_path / "nowhere", "leads")
    assert ran.exit_code == 4
    assert "nowhere" in ran.stderr


def test_the_vault_is_found_upwards_and_by_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = small_vault(tmp_path / "vault")
    (vault / "deep" / "er").mkdir(parents=True)
    monkeypatch.chdir(vault / "deep" / "er")
    assert len(run(None, "leads", "--json").json) == 2
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VAULTFLOW_VAULT", str(vault))
    assert len(run(None, "leads", "--json").json) == 2


def test_global_options_may_stand_on_either_side_of_the_command(tmp_path: Path) -> None:
    vault = small_vault(tmp_path / "vault")
    outer = CliRunner().invoke(
        main, ["--vault", str(vault), "--today", "2026-11-23", "--json", "leads"]
    )
    inner = CliRunner().invoke(
        main, ["leads", "--json", "--vault", str(vault), "--today", "2026-11-23"]
    )
    assert outer.stdout == inner.stdout
    assert outer.stdout.startswith("[")


def test_the_option_behind_the_command_wins(tmp_path: Path) -> None:
    vault = small_vault(tmp_path / "vault")
    ran = run(tmp_path / "nowhere", "leads", "--vault", str(vault), "--json")
    assert len(ran.json) == 2


def test_a_bad_day_is_wrong_usage(tmp_path: Path) -> None:
    assert run(tmp_path, "leads", today="2026-02-30").exit_code == 2


def test_quiet_says_nothing_but_results(tmp_path: Path) -> None:
    vault = small_vault(tmp_path / "vault")
    assert run(vault, "-q", "leads").stderr == ""


def test_names_cannot_steer_the_terminal() -> None:
    assert safe("a\x1b[31mb\u202ec\x07") == "a[31mbc"
    assert safe("👩\u200d💻 Zoë") == "👩\u200d💻 Zoë"


def test_a_plain_table_sets_numbers_right_and_cuts_nothing() -> None:
    assert list(plain_table(["a", "n"], [["long name", "7"], ["b", "1200"]], {1})) == [
        "a             n",
        "long name     7",
        "b          1200",
    ]


def test_the_version_is_that_of_the_package() -> None:
    result = CliRunner().invoke(main, ["--version"])
    assert result.output.startswith("vaultflow, version ")
    assert isinstance(main, click.Group)
