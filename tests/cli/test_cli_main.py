from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest
from cli_builders import run, small_vault, snapshot
from click.testing import CliRunner

from vaultflow.cli.main import COMMANDS, main
from vaultflow.cli.output import plain_table, safe
from vaultflow.cli.session import FIRST_DAY, LAST_DAY

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


DRY_RUNS = {
    "act": ("Acme", "Call", "--by", "fri"),
    "apply": (),
    "check": ("--fix",),
    "daily": (),
    "links": ("--unresolved", "--create-stubs"),
    "log": ("Acme", "called"),
    "lose": ("Acme", "--reason", "price"),
    "move": ("Acme", "Negotiation"),
    "new": ("Delta",),
    "park": ("Acme", "--until", "2w"),
    "refresh": (),
    "set": ("Acme", "owner", "Bob"),
    "stale": (),
    "undo": ("Acme",),
    "win": ("Acme",),
}
"""What a command with `--dry-run` needs to plan something."""


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    ran = run(None, command, "--help")
    assert ran.exit_code == 0
    assert f"vaultflow {command}" in ran.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_a_dry_run_with_json_prints_json_alone_and_writes_nothing(
    tmp_path: Path, command: str
) -> None:
    asked = main.get_command(click.Context(main), command)
    assert asked
    assert (command in DRY_RUNS) == any(option.name == "dry_run" for option in asked.params)
    if command in DRY_RUNS:
        vault = small_vault(tmp_path / "vault")
        run(vault, "log", "Acme", "wrote a letter")  # for `undo` to take back
        before = snapshot(vault)
        ran = run(vault, "--json", command, *DRY_RUNS[command], "--dry-run")
        assert ran.exit_code == 0
        assert ran.json is not None
        assert snapshot(vault) == before


BY_DAY = (("check",), ("apply",), ("daily",), ("refresh",), ("refresh", "monthly", "weekly"))
REPORTS = tuple(("report", name) for name in ("weekly", "monthly", "quota", "flow"))


@pytest.mark.parametrize("day", [FIRST_DAY, LAST_DAY])
@pytest.mark.parametrize("words", [*BY_DAY, *REPORTS, ("watch", "--once")])
def test_on_the_first_and_the_last_day_all_can_be_reckoned(
    tmp_path: Path, day: date, words: tuple[str, ...]
) -> None:
    vault = small_vault(tmp_path / "vault")
    settings = "[quota]\namount = 100000\nfiscal_start = 4\n"
    (vault / "vaultflow.toml").write_text(settings, encoding="utf-8")
    ran = run(vault, *words, today=str(day))
    assert (ran.exit_code, "raised" in ran.stderr) == (0, False), ran.stderr


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_a_day_outside_of_what_can_be_reckoned_is_refused_with_the_range(
    tmp_path: Path, day: str
) -> None:
    ran = run(small_vault(tmp_path / "vault"), "daily", today=day)
    assert ran.exit_code == 2
    assert f"Invalid value for '--today': {day} is not in the range" in ran.stderr


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
