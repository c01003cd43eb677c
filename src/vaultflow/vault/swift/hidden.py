"""Blocks in which no other begins: code, HTML and comments. Where do they end?"""

from __future__ import annotations

import re

from vaultflow.vault.swift.doubt import DoubtError

FENCE = re.compile(r"(`{3,})[^`]*|(~{3,}).*")
CODE_INDENT = " " * 4
HTML_BLOCKS = (
    "address article aside base basefont blockquote body caption center col colgroup dd "
    "details dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 "
    "h3 h4 h5 h6 head header hr html iframe legend li link main menu menuitem nav noframes ol "
    "optgroup option p param search section summary table tbody td tfoot th thead title tr "
    "track ul"
).split()
"""Tags that begin a block of HTML wherever they stand. Source: CommonMark, HTML blocks, kind 6."""
HTML_BLOCK = re.compile(rf"</?(?:{'|'.join(HTML_BLOCKS)})(?=\s|/?>|$)", re.IGNORECASE)


def end_of_fence(lines: list[str], start: int, end: int, mark: str) -> int:
    """The index behind the code that the mark at `start` begins; at most `end`."""
    after = start + 1
    while after < end and not (mark in lines[after] and _is_closing(lines[after], mark)):
        after += 1
    return min(after + 1, end)


def end_of_indented_code(lines: list[str], start: int, end: int) -> int:
    """The index behind the last line that is indented as far as code must be.

    Raises:
        DoubtError: a tab may reach as far.
    """
    after = start
    for index in range(start, end):
        line = lines[index]
        if not line.strip(" \t"):
            continue
        if not line.startswith(CODE_INDENT):
            if line.startswith((" ", "\t")) and "\t" in line:
                raise DoubtError("indented-code")
            break
        after = index + 1
    if after == start:
        raise DoubtError("indented-code")
    return after


def end_of_html_block(lines: list[str], start: int, end: int) -> int:
    """The index of the next blank line, where HTML of the common kind ends."""
    blank = (index for index in range(start + 1, end) if not lines[index].strip(" \t"))
    return next(blank, end)


def end_of_html_comment(lines: list[str], start: int, end: int) -> int:
    """The index behind the line on which the HTML comment ends; at most `end`.

    Raises:
        DoubtError: it is something else, or it may be the head of a table.
    """
    line = lines[start]
    if not line.startswith("<!--"):
        raise DoubtError("html-block")
    if line.startswith(("<!-->", "<!--->")):
        raise DoubtError("html-comment")
    if "|" in line and "-->" not in line:
        raise DoubtError("table")
    last = next((index for index in range(start, end) if "-->" in lines[index]), end)
    return min(last + 1, end)


def end_of_comment(lines: list[str], start: int, end: int) -> int:
    """The index behind the line on which a `%%` comment ends that begins with the line at `start`.

    Raises:
        DoubtError: it has no end, or text stands behind it on its one line.
    """
    closing = lines[start].find("%%", 2)
    if closing >= 0:
        if lines[start][closing + 2 :].strip():
            raise DoubtError("comment")
        return start + 1
    for index in range(start + 1, end):
        if "%%" in lines[index]:
            return index + 1
    raise DoubtError("comment")


def _is_closing(line: str, mark: str) -> bool:
    """Whether the line ends the code that the mark has begun: by 3 blanks it may be indented."""
    text = line.lstrip(" ")
    is_code = len(line) - len(text) >= len(CODE_INDENT)
    return not is_code and not text.rstrip(" \t").strip(mark[0])
