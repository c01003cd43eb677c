"""The properties at the top of a note, read as Obsidian reads YAML."""
