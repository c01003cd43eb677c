"""Where Obsidian and its plugins keep the settings that matter to us."""

OBSIDIAN_FILES = (
    "app.json",
    "types.json",
    "daily-notes.json",
    "templates.json",
    "core-plugins.json",
    "community-plugins.json",
    "plugins/periodic-notes/data.json",
    "plugins/obsidian-tasks-plugin/data.json",
    "plugins/templater-obsidian/data.json",
)
"""Relative to the configuration folder; any of them may be absent."""
