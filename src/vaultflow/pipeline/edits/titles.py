"""Titles that are file names: only such as every system, sync tool and Obsidian can keep."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from vaultflow.vault.names import nfc
from vaultflow.vault.odd_names import copy_of, is_temporary

MOST_BYTES = 255  # of one name on every common file system, `.md` included

_FORBIDDEN = frozenset('<>:"/\\|?*#^[]')
"""What Windows allows in no name, and Obsidian in none that is linked to."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"  # of emoji and of some scripts
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(?:\..*)?", re.IGNORECASE
)
"""Devices to Windows, whatever stands behind the point."""


def note_name(title: str) -> str:
    """The title as the name of a note: composed, and without blanks around it."""
    return nfc(title.strip(" \t"))


def title_problem(title: str) -> str:
    """Why no note can be called so on every system, as a sentence; empty when one can."""
    name = note_name(title)
    if not name:
        return "A note needs a title."
    if problem := _problem_of_signs(name):
        return f"{name!r} cannot be the name of a note: {problem}."
    if len(f"{name}.md".encode()) > MOST_BYTES:
        return f"The title has {len(name.encode())} bytes; a name has no more than 252."
    if _is_taken_for_other(name):
        return f"{name!r} cannot be the name of a note: sync tools and we take it for a leftover."
    return ""


def _problem_of_signs(name: str) -> str:
    forbidden = sorted(set(name) & _FORBIDDEN)
    if forbidden:
        return f"{' '.join(forbidden)} cannot stand in the name of a file or a link"
    if any(_is_unseen(sign) for sign in name):
        return "it holds signs that cannot be seen"
    if name.startswith("."):
        return "names that begin with a point are hidden"
    if name.endswith((".", " ")):
        return "Windows drops a point at the end"
    if _RESERVED.fullmatch(name):
        return "Windows keeps this name for a device"
    return ""


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in _UNSEEN and sign not in _JOINERS


def _is_taken_for_other(name: str) -> bool:
    mark = copy_of(PurePosixPath(f"{name}.md"))
    return is_temporary(name) or is_temporary(f"{name}.md") or bool(mark and mark.certain)
