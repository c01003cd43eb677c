from __future__ import annotations

import json
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultflow.errors import Finding, Level
from vaultflow.vault.obsidian.files import SettingsFiles
from vaultflow.vault.obsidian.names import OBSIDIAN_FILES
from vaultflow.vault.obsidian.settings import (
    ObsidianSettings,
    PeriodicNotes,
    TaskSettings,
    read_obsidian,
)

DATA = "plugins/{}/data.json"
PERIODIC = DATA.format("periodic-notes")


def read(**files: object) -> ObsidianSettings:
    """The settings of files that are named by what comes before `.json`."""
    return read_named({f"{name.replace('_', '-')}.json": held for name, held in files.items()})


def read_named(files: dict[str, object]) -> ObsidianSettings:
    settings, findings = read_obsidian({name: json.dumps(files[name]).encode() for name in files})
    assert findings == ()
    return settings


def complaints(name: str, raw: bytes) -> tuple[Finding, ...]:
    settings, findings = read_obsidian({name: raw})
    assert settings == ObsidianSettings()
    return findings


def test_a_vault_without_settings_has_obsidians_defaults() -> None:
    settings, findings = read_obsidian({})
    assert settings == ObsidianSettings()
    assert findings == ()
    assert settings.new_link_format == "shortest"
    assert settings.daily_notes == PeriodicNotes(format="YYYY-MM-DD", folder="", template="")


def test_link_settings_are_read() -> None:
    settings = read(
        app={
            "newLinkFormat": "relative",
            "useMarkdownLinks": True,
            "userIgnoreFilters": ["Archive/", "/^tmp/"],
        }
    )
    assert settings.new_link_format == "relative"
    assert settings.use_markdown_links
    assert settings.user_ignore_filters == ("Archive/", "/^tmp/")


@pytest.mark.parametrize("odd", ["NaN", "-Infinity", r'"\ud800"', "1" * 40])
def test_a_file_with_an_odd_value_is_read_all_the_same(odd: str) -> None:
    raw = f'{{"odd": {odd}, "newLinkFormat": "relative"}}'.encode()
    settings, findings = read_obsidian({"app.json": raw})
    assert findings == ()
    assert settings.new_link_format == "relative"


def test_a_byte_order_mark_before_the_settings_does_no_harm() -> None:
    settings, findings = read_obsidian({"app.json": b'\xef\xbb\xbf{"newLinkFormat": "relative"}'})
    assert findings == ()
    assert settings.new_link_format == "relative"


def test_daily_notes_are_read() -> None:
    settings = read(daily_notes={"folder": "/Daily/", "format": "YYYY/MM-DD", "template": "T/Day"})
    assert settings.daily_notes == PeriodicNotes(
        format="YYYY/MM-DD", folder="Daily", template="T/Day"
    )


def test_both_kinds_of_template_folders_are_read() -> None:
    settings = read_named(
        {
            "templates.json": {"folder": "Templates"},
            DATA.format("templater-obsidian"): {"templates_folder": "_meta/templates"},
        }
    )
    assert (settings.templates_folder, settings.templater_folder) == (
        "Templates",
        "_meta/templates",
    )
    assert settings.template_folders == ("Templates", "_meta/templates")


def test_a_template_folder_at_the_root_hides_no_note() -> None:
    assert read(templates={"folder": "/"}).template_folders == ()


def test_property_types_are_found_without_regard_to_case() -> None:
    settings = read(types={"types": {"Value": "number", "next": "date", "odd": 1}})
    assert settings.property_types == {"value": "number", "next": "date"}


@pytest.mark.parametrize("plugins", [["daily-notes"], {"daily-notes": True, "graph": False}])
def test_core_plugins_are_read_in_both_of_their_forms(plugins: object) -> None:
    assert read(core_plugins=plugins).core_plugins == ("daily-notes",)


OLD_PERIODIC = {
    "daily": {"enabled": True, "format": "", "folder": "Days", "template": "T/Day"},
    "weekly": {"enabled": True, "format": "GGGG-[W]WW", "folder": "Weeks"},
    "monthly": {"enabled": False, "format": "YYYY-MM"},
}
NEW_PERIODIC = {
    "activeCalendarSet": "work",
    "calendarSets": [
        {"id": "home", "day": {"enabled": True, "folder": "Home"}},
        {
            "id": "work",
            "day": {"enabled": True, "folder": "Days", "templatePath": "T/Day"},
            "week": {"enabled": True, "format": "GGGG-[W]WW", "folder": "Weeks"},
        },
    ],
}


