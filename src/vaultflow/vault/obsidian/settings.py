"""What the vault's own Obsidian settings say about links, daily notes, templates and tasks.

Every file and every key is optional. What cannot be read is a finding, and the default counts.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct, field

from vaultflow.vault.names import fold
from vaultflow.vault.obsidian.files import SettingsFiles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultflow.errors import Finding
    from vaultflow.vault.obsidian.files import Table

_PERIODIC_NOTES = "periodic-notes"
_UNIT_BY_PERIOD = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "yearly": "year",
}
"""What Periodic Notes 0.x calls a period, and what 1.0 does."""
_DEFAULT_FORMATS = {
    "daily": "YYYY-MM-DD",
    "weekly": "gggg-[W]ww",
    "monthly": "YYYY-MM",
    "quarterly": "YYYY-[Q]Q",
    "yearly": "YYYY",
}
_STATUS_TYPES = {" ": "TODO", "x": "DONE", "X": "DONE", "/": "IN_PROGRESS", "-": "CANCELLED"}
"""What the Tasks plugin takes symbols for when its settings name none."""


class PeriodicNotes(Struct, frozen=True, kw_only=True):
    """Where the notes of a day, a week, ... are."""

    format: str
    """Path below the folder without `.md`, in moment.js tokens; may hold `/`."""
    folder: str = ""
    """Relative to the vault's root, which is the empty text."""
    template: str = ""


class TaskSettings(Struct, frozen=True, kw_only=True):
    """What the Tasks plugin is set to."""

    statuses: Mapping[str, str] = field(default_factory=lambda: dict(_STATUS_TYPES))
    """Type by the character in the tick box: TODO, IN_PROGRESS, ON_HOLD, DONE, CANCELLED, ..."""
    global_filter: str = ""
    """A tag such as `#task` that makes a list item a task; every tick box is one when empty."""
    task_format: str = "tasksPluginEmoji"
    """`tasksPluginEmoji` or `dataview`."""


class ObsidianSettings(Struct, frozen=True, kw_only=True):
    """The settings of Obsidian and its plugins that bear on how a vault is read and written."""

    new_link_format: str = "shortest"
    """`shortest`, `relative` or `absolute`."""
    use_markdown_links: bool = False
    user_ignore_filters: tuple[str, ...] = ()
    """Beginnings of paths, or `/regular expressions/`, that Obsidian hides from its searches."""
    daily_notes: PeriodicNotes = PeriodicNotes(format=_DEFAULT_FORMATS["daily"])
    """Of the Periodic Notes plugin where it makes them, else of Obsidian itself."""
    periodic_notes: Mapping[str, PeriodicNotes] = field(default_factory=dict)
    """By `weekly`, `monthly`, `quarterly` and `yearly`; only those that are switched on."""
    templates_folder: str = ""
    templater_folder: str = ""
    property_types: Mapping[str, str] = field(default_factory=dict)
    """By the property's name without regard to case (`fold`), for which Obsidian has one type."""
    tasks: TaskSettings = TaskSettings()
    core_plugins: tuple[str, ...] = ()
    community_plugins: tuple[str, ...] = ()

    @property
    def template_folders(self) -> tuple[str, ...]:
        """Folders whose notes are templates, not notes of the user's."""
        folders = (self.templates_folder, self.templater_folder)
        return tuple(dict.fromkeys(folder for folder in folders if folder))


def read_obsidian(
    files: Mapping[str, bytes], *, folder: str = ".obsidian"
) -> tuple[ObsidianSettings, tuple[Finding, ...]]:
    """The settings by the contents of `OBSIDIAN_FILES`, of which any may be absent.

    The folder is the configuration folder's name, for the findings' paths.
    """
    found = SettingsFiles(files, PurePosixPath(folder))
    app = found.table("app.json")
    community_plugins = tuple(found.names("community-plugins.json"))
    periodic_notes = dict(_periodic_notes(found)) if _PERIODIC_NOTES in community_plugins else {}
    own_daily_notes = _notes(found.table("daily-notes.json"), "daily")
    templater = found.table("plugins/templater-obsidian/data.json")
    settings = ObsidianSettings(
        new_link_format=app.choice("newLinkFormat", ("shortest", "relative", "absolute")),
        use_markdown_links=app.value("useMarkdownLinks", default=False),
        user_ignore_filters=app.texts("userIgnoreFilters"),
        daily_notes=periodic_notes.pop("daily", own_daily_notes),
        periodic_notes=periodic_notes,
        templates_folder=found.table("templates.json").folder("folder"),
        templater_folder=templater.folder("templates_folder"),
        property_types=_property_types(found.table("types.json")),
        tasks=_tasks(found.table("plugins/obsidian-tasks-plugin/data.json")),
        core_plugins=tuple(found.names("core-plugins.json")),
        community_plugins=community_plugins,
    )
    return settings, tuple(found.findings)


def _notes(table: Table, period: str) -> PeriodicNotes:
    default_format = _DEFAULT_FORMATS[period]
    return PeriodicNotes(
        format=table.value("format", default="").strip() or default_format,
        folder=table.folder("folder"),
        template=table.folder("template") or table.folder("templatePath"),
    )


def _periodic_notes(found: SettingsFiles) -> Iterator[tuple[str, PeriodicNotes]]:
    """What Periodic Notes is switched on for, in either of the forms that it has had."""
    plugin = found.table(f"plugins/{_PERIODIC_NOTES}/data.json")
    active = plugin.value("activeCalendarSet", default="")
    calendars = plugin.tables("calendarSets")
    chosen = (one for one in calendars if one.value("id", default="") == active)
    calendar = next(chosen, calendars[0] if calendars else None)
    for period, unit in _UNIT_BY_PERIOD.items():
        table = calendar.table(unit) if calendar else plugin.table(period)
        if table.value("enabled", default=False):
            yield period, _notes(table, period)


def _property_types(table: Table) -> Mapping[str, str]:
    return {fold(name): kind for name, kind in table.table("types").all_texts()}


def _tasks(table: Table) -> TaskSettings:
    settings = table.table("statusSettings")
    statuses = {
        status.value("symbol", default=" "): status.value("type", default="TODO")
        for status in (*settings.tables("coreStatuses"), *settings.tables("customStatuses"))
    }
    return TaskSettings(
        statuses=statuses or dict(_STATUS_TYPES),
        global_filter=table.value("globalFilter", default=""),
        task_format=table.choice("taskFormat", ("tasksPluginEmoji", "dataview")),
    )
