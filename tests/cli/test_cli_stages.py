from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest
from cli_builders import ACME, run, small_vault, snapshot
from click.testing import CliRunner

from vaultflow.cli import asking, stages, undo
from vaultflow.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return small_vault(tmp_path / "vault")


@pytest.fixture
def keyboard(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits at the terminal."""
    for module in (asking, stages, undo):
        monkeypatch.setattr(module, "can_ask", lambda: True)


def typed(vault: Path, answers: str, *args: str) -> tuple[int, str]:
    """What a command does that is answered line by line: exit code and stderr."""
    words = ["--vault", str(vault), "--today", "2026-11-23", *args]
    result = CliRunner().invoke(main, words, input=answers)
    return result.exit_code, result.stderr


def text_of(vault: Path, name: str = "Acme") -> str:
    return (vault / f"{name}.md").read_bytes().decode()


def test_move_writes_stage_and_log_and_reminds_of_what_comes_next(vault: Path) -> None:
    ran = run(vault, "move", "Acme", "closing")
    assert ran.stdout == "Acme.md  (updated)\n"
    assert "Closing asks for this: They have said what they still need" in ran.stderr
    assert "next action: 2 Ask for the decision" in ran.stderr
    after = ACME.replace("stage: Proposals", "stage: Closing")
    assert text_of(vault) == f"{after}- 2026-11-23 stage: Proposals -> Closing\n"


def test_f19_move_to_the_same_stage_is_no_write(vault: Path) -> None:
    before = snapshot(vault)
    ran = run(vault, "move", "Acme", "proposal sent")
    assert (ran.exit_code, ran.stdout, ran.stderr) == (0, "Acme.md  (unchanged)\n", "")
    assert snapshot(vault) == before


def test_move_refuses_an_unknown_stage_and_a_loss_without_reason(vault: Path) -> None:
    ran = run(vault, "move", "Acme", "clsing")
    assert ran.exit_code == 2
    assert 'did you mean "Closing"?' in ran.stderr
    ran = run(vault, "move", "Acme", "lost")
    assert ran.exit_code == 2
    assert "--reason" in ran.stderr
    assert text_of(vault) == ACME


def test_move_to_won_closes_the_lead(vault: Path) -> None:
    run(vault, "move", "Acme", "won")
    assert "stage: Won\n" in text_of(vault)
    assert "closed_on: 2026-11-23\n" in text_of(vault)


@pytest.mark.usefixtures("keyboard")
def test_s4_7_on_a_terminal_move_offers_the_quick_list(vault: Path) -> None:
    code, asked = typed(vault, "y\n2\nsoon\nfri\n", "move", "Acme", "closing")
    assert code == 0
    assert "2 Ask for the decision" in asked
    assert '"soon" is not understood' in asked
    assert "next_action: Ask for the decision\nnext_action_due: 2026-11-27\n" in text_of(vault)


@pytest.mark.usefixtures("keyboard")
def test_a_no_to_what_the_stage_asks_for_ends_the_move(vault: Path) -> None:
    code, asked = typed(vault, "n\n", "move", "Acme", "closing")
    assert code == 1
    assert "They have said what they still need" in asked
    assert text_of(vault) == ACME


@pytest.mark.usefixtures("keyboard")
def test_nothing_typed_means_no_next_action(vault: Path) -> None:
    assert typed(vault, "y\n\n", "move", "Acme", "closing")[0] == 0
    assert "next_action: Send revised quote\n" in text_of(vault)


@pytest.mark.usefixtures("keyboard")
def test_s2_5_on_a_terminal_a_field_that_the_stage_needs_is_asked_for(vault: Path) -> None:
    (vault / "vaultflow.toml").write_text(
        '[[pipeline.stages]]\nname = "Proposals"\n'
        '[[pipeline.stages]]\nname = "Closing"\nentry = ["value", "expected_close"]\n'
        '[[pipeline.stages]]\nname = "Won"\nkind = "won"\n'
        '[[pipeline.stages]]\nname = "Lost"\nkind = "lost"\n',
        encoding="utf-8",
    )
    code, asked = typed(vault, "soon\n15 dec\n", "move", "Acme", "closing")
    assert code == 0
    assert "Closing needs value" not in asked
    assert "Closing needs expected_close" in asked
    assert "expected_close: 2026-12-15\n" in text_of(vault)


def test_a_field_that_the_stage_needs_is_named_where_nobody_can_be_asked(vault: Path) -> None:
    (vault / "vaultflow.toml").write_text(
        '[[pipeline.stages]]\nname = "Proposals"\n'
        '[[pipeline.stages]]\nname = "Closing"\nentry = ["budget"]\n'
        '[[pipeline.stages]]\nname = "Won"\nkind = "won"\n'
        '[[pipeline.stages]]\nname = "Lost"\nkind = "lost"\n',
        encoding="utf-8",
    )
    ran = run(vault, "move", "Acme", "closing")
    assert "Closing needs budget: vaultflow set 'Acme' budget ..." in ran.stderr


def test_win_sets_stage_day_and_log(vault: Path) -> None:
    assert run(vault, "win", "Acme").stdout == "Acme.md  (updated)\n"
    assert run(vault, "win", "Acme").stdout == "Acme.md  (unchanged)\n"
    assert text_of(vault).endswith("- 2026-11-23 stage: Proposals -> Won\n")


def test_s4_16_one_command_loses_with_reason_log_and_a_day_to_look_again(vault: Path) -> None:
    ran = run(vault, "lose", "Acme", "--reason", "no budget this year", "--revisit", "6m")
    assert ran.exit_code == 0
    after = text_of(vault)
    for line in (
        "stage: Lost",
        "closed_on: 2026-11-23",
        "lost_reason: no budget this year",
        "revisit_on: 2027-05-23",
        "- 2026-11-23 stage: Proposals -> Lost",
    ):
        assert f"\n{line}\n" in after
    assert "Acme" not in run(vault, "leads").stdout
    on_that_day = run(vault, "daily", "--print", today="2027-05-23").stdout
    assert "[[Acme]]" in on_that_day


@pytest.mark.parametrize("reason", [(), ("--reason", " ")])
def test_s4_16_a_loss_insists_on_its_reason(vault: Path, reason: tuple[str, ...]) -> None:
    ran = run(vault, "lose", "Acme", *reason)
    assert ran.exit_code == 2
    assert "a lead is lost for a reason" in ran.stderr
    assert text_of(vault) == ACME


@pytest.mark.usefixtures("keyboard")
def test_on_a_terminal_the_reason_is_asked_for(vault: Path) -> None:
    assert typed(vault, "too far away\n", "lose", "Acme")[0] == 0
    assert "lost_reason: too far away\n" in text_of(vault)


def test_s4_17_a_lead_lost_for_good_is_on_no_page_but_the_list_of_all(vault: Path) -> None:
    run(vault, "lose", "Acme", "--reason", "chose another")
    assert "Acme" not in run(vault, "leads").stdout
    assert "Acme" in run(vault, "leads", "--all").stdout


def test_park_rests_a_lead_until_its_day(vault: Path) -> None:
    assert run(vault, "park", "Acme", "--until", "2m").exit_code == 0
    assert "stage: Parked\n" in text_of(vault)
    assert "revisit_on: 2027-01-23\n" in text_of(vault)
    assert run(vault, "park", "Acme", "--until", "yesterday").exit_code == 2


def test_undo_takes_back_the_last_write_and_undo_again_brings_it_back(vault: Path) -> None:
    run(vault, "win", "Acme")
    won = text_of(vault)
    ran = run(vault, "undo", "acme")
    assert ran.stdout == "Acme.md  (updated)\n"
    assert "-stage: Won" in ran.stderr
    assert text_of(vault) == ACME
    run(vault, "undo")
    assert text_of(vault) == won


def test_undo_leaves_a_note_alone_that_has_changed_since(vault: Path) -> None:
    run(vault, "win", "Acme")
    (vault / "Acme.md").write_text(text_of(vault) + "Mine.\n", encoding="utf-8", newline="")
    before = snapshot(vault)
    ran = run(vault, "undo", "--yes")
    assert ran.exit_code == 7
    assert "has changed since" in ran.stderr
    assert snapshot(vault) == before


def test_undo_deletes_no_note_and_says_when_there_is_nothing_to_undo(vault: Path) -> None:
    assert run(vault, "undo").exit_code == 2
    run(vault, "new", "Fresh")
    ran = run(vault, "undo")
    assert ran.exit_code == 7
    assert "delete it yourself" in ran.stderr
    assert (vault / "Fresh.md").exists()


def test_undo_passes_pages_over_unless_one_is_named(vault: Path) -> None:
    run(vault, "win", "Acme")
    run(vault, "refresh")
    assert run(vault, "undo").stdout == "Acme.md  (updated)\n"
    assert text_of(vault) == ACME
    run(vault, "refresh")
    assert run(vault, "undo", "Stale deals", "--dry-run").stdout.startswith("--- Pipeline/Stale")


def test_undo_shows_what_it_would_do(vault: Path) -> None:
    run(vault, "win", "Acme")
    before = snapshot(vault)
    assert "+stage: Proposals" in run(vault, "undo", "--dry-run").stdout
    assert snapshot(vault) == before


@pytest.mark.usefixtures("keyboard")
def test_undo_asks_on_a_terminal_unless_told_yes(vault: Path) -> None:
    run(vault, "win", "Acme")
    before = snapshot(vault)
    code, asked = typed(vault, "n\n", "undo")
    assert code == 1
    assert "Put Acme.md back as it was?" in asked
    assert snapshot(vault) == before
    assert typed(vault, "", "undo", "--yes")[0] == 0
    assert text_of(vault) == ACME


def test_nobody_is_asked_where_nobody_sits() -> None:
    @click.command()
    def probe() -> None:
        click.echo(asking.can_ask())

    assert CliRunner().invoke(probe).output == "False\n"
