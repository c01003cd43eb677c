"""Markdown notes and their links, as Obsidian sees them. Knows nothing of sales; pure."""
