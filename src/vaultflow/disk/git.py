"""The vault's git repository, where there is one: its commits, and what files were in them.

Git is run with fixed arguments: no hooks, no file monitor, no external diff, no network, and no
lock that could be in the way of somebody's commit. Nothing is ever written.
"""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

NO_BLOB = "0" * 40
RENAME_LIMIT = 1_000
"""Files of one commit among which renames are looked for: more are an import, not a rename."""
NOTE = ".md"

_ARGUMENTS = (
    "git",
    "--no-pager",
    "--no-optional-locks",
    "--literal-pathspecs",
    "-c",
    "core.fsmonitor=",
    "-c",
    f"core.hooksPath={os.devnull}",
    "-c",
    "log.showSignature=false",
)
_ENVIRONMENT = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_REPLACE_OBJECTS": "1",
}
_HEADER = "\x01"
_FIELD = "\x02"
_FORMAT = f"--format={_HEADER}%H{_FIELD}%as{_FIELD}%P"


class FileChange(NamedTuple):
    """A note that a commit changed."""

    path: PurePosixPath
    """As the commit left it; of a deleted note, as it was."""
    old_path: PurePosixPath
    """Another one when the commit renamed it."""
    old_blob: str
    """Empty for a new note."""
    blob: str
    """Empty for a deleted one."""


class Commit(NamedTuple):
    """A commit, and the notes of the vault that it changed."""

    id: str
    day: date
    """By the clock of who made it."""
    day_before: date | None
    """Of its first parent; None for the first commit of all."""
    changes: tuple[FileChange, ...]


class Repository:
    """A vault that lies in a git repository, at its top or below."""

    def __init__(self, root: Path, prefix: str, head: str) -> None:
        self._root = root
        self._prefix = prefix
        self.head = head
        """The newest commit."""

    @classmethod
    def open(cls, root: Path) -> Repository | None:
        """The vault's repository; None without one, without a commit, or without git."""
        if not _may_be_repository(root):
            return None
        answer = _ask(root, "rev-parse", "--show-prefix", "--verify", "HEAD")
        lines = answer.decode("utf-8", "surrogateescape").split("\n") if answer else []
        return cls(root, lines[0], lines[1]) if len(lines) > 1 and lines[1] else None

    def has(self, commit: str) -> bool:
        """Whether the newest commit came after that one."""
        return _ask(self._root, "merge-base", "--is-ancestor", commit, self.head) is not None

    def commits(self, since: str = "") -> tuple[Commit, ...]:
        """The commits, newest first; those after `since` when that is named.

        Of a merge no changes are told: they stand in the commits that it joins.
        """
        wanted = f"{since}..{self.head}" if since else self.head
        told = _ask(
            self._root,
            *("log", "--raw", "-z", f"-l{RENAME_LIMIT}", "-M", "--no-abbrev", "--no-ext-diff"),
            *("--no-textconv", "--date-order", _FORMAT, wanted),
        )
        text = (told or b"").decode("utf-8", "surrogateescape")
        parts = text.split(_HEADER)[1:]
        days = {part[:40]: date.fromisoformat(part[41:51]) for part in parts}
        if since:
            days |= self._days_of(since)
        return tuple(_commit(part, days, self._prefix) for part in parts)

    def blobs(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The contents of files, by their ids; what cannot be had is left out."""
        wanted = "".join(f"{blob}\n" for blob in dict.fromkeys(ids)).encode()
        if not wanted:
            return
        told = _ask(self._root, "cat-file", "--batch", "--buffer", stdin=wanted) or b""
        position = 0
        while position < len(told):
            end = told.index(b"\n", position)
            head = told[position:end].split(b" ")
            position = end + 1
            if len(head) == 3 and head[1] == b"blob":  # noqa: PLR2004  # id, kind, size
                size = int(head[2])
                yield head[0].decode(), told[position : position + size]
                position += size + 1
            elif len(head) == 3:  # noqa: PLR2004  # something else of that id: passed over
                position += int(head[2]) + 1

    def _days_of(self, commit: str) -> Mapping[str, date]:
        told = _ask(self._root, "log", "-1", "--format=%H %as", commit) or b""
        found: dict[str, date] = {}
        with suppress(ValueError):
            name, _, day = told.decode().strip().partition(" ")
            found[name] = date.fromisoformat(day)
        return found


def _may_be_repository(root: Path) -> bool:
    """Whether the vault or a folder above it has a `.git`: else git need not be started."""
    return any((folder / ".git").exists() for folder in (root, *root.parents))


def _ask(root: Path, *arguments: str, stdin: bytes = b"") -> bytes | None:
    """What git answers; None when it is not there, or has no answer."""
    command = (*_ARGUMENTS, "-C", str(root), *arguments)
    environment = os.environ | _ENVIRONMENT
    try:
        ran = subprocess.run(
            command, input=stdin, capture_output=True, check=False, env=environment
        )
    except OSError:
        return None
    return ran.stdout if ran.returncode == 0 else None


def _commit(part: str, days: Mapping[str, date], prefix: str) -> Commit:
    header, *told = part.split("\0")
    name, day, parents = header.split(_FIELD)
    first = parents.partition(" ")[0]
    return Commit(
        id=name,
        day=date.fromisoformat(day),
        day_before=days.get(first) if first else None,
        changes=tuple(_changes(told, prefix)),
    )


def _changes(told: Sequence[str], prefix: str) -> Iterator[FileChange]:
    """The notes of the vault among the files that a commit changed."""
    words = iter(told)
    for word in words:
        if not word.lstrip("\n").startswith(":"):
            continue
        _, _, old_blob, blob, status = word.split(" ")
        old_path = path = next(words, "")
        if status[0] in "RC":
            path = next(words, "")
        if status[0] == "C":
            old_path, old_blob = path, NO_BLOB
        if _is_note(path, prefix) or _is_note(old_path, prefix):
            yield FileChange(
                path=PurePosixPath(path.removeprefix(prefix)),
                old_path=PurePosixPath(old_path.removeprefix(prefix)),
                old_blob="" if old_blob == NO_BLOB else old_blob,
                blob="" if blob == NO_BLOB else blob,
            )


def _is_note(path: str, prefix: str) -> bool:
    return path.startswith(prefix) and path.lower().endswith(NOTE)
