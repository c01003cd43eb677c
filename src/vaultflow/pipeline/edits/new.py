"""A new lead: where its note goes, and the text that it begins with."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from vaultflow.pipeline.edits.checklist import checklist_operations
from vaultflow.pipeline.edits.fields import set_operations
from vaultflow.pipeline.edits.places import filling, writing
from vaultflow.pipeline.edits.stages import present_stage
from vaultflow.pipeline.edits.titles import note_name
from vaultflow.pipeline.reading.selection import is_below, looks_like_lead
from vaultflow.pipeline.stages import open_stages, stages_in_force
from vaultflow.vault.edit.edit import run_operations
from vaultflow.vault.edit.quote import adding_quote
from vaultflow.vault.names import fold
from vaultflow.vault.obsidian.moment import format_moment
from vaultflow.vault.reader import read_note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from vaultflow.pipeline.edits.types import ValueContext
    from vaultflow.pipeline.settings import Settings
    from vaultflow.pipeline.standing import Standing
    from vaultflow.vault.edit.edit import Edit, Operation
    from vaultflow.vault.obsidian.settings import ObsidianSettings
    from vaultflow.vault.vault import Vault

DEFAULT_FOLDER = "Leads"
THEIR_WORDS = "Their words"
_PLACEHOLDER = re.compile(
    r"\{\{\s*(?P<name>title|date|time)\s*(?::(?P<format>[^{}\n]*))?\}\}", re.IGNORECASE
)
_TEMPLATER = b"<%"
_EMPTY_FIELDS = "stage value company people source created next_action next_action_due".split()
"""Those that a new lead has from the start, so that they are at hand to fill in."""


def new_path(title: str, standings: Iterable[Standing], settings: Settings) -> PurePosixPath:
    """Where the lead's note goes: to the configured folder, else to where most leads are."""
    configured = next(iter(settings.leads.folders), "").strip("/")
    parents = Counter(str(standing.lead.path.parent) for standing in standings)
    usual = min(parents, key=lambda parent: (-parents[parent], parent), default=DEFAULT_FOLDER)
    return PurePosixPath(configured or usual, f"{note_name(title)}.md")


def name_taken(
    path: PurePosixPath, vault: Vault, standings: Iterable[Standing]
) -> PurePosixPath | None:
    """The note that stands in the way: of the same path but for case, or a lead of the name."""
    wanted, name = fold(str(path)), fold(path.stem)
    there = (other for other in vault.notes if fold(str(other)) == wanted)
    leads = (one.lead.path for one in standings if fold(one.lead.name) == name)
    return next(there, None) or next(leads, None)


def lead_templates(
    vault: Vault, settings: Settings, obsidian: ObsidianSettings
) -> tuple[PurePosixPath, ...]:
    """The user's templates for leads, the likeliest first: one that is called like a type."""
    types = {fold(name) for name in settings.leads.types}
    found = (
        note.path
        for note in vault.notes.values()
        if any(is_below(note.path, folder) for folder in obsidian.template_folders)
        and looks_like_lead(note, settings)
    )
    return tuple(sorted(found, key=lambda path: (fold(path.stem) not in types, str(path))))


def filled_template(template: bytes, title: str, today: date) -> bytes | None:
    """The template as Obsidian would fill it; None when it runs code, which only Templater can.

    `{{time}}` becomes empty: what day it is, is known here, but not what time.
    """
    if _TEMPLATER in template:
        return None
    text = template.decode("utf-8", "surrogateescape")

    def filled(match: re.Match[str]) -> str:
        if match["name"].lower() == "title":
            return note_name(title)
        is_date = match["name"].lower() == "date"
        return format_moment(match["format"] or "YYYY-MM-DD", today) if is_date else ""

    return _PLACEHOLDER.sub(filled, text).encode("utf-8", "surrogateescape")


def plain_note(path: PurePosixPath, settings: Settings) -> bytes:
    """What a lead begins with where the vault has no template: empty fields and a log."""
    text = f"---\n---\n\n## {settings.leads.log_heading}\n".encode()
    empty = (writing(getattr(settings.fields, name), None) for name in _EMPTY_FIELDS)
    return run_operations(path, text, (*_marks_of_lead(settings), *empty)).after


def new_note(
    base: bytes, given: Mapping[str, str], context: ValueContext, *, checklist: bool = False
) -> tuple[bytes, str]:
    """The note of a new lead, or what is wrong with what it was given, as a sentence.

    Args:
        base: what it begins with.
        given: what a person typed for fields, by our names for these.
        context: what the reading of values depends on; its path is the new note's.
        checklist: whether the checklist of its stage stands in it from the start.
    """
    note = read_note(context.path, base)
    fields = context.settings.fields
    first = open_stages(stages_in_force(context.settings))[0]
    operations = [filling(fields.created, context.today)]
    for key, text in given.items():
        value = " ".join(text.split())
        added, problem = set_operations(note, key, value, replace(context, is_lead=True))
        if problem:
            return b"", problem
        operations += added
    if reason := given.get("reason_for_contact", "").strip():
        operations.append(adding_quote(THEIR_WORDS, reason))
    operations.append(filling(fields.stage, first.name))
    if checklist or context.settings.leads.checklist:
        operations.append(_checklist_of_stage(context.settings))
    edit = run_operations(context.path, base, operations)
    return edit.after, edit.refusal.message if edit.refusal else ""


def _checklist_of_stage(settings: Settings) -> Operation:
    """Puts the checklist of the stage that the note names into it."""

    def check(path: PurePosixPath, raw: bytes) -> Edit:
        stage, _ = present_stage(read_note(path, raw), settings)
        return run_operations(path, raw, checklist_operations(stage, settings) if stage else ())

    return check


def _marks_of_lead(settings: Settings) -> Iterator[Operation]:
    """What makes the note a lead wherever it lies."""
    if settings.leads.types:
        yield writing(settings.fields.type, settings.leads.types[0])
    elif settings.leads.tags:
        yield writing(("tags",), settings.leads.tags[:1])