@pytest.mark.parametrize("periodic", [OLD_PERIODIC, NEW_PERIODIC])
def test_periodic_notes_override_obsidians_own(periodic: object) -> None:
    settings = read_named(
        {
            "community-plugins.json": ["periodic-notes"],
            "daily-notes.json": {"folder": "Daily"},
            PERIODIC: periodic,
        }
    )
    assert settings.daily_notes == PeriodicNotes(
        format="YYYY-MM-DD", folder="Days", template="T/Day"
    )
    weekly = PeriodicNotes(format="GGGG-[W]WW", folder="Weeks")
    assert settings.periodic_notes == {"weekly": weekly}


def test_the_first_calendar_counts_when_none_is_active() -> None:
    settings = read_named(
        {
            "community-plugins.json": ["periodic-notes"],
            PERIODIC: {"calendarSets": NEW_PERIODIC["calendarSets"]},
        }
    )
    assert settings.daily_notes.folder == "Home"


def test_periodic_notes_that_are_switched_off_override_nothing() -> None:
    settings = read_named({"daily-notes.json": {"folder": "Daily"}, PERIODIC: OLD_PERIODIC})
    assert settings.daily_notes.folder == "Daily"
    assert settings.periodic_notes == {}


def test_the_tasks_plugin_tells_what_its_symbols_mean() -> None:
    settings = read_named(
        {
            DATA.format("obsidian-tasks-plugin"): {
                "globalFilter": "#task",
                "taskFormat": "dataview",
                "statusSettings": {
                    "coreStatuses": [{"symbol": " ", "type": "TODO"}],
                    "customStatuses": [{"symbol": "!", "type": "ON_HOLD"}],
                },
            }
        }
    )
    assert settings.tasks == TaskSettings(
        statuses={" ": "TODO", "!": "ON_HOLD"}, global_filter="#task", task_format="dataview"
    )


def test_broken_json_is_one_finding_with_its_line() -> None:
    (finding,) = complaints("app.json", b'{\n"newLinkFormat": }')
    assert (finding.level, finding.code) == (Level.WARNING, "obsidian-settings")
    assert (finding.path, finding.line) == (PurePosixPath(".obsidian/app.json"), 2)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("app.json", b"\xff"),
        ("app.json", b"[" * 100_000),
        ("app.json", b"[]"),
        ("app.json", b'{"newLinkFormat": 3}'),
        ("app.json", b'{"newLinkFormat": "longest"}'),
        ("app.json", b'{"useMarkdownLinks": "yes"}'),
        ("app.json", b'{"userIgnoreFilters": "Archive"}'),
        ("types.json", b'{"types": []}'),
        ("core-plugins.json", b"3"),
    ],
)
def test_what_has_the_wrong_type_is_a_finding_and_the_default_counts(name: str, raw: bytes) -> None:
    assert [finding.code for finding in complaints(name, raw)] == ["obsidian-settings"]


@pytest.mark.parametrize("raw", [b"", b" \n", b"{}", b'\xef\xbb\xbf{"newLinkFormat": null}'])
def test_what_is_not_set_is_no_finding(raw: bytes) -> None:
    assert complaints("app.json", raw) == ()


def test_findings_name_the_configuration_folder_that_is_in_use() -> None:
    _, findings = read_obsidian({"app.json": b"["}, folder=".obsidian-work")
    assert findings[0].path == PurePosixPath(".obsidian-work/app.json")


def test_a_settings_file_gives_only_what_has_the_type_asked_for() -> None:
    files = SettingsFiles({"a.json": b'{"list": ["x", 1, {"y": "z"}]}'}, PurePosixPath())
    table = files.table("a.json")
    assert table.texts("list") == ("x",)
    assert [dict(each.all_texts()) for each in table.tables("list")] == [{"y": "z"}]
    assert table.value("list", default="none") == "none"
    assert [finding.path for finding in files.findings] == [PurePosixPath("a.json")]


JSON = st.recursive(
    st.none() | st.booleans() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["types", "daily", "enabled", "calendarSets", "day", "coreStatuses"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@given(
    st.sampled_from(OBSIDIAN_FILES),
    st.binary(max_size=20) | JSON.map(lambda it: json.dumps(it).encode()),
)
def test_no_settings_make_reading_raise(name: str, raw: bytes) -> None:
    files = {"community-plugins.json": b'["periodic-notes"]', name: raw}
    settings, _ = read_obsidian(files)
    assert settings.daily_notes.format
