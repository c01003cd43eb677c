"""A folder that cannot be listed: told on every page and by every list, never passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli_builders import ACME, run, small_vault
from disk_builders import refuse_folders

from vaultflow.plugins.builtin import BUILTIN

if TYPE_CHECKING:
    from pathlib import Path

DENIED = PermissionError(13, "Permission denied")
TOLD = "1 folder cannot be read, and its notes are not counted: Closed."
WARNED = (
    "warning: Closed: The folder cannot be read: Permission denied. Its notes are not counted. "
    "(check its permissions)\n"
)
PAGES = {
    "daily", "pipeline", "stale", "next-actions", "follow-up", "meeting", "report", "flow", "quota",
    "forecast", "clean-up", "calibration", "analysis", "lessons", "monthly",
}  # fmt: skip
"""Those that tell of leads that cannot be read."""


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = small_vault(tmp_path / "v")
    (root / "Closed").mkdir()
    (root / "Closed" / "Deal.md").write_text(ACME, encoding="utf-8")
    settings = "[quota]\namount = 90000\n"
    (root / "vaultflow.toml").write_text(settings, encoding="utf-8")
    return root


def pages_of(vault: Path) -> dict[str, str]:
    """What the pages say, whatever folder cannot be listed."""
    folders = (vault / "Pipeline", vault / "Reviews")
    files = (file for folder in folders for file in folder.glob("*.md"))
    return {file.name: file.read_text(encoding="utf-8") for file in files}


def close(patch: pytest.MonkeyPatch, name: str = "Closed") -> None:
    refuse_folders(patch, **{name: DENIED})


def test_each_page_tells_of_it_until_it_can_be_read_again(vault: Path) -> None:
    run(vault, "refresh", *PAGES)
    before = pages_of(vault)
    with pytest.MonkeyPatch.context() as patch:
        close(patch)
        ran = run(vault, "refresh", *PAGES)
        assert (ran.exit_code, ran.stderr) == (0, WARNED)
        pages = {
            status["name"]: status["path"]
            for status in run(vault, "pages", "--json").json
            if status["name"] in PAGES
        }
        texts = {name: (vault / path).read_text(encoding="utf-8") for name, path in pages.items()}
        assert {name for name, text in texts.items() if TOLD in text} == PAGES
        closed = pages_of(vault)
        run(vault, "refresh", *PAGES, "--no-cache")
        run(vault, "watch", "--once")
        assert pages_of(vault) == closed
    run(vault, "refresh", *PAGES)
    assert pages_of(vault) == before


def test_an_empty_vault_behind_it_is_not_called_empty(tmp_path: Path) -> None:
    root = tmp_path / "v"
    (root / "Closed").mkdir(parents=True)
    (root / "vaultflow.toml").touch()
    with pytest.MonkeyPatch.context() as patch:
        close(patch)
        run(root, "refresh")
        texts = [file.read_text(encoding="utf-8") for file in root.rglob("*.md")]
    assert any(f"Not known. {TOLD}" in text for text in texts)
    assert not any("Start with one person" in text for text in texts)


@pytest.mark.parametrize(
    "words",
    ["leads", "stale", "pages", "daily", "report", "show Acme", "links", "leads --json",
     "daily --no-cache", "set Acme owner Bob", "apply"],
)  # fmt: skip
def test_whoever_lists_is_warned_each_time(
    vault: Path, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    close(monkeypatch)
    for _ in range(2):
        ran = run(vault, *words.split())
        assert (ran.exit_code, ran.stderr.count(WARNED)) == (0, 1)
    assert run(vault, "-q", *words.split()).stderr == ""


def test_daily_warns_once_though_it_takes_answers(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(vault, "daily")
    note = vault / "Reviews" / "2026-11-23 Pipeline review.md"
    text = note.read_text(encoding="utf-8")
    note.write_text(text.replace("- answer::", "- answer:: yes", 1), encoding="utf-8")
    close(monkeypatch)
    ran = run(vault, "daily")
    assert ran.stderr.count(WARNED) == 1
    assert TOLD in ran.stdout


def test_check_lists_it_and_warns_of_nothing_besides(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    close(monkeypatch)
    for _ in range(2):
        ran = run(vault, "check")
        assert "Closed:1: folder-unreadable" in ran.stdout
        assert "warning:" not in ran.stderr


def test_its_name_is_text_on_the_page(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "50%% [[x]] `y` <b>"
    (vault / name).mkdir()
    close(monkeypatch, name)
    run(vault, "refresh")
    found = run(vault, "check", "--json").json
    assert {one["code"] for one in found if "Pipeline" in one["path"]} <= {"page-unused"}
    page = (vault / "Pipeline" / "Pipeline.md").read_text(encoding="utf-8")
    assert "cannot be read" in page
    assert "[[x]]" not in page


def test_no_page_that_tells_of_unreadable_leads_is_forgotten(vault: Path) -> None:
    (vault / "Broken.md").write_text("---\ntype: lead\nstage: [\n---\n", encoding="utf-8")
    for page in BUILTIN.pages:
        run(vault, "refresh", page.name)
    telling = {
        status["name"]
        for status in run(vault, "pages", "--json").json
        if (vault / status["path"]).exists()
        and "cannot be read" in (vault / status["path"]).read_text(encoding="utf-8")
    }
    assert telling <= PAGES
