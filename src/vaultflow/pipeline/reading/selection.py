"""Which notes are leads."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from vaultflow.pipeline.reading.fields import field_texts, find_field, spoken
from vaultflow.vault.frontmatter.values import canonical_name
from vaultflow.vault.names import fold
from vaultflow.vault.odd_names import copy_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import PurePosixPath

    from vaultflow.pipeline.settings import Settings
    from vaultflow.vault.note import Note
    from vaultflow.vault.obsidian.settings import ObsidianSettings

_LIST_SIGNS = re.compile(r"[\s,\[\]\"']+")


def is_lead(note: Note, settings: Settings, obsidian: ObsidianSettings) -> bool:
    """Whether the note is in the pipeline: by its type, a tag or its folder, any may match.

    Never a template, a page of ours or a sync tool's certain copy. A note that cannot be read is
    judged by what is legible of it, so that a lead with broken properties does not vanish.
    """
    return looks_like_lead(note, settings) and not is_set_apart(note, settings, obsidian)


def looks_like_lead(note: Note, settings: Settings) -> bool:
    """Whether type, tags or folder say lead, be it only a template for leads."""
    chosen = settings.leads
    return (
        _has_any(_types(note, settings), chosen.types)
        or _is_tagged(note, chosen.tags)
        or any(is_below(note.path, folder) for folder in chosen.folders)
    )


def is_set_apart(note: Note, settings: Settings, obsidian: ObsidianSettings) -> bool:
    """Whether the note tells nothing of its own: a template, a page of ours, a certain copy."""
    return note.is_template or _stands_apart(note, settings, obsidian)


def is_hidden_lead(note: Note, settings: Settings, obsidian: ObsidianSettings) -> bool:
    """Whether the note is no lead for a placeholder in its properties alone."""
    return (
        note.is_template
        and looks_like_lead(note, settings)
        and not _stands_apart(note, settings, obsidian)
    )


def _stands_apart(note: Note, settings: Settings, obsidian: ObsidianSettings) -> bool:
    """Whether the note is set apart whatever its properties say."""
    folders = (*obsidian.template_folders, settings.vault.templates)
    return (
        note.is_page
        or fold(str(note.path)).startswith(_folder_starts(folders))
        or ((mark := copy_of(note.path)) is not None and mark.certain)
    )


def is_below(path: PurePosixPath, folder: str) -> bool:
    """Whether the path lies in the folder, at any depth; every path lies in the empty folder."""
    return fold(str(path)).startswith(_folder_start(folder))


@lru_cache(maxsize=64)
def _folder_start(folder: str) -> str:
    """How the folded path of everything in the folder begins; empty for the empty folder."""
    parts = (fold(part) for part in folder.split("/") if part.strip() not in {"", "."})
    return "".join(f"{part}/" for part in parts)


@lru_cache(maxsize=64)
def _folder_starts(folders: tuple[str, ...]) -> tuple[str, ...]:
    """How the folded paths of everything in one of the folders begin; an empty name is none."""
    return tuple(_folder_start(folder) for folder in folders if folder)


@lru_cache(maxsize=64)
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(word.removeprefix("#")).rstrip("/") for word in words) - {""}


def _types(note: Note, settings: Settings) -> tuple[str, ...]:
    if note.readable:
        return field_texts(find_field(note, settings.fields.type))
    names = {canonical_name(name) for name in settings.fields.type}
    texts = [text for key, text in note.legible.items() if canonical_name(key) in names]
    return tuple(spoken(text) for text in texts) + tuple(
        part for text in texts for part in _LIST_SIGNS.split(text)
    )


def _has_any(texts: Iterable[str], wanted: tuple[str, ...]) -> bool:
    return not _folded(wanted).isdisjoint(fold(text) for text in texts)


def _is_tagged(note: Note, wanted: tuple[str, ...]) -> bool:
    if not (asked := _folded(wanted)):
        return False
    tags = (fold(tag.removeprefix("#")) for tag in (*note.tags, *_legible_tags(note)))
    return any(tag == name or tag.startswith(f"{name}/") for tag in tags for name in asked)


def _legible_tags(note: Note) -> Iterable[str]:
    if note.readable:
        return ()
    return (part for part in _LIST_SIGNS.split(note.legible.get("tags", "")) if part)
