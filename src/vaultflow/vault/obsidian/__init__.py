"""Obsidian's own settings, date patterns and addresses."""
