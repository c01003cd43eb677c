"""Names of files: how two are compared."""

from __future__ import annotations

import unicodedata


def nfc(text: str) -> str:
    """The text in Unicode's composed form, in which Obsidian indexes paths."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """The text for comparing: composed, and without regard to case."""
    if text.isascii():
        return text.lower()
    # Folding can take a composed letter apart again, so composing comes last too.
    return nfc(nfc(text).casefold())
