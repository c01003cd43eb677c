"""The bytes of a note as text: what can be read, and what is odd about it."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from vaultflow.errors import Finding, Level

if TYPE_CHECKING:
    from pathlib import PurePosixPath

MAX_NOTE_BYTES = 8 * 1024 * 1024  # the longest novels are 4 MB; what is larger is no note
MAX_UNREADABLE_SHARE = 0.3  # French in Latin-1 has about 0.05 odd signs a sign, Russian 0.8

_UTF16_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_CONFLICT_MARK = re.compile(r"^(?:<{7} |={7}\r?$|>{7} )", re.MULTILINE)


def decode_note(path: PurePosixPath, raw: bytes) -> tuple[str | None, tuple[Finding, ...]]:
    """The note's text with its line ends and without BOM, and what is odd about it.

    None when it is no text: too large, UTF-16, with NUL bytes, or mostly not UTF-8. A few bytes
    that are not UTF-8 are read as U+FFFD: the rest of the note is still worth reading.
    """
    if refusal := _refusal(path, raw):
        return None, (refusal,)
    body = raw.removeprefix(codecs.BOM_UTF8)
    text, odd_bytes = _decode(path, body)
    bom = _bom_finding(path) if len(body) < len(raw) else None
    conflict = _conflict_finding(path, text) if text else None
    return text, tuple(finding for finding in (bom, odd_bytes, conflict) if finding)


def line_of(text: str, offset: int) -> int:
    """The 1-based line on which the character at the offset stands."""
    return text.count("\n", 0, offset) + 1


def _refusal(path: PurePosixPath, raw: bytes) -> Finding | None:
    """Why the bytes are not even looked at as UTF-8; None when they may be."""
    if len(raw) > MAX_NOTE_BYTES:
        size, limit = len(raw) / 1024**2, MAX_NOTE_BYTES / 1024**2
        return _unreadable(
            path,
            "note-too-large",
            message=f"The note has {size:.1f} MiB; no more than {limit:.0f} MiB are read.",
            hint="split it, or move it out of the vault",
        )
    if raw.startswith(_UTF16_BOMS):
        return _unreadable(path, "note-not-text", message="The note is UTF-16, not UTF-8.")
    if (offset := raw.find(b"\0")) >= 0:
        return _unreadable(
            path,
            "note-not-text",
            line=raw.count(b"\n", 0, offset) + 1,
            message="The note holds a NUL byte: it is damaged, or no text.",
            hint="take an older version of it, or save it as UTF-8",
        )
    return None


def _decode(path: PurePosixPath, body: bytes) -> tuple[str | None, Finding | None]:
    """The text, and the finding about bytes that are not UTF-8; None when too many are not."""
    try:
        return body.decode("utf-8"), None
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
    text = body.decode("utf-8", errors="replace")
    if text.count(_REPLACEMENT) > MAX_UNREADABLE_SHARE * len(text):
        message = "Most of the note is not UTF-8."
        return None, _unreadable(path, "note-not-text", line=line, message=message)
    return text, Finding(
        level=Level.WARNING,
        code="text-not-utf8",
        path=path,
        line=line,
        message=f"Some bytes are not UTF-8; they are read as {_REPLACEMENT}.",
        hint="save the note as UTF-8",
    )


def _bom_finding(path: PurePosixPath) -> Finding:
    return Finding(
        level=Level.INFO,
        code="text-bom",
        path=path,
        line=1,
        message="The note begins with a byte order mark, which other tools may stumble over.",
        hint="save it as UTF-8 without BOM",
    )


def _conflict_finding(path: PurePosixPath, text: str) -> Finding | None:
    """The first merge conflict that git has left in the text, if any."""
    if "<" not in text or "<<<<<<< " not in text:  # to look for one sign takes no time
        return None
    marks = list(_CONFLICT_MARK.finditer(text))
    kinds = "".join(mark[0][0] for mark in marks)
    # Seven equals signs are also an underlined heading, so there may be more than one line of them.
    if not (conflict := re.search("<=+>", kinds)):
        return None
    return Finding(
        level=Level.WARNING,
        code="conflict-marks",
        path=path,
        line=line_of(text, marks[conflict.start()].start()),
        message="Git has left a merge conflict here.",
        hint="keep one of the two versions and remove the marks",
    )


def _unreadable(
    path: PurePosixPath,
    code: str,
    *,
    message: str,
    line: int = 1,
    hint: str = "save it as UTF-8",
) -> Finding:
    return Finding(level=Level.ERROR, code=code, path=path, line=line, message=message, hint=hint)
