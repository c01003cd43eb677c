"""What commands say and write is the same with the cache, without it, and with a broken one."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from cli_builders import CHECKOUT, run

from vaultflow.disk.cache.database import FILE
from vaultflow.disk.state import state_folder
from vaultflow.pipeline.settings import VaultSettings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OWN_TEMPLATES = VaultSettings().templates

COMMANDS = (
    ("leads", "--json", "--all"),
    ("leads",),
    ("show", "anvil lane s", "--json"),
    ("stale", "--json"),
    ("check", "-v"),
    ("links", "--unresolved"),
    ("daily",),
    ("daily", "--print"),
    ("refresh",),
    ("pages",),
)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """The example vault, its files so old that the cache trusts their times."""
    root = tmp_path / "vault"
    shutil.copytree(CHECKOUT / "example-vault", root)
    return root


@pytest.fixture(autouse=True)
def _trusting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time of a file's last change cannot be set back: so what is written now is settled."""
    monkeypatch.setattr("vaultflow.disk.cache.stamp.GRAIN_NS", -60 * 10**9)


def said(vault: Path, *options: str) -> list[tuple[int, str, str]]:
    runs = [run(vault, *options, *command) for command in COMMANDS]
    return [(ran.exit_code, ran.stdout, ran.stderr) for ran in runs]


def files(vault: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in vault.rglob("*") if path.is_file()}


def edit(vault: Path) -> None:
    """A lead moves, another comes, a third goes, and a meeting tells of a touch."""
    lead, *others = sorted((vault / "Leads").glob("*.md"))
    lead.write_text(lead.read_text().replace("stage: ", "stage: Proposal #"))
    others[0].unlink()
    (vault / "Leads" / "Newcomer.md").write_text("---\ntype: lead\nstage: Proposal\n---\n")
    meeting = "---\ntype: meeting\ndate: 2026-11-20\n---\n[[Newcomer]] and [[" + lead.stem + "]]\n"
    (vault / "Meetings" / "2026-11-20 A talk.md").write_text(meeting)


def test_with_and_without_the_cache_all_is_the_same(vault: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "vault"
    shutil.copytree(vault, other)
    for change in (lambda _vault: None, edit, lambda _vault: None):
        change(vault)
        change(other)
        assert said(vault) == said(other, "--no-cache")
        assert said(vault) == said(other, "--no-cache"), "what was kept says the same again"
        assert list(files(vault).values()) == list(files(other).values())


def forget(file: Path) -> None:
    file.unlink()


def cut(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def fill_with_noise(file: Path) -> None:
    file.write_bytes(b"\xa5\x5a" * (file.stat().st_size // 2))


def make_older(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE state SET value = x'00' WHERE key = 'maker'")
        connection.execute("UPDATE kept SET value = x'00'")
        connection.commit()


def change_letters(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"Proposal", b"Prppptal").replace(b"call", b"coll"))


@pytest.mark.parametrize("damage", [forget, cut, fill_with_noise, make_older, change_letters])
def test_a_broken_cache_changes_nothing_of_what_is_said(
    vault: Path, damage: Callable[[Path], None]
) -> None:
    first = said(vault)
    expected = said(vault)
    assert first[:4] == expected[:4]
    damage(state_folder(vault) / FILE)
    assert said(vault) == expected


def test_a_cache_that_another_process_holds_changes_nothing_of_what_is_said(vault: Path) -> None:
    said(vault)
    expected = said(vault)
    with closing(sqlite3.connect(state_folder(vault) / FILE)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert said(vault) == expected
        other.rollback()


def move_a_lead(vault: Path) -> None:
    lead = min((vault / "Leads").glob("*.md"))
    lead.write_text(lead.read_text().replace("stage: ", "stage: Won #"))


def bring_namesakes(vault: Path) -> None:
    """All links lead where they led, but those that pages write say the path from now on."""
    (vault / "A folder further down").mkdir()
    for lead in (vault / "Leads").glob("*.md"):
        (vault / "A folder further down" / lead.name).write_text("of the same name\n")


def break_a_note(vault: Path) -> None:
    (vault / "Inbox" / "Loose.md").write_text("---\na: [\n---\n")


def edit_the_pages(vault: Path) -> None:
    for page in (vault / "Pipeline").glob("*.md"):
        page.write_text(page.read_text().replace("- [ ]", "- [x]"))


def bring_a_template(vault: Path) -> None:
    (vault / OWN_TEMPLATES).mkdir(parents=True, exist_ok=True)
    shutil.copy(CHECKOUT / "templates" / "stale.md", vault / OWN_TEMPLATES)
    own = vault / OWN_TEMPLATES / "stale.md"
    own.write_text(own.read_text().replace("\n# ", "\n# Mine: ", 1))


def write_of_something_else(vault: Path) -> None:
    (vault / "Inbox" / "Something else.md").write_text("[[Home]] and nothing about leads\n")


@pytest.mark.parametrize(
    "change",
    [
        move_a_lead,
        bring_namesakes,
        break_a_note,
        edit_the_pages,
        bring_a_template,
        write_of_something_else,
    ],
)
def test_pages_that_are_known_are_looked_at_again_when_what_they_show_changes(
    vault: Path, change: Callable[[Path], None]
) -> None:
    def listed(*options: str) -> list[tuple[int, str, str]]:
        commands = (("pages",), ("refresh", "--dry-run"), ("stale", "--dry-run"))
        runs = [run(vault, *options, *command) for command in commands]
        return [(ran.exit_code, ran.stdout, ran.stderr) for ran in runs]

    (vault / "Inbox" / "Loose.md").write_text("a loose note\n")
    run(vault, "refresh")
    run(vault, "refresh")  # now every page is known as it stands
    assert listed() == listed("--no-cache")
    change(vault)
    assert listed() == listed("--no-cache")
    assert listed() == listed("--no-cache"), "what was kept says the same again"


def test_pages_that_are_known_need_no_lead(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(vault, "refresh")
    run(vault, "refresh")
    write_of_something_else(vault)
    run(vault, "refresh")
    expected = run(vault, "pages").stdout
    monkeypatch.setattr("vaultflow.pipeline.packed.unpack_pipeline", None)
    assert run(vault, "pages").stdout == expected
    assert "changed" not in expected
