"""Programs that write to one note at one time, each a process: VaultFlow and three editors.

Each adds lines of its own, `<who>-<number>`, so that afterwards every line can be asked for.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from vaultflow.disk.write import edit_file
from vaultflow.disk.writing import settle
from vaultflow.errors import ConflictError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

NOTE = PurePosixPath("Acme.md")
SAVE_PAUSE = 0.002
"""Seconds that an editor leaves its note half written."""


def line(who: str, number: int) -> bytes:
    return f"{who}-{number}\n".encode()


def race(root: Path, quiet: float, updates: int, roles: Iterable[str]) -> None:
    """Lets all of them run to their end; a role is `vaultflow...` or one of `SAVES`."""
    (root / NOTE).write_bytes(b"# Acme\n")
    command = [sys.executable, __file__, str(root), str(quiet), str(updates)]
    running = [subprocess.Popen([*command, role]) for role in roles]
    try:
        assert [process.wait(timeout=900) for process in running] == [0] * len(running)
    finally:
        for process in running:
            process.kill()


def lines_in_note(root: Path) -> list[bytes]:
    return (root / NOTE).read_bytes().splitlines(keepends=True)


def lines_anywhere(root: Path) -> set[bytes]:
    """In the note, and in what was put beside it for a person to compare."""
    files = [file for file in root.iterdir() if file.suffix == ".md"]
    return {one for file in files for one in file.read_bytes().splitlines(keepends=True)}


def leftovers(root: Path) -> list[str]:
    return [file.name for file in root.iterdir() if file.name.startswith(".~vf-")]


def save_through(file: Path, new: bytes) -> None:
    """The note is opened, read, emptied and written by one handle."""
    with file.open("r+b", buffering=0) as note:
        content = note.read() + new
        note.seek(0)
        note.truncate()
        write_slowly(note.write, content)


def save_truncating(file: Path, new: bytes) -> None:
    content = file.read_bytes() + new
    with file.open("wb", buffering=0) as note:
        write_slowly(note.write, content)


def save_renaming(file: Path, new: bytes) -> None:
    own = file.with_suffix(".editor")
    own.write_bytes(file.read_bytes() + new)
    own.replace(file)


def write_slowly(write: Callable[[bytes], object], content: bytes) -> None:
    half = len(content) // 2
    write(content[:half])
    time.sleep(SAVE_PAUSE)
    write(content[half:])


SAVES = {"through": save_through, "truncating": save_truncating, "renaming": save_renaming}


def edit_by_hand(root: Path, quiet: float, updates: int, who: str) -> None:
    chance = random.Random(who)  # noqa: S311  # a rhythm of typing, no secret
    for number in range(updates):
        SAVES[who](root / NOTE, line(who, number))
        time.sleep(chance.uniform(0, 3 * quiet))


def edit_by_vaultflow(root: Path, quiet: float, updates: int, who: str) -> None:
    settle.QUIET_SECONDS = quiet
    settle.DOUBTFUL_SECONDS = 10 * quiet
    chance = random.Random(who)  # noqa: S311  # as above
    for number in range(updates):
        while not add_line(root, line(who, number)):
            pass  # somebody was saving all the time: a person would run the command again
        time.sleep(chance.uniform(0, quiet))


def add_line(root: Path, added: bytes) -> bool:
    try:
        return edit_file(root, NOTE, lambda raw: raw + added)
    except ConflictError:
        return False


if __name__ == "__main__":
    place, seconds, count, role = sys.argv[1:]
    edit = edit_by_hand if role in SAVES else edit_by_vaultflow
    edit(Path(place), float(seconds), int(count), role)
