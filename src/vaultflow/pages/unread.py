"""The notes and folders that cannot be read: told, since any of the notes may be a lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pages.rows import link_target
from vaultflow.pages.wording import plural
from vaultflow.vault.knowing import unreadable_notes

if TYPE_CHECKING:
    from vaultflow.pages.page import Context

FEW_FOLDERS = 5  # named in a sentence; `vaultflow check` names all


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


def folders_text(context: Context) -> str:
    """Which folders cannot be read, as a sentence; empty without any."""
    folders = context.vault.unread_folders
    if not folders:
        return ""
    names = ", ".join(map(str, folders[:FEW_FOLDERS]))
    more = f" and {len(folders) - FEW_FOLDERS} more" if len(folders) > FEW_FOLDERS else ""
    whose = "its" if len(folders) == 1 else "their"
    counted = plural(len(folders), "folder")
    return f"{counted} cannot be read, and {whose} notes are not counted: {names}{more}."


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
