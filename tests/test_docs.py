"""Every command that the documents show is run, and every command they name exists."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
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
