"""Edits of a log: one list item under a heading is added, replaced or taken out."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from vaultflow.vault.edit.opened import edited, line_end_of, spliced
from vaultflow.vault.edit.sections import is_list, read_outline

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import PurePosixPath

    from vaultflow.vault.edit.edit import Edit, Operation
    from vaultflow.vault.edit.opened import OpenNote
    from vaultflow.vault.edit.sections import Block, Item, Outline, Section

_BULLETS = "-*+"
_BOX = re.compile(r"\[ \] +")
_OUTERMOST = 1  # the nesting of an item whose list stands in nothing else


def adding_log_line(heading: str, line: str, *, before: str = "") -> Operation:
    """The operation that adds a line to the log: `add_log_line` with its heading and line."""
    return lambda path, raw: add_log_line(path, raw, heading, line, before=before)


def replacing_log_line(heading: str, old: str, new: str | None) -> Operation:
    """The operation that replaces a line of the log, or takes it out when `new` is None."""
    return lambda path, raw: replace_log_line(path, raw, heading, old, new)


def add_log_line(
    path: PurePosixPath, raw: bytes, heading: str, line: str, *, before: str = ""
) -> Edit:
    """The note with one more item, `- line`, at the end of the last list under the heading.

    The item takes the bullet, the indent and the line end of that list. Without a list it comes
    behind the text under the heading. A missing heading is made, of the second level: at the
    note's end, but before footnotes, Kanban's settings and blocks of VaultFlow that close it.
    With `before` it is made above the heading of that text, where there is one. `line` is the
    item's text without a bullet; it may begin with a tick box.
    """
    change = partial(_with_line, heading=heading, line=line.strip(), before=before)
    return edited(path, raw, change)


def replace_log_line(
    path: PurePosixPath, raw: bytes, heading: str, old: str, new: str | None
) -> Edit:
    """The note with `new` in place of the one item under the heading that reads `old`.

    With None the item's line is taken out. Both are texts without bullet and tick box; refused
    when no item reads so, or several do.
    """
    wished = None if new is None else new.strip()
    return edited(path, raw, partial(_with_replaced, heading=heading, old=old.strip(), new=wished))


def _with_line(note: OpenNote, heading: str, line: str, before: str) -> OpenNote:
    note.expect_one_line(line)
    note.expect_one_line(heading)
    outline = read_outline(note.body)
    sections = outline.sections(heading)
    at, new_lines = (
        _in_section(outline, sections[-1], line)
        if sections
        else _new_section(outline, heading, line, before)
    )
    after = _with_lines(note, outline, at, new_lines)
    items = outline.items
    above = sum(item.index < at for item in items)
    text = _BOX.sub("", line, count=1)
    wished = (*_read(items[:above]), (text, _OUTERMOST), *_read(items[above:]))
    return _proved(note, after, wished, headings=len(outline.headings) + (not sections))


def _in_section(outline: Outline, section: Section, line: str) -> tuple[int, tuple[str, ...]]:
    """Where the line goes under its heading, and how it is written there."""
    appendix = max(outline.appendix_start(), section.heading.after)
    lists = [block for block in section.blocks if is_list(block) and block.first < appendix]
    if lists:
        at = outline.last_written(lists[-1].first, _list_end(outline, lists[-1]))
        first = outline.lines[lists[-1].first]
        is_bulleted = lists[-1].markup in _BULLETS
        indent = first[: len(first) - len(first.lstrip(" "))] if is_bulleted else ""
        return at, (f"{indent}{lists[-1].markup if is_bulleted else '-'} {line}",)
    below = (block.first for block in section.blocks if block.level)
    after = next(below, section.after)
    at = outline.last_written(section.heading.after, min(after, appendix))
    return at, (f"- {line}",) if at == section.heading.after else ("", f"- {line}")


def _list_end(outline: Outline, items: Block) -> int:
    """Index behind the list, or of a comment that follows it without a blank line.

    Such a comment is Obsidian's or VaultFlow's own, though Markdown counts it to the last item.
    """
    inner = range(items.first + 1, items.after)
    return next((at for at in inner if outline.lines[at].startswith("%%")), items.after)


def _new_section(
    outline: Outline, heading: str, line: str, before: str
) -> tuple[int, tuple[str, ...]]:
    written = (f"## {heading.strip()}", f"- {line}")
    if before and (following := outline.sections(before)):
        at = following[0].heading.first
        return at, (*(("",) if at and outline.lines[at - 1].strip() else ()), *written, "")
    start = outline.appendix_start()
    at = outline.last_written(0, start)
    above = ("",) if at else ()
    below = ("",) if at == start < len(outline.lines) else ()
    return at, (*above, *written, *below)


def _with_lines(note: OpenNote, outline: Outline, at: int, new_lines: Sequence[str]) -> OpenNote:
    """The note with the lines before the body's line of that index."""
    offset = note.body_start + sum(map(len, outline.lines[:at]))
    above = note.text[:offset]
    ended = above[: above.rfind("\n") + 1]
    line_end = line_end_of(ended) if ended else note.line_end
    inserted = line_end.join(new_lines)
    inserted = f"{inserted}{line_end}" if above == ended else f"{line_end}{inserted}"
    return note.with_text(spliced(note.text, [(offset, offset, inserted)]))


def _with_replaced(note: OpenNote, heading: str, old: str, new: str | None) -> OpenNote:
    if new is not None:
        note.expect_one_line(new)
    outline = read_outline(note.body)
    item = _only_item(note, outline, heading, old)
    line = outline.lines[item.index]
    start = note.body_start + sum(map(len, outline.lines[: item.index]))
    at = outline.items.index(item)
    rest = outline.items[at + 1 :]
    if new is None:
        cut = (start, start + len(line), "")
        wished = (*_read(outline.items[:at]), *_read(rest))
    else:
        end = start + len(line.rstrip())
        cut = (end - len(item.text), end, new)
        wished = (*_read(outline.items[:at]), (new, item.depth), *_read(rest))
    after = note.with_text(spliced(note.text, [cut]))
    return _proved(note, after, wished, headings=len(outline.headings))


def _only_item(note: OpenNote, outline: Outline, heading: str, text: str) -> Item:
    found = [
        item
        for section in outline.sections(heading)
        for item in outline.items
        if section.heading.first < item.index < section.after and item.text == text
    ]
    if len(found) == 1:
        return found[0]
    if found:
        line = note.body_line + found[1].index
        message = f'The line "{text}" stands here more than once.'
        raise note.refusal("log-line-twice", line, message, "change one of them by hand")
    message = f'No line under "{heading}" reads "{text}".'
    raise note.refusal("log-line-missing", 0, message, "it has been changed since")


def _proved(
    before: OpenNote, after: OpenNote, wished: tuple[tuple[str, int], ...], *, headings: int
) -> OpenNote:
    """The note after the edit, if its lists and headings read as wished."""
    outline = read_outline(after.body)
    if _read(outline.items) != wished or len(outline.headings) != headings:
        message = "The log cannot be changed here without touching something else."
        raise before.refusal("edit-unsafe", 0, message, "change it by hand")
    return after


def _read(items: Sequence[Item]) -> tuple[tuple[str, int], ...]:
    return tuple((item.text, item.depth) for item in items)
