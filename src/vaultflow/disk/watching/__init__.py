"""Hearing of changes in the vault's files, and reading again what has changed."""
