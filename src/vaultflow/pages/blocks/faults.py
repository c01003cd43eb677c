"""What is wrong with a page as it stands: broken markers, and items that stand there twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.errors import Finding, Level
from vaultflow.pages.blocks.markers import read_layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultflow.vault.note import Note

ITEM_PREFIX = "vf-"


def page_faults(note: Note, text: str) -> tuple[Finding, ...]:
    """What keeps the page from being written, and its items that are there twice, by line."""
    has_conflict = any(finding.code == "conflict-marks" for finding in note.findings)
    markers = (
        finding
        for finding in read_layout(text, note.path).findings
        if not (has_conflict and finding.code == "page-conflict")
    )
    return tuple(sorted((*markers, *_doubled_items(note)), key=lambda finding: finding.line))


def _doubled_items(note: Note) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for block in note.blocks:
        if not block.id.startswith(ITEM_PREFIX):
            continue
        if block.id in first:
            yield Finding(
                level=Level.WARNING,
                code="item-twice",
                path=note.path,
                line=block.line,
                message=f"^{block.id} stands here again; the first is on line {first[block.id]}.",
                hint="keep one of the two; until then a tick in either counts",
            )
        first.setdefault(block.id, block.line)
