"""Every command that the documents show is run, and every command they name exists."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cli_builders import example_vault, run
from click.testing import CliRunner

from vaultflow.cli.main import COMMANDS, main

if TYPE_CHECKING:
    from re import Pattern

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


TUTORIAL = CHECKOUT / "docs" / "tutorial.md"
TUTORIAL_DAY = "2026-11-23"
MARKDOWN = re.compile(r"^```markdown\n(.*?)^```", re.MULTILINE | re.DOTALL)
QUESTION = "What must happen next, and by when?"


def in_words(text: str) -> Pattern[str]:
    """What is shown, in which a line of three dots stands for any lines."""
    return re.compile(re.escape(text).replace(re.escape("...\n"), r"(?:.*\n)*?"))


@pytest.mark.usefixtures("desk")
def test_the_tutorial_shows_what_its_commands_print(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = 0
    for block in CONSOLE.findall(TUTORIAL.read_text(encoding="utf-8")):
        for command, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
            words = shlex.split(command)
            if words[0] == "cd":
                monkeypatch.chdir(words[1])
            elif words[0] == "vaultflow":
                result = CliRunner().invoke(main, ["--today", TUTORIAL_DAY, *words[1:]])
                shown += bool(output)
                assert not output or in_words(output).fullmatch(result.stdout), command
    assert shown == 3  # both times `init`, and the first `daily`


def test_the_tutorial_shows_today_s_note_as_it_is_written(desk: Path) -> None:
    for words in (["init", "try-out", "--example"], ["--vault", "try-out", "daily"]):
        CliRunner().invoke(main, ["--today", TUTORIAL_DAY, *words])
    (note,) = (desk / "try-out" / "Reviews").glob(f"{TUTORIAL_DAY}*.md")
    page = note.read_text(encoding="utf-8")
    tutorial = TUTORIAL.read_text(encoding="utf-8")
    today, focus, answered, *_ = MARKDOWN.findall(tutorial)
    assert page.startswith(today)
    assert focus in page
    question = answered.partition("\n")[0].replace("- [x]", "- [ ]")
    assert QUESTION in question
    assert f"{question}\n\t- next::\n\t- by::\n" in page
    _, *leads = page.partition("%% vaultflow:end focus")[0].split("\n### ")
    assert {lead.count("- [ ]") for lead in leads} == {4}
    assert "Below each lead in focus stand four questions." in tutorial
    assert "Open that lead and look at line 26." in tutorial
    lead = (desk / "try-out" / "Leads" / "Copperline Electric rates.md").read_text(encoding="utf-8")
    assert "2026-11-17 email out" in lead.splitlines()[25]


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
