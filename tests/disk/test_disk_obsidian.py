from __future__ import annotations

from typing import TYPE_CHECKING

from disk_builders import posix_only, vault

from vaultflow.disk.obsidian import load_obsidian
from vaultflow.vault.obsidian.settings import ObsidianSettings

if TYPE_CHECKING:
    from pathlib import Path

DAILY = '{"folder": "Daily", "format": "YYYY/MM-DD"}'


def test_without_a_folder_obsidians_defaults_hold(tmp_path: Path) -> None:
    assert load_obsidian(tmp_path) == (ObsidianSettings(), ())


def test_the_files_of_the_folder_are_read(tmp_path: Path) -> None:
    root = vault(
        tmp_path,
        {
            ".obsidian/daily-notes.json": DAILY,
            ".obsidian/app.json": '{"newLinkFormat": "relative"}',
            ".obsidian/community-plugins.json": '["periodic-notes"]',
            ".obsidian/plugins/periodic-notes/data.json": '{"weekly": {"enabled": true}}',
        },
    )
    settings, findings = load_obsidian(root)
    assert findings == ()
    assert settings.daily_notes.folder == "Daily"
    assert settings.new_link_format == "relative"
    assert set(settings.periodic_notes) == {"weekly"}


def test_a_renamed_folder_is_read_and_named_in_findings(tmp_path: Path) -> None:
    (tmp_path / ".phone").mkdir()
    (tmp_path / ".phone" / "app.json").write_text("{broken")
    _, findings = load_obsidian(tmp_path)
    assert [str(finding.path) for finding in findings] == [".phone/app.json"]


@posix_only
def test_f25_settings_out_of_the_vault_are_not_read(tmp_path: Path) -> None:
    outside = vault(tmp_path / "outside", {".obsidian/daily-notes.json": DAILY})
    root = tmp_path / "root"
    root.mkdir()
    (root / ".obsidian").symlink_to(outside / ".obsidian")
    settings, findings = load_obsidian(root)
    assert settings == ObsidianSettings()
    assert [finding.code for finding in findings] == ["link-not-followed"]


@posix_only
def test_one_file_that_cannot_be_read_does_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "outside.json").write_text('{"folder": "T"}')
    root = vault(tmp_path / "root", {".obsidian/daily-notes.json": DAILY})
    (root / ".obsidian" / "templates.json").symlink_to(tmp_path / "outside.json")
    settings, findings = load_obsidian(root)
    assert settings.daily_notes.folder == "Daily"
    assert settings.templates_folder == ""
    assert [str(finding.path) for finding in findings] == [".obsidian/templates.json"]
