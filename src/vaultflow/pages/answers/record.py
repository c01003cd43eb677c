"""The log line that says what a review has changed: the one record of what was applied.

    - 2026-11-23 review: next Send contract by 2026-11-27 ([[2026-11-23 Pipeline review]])

It is found by its link, which Obsidian keeps right, and so needs no memory beside the vault.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pages.rows import link_target
from vaultflow.pipeline.field_names import PRACTICE_FIELDS
from vaultflow.pipeline.lead import TouchKind
from vaultflow.pipeline.reading.log import read_log
from vaultflow.vault.links.index import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import PurePosixPath

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.settings import Settings
    from vaultflow.vault.edit.edit import Operation

LOOKED = "looked at"
WORDS = "next by done stage lost revisit buying why answer note touch".split()
"""How the parts of a record begin, apart from `looked at`, and from fields: `problem: ...`."""
PART_BEGINS = rf"(?:(?:{'|'.join(WORDS)}) |(?:{'|'.join(PRACTICE_FIELDS)}): |{LOOKED})"
OURS = re.compile(rf"\S+ review: {PART_BEGINS}.* \(\[\[[^\]]*\]\]\)\s*")
PART_ENDS = rf"(?=; {PART_BEGINS}| \(\[\[)"


class Record(Struct, frozen=True, kw_only=True):
    """The log line of a review."""

    day: date
    text: str
    """The whole list item."""

    def holds(self, pattern: str) -> bool:
        """Whether a part of it, such as `next Call by 2026-11-27`, matches the pattern."""
        return re.search(rf"(?:review: |; ){pattern}{PART_ENDS}", self.text) is not None

    def part(self, word: str) -> str:
        """What follows the word that a part begins with; empty when there is no such part."""
        match = re.search(rf"(?:review: |; ){word} (?P<rest>.*?){PART_ENDS}", self.text)
        return match["rest"] if match else ""


def find_records(lead: PurePosixPath, context: Context) -> tuple[Record, ...]:
    """The review lines that were written into a lead's log, in order."""
    note = context.vault.notes[lead]
    lines, _ = read_log(note, context.settings.leads.log_heading, context.today)
    texts = {item.line: item.text for item in note.items}
    return tuple(
        Record(day=line.day, text=texts[line.line])
        for line in lines
        if line.kind is TouchKind.REVIEW and OURS.fullmatch(texts[line.line])
    )


def find_record(
    lead: PurePosixPath, page: PurePosixPath, subpath: str, context: Context
) -> Record | None:
    """What a review of this page has left in the log of a lead; None when it has not yet.

    Args:
        lead: the note with the log.
        page: the review.
        subpath: `#^vf-...` when one item of the page is meant.
        context: the vault.
    """
    note = context.vault.notes[lead]
    linking = {
        link.text
        for link in note.links
        if link.subpath == subpath and resolve(context.vault.index, lead, link.target).path == page
    }
    records = find_records(lead, context)
    return next(
        (one for one in records if any(one.text.rstrip().endswith(f"({t})") for t in linking)),
        None,
    )


def record_text(
    parts: Iterable[str], day: date, page: PurePosixPath, subpath: str, context: Context
) -> str:
    """The list item that records these parts."""
    reference = f"[[{link_target(page, context)}{subpath}]]"
    from vaultflow.pipeline.edits.log import log_line  # noqa: PLC0415  # most runs write none

    line = log_line(day, TouchKind.REVIEW, f"{'; '.join(parts)} ({reference})")
    return line.removeprefix("- ")


def recording(text: str, before: Record | None, settings: Settings) -> tuple[Operation, ...]:
    """Writes the record into the log, in the place of the one before it."""
    from vaultflow.vault.edit.log import (  # noqa: PLC0415  # as above
        adding_log_line,
        replacing_log_line,
    )

    heading = settings.leads.log_heading
    if before is None:
        return (adding_log_line(heading, text),)
    return () if before.text == text else (replacing_log_line(heading, before.text, text),)
