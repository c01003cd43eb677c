"""A page that has lost one marker of a block: the marker put back where the fresh page has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.pages.blocks.block import DROPPED, read_block
from vaultflow.pages.blocks.markers import find_markers, read_layout, split_lines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import PurePosixPath

    from vaultflow.pages.blocks.markers import Layout, Marker, Span

MENDABLE = frozenset({"marker-unclosed", "marker-unopened"})
"""What can be mended; where a block stands twice or overlaps, every repair would be a guess."""

MOST_LINES = 400  # of a block; each is tried as its end, and ours have less than 200


def mend_markers(existing: str, rendered: str, *, path: PurePosixPath) -> str | None:
    """The page with its missing markers; None when none is missing, or their place is not clear.

    A block ends where its text is as generated, else right before the line that the fresh page
    has behind it; and it begins likewise.

    Args:
        existing: the page as it is, with its own line ends.
        rendered: the page as its template gives it today.
        path: the page.
    """
    broken = read_layout(existing, path).findings
    fresh = read_layout(rendered, path)
    if not broken or fresh.findings or not {finding.code for finding in broken} <= MENDABLE:
        return None
    mended = existing
    for finding in sorted(broken, key=lambda finding: -finding.line):
        mended = _with_partner(mended, fresh, finding.line - 1, path) or ""
    return mended if mended and not read_layout(mended, path).findings else None


def _with_partner(text: str, fresh: Layout, index: int, path: PurePosixPath) -> str | None:
    """The text with the other marker of the block whose one marker stands on this line."""
    markers = find_markers(text, path)
    lone = next((marker for marker in markers if marker.index == index), None)
    span = next((span for span in fresh.spans if lone and span.block == lone.block), None)
    if lone is None or span is None:
        return None
    lines = split_lines(text)
    around = [-1, *(marker.index for marker in markers), len(lines)]
    if lone.kind == "begin":
        found = _end(lines, fresh, span, (index, min(at for at in around if at > index)))
    else:
        found = _begin(lines, fresh, lone, (max(at for at in around if at < index), index))
    return _inserted(lines, *found, like=lines[index]) if found else None


def _end(
    lines: Sequence[str], fresh: Layout, span: Span, bounds: tuple[int, int]
) -> tuple[int, str] | None:
    """Before which line the end marker belongs, and the marker, of the block begun at a bound."""
    first, limit = bounds[0] + 1, bounds[1]
    bare = _bare(lines)
    seal = read_block(fresh.body(span)).seal()
    if DROPPED not in bare[first:limit]:
        for end in range(first, min(limit, first + MOST_LINES) + 1):
            if read_block(bare[first:end]).seal() == seal:
                marker = f"%% vaultflow:end {span.block} {seal} %%"
                return _behind_blank(bare, end, limit), marker
    behind = [line for line in _bare(fresh.lines[span.end + 1 :]) if line]
    anchor = _only(bare, behind[0], first, limit) if behind else None
    if anchor is None:
        return None
    while anchor > first and not bare[anchor - 1]:
        anchor -= 1
    return _behind_blank(bare, anchor, limit), f"%% vaultflow:end {span.block} %%"


def _begin(
    lines: Sequence[str], fresh: Layout, lone: Marker, bounds: tuple[int, int]
) -> tuple[int, str] | None:
    """Before which line the begin marker belongs, and the marker, of the block ended at a bound."""
    first, end = bounds[0] + 1, bounds[1]
    bare = _bare(lines)
    marker = f"%% vaultflow:begin {lone.block} %%"
    nearest = max(first, end - MOST_LINES)
    exact = [at for at in range(nearest, end) if read_block(bare[at:end]).seal() == lone.seal]
    if len(exact) == 1:
        return exact[0], marker
    (span,) = (span for span in fresh.spans if span.block == lone.block)
    before = [line for line in _bare(fresh.lines[: span.begin]) if line]
    anchor = _only(bare, before[-1], bounds[0], end) if before else None
    return None if anchor is None else (_behind_blank(bare, anchor + 1, end), marker)


def _only(bare: Sequence[str], line: str, first: int, limit: int) -> int | None:
    """Where the line stands within the bounds, the last one included; None unless just once."""
    places = [at for at in range(max(first, 0), min(limit + 1, len(bare))) if bare[at] == line]
    return places[0] if len(places) == 1 else None


def _behind_blank(bare: Sequence[str], place: int, limit: int) -> int:
    """The place, moved behind one blank line if one follows: markers stand apart from text."""
    return place + 1 if place < limit and not bare[place] else place


def _bare(lines: Sequence[str]) -> list[str]:
    return [line.rstrip() for line in lines]


def _inserted(lines: Sequence[str], place: int, marker: str, *, like: str) -> str:
    newline = "\r\n" if like.endswith("\r\n") else "\n"
    before = "".join(lines[:place])
    if before and not before.endswith("\n"):
        return f"{before}{newline}{marker}"
    return f"{before}{marker}{newline}{''.join(lines[place:])}"
