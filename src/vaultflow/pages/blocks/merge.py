"""A page generated anew, with all that the user has put into it kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vaultflow.errors import Finding, Level
from vaultflow.pages.blocks.block import DROPPED, NO_ADDITIONS, find_additions, read_block
from vaultflow.pages.blocks.carry import carried_lines, dropped_lines, known_items, match_items
from vaultflow.pages.blocks.items import ITEM, gist, read_items
from vaultflow.pages.blocks.markers import read_layout

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import PurePosixPath

    from vaultflow.pages.blocks.block import Additions, Block
    from vaultflow.pages.blocks.carry import Known
    from vaultflow.pages.blocks.items import Item
    from vaultflow.pages.blocks.markers import Layout, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What is to become of a page."""

    text: str | None
    """The whole page; the same as before when nothing changes, None when it must be left alone."""
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A block of the page and the fresh one that takes its place."""

    span: Span
    old: Block
    fresh: Block
    additions: Additions

    @property
    def is_as_generated(self) -> bool:
        """Whether the old block surely holds nothing of the user's."""
        return self.old.is_untouched and not self.old.dropped and self.additions == NO_ADDITIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What the whole page knows of items. Nothing, when it holds nothing of the user's."""

    fresh: tuple[Item, ...] = ()
    """All that are asked now."""
    asked: frozenset[str] = frozenset()
    """Their ids."""
    matches: Mapping[tuple[str, str], tuple[Known, ...]] = field(default_factory=dict)
    """By block and id of the fresh item."""
    gone: Mapping[str, tuple[Known, ...]] = field(default_factory=dict)
    """By block: items that are asked no longer, but must not vanish."""


def merge_page(existing: str | None, rendered: str, *, path: PurePosixPath, today: date) -> Merged:
    """The page with its blocks replaced; ticks, answers and the user's text stay.

    Args:
        existing: the page as it is, with its own line ends; None when there is none.
        rendered: the whole page from its template, its markers without hashes.
        path: the page, for findings.
        today: the day that the user's text is marked with when it must move out of a block.
    """
    fresh = read_layout(rendered, path)
    if fresh.findings:
        return Merged(text=None, findings=fresh.findings)
    if existing is None:
        return Merged(text=_sealed(fresh), findings=())
    page = read_layout(existing, path)
    blocks = {span.block: read_block(fresh.body(span)) for span in fresh.spans}
    if page.findings or not page.spans:
        return Merged(text=None, findings=page.findings or (_released(path, None),))
    present = [span for span in page.spans if span.block in blocks]
    meetings = [_meet(page, span, blocks[span.block]) for span in present]
    missing = blocks.keys() - {span.block for span in present}
    findings = [_released(path, block) for block in blocks if block in missing]
    return _merged(page, meetings, findings, path=path, today=today)


def _sealed(layout: Layout) -> str:
    """A page that was never written before: its hashes filled in."""
    lines = list(layout.lines)
    for span in layout.spans:
        seal = read_block(layout.body(span)).seal()
        lines[span.end] = _end_marker(span, seal, lines[span.end])
    return "".join(lines)


def _meet(page: Layout, span: Span, fresh: Block) -> Meeting:
    old = read_block(page.body(span))
    if old == fresh:  # nearly always: then what it holds is worked out once
        old = fresh
    additions = find_additions(old, span.seal, fresh)
    return Meeting(span=span, old=old, fresh=fresh, additions=additions)


def _merged(
    page: Layout,
    meetings: Sequence[Meeting],
    findings: list[Finding],
    *,
    path: PurePosixPath,
    today: date,
) -> Merged:
    carried = _carry(meetings)
    lines = list(page.lines)
    for meeting in reversed(meetings):
        if _is_current(meeting, carried):
            continue
        span = meeting.span
        moved = _moved_lines(meeting, carried)
        kept = [f"> [!note] Kept by VaultFlow {today.isoformat()}", *moved] if moved else []
        newline = "\r\n" if page.lines[span.begin].endswith("\r\n") else "\n"
        body = [line + newline for line in _body(meeting, carried)]
        lines[span.begin + 1 : span.end + 1] = [*body, _tail(page, meeting, kept, newline)]
        if moved:
            findings.append(_edited(path, meeting))
    findings.sort(key=lambda finding: finding.line)
    return Merged(text="".join(lines), findings=tuple(findings))


