"""What in a vault tells which notes are leads: values of a type field, tags, folders."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from vaultflow.pipeline.field_names import FieldNames
from vaultflow.pipeline.reading.fields import field_texts, find_field
from vaultflow.pipeline.reading.selection import is_below, looks_like_lead
from vaultflow.pipeline.settings import LeadSettings, Settings
from vaultflow.pipeline.setup.synonyms import (
    FIELD_SYNONYMS,
    PIPELINE_WORDS,
    TYPE_NAMES,
    is_lead_word,
    plain_name,
)
from vaultflow.vault.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vaultflow.vault.note import Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Something that occurs in the vault, and in how many notes."""

    name: str
    """As the vault spells it most often."""
    count: int


class LeadSigns(Struct, frozen=True, kw_only=True):
    """What tells leads from other notes; each the most frequent first."""

    type_names: tuple[Seen, ...]
    """Fields that hold the types."""
    types: tuple[Seen, ...]
    tags: tuple[Seen, ...]
    folders: tuple[Seen, ...]
    """Only those whose leads no type and no tag tells."""


def find_lead_signs(notes: Sequence[Note]) -> LeadSigns:
    """The signs by which some of the notes seem to be leads."""
    typed = [
        (entry.key, text)
        for note in notes
        for name in dict.fromkeys(map(plain_name, note.properties or {}))
        if name in TYPE_NAMES and (entry := find_field(note, (name,)))
        for text in dict.fromkeys(field_texts(entry))
        if is_lead_word(text)
    ]
    told = LeadSigns(
        type_names=count_spellings(key for key, _ in typed),
        types=count_spellings(text for _, text in typed),
        tags=count_spellings(tag for note in notes for tag in _lead_tags(note)),
        folders=(),
    )
    settings = with_lead_signs(Settings(), told)
    rest = [note for note in notes if not looks_like_lead(note, settings)]
    return replace(told, folders=_lead_folders(rest, notes))


def with_lead_signs(settings: Settings, signs: LeadSigns) -> Settings:
    """The settings with the signs in them, beside what counts as a lead by default."""
    types = dict.fromkeys((*(fold(seen.name) for seen in signs.types), *LeadSettings().types))
    names = dict.fromkeys((*(seen.name for seen in signs.type_names), *FieldNames().type))
    known = set(LeadSettings().types)
    return replace(
        settings,
        leads=replace(
            settings.leads,
            types=LeadSettings().types if known.issuperset(types) else tuple(types),
            tags=tuple(fold(seen.name) for seen in signs.tags),
            folders=tuple(seen.name for seen in signs.folders),
        ),
        fields=replace(settings.fields, type=_distinct(names)),
    )


def count_spellings(texts: Iterable[str]) -> tuple[Seen, ...]:
    """How often each text occurs without regard to case, most frequent first, then by name."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        spellings[fold(text)][text] += 1
    seen = (
        Seen(name=min(found, key=lambda text: (-found[text], text)), count=found.total())
        for found in spellings.values()
    )
    return tuple(sorted(seen, key=lambda each: (-each.count, each.name)))


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple({plain_name(name): name for name in reversed(tuple(names))}.values())[::-1]


def _lead_tags(note: Note) -> Iterable[str]:
    """Of each tag the part up to the word that says lead: `#sales/deal/hot` is `sales/deal`."""
    found = []
    for tag in note.tags:
        parts = tag.removeprefix("#").split("/")
        end = next((index for index, part in enumerate(parts, 1) if is_lead_word(part)), 0)
        found += ["/".join(parts[:end])] if end else []
    return dict.fromkeys(found)


def _lead_folders(rest: Iterable[Note], notes: Sequence[Note]) -> tuple[Seen, ...]:
    """Folders named after leads, or after sales where most notes below have a stage."""
    folders = sorted({str(parent) for note in rest for parent in note.path.parents[:-1]}, key=len)
    chosen: list[Seen] = []
    for folder in folders:
        name = folder.rpartition("/")[2]
        below = [note for note in notes if is_below(note.path, folder)]
        is_inside = any(folder.startswith(f"{seen.name}/") for seen in chosen)
        if not is_inside and (is_lead_word(name) or _is_sales_folder(name, below)):
            chosen.append(Seen(name=folder, count=len(below)))
    return tuple(sorted(chosen, key=lambda seen: (-seen.count, seen.name)))


def _is_sales_folder(name: str, below: Sequence[Note]) -> bool:
    with_stage = sum(find_field(note, FIELD_SYNONYMS["stage"][:1]) is not None for note in below)
    return plain_name(name) in PIPELINE_WORDS and 2 * with_stage > len(below)
