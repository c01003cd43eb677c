"""What an answer depends on, when it is kept for the next time: see `flow.known.said`."""

from __future__ import annotations

import os
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from vaultflow.disk.cache.stamp import Stamp, is_settled
from vaultflow.disk.outside import is_unseen
from vaultflow.flow.known.beside import Heeded
from vaultflow.flow.pages import record_name
from vaultflow.pages.page import DAILY
from vaultflow.pipeline.opened_later import lead_texts
from vaultflow.pipeline.reading.selection import is_below
from vaultflow.vault.knowing import unreadable_notes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from vaultflow.flow.glance import Glance
    from vaultflow.flow.workspace import Workspace


def is_all_outside(seen: Glance, pages: Collection[PurePosixPath]) -> bool:
    """Whether all that was read shows from outside when it changes.

    Not what a plugin looks at, nor templates or rates that are hidden or beyond a symlink. And not
    a file that was written a moment before.

    Args:
        seen: the glance before anything was read.
        pages: those that were read.
    """
    if seen.outside is None or seen.loaded.settings.plugins.enabled:
        return False
    newest_ns = seen.outside.newest_ns()
    settings = seen.loaded.settings
    return (
        all(_is_in_sight(seen, to) for to in (settings.vault.templates, settings.money.rates_file))
        and is_settled(Stamp(0, newest_ns, newest_ns), seen.outside.taken_ns)
        and {entry.text for entry in seen.listing.notes}.issuperset(map(str, pages))
    )


def _is_in_sight(seen: Glance, to: str) -> bool:
    """Whether a change of what lies there, below the vault's folder, shows from outside."""
    path = seen.root / to
    is_hidden = any(map(is_unseen, PurePosixPath(to).parts))
    return os.path.realpath(path) == str(path) and not is_hidden


def heeded_notes(seen: Glance, workspace: Workspace, page: PurePosixPath) -> Heeded | None:
    """What `daily` depends on besides the names of all files; None when on every note.

    That is so when a daily note's name is not one by which `flow.known.beside` knows it, and when
    the vault's own template shows another record than that of today's note.
    """
    if record_name(workspace, workspace.templates.header(DAILY)) != DAILY:
        return None
    name = workspace.obsidian.daily_notes.format
    if "[" in name or "YYYY-MM-DD" not in name:
        return None
    pipeline = workspace.context.pipeline
    told = (page, *pipeline.mentions, *unreadable_notes(workspace.context.vault.notes))
    shown = workspace.context.rows.paths()
    paths = {*map(str, told), *map(str, shown)}
    leads = set(lead_texts(pipeline.standings)) - paths
    return Heeded(
        paths=paths.union(_in_special_folders(seen)) - leads,
        prosaic=leads,
        minds_tags=bool(seen.loaded.settings.leads.tags),
    )


def _in_special_folders(seen: Glance) -> Iterator[str]:
    """The files in the folders of which each note is a lead or a template."""
    settings = seen.loaded.settings
    special = (*settings.leads.folders, settings.vault.templates)
    for folder, held in seen.outside.folders.items() if seen.outside else ():
        inside = PurePosixPath(folder, "any")
        if any(chosen and is_below(inside, chosen) for chosen in special):
            yield from (f"{folder}{one[0]}" for one in held)