def _carry(meetings: Sequence[Meeting]) -> Carried:
    if all(meeting.is_as_generated for meeting in meetings):
        return Carried()
    fresh = {meeting.span.block: meeting.fresh.items for meeting in meetings}
    items = tuple(item for block in fresh.values() for item in block)
    known = [
        one
        for meeting in meetings
        for one in known_items(meeting.span.block, meeting.old, meeting.additions)
    ]
    matches = match_items(fresh, known)
    used = {id(one) for same in matches.values() for one in same}
    gone = [one for one in known if id(one) not in used and one.touched and not one.dropped]
    return Carried(
        fresh=items,
        asked=frozenset(item.id for item in items),
        matches=matches,
        gone={block: tuple(one for one in gone if one.block == block) for block in fresh},
    )


def _is_current(meeting: Meeting, carried: Carried) -> bool:
    """Whether the block stands on the page as it would be generated: then no byte is touched."""
    return (
        meeting.span.seal == meeting.fresh.seal()
        and meeting.additions.explained
        and not meeting.additions.elsewhere
        and not any(item.id in carried.asked for item in read_items(meeting.old.dropped))
        and not _newcomers(meeting, carried)
    )


def _newcomers(meeting: Meeting, carried: Carried) -> list[Known]:
    """Touched items that come into the block from another one."""
    block = meeting.span.block
    return [
        one
        for item in (meeting.fresh.items if carried.matches else ())
        for one in carried.matches[block, item.id]
        if one.touched and one.block != block
    ]


def _body(meeting: Meeting, carried: Carried) -> tuple[str, ...]:
    """The lines between the markers."""
    block = meeting.span.block
    fresh = meeting.fresh
    lines = carried_lines(fresh, block, carried.matches) if carried.matches else fresh.lines
    dropped = [
        *_still_dropped(meeting.old.dropped, carried.asked),
        *(line for one in carried.gone.get(block, ()) for line in dropped_lines(one)),
    ]
    blanks = [""] * fresh.blanks_below
    if not any(line.strip() for line in dropped):
        return (*lines, *blanks)
    return (*lines, *([""] if lines else []), DROPPED, *dropped, *blanks)


def _still_dropped(lines: Sequence[str], asked: frozenset[str]) -> list[str]:
    """The lines under "Done or dropped" without items that are asked again."""
    again = [range(item.line - 1, item.last_line) for item in read_items(lines) if item.id in asked]
    return [line for index, line in enumerate(lines) if not any(index in span for span in again)]


def _moved_lines(meeting: Meeting, carried: Carried) -> list[str]:
    """The user's lines that cannot stay in the block, as lines of a callout."""
    if not meeting.additions.elsewhere:
        return []
    items = {item.line - 1: item for item in meeting.old.items}
    gists = {gist(item) for item in carried.fresh}
    gone = {one.item.line - 1 for one in carried.gone.get(meeting.span.block, ())}
    return [
        f"> {_without_id(meeting.old.lines[index])}".rstrip()
        for index in meeting.additions.elsewhere
        if index not in gone and (index not in items or gist(items[index]) not in gists)
    ]


def _without_id(line: str) -> str:
    """The line without its block id, which must stay with the item that carries it on."""
    match = ITEM.fullmatch(line.rstrip())
    return line[: match.end("text")] if match else line


def _tail(page: Layout, meeting: Meeting, kept: Sequence[str], newline: str) -> str:
    """The end marker, and below it what had to move out."""
    span = meeting.span
    marker = _end_marker(span, meeting.fresh.seal(), page.lines[span.end])
    if not kept:
        return marker
    below = page.lines[span.end + 1 : span.end + 2]
    # A line right below would be taken for a part of the callout.
    apart = [""] if below and below[0].strip() else []
    text = newline.join([marker.rstrip("\r\n"), "", *kept, *apart])
    return text + newline if marker.endswith("\n") else text


def _end_marker(span: Span, seal: str, line: str) -> str:
    if seal == span.seal:
        return line
    end = line[len(line.rstrip("\r\n")) :]
    return f"%% vaultflow:end {span.block} {seal} %%{end}"


def _edited(path: PurePosixPath, meeting: Meeting) -> Finding:
    block = meeting.span.block
    return Finding(
        level=Level.WARNING,
        code="block-edited",
        path=path,
        line=meeting.span.begin + 2 + meeting.additions.elsewhere[0],
        message=f"block {block!r} was edited by hand; what was written there now stands below it",
        hint="write outside the markers, or indented below an item",
    )


def _released(path: PurePosixPath, block: str | None) -> Finding:
    what = "all blocks were" if block is None else f"block {block!r} was"
    return Finding(
        level=Level.INFO,
        code="page-released" if block is None else "block-released",
        path=path,
        line=0,
        message=f"{what} taken off the page, which is respected",
        hint="delete the page to have it generated again",
    )
