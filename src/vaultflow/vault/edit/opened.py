"""A note opened for an edit: its text without the loss of a byte, or the reason to leave it alone.

Bytes that are no UTF-8 are carried through as lone surrogates, so that text and bytes are two
forms of the same thing.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vaultflow.errors import Finding, Level
from vaultflow.vault.edit.edit import Edit
from vaultflow.vault.frontmatter.properties import FrontMatter, read_properties, split_front_matter
from vaultflow.vault.text import decode_note, line_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import PurePosixPath

    from vaultflow.vault.note import Property

_NOT_ON_A_LINE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class RefusedError(Exception):
    """Carries a refusal up to `edited`; never leaves this folder."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenNote:
    """The text of a note that may be edited."""

    path: PurePosixPath
    bom: bytes
    text: str
    """All behind the BOM, line ends as they are."""
    front_matter: FrontMatter | None

    @property
    def source(self) -> str:
        """What stands between the fences; empty when there are none."""
        return self.front_matter.source if self.front_matter else ""

    @property
    def source_start(self) -> int:
        """Characters of the text before the source."""
        return self.text.index("\n") + 1 if self.front_matter else 0

    @property
    def body(self) -> str:
        """All behind the front matter."""
        return self.text[self.body_start :]

    @property
    def body_start(self) -> int:
        """Characters of the text before the body."""
        return self.front_matter.body_start if self.front_matter else 0

    @property
    def body_line(self) -> int:
        """Line of the file on which the body begins."""
        return self.front_matter.body_line if self.front_matter else 1

    @property
    def line_end(self) -> str:
        """The one of the first line, which with front matter is the opening fence."""
        return line_end_of(self.text.partition("\n")[0] + "\n")

    def properties(self) -> Mapping[str, Property]:
        """The front matter's properties by key.

        Raises:
            RefusedError: they cannot be read.
        """
        if self.front_matter is None:
            return {}
        self._expect_utf8_source()
        properties, findings = read_properties(self.path, self.front_matter)
        if properties is None:
            raise RefusedError(findings[0])
        return properties

    def with_text(self, text: str) -> OpenNote:
        """The note with another text.

        Raises:
            RefusedError: its front matter would not be one any more.
        """
        front_matter, findings = split_front_matter(self.path, text)
        if findings:
            raise RefusedError(findings[0])
        return replace(self, text=text, front_matter=front_matter)

    def refusal(self, code: str, line: int, message: str, hint: str = "") -> RefusedError:
        """To be raised: the note is left alone, for this reason."""
        return RefusedError(_refusal(self.path, code, line, message, hint))

    def expect_one_line(self, text: str) -> None:
        """Nothing, when the text is one line that can be written.

        Raises:
            RefusedError: it is empty, or holds a line break or a control character.
        """
        if not text.strip() or _NOT_ON_A_LINE.search(text):
            raise self.refusal("edit-not-a-line", 0, f"{text!r} is not one line of text.")

    def to_bytes(self) -> bytes:
        """The whole note as it is to be written."""
        return self.bom + self.text.encode("utf-8", errors="surrogateescape")

    def _expect_utf8_source(self) -> None:
        try:
            self.source.encode("utf-8")
        except UnicodeEncodeError as error:
            line = line_of(self.text, self.source_start + error.start)
            message, hint = "The properties hold bytes that are not UTF-8.", "save it as UTF-8"
            raise self.refusal("text-not-utf8", line, message, hint) from error


def edited(path: PurePosixPath, raw: bytes, change: Callable[[OpenNote], OpenNote]) -> Edit:
    """The note with the change; as it was, with the refusal, when that cannot be done safely."""
    try:
        after = change(open_note(path, raw)).to_bytes()
    except RefusedError as refused:
        return Edit(after=raw, refusal=refused.finding)
    return Edit(after=after)


def open_note(path: PurePosixPath, raw: bytes) -> OpenNote:
    """The note as text that gives back the same bytes.

    Raises:
        RefusedError: it is no text, git has left a conflict in it, or its fences are not clear.
    """
    readable, findings = decode_note(path, raw)
    for finding in findings:
        if readable is None or finding.code == "conflict-marks":
            raise RefusedError(finding)
    body = raw.removeprefix(codecs.BOM_UTF8)
    text = body.decode("utf-8", errors="surrogateescape")
    front_matter, fence_findings = split_front_matter(path, text)
    if fence_findings:
        raise RefusedError(fence_findings[0])
    if front_matter is None and text.partition("\n")[0].rstrip(" \t\r") == "---":
        message, hint = "The properties have no closing `---`.", "close them, or put a text above"
        raise RefusedError(_refusal(path, "front-matter-open", 1, message, hint))
    bom = raw[: len(raw) - len(body)]
    return OpenNote(path=path, bom=bom, text=text, front_matter=front_matter)


def spliced(text: str, cuts: Iterable[tuple[int, int, str]]) -> str:
    """The text with each `(start, end, replacement)` put in place; they must not overlap."""
    for start, end, replacement in sorted(cuts, reverse=True):
        text = text[:start] + replacement + text[end:]
    return text


def line_end_of(line: str) -> str:
    """The line's own end; a line feed when it has none."""
    return "\r\n" if line.endswith("\r\n") else "\n"


def _refusal(path: PurePosixPath, code: str, line: int, message: str, hint: str) -> Finding:
    return Finding(level=Level.ERROR, code=code, path=path, line=line, message=message, hint=hint)
