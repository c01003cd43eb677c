"""A change that is to be made to one file, and how it looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from pathlib import PurePosixPath

NO_NEWLINE = "\n\\ No newline at end of file\n"


class Change(Struct, frozen=True, kw_only=True):
    """One file's bytes, before and after. Made by a plan, written by `apply_change`."""

    path: PurePosixPath
    """Relative to the vault's root."""
    before: bytes | None
    """What the plan was made from; None when there is no such file yet."""
    after: bytes


def diff(change: Change) -> str:
    """The change as a unified diff, safe to print; empty when nothing changes.

    Bytes that are not UTF-8 show as U+FFFD, and control characters not at all.
    """
    import difflib  # noqa: PLC0415  # few runs show a difference

    name = str(change.path)
    lines = difflib.unified_diff(
        _lines(change.before or b""),
        _lines(change.after),
        fromfile="/dev/null" if change.before is None else name,
        tofile=name,
    )
    return "".join(map(_printable, lines))


def _lines(content: bytes) -> list[str]:
    """The lines with their ends: only LF ends a line, as in a note."""
    lines = content.decode("utf-8", errors="replace").split("\n")
    ended = [f"{line}\n" for line in lines[:-1]]
    return [*ended, lines[-1] + NO_NEWLINE] if lines[-1] else ended


def _printable(line: str) -> str:
    """The line without what a terminal would obey; its tabs and its end stay."""
    from vaultflow.vault.markdown.escape import UNSEEN  # noqa: PLC0415  # as in `diff`

    return UNSEEN.sub(lambda sign: sign[0] if sign[0] in "\n\t" else "", line)
