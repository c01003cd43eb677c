"""The notes that cannot be read: counted and shown, since any of them may be a lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pages.rows import link_target
from vaultflow.vault.knowing import unreadable_notes

if TYPE_CHECKING:
    from vaultflow.pages.page import Context


class UnreadNote(Struct, frozen=True, kw_only=True):
    """A note whose text or front matter cannot be read."""

    name: str
    target: str
    """What a link to it says."""
    is_lead: bool
    """It can still be told to be a lead, by its folder or by what is left of its properties."""


class UnreadNotes(Struct, frozen=True, kw_only=True):
    """The first notes that cannot be read, and how many there are."""

    notes: tuple[UnreadNote, ...]
    """Leads first, then by path."""
    count: int
    more: int
    """Left out for the list's length."""


def find_unread(context: Context, limit: int) -> UnreadNotes:
    """The notes of the vault that cannot be read; unfilled templates are none of them."""
    leads = {standing.lead.path for standing in context.pipeline.standings}
    paths = sorted(
        (
            path
            for path in unreadable_notes(context.vault.notes)
            if not context.vault.notes[path].is_template
        ),
        key=lambda path: (path not in leads, path),
    )
    notes = tuple(
        UnreadNote(name=path.stem, target=link_target(path, context), is_lead=path in leads)
        for path in paths
    )
    return UnreadNotes(
        notes=notes[:limit],
        count=len(notes),
        more=max(len(notes) - limit, 0),
    )
