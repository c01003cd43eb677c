"""The past of a generated vault as a git repository: one stream into one `git fast-import`.

Each note was begun and changed on days that the generator drew. The changes of one hour of a
working day are one commit, as plugins make it that commit every hour. The last commit's files are
those of the folder.
"""

from __future__ import annotations

import os
import subprocess
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Protocol
from zlib import crc32

from roster import TODAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

AUTHOR = "Ann Example <ann@example.com>"
HOURS = range(9, 17)
SATURDAY = 5


class Growing(Protocol):
    """A note that can tell what it was."""

    @property
    def folder(self) -> str:
        """Where it is."""

    @property
    def name(self) -> str:
        """What it is called now."""

    def text(self) -> str:
        """What it says now."""

    def earlier(self) -> Iterable[tuple[date, str, str]]:
        """Day, name and text of each state before, oldest first."""

    def last_day(self) -> date:
        """Since when it is as it is now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A note that was written anew."""

    path: str
    old_path: str
    """Where it was before; empty for a new note."""
    text: str


def commit_history(root: Path, notes: Iterable[Growing], years: int) -> int:
    """Makes the folder a repository with the notes' past; gives how many commits it has."""
    first = TODAY - timedelta(days=365 * years)
    edits: dict[datetime, list[Edit]] = defaultdict(list)
    for note in notes:
        for moment, edit in edits_of(note, first):
            edits[moment].append(edit)
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "fast-import", "--quiet", stdin=b"".join(stream(edits)))
    git(root, "read-tree", "HEAD")
    return len(edits)


def edits_of(note: Growing, first: date) -> Iterator[tuple[datetime, Edit]]:
    """All edits of a note with their times; what it was before the first day is one."""
    states = {}
    for day, name, text in (*note.earlier(), (note.last_day(), note.name, note.text())):
        moment = moment_of(max(day, first), f"{note.folder}/{note.name}")
        states[moment] = (f"{note.folder}/{name}.md", text)
    before = ("", "")
    for moment, (path, text) in states.items():
        if (path, text) != before:
            yield moment, Edit(path=path, old_path=before[0], text=text)
        before = (path, text)


def moment_of(day: date, name: str) -> datetime:
    """When a change of that day is committed: at weekends nobody does, and today it is still early.

    The time is always the same for a note, so that its states stay in order.
    """
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    hour = HOURS[0] if day >= TODAY else HOURS[crc32(name.encode()) % len(HOURS)]
    return datetime.combine(day, time(hour), UTC)


def stream(edits: Mapping[datetime, list[Edit]]) -> Iterator[bytes]:
    """The commits as `git fast-import` reads them."""
    for number, moment in enumerate(sorted(edits), start=1):
        changed = edits[moment]
        message = f"{len(changed)} notes\n".encode()
        yield (
            f"commit refs/heads/main\nmark :{number}\n"
            f"committer {AUTHOR} {int(moment.timestamp())} +0000\n"
        ).encode()
        yield sized(message)
        for edit in changed:
            if edit.old_path and edit.old_path != edit.path:
                yield f"D {edit.old_path}\n".encode()
            yield f"M 100644 inline {edit.path}\n".encode()
            yield sized(edit.text.encode())


def sized(content: bytes) -> bytes:
    """A content with its length before it."""
    return b"data %d\n%b\n" % (len(content), content)


def git(root: Path, *words: str, stdin: bytes = b"") -> None:
    """Runs git in the folder, without the settings of whoever runs it."""
    plain = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *words], cwd=root, env=os.environ | plain, input=stdin, check=True)
