"""Markers: which lines of a page are VaultFlow's.

%% vaultflow:begin focus %%
...
%% vaultflow:end focus 9f2c4a11d0e3 %%
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from vaultflow.errors import Finding, Level
from vaultflow.vault.frontmatter.properties import split_front_matter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import PurePosixPath

MARKER = re.compile(
    r"%%[ \t]*vaultflow:(?P<kind>begin|end)[ \t]+(?P<block>[^\s%]+)"
    r"(?:[ \t]+(?P<seal>[^\s%]+))?[ \t]*%%\s*"
)
FENCE = re.compile(r" {0,3}(?P<mark>`{3,}(?=[^`]*$)|~{3,})(?P<rest>.*)")
BOM = "\ufeff"
TELLING = ("%%", "<<<<<<<", ">>>>>>>", BOM)
"""One of these begins each line that can be a marker, or be left from a merge."""
FENCES = ("```", "~~~")
"""One of these is in each line that begins or ends code."""
CONFLICT = re.compile(r"(?:<{7}|>{7})(?: .*)?")
LINE = re.compile(r"[^\n]*\n|[^\n]+")

HINT = "the page is left alone: mend its markers, or delete them all to have it to yourself"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """A line that begins or ends a block."""

    kind: str
    """`begin` or `end`."""
    block: str
    """The block's id, compared to the letter."""
    seal: str
    """The hash in an end marker; empty when there is none."""
    index: int
    """Of its line, from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Where a block stands in a page."""

    block: str
    begin: int
    """Index of the begin marker's line."""
    end: int
    """Index of the end marker's line."""
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A page by lines, and the blocks in it."""

    lines: tuple[str, ...]
    """With their line ends."""
    spans: tuple[Span, ...]
    """In order; empty when there are findings."""
    findings: tuple[Finding, ...]
    """Broken markers and marks of a merge, each with its line: then nothing may be written."""

    def body(self, span: Span) -> tuple[str, ...]:
        """The lines between a block's markers, without line ends."""
        lines = self.lines[span.begin + 1 : span.end]
        text = "".join(lines)
        if "\r" in text:
            return tuple(line.rstrip("\r\n") for line in lines)
        return tuple(text.split("\n")[:-1])  # a tenth of the time, for thousands of leads


def read_layout(text: str, path: PurePosixPath) -> Layout:
    """The lines and blocks of a page; markers in code and front matter are none."""
    lines = split_lines(text)
    telling = list(telling_lines(text, first_line(text, path)))
    by_block: dict[str, list[Marker]] = {}
    for marker in read_markers(telling):
        by_block.setdefault(marker.block, []).append(marker)
    findings = [*conflict_marks(telling, path), *broken_markers(by_block, path)]
    if not findings:
        spans = sorted(map(_span, by_block.values()), key=lambda span: span.begin)
        findings += nested_blocks(spans, path)
    return Layout(
        lines=lines,
        spans=() if findings else tuple(spans),
        findings=tuple(sorted(findings, key=lambda finding: finding.line)),
    )


def find_markers(text: str, path: PurePosixPath) -> tuple[Marker, ...]:
    """The markers of a page in order, be they broken or not."""
    return tuple(read_markers(telling_lines(text, first_line(text, path))))


def first_line(text: str, path: PurePosixPath) -> int:
    """Index of the line on which the body of a page begins, behind its front matter."""
    front_matter, _ = split_front_matter(path, text.removeprefix(BOM))
    return front_matter.body_line - 1 if front_matter else 0


def split_lines(text: str) -> tuple[str, ...]:
    """The lines with their ends; only a line feed ends one, as in Obsidian."""
    return tuple(LINE.findall(text))


def telling_lines(text: str, first: int) -> Iterator[tuple[int, str]]:
    """Index and text of the lines that begin as markers and marks of a merge do.

    Args:
        text: of a page. Lines without a sign are not looked at: nearly all have none.
        first: index of the first line of the body. Code fences are left out.
    """
    fence = ""
    for index, line in _lines_with((*TELLING, *FENCES), text):
        if index < first:
            continue
        match = FENCE.fullmatch(_bare(line, index))
        if not fence and match:
            fence = match["mark"]
        elif fence:
            closes = match and match["mark"].startswith(fence) and not match["rest"].strip()
            fence = "" if closes else fence
        elif line.startswith(TELLING):
            yield index, _bare(line, index)


def _lines_with(signs: Sequence[str], text: str) -> Iterator[tuple[int, str]]:
    """Index and text of the lines in which one of the signs stands."""
    starts = {start for sign in signs for start in _line_starts(sign, text)}
    index = seen = 0
    for start in sorted(starts):
        index += text.count("\n", seen, start)
        seen = start
        end = text.find("\n", start)
        yield index, text[start : end + 1] if end >= 0 else text[start:]


def _line_starts(sign: str, text: str) -> Iterator[int]:
    """Where the lines begin in which the sign stands."""
    at = text.find(sign)
    while at >= 0:
        yield text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        at = text.find(sign, end) if end >= 0 else -1


def _bare(line: str, index: int) -> str:
    """The line as Obsidian sees it."""
    return line.rstrip("\r\n").removeprefix("" if index else BOM)


def read_markers(telling: Iterable[tuple[int, str]]) -> Iterator[Marker]:
    """The markers among the lines, in order."""
    for index, line in telling:
        if match := MARKER.fullmatch(line):
            kind, block, seal = match["kind"], match["block"], match["seal"] or ""
            yield Marker(kind=kind, block=block, seal=seal, index=index)


def conflict_marks(telling: Iterable[tuple[int, str]], path: PurePosixPath) -> list[Finding]:
    """A finding for each line that git left from a merge."""
    return [
        _fault("page-conflict", path, index, "git left both sides of a merge here")
        for index, line in telling
        if CONFLICT.fullmatch(line)
    ]


def broken_markers(by_block: dict[str, list[Marker]], path: PurePosixPath) -> list[Finding]:
    """A finding for each marker of a block that has not exactly one begin before one end."""
    return [
        _fault(f"marker-{wrong}", path, marker.index, f"block {block!r}: {WORDS[wrong]}")
        for block, markers in by_block.items()
        if (wrong := _what_is_wrong([marker.kind for marker in markers]))
        for marker in markers
    ]


WORDS = {
    "unclosed": "begin marker without its end",
    "unopened": "end marker without its begin",
    "reversed": "the end marker stands before the begin",
    "twice": "the same markers stand here more than once",
}


def nested_blocks(spans: Sequence[Span], path: PurePosixPath) -> list[Finding]:
    """A finding for each marker of two blocks that overlap."""
    return [
        _fault("marker-nested", path, index, f"blocks {outer.block!r} and {inner.block!r} overlap")
        for outer, inner in pairwise(spans)
        if inner.begin < outer.end
        for index in (outer.begin, inner.begin, outer.end, inner.end)
    ]


def _what_is_wrong(kinds: list[str]) -> str:
    match kinds:
        case ["begin", "end"]:
            return ""
        case ["end", "begin"]:
            return "reversed"
        case ["begin"]:
            return "unclosed"
        case ["end"]:
            return "unopened"
        case _:
            return "twice"


def _span(markers: Sequence[Marker]) -> Span:
    begin, end = markers
    return Span(block=begin.block, begin=begin.index, end=end.index, seal=end.seal)


def _fault(code: str, path: PurePosixPath, index: int, message: str) -> Finding:
    return Finding(
        level=Level.ERROR, code=code, path=path, line=index + 1, message=message, hint=HINT
    )
