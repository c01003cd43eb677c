"""Which notes are leads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultflow.pipeline.fields import field_texts, find_field, spoken
from vaultflow.vault.names import copy_of, fold
from vaultflow.vault.values import canonical_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import PurePosixPath

    from vaultflow.pipeline.settings import Settings
    from vaultflow.vault.note import Note
    from vaultflow.vault.obsidian import ObsidianSettings

_LIST_SIGNS = re.compile(r"[\s,\[\]\"']+")


def is_lead(note: Note, settings: Settings, obsidian: ObsidianSettings) -> bool:
    """Whether the note is in the pipeline: by its type, a tag or its folder, any may match.

    Never a template, a page of ours or a sync tool's certain copy. A note that cannot be read is
    judged by what is legible of it, so that a lead with broken properties does not vanish.
    """
    return not is_set_apart(note, settings, obsidian) and looks_like_lead(note, settings)


def looks_like_lead(note: Note, settings: Settings) -> bool:
    """Whether type, tags or folder say lead, be it only a template for leads."""
    chosen = settings.leads
    return (
        any(is_below(note.path, folder) for folder in chosen.folders)
        or _has_any(_types(note, settings), chosen.types)
        or _is_tagged(note, chosen.tags)
    )


def is_set_apart(note: Note, settings: Settings, obsidian: ObsidianSettings) -> bool:
    """Whether the note tells nothing of its own: a template, a page of ours, a certain copy."""
    mark = copy_of(note.path)
    folders = (*obsidian.template_folders, settings.vault.templates)
    return (
        note.is_template
        or note.is_page
        or (mark is not None and mark.certain)
        or any(folder and is_below(note.path, folder) for folder in folders)
    )


def is_below(path: PurePosixPath, folder: str) -> bool:
    """Whether the path lies in the folder, at any depth; every path lies in the empty folder."""
    parts = tuple(fold(part) for part in folder.strip("/ ").split("/") if part not in {"", "."})
    return tuple(fold(part) for part in path.parent.parts[: len(parts)]) == parts


def _types(note: Note, settings: Settings) -> tuple[str, ...]:
    if note.readable:
        return field_texts(find_field(note, settings.fields.type))
    names = {canonical_name(name) for name in settings.fields.type}
    texts = [text for key, text in note.legible.items() if canonical_name(key) in names]
    return tuple(spoken(text) for text in texts) + tuple(
        part for text in texts for part in _LIST_SIGNS.split(text)
    )


def _has_any(texts: Iterable[str], wanted: Iterable[str]) -> bool:
    return not {fold(text) for text in texts}.isdisjoint(fold(text) for text in wanted)


def _is_tagged(note: Note, wanted: Iterable[str]) -> bool:
    tags = [fold(tag.removeprefix("#")) for tag in (*note.tags, *_legible_tags(note))]
    asked = [fold(tag.removeprefix("#")).rstrip("/") for tag in wanted]
    return any(tag == name or tag.startswith(f"{name}/") for tag in tags for name in asked if name)


def _legible_tags(note: Note) -> Iterable[str]:
    if note.readable:
        return ()
    return (part for part in _LIST_SIGNS.split(note.legible.get("tags", "")) if part)
