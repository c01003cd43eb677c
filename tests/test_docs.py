"""Every command that the documents show is run, and every command they name exists."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from cli_builders import example_vault, run
from click.testing import CliRunner

from vaultflow.cli.main import COMMANDS, main

CHECKOUT = Path(__file__).parent.parent
DOCUMENTS = [CHECKOUT / "README.md", *sorted((CHECKOUT / "docs").rglob("*.md"))]

CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`vaultflow(?: --\S+(?: \S+)?)* ([a-z]+)\b")
ELSEWHERE = ("pip", "make", "git")
"""What other tests and CI itself run: the wheel, `make demo`, `make test`."""


def shown_commands(document: Path) -> list[str]:
    blocks = CONSOLE.findall(document.read_text(encoding="utf-8"))
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as a reader has it: a vault of one's own, `my-vault`, without settings yet."""
    shutil.copytree(CHECKOUT / "example-vault", tmp_path / "my-vault")
    (tmp_path / "my-vault" / "vaultflow.toml").unlink()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_every_command_shown_runs(
    document: Path, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = shown_commands(document)
    needs_vault = commands and not any(" init" in command for command in commands)
    if needs_vault and not any(command.startswith("cd ") for command in commands):
        monkeypatch.chdir(desk / "my-vault")
    for command in commands:
        words = shlex.split(command.partition(" > ")[0].partition(" >> ")[0])
        match words[0]:
            case "cd":
                monkeypatch.chdir(words[1])
            case "vaultflow":
                result = CliRunner().invoke(main, words[1:])
                assert result.exit_code in (0, 1 if "check" in words else 0), (
                    f"{command}\n{result.output}"
                )
            case other:
                assert other in ELSEWHERE, (
                    f"{document.name} shows a command nobody tests: {command}"
                )


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_every_command_named_exists(document: Path) -> None:
    named = set(NAMED.findall(document.read_text(encoding="utf-8")))
    assert named <= set(COMMANDS)


QUESTIONS = {
    "keep track": "vaultflow daily",
    "warm": "vaultflow refresh follow-up",
    "miss no chance": "vaultflow leads --in overdue",
    "clean": "vaultflow refresh clean-up",
}
"""What the guide for sales leaders asks at its beginning, and the command that answers it."""


@pytest.mark.parametrize("question", QUESTIONS)
def test_s2_01_the_readme_maps_each_opening_question_to_a_command_that_runs(
    question: str, tmp_path: Path
) -> None:
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    (row,) = (line for line in readme.splitlines() if line.startswith("|") and question in line)
    command = QUESTIONS[question]
    assert f"`{command}`" in row
    ran = run(example_vault(tmp_path / "vault"), *command.split()[1:])
    assert ran.exit_code == 0
