"""What a command said the last time, found again before anything else is known.

Whoever asks the same question under the same circumstances about a vault in which, seen from
outside, nothing has changed gets the same answer. So it is looked up by the words of the command
line as they were typed. Neither they nor the settings are read for that, no database is opened, and
almost nothing is imported: `tests/test_startup.py` keeps it so.
"""

from __future__ import annotations

import os
import sys
import time

from vaultflow.disk.outside import code_marks, look_from_outside
from vaultflow.flow.known.kept import digest, kept_file, read_fields, write_fields

TYPE_CHECKING = False  # to import `typing` takes as long as half of this
if TYPE_CHECKING:
    from typing import TextIO, TypeAlias

    from vaultflow.disk.outside import Outside
    from vaultflow.flow.known.beside import Heeded

    Said: TypeAlias = tuple[str, str]
    """The result, for stdout, and the talk behind it, for stderr."""

ENVIRONMENT = ("_VAULTFLOW", "VAULTFLOW", "LC_", "LANG", "XDG_", "PYTHON", "CLICOLOR")
"""Beginnings of the variables that bear on what is said, or on where the state is."""
ENVIRONMENT_NAMES = (
    "TZ",
    "HOME",
    "NO_COLOR",
    "FORCE_COLOR",
    "TERM",
    "COLORTERM",
    "COLUMNS",
    "LINES",
)
"""The others, in full."""
FIELDS = 8


class Question:
    """A command as it was typed, and the vault from outside before it was answered."""

    __slots__ = ("key", "outside", "root")

    def __init__(self, key: str, root: str = "", outside: Outside | None = None) -> None:
        self.key = key
        self.root = root
        """Of the vault; empty when it is not known yet which one is meant."""
        self.outside = outside

    def look(self, root: str) -> Outside | None:
        """The vault from outside, as it was when the question was asked, or else now."""
        if self.root != root:
            self.root, self.outside = root, look_from_outside(root)
        return self.outside

    @property
    def file(self) -> str:
        """Where its answer is kept."""
        return kept_file(self.key)


def ask() -> tuple[Question | None, Said | None]:
    """The question of this process, and what was said to it when all was as it is now."""
    try:
        question = Question(digest(repr(_circumstances())))
        fields = read_fields(question.file)
        if fields is None or len(fields) != FIELDS or fields[0] != question.key:
            return question, None
    except (OSError, AttributeError):  # no current folder, or no output: then nothing is kept
        return None, None
    _, fingerprint, root, named, begins, ends, result, talk = fields
    if os.path.realpath(named or os.getcwd()) != root:
        return question, None
    outside = question.look(root)
    if outside is None or not int(begins) <= time.time() < int(ends):
        return question, None
    is_same = outside.fingerprint() == fingerprint or _is_beside(question, outside, fingerprint)
    return question, (result, talk) if is_same else None


def _is_beside(question: Question, outside: Outside, fingerprint: str) -> bool:
    from vaultflow.flow.known.beside import is_beside  # noqa: PLC0415  # when nothing has changed

    kept = read_fields(beside_file(question))
    return kept is not None and kept[0] == fingerprint and is_beside(question.root, outside, kept)


def keep_answer(
    question: Question,
    named: str,
    today: tuple[int, int],
    said: Said,
    heeded: Heeded | None,
) -> None:
    """Keeps what is said to the question, for when nothing has changed.

    Args:
        question: with the vault from outside, before anything of it was read.
        named: how the vault was named; empty when it is the current folder.
        today: when the day of the answer begins and ends, in seconds since 1970.
        said: what was said.
        heeded: what it depends on besides the names of all files; None when on every note.
    """
    place = os.path.realpath(named or os.getcwd())
    if question.outside is None or place != question.root:
        return
    fingerprint = question.outside.fingerprint()
    known = (question.key, fingerprint, question.root, named, *map(str, today), *said)
    write_fields(question.file, known)
    if heeded is not None:
        # A run that says it again needs neither.
        from vaultflow.flow.known.beside import about  # noqa: PLC0415
        from vaultflow.flow.known.prose import keep_bones  # noqa: PLC0415

        beside = (fingerprint, *about(question.outside, heeded))
        write_fields(beside_file(question), beside)
        keep_bones(question.root, question.outside, heeded.prosaic)


def beside_file(question: Question) -> str:
    """Where it is kept what the answer does not depend on."""
    return f"{question.file}.beside"


def _circumstances() -> tuple[object, ...]:
    """All that an answer depends on besides the vault and the day."""
    streams = (sys.stdout, sys.stderr)
    variables = sorted(
        (name, text)
        for name, text in os.environ.items()
        if name.startswith(ENVIRONMENT) or name in ENVIRONMENT_NAMES
    )
    return (
        sys.argv[1:],
        os.getcwd(),
        variables,
        [(_width(stream), stream.encoding, stream.errors) for stream in streams],
        (time.tzname, time.timezone, time.altzone),
        code_marks(),
    )


def _width(stream: TextIO) -> int:
    """How many signs a line of the terminal holds; 0 when it is none."""
    return os.get_terminal_size(stream.fileno()).columns if stream.isatty() else 0
