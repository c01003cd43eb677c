"""What a command says, heard on its way out."""

from __future__ import annotations

import sys
from codecs import lookup
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Any, TextIO, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vaultflow.flow.known.said import Said


class Heard:
    """What was said while this was listening."""

    def __init__(self) -> None:
        self._results: list[str] = []
        self._talk: list[str] = []
        self.is_sure = True
        """Whether to say it again comes to the same: all was heard, and all talk came last."""

    @property
    def said(self) -> Said:
        """The result and the talk."""
        return "".join(self._results), "".join(self._talk)

    def hear_result(self, text: str) -> None:
        """Takes what went to stdout."""
        self.is_sure = self.is_sure and not self._talk
        self._results.append(text)

    def hear_talk(self, text: str) -> None:
        """Takes what went to stderr."""
        self._talk.append(text)


class _Ear:
    """An output that tells what is written to it."""

    def __init__(self, stream: TextIO, hear: Callable[[str], None]) -> None:
        self._stream = stream
        self._hear = hear

    def write(self, text: str) -> int:
        written = self._stream.write(text)
        self._hear(text)
        return written

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever the stream has
        return getattr(self._stream, name)


@contextmanager
def listening() -> Iterator[Heard]:
    """Hears what is said in the block."""
    heard = Heard()
    out = cast("TextIO", _Ear(sys.stdout, heard.hear_result))
    err = cast("TextIO", _Ear(sys.stderr, heard.hear_talk))
    with redirect_stdout(out), redirect_stderr(err):
        heard.is_sure = _is_heard(sys.stdout) and _is_heard(sys.stderr)
        yield heard


def _is_heard(stream: TextIO) -> bool:
    """Whether click writes to the stream itself.

    It goes another way on a console of Windows, and where it mends an encoding.
    """
    is_console = sys.platform == "win32" and stream.isatty()
    return not is_console and lookup(stream.encoding or "ascii").name == "utf-8"
