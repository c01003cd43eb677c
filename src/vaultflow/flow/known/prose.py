"""Leads in which only plain sentences have changed.

A sentence more in a lead's text says nothing that is read: no field, link, tag, list item or
heading. All that it can do is to move the lines below. So of each lead it is kept what it says
besides its plain paragraphs, as a digest; while that stays, the lead is the same but for the
numbers of lines, which only pages that show the lead have on them.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from vaultflow.disk.outside import code_marks, is_plain
from vaultflow.flow.known.kept import digest, kept_file, read_fields, write_fields

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from vaultflow.disk.outside import Outside, Seen

MOST_BYTES = 40_000  # of so few bytes all is read, however many lines they are: see `budget`
_FENCE = "---"
_BYTE_ORDER = "\ufeff"
_WHOLE = "\0"
"""In front of a text of which nothing was left out: so it is never what is left of another."""
_PARAGRAPH = re.compile(r"(?:[^\W\d_][\w ,.:;?!'\"()/%€£@+’“”…–—-]*(?:\n|\Z))+")
"""Words and the usual signs between them. Emphasis and whatever else leaves a doubt."""
_DOUBTFUL = re.compile("_|::|%%")
"""A field or a comment may be made of signs that are plain alone; `_` counts as a letter there."""
_FLAT = re.compile(r"(?:(?:[^\W\d_]|#).*(?:\n|\Z))+")
"""Text and headings: what comes behind them is in no list, quote or table."""


def bones(text: str) -> str:
    """The text without its plain paragraphs; all of it, marked, where these are in doubt.

    A paragraph stands between blank lines, or above or below all else. Behind a list it stays, as
    it parts the list from what follows.
    """
    end = text.find(f"\n{_FENCE}\n") + len(_FENCE) + 2 if text.startswith(f"{_FENCE}\n") else 0
    is_open = end == len(_FENCE) + 1 or text[end:].lstrip(" \t\r\n").startswith(_FENCE)
    if is_open or _BYTE_ORDER in text:  # what they mean depends on what stands before them
        return f"{_WHOLE}{text}"
    kept, is_behind_flat = [text[:end]], True
    for part in filter(None, text[end:].rstrip("\n").split("\n\n")):
        if not is_behind_flat or _DOUBTFUL.search(part) or not _PARAGRAPH.fullmatch(part):
            kept.append(part)
        is_behind_flat = bool(_FLAT.fullmatch(part))
    return "\n\n".join(kept)


def keep_bones(root: str, outside: Outside, leads: Collection[str]) -> None:
    """Keeps what each of the leads says besides plain paragraphs; known ones are not read again.

    Args:
        root: the vault's folder.
        outside: the vault from outside, before it was read.
        leads: their paths.
    """
    before = known_bones(root)
    seen = {f"{folder}{one[0]}": one for folder, held in outside.folders.items() for one in held}
    now: dict[str, tuple[str, str]] = {}
    for path in leads:
        one = seen[path]
        known = before.get(path)
        if known and known[0] == repr(one):
            now[path] = known
        elif found := _digest_of_bones(root, path, one):
            now[path] = (repr(one), found)
    if now != before:
        fields = (field for path, known in now.items() for field in (path, *known))
        write_fields(_file(root), (_key(root), *fields))


def known_bones(root: str) -> Mapping[str, tuple[str, str]]:
    """By a lead's path: how its file looked from outside, and what it said then, as a digest."""
    fields = read_fields(_file(root))
    if fields is None or fields[0] != _key(root):
        return {}
    return dict(zip(fields[1::3], zip(fields[2::3], fields[3::3], strict=True), strict=True))


def says_the_same(root: str, path: str, now: Seen, known: tuple[str, str], before: str) -> bool:
    """Whether the lead says what it said, but for plain paragraphs.

    Args:
        root: the vault's folder.
        path: the lead's.
        now: its file from outside.
        known: what is known of it: see `known_bones`.
        before: how its file looked when the answer was given, as `repr` has it.
    """
    return known[0] == before and _digest_of_bones(root, path, now) == known[1]


def _digest_of_bones(root: str, path: str, seen: Seen) -> str:
    """What the lead says besides plain paragraphs; empty when the file is another one meanwhile."""
    if len(seen) == 1 or not is_plain(seen[4]) or seen[3] > MOST_BYTES:
        return ""
    try:
        with open(f"{root}/{path}", "rb") as file:
            text = file.read().decode()
            status = os.fstat(file.fileno())
    except (OSError, UnicodeDecodeError):
        return ""
    is_it = (status.st_mtime_ns, status.st_ctime_ns, status.st_size) == seen[1:4]
    return digest(bones(text)) if is_it else ""


def _key(root: str) -> str:
    """Of all that decides what is kept."""
    return digest(repr((root, code_marks())))


def _file(root: str) -> str:
    return f"{kept_file(digest(root))}.prose"
