"""What a command imports: above a bare Python, start-up is most of a warm run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import vaultflow

EXAMPLE = Path(__file__).parent.parent / "example-vault"

HEAVY = frozenset(
    "asyncio email frontmatter holidays importlib.metadata jinja2 markdown_it pathspec "
    "platformdirs rich sqlite3 watchdog yaml zoneinfo".split()
)
"""Each costs 5 to 80 ms, and is imported where it is used."""

PROGRAM = """
import sys
from vaultflow.cli.start import start
try:
    start()
finally:
    print(*sys.modules, file=sys.stderr)
"""

SETTLED = """
import time
real = time.time_ns
time.time_ns = lambda: real() + 60 * 10**9
"""
"""Has the cache trust the times of files that were just written: they are a minute old then."""

SLOW_TO_SAY = frozenset("click dataclasses msgspec pathlib platformdirs sqlite3 typing".split())
"""Not needed to say what was said the last time; any of them takes as long as all that is."""


def imported_by(*command: str, vault: Path = EXAMPLE, settled: bool = False) -> set[str]:
    """The modules that a run of the command imports."""
    environment = {**os.environ, "VAULTFLOW_VAULT": str(vault)}
    if settled:  # a state of the vault's own, which all runs share
        environment["VAULTFLOW_STATE"] = str(vault.parent / "state")
    program = SETTLED + PROGRAM if settled else PROGRAM
    ran = subprocess.run(
        [sys.executable, "-c", program, *command],
        env=environment,
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    )
    return set(ran.stderr.split())


@pytest.mark.parametrize("command", ["--version", "--help", "config", "daily --help"])
def test_a_command_that_reads_no_note_imports_nothing_heavy(command: str) -> None:
    assert imported_by(*command.split()) & HEAVY == set()


def test_only_the_front_of_the_command_line_is_imported_to_say_the_version() -> None:
    ours = {name for name in imported_by("--version") if name.startswith("vaultflow")}
    assert ours == {
        "vaultflow",
        "vaultflow.cli",
        "vaultflow.cli.main",
        "vaultflow.cli.session",
        "vaultflow.cli.start",
        "vaultflow.disk",
        "vaultflow.disk.home",
        "vaultflow.disk.outside",
        "vaultflow.errors",
        "vaultflow.flow",
        "vaultflow.flow.known",
        "vaultflow.flow.known.kept",
        "vaultflow.flow.known.said",
        "vaultflow.vault",
        "vaultflow.vault.obsidian",
        "vaultflow.vault.obsidian.names",
    }


def test_the_help_of_all_commands_imports_no_page() -> None:
    assert not any(name.startswith("vaultflow.pages") for name in imported_by("--help"))


def test_the_version_is_that_of_the_package() -> None:
    assert vaultflow.__version__ == version("vaultflow")


WARM = frozenset(
    "asyncio email frontmatter holidays importlib.metadata jinja2 markdown_it pathspec rich "
    "watchdog yaml vaultflow.pipeline.build vaultflow.vault.reader".split()
)
"""What a run needs only for notes that have changed, and pages that have to be made."""


@pytest.fixture(scope="module")
def warm_vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An example vault whose pages are current, and whose notes are all in the cache."""
    folder = tmp_path_factory.mktemp("warm")
    vault = folder / "vault"
    shutil.copytree(EXAMPLE, vault)
    for _ in range(3):
        for command in ("refresh", "daily"):
            imported_by("--today", "2026-11-23", command, vault=vault, settled=True)
    return vault


def test_what_was_said_the_last_time_is_said_with_almost_nothing_imported(warm_vault: Path) -> None:
    found = imported_by("--today", "2026-11-23", "daily", vault=warm_vault, settled=True)
    assert {name for name in found if name.startswith("vaultflow")} == {
        "vaultflow",
        "vaultflow.cli",
        "vaultflow.cli.start",
        "vaultflow.disk",
        "vaultflow.disk.home",
        "vaultflow.disk.outside",
        "vaultflow.flow",
        "vaultflow.flow.known",
        "vaultflow.flow.known.kept",
        "vaultflow.flow.known.said",
        "vaultflow.vault",
        "vaultflow.vault.obsidian",
        "vaultflow.vault.obsidian.names",
    }
    assert found & SLOW_TO_SAY == set()


@pytest.mark.parametrize("command", ["leads", "show anvil", "stale", "pages", "daily"])
def test_a_warm_command_imports_nothing_that_reads_notes_or_makes_pages(
    warm_vault: Path, command: str
) -> None:
    words = command.split()
    found = imported_by("--today", "2026-11-23", *words, vault=warm_vault, settled=True)
    assert found & WARM == set()


HEEDED = frozenset({"vaultflow.flow.known.beside", "vaultflow.flow.known.prose"})
"""What finds out that a change is none of the answer's concern."""
NOT_TO_READ_A_LEAD = frozenset(
    "jinja2 markdown_it rich yaml vaultflow.pipeline.rules vaultflow.disk.write "
    "vaultflow.vault.edit.log vaultflow.disk.sandbox secrets".split()
)
"""What a run does without in which a lead has changed, but no page."""


def test_after_a_change_of_a_lead_only_what_reads_it_is_imported(
    warm_vault: Path, tmp_path: Path
) -> None:
    vault = tmp_path / "vault"
    shutil.copytree(warm_vault, vault)
    lead = vault / "Leads" / "Dřevo Dílna export prices.md"
    daily = ("--today", "2026-11-23", "daily")
    for _ in range(2):
        imported_by(*daily, vault=vault, settled=True)
    lead.write_text(lead.read_text().replace("## Log", "A sentence more.\n\n## Log"))
    after_a_sentence = imported_by(*daily, vault=vault, settled=True)
    lead.write_text(f"{lead.read_text()}\nSee [[Home]].\n")
    after_a_link = imported_by(*daily, vault=vault, settled=True)
    assert after_a_sentence >= HEEDED
    assert after_a_sentence & (SLOW_TO_SAY | {"vaultflow.cli.main"}) == {"typing"}
    assert "vaultflow.pipeline.update" in after_a_link
    assert after_a_link & NOT_TO_READ_A_LEAD == set()
