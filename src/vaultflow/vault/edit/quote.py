"""A quote at the top of a note, as Obsidian shows callouts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from vaultflow.vault.edit.opened import edited, spliced

if TYPE_CHECKING:
    from vaultflow.vault.edit.edit import Operation
    from vaultflow.vault.edit.opened import OpenNote


def adding_quote(title: str, text: str) -> Operation:
    """The operation that puts a callout of the kind `quote` above the note's text."""
    return lambda path, raw: edited(path, raw, partial(_with_quote, title=title, text=text))


def _with_quote(note: OpenNote, title: str, text: str) -> OpenNote:
    note.expect_one_line(title)
    said = [f"> {line.strip()}".rstrip() for line in text.strip().splitlines()]
    is_apart = not note.body or note.body.startswith(("\n", "\r"))
    lines = [f"> [!quote] {title}", *said, *(() if is_apart else ("",))]
    inserted = "".join(f"{line}{note.line_end}" for line in lines)
    return note.with_text(spliced(note.text, [(note.body_start, note.body_start, inserted)]))
