"""The example vault, written anew with its dates moved to the present."""

from __future__ import annotations

import os
import re
from datetime import date, timedelta
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from vaultflow.disk.change import Change
from vaultflow.disk.packed import packed_folder
from vaultflow.disk.write import apply_change
from vaultflow.errors import VaultError

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLE_DAY = date(2026, 11, 23)
"""The day on which the example vault, as it is packed, is today."""

PAGE_MARK = "%% vaultflow:begin"

# Not inside a word, a number or a longer row of them; a time, `T09:30`, or a word may follow.
_ISO_DATE = re.compile(r"(?<![\w-])\d{4}-\d{2}-\d{2}(?=T\d\d:|(?!\w|-\d))", re.ASCII)


def write_example(target: Path, today: date) -> tuple[PurePosixPath, ...]:
    """The paths of the example's files, written into a new or empty folder.

    Generated pages are left out: they are made anew for the day.

    Raises:
        VaultError: the folder is not empty, or cannot be written.
    """
    _make_empty(target)
    changes = tuple(_changes(packed_folder("example-vault"), (today - EXAMPLE_DAY).days))
    for change in changes:
        apply_change(target, change)
    return tuple(change.path for change in changes)


def move_dates(text: str, days: int) -> str:
    """The text with each ISO date in it moved by so many days; what is no date stays."""
    return _ISO_DATE.sub(lambda found: _moved(found[0], days), text)


def _moved(text: str, days: int) -> str:
    try:
        return (date.fromisoformat(text) + timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        return text


def _make_empty(target: Path) -> None:
    try:
        target.mkdir(parents=True, exist_ok=True)
        is_empty = not any(target.iterdir())
    except OSError as error:
        message = f"the folder cannot be made: {error.strerror}"
        raise VaultError(message, path=str(target)) from error
    if not is_empty:
        raise VaultError("the folder is not empty", path=str(target), hint="name a new one")


def _changes(source: Path, days: int) -> Iterator[Change]:
    for path in _files(source):
        content = (source / path).read_bytes()
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            yield Change(path=path, before=None, after=content)
            continue
        if PAGE_MARK not in text:
            moved = PurePosixPath(move_dates(str(path), days))
            yield Change(path=moved, before=None, after=move_dates(text, days).encode())


def _files(source: Path) -> list[PurePosixPath]:
    """All files below, Obsidian's settings too, in path order."""
    return sorted(
        PurePosixPath(Path(folder, name).relative_to(source).as_posix())
        for folder, _, names in os.walk(source)
        for name in names
    )
