"""What a lead is read against: the vault around it, the settings, the stages and the day."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.reading.contacts import read_contacts
from vaultflow.pipeline.reading.dating import date_note
from vaultflow.pipeline.reading.selection import is_lead, is_set_apart
from vaultflow.pipeline.stages import stages_in_force
from vaultflow.vault.links.index import resolve

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date
    from pathlib import PurePosixPath

    from vaultflow.pipeline.reading.contacts import Contact
    from vaultflow.pipeline.reading.dating import Dating
    from vaultflow.pipeline.settings import Settings, Stage
    from vaultflow.vault.links.index import LinkIndex
    from vaultflow.vault.note import Link, Note
    from vaultflow.vault.obsidian.settings import ObsidianSettings
    from vaultflow.vault.vault import Vault


class Surroundings(Struct, frozen=True, kw_only=True):
    """All that the notes of a vault are read against on one day. Made by `survey`."""

    today: date
    vault: Vault
    settings: Settings
    obsidian: ObsidianSettings
    stages: tuple[Stage, ...]
    lead_paths: frozenset[PurePosixPath]
    contacts: Mapping[PurePosixPath, tuple[Contact, ...]]
    """What dated notes tell of each lead, by its path; in the order of these notes."""
    mentions: Mapping[PurePosixPath, tuple[PurePosixPath, ...]]
    """The leads of which a dated note tells, by that note's path."""


def survey(
    vault: Vault, settings: Settings, obsidian: ObsidianSettings, today: date
) -> Surroundings:
    """The surroundings of a vault's leads: which notes are leads, and what others tell of them.

    The vault may unpack a note whenever it is asked for: none is held for longer than it is
    looked at, and only the dated ones are asked for twice.
    """
    leads, datings = tell_apart(vault.notes.items(), settings, obsidian)
    told = read_mentions(vault, datings, leads, today)
    return Surroundings(
        today=today,
        vault=vault,
        settings=settings,
        obsidian=obsidian,
        stages=stages_in_force(settings),
        lead_paths=leads,
        contacts=contacts_by_lead(told),
        mentions={source: tuple(contacts) for source, contacts in told.items()},
    )


def tell_apart(
    notes: Iterable[tuple[PurePosixPath, Note]], settings: Settings, obsidian: ObsidianSettings
) -> tuple[frozenset[PurePosixPath], Mapping[PurePosixPath, Dating]]:
    """Which notes are leads, and which are dated and may tell of one: no page, template or copy."""
    leads: set[PurePosixPath] = set()
    datings: dict[PurePosixPath, Dating] = {}
    for path, note in notes:
        if is_lead(note, settings, obsidian):
            leads.add(path)
        elif (dating := date_note(note, settings, obsidian)) is not None and not is_set_apart(
            note, settings, obsidian
        ):
            datings[path] = dating
    return frozenset(leads), datings


def read_mentions(
    vault: Vault,
    datings: Mapping[PurePosixPath, Dating],
    leads: Collection[PurePosixPath],
    today: date,
) -> Mapping[PurePosixPath, Mapping[PurePosixPath, Contact]]:
    """What dated notes tell, by their path and then by the lead's; those that tell something."""
    told: dict[PurePosixPath, Mapping[PurePosixPath, Contact]] = {}
    for source, dating in datings.items():
        note = vault.notes[source]
        links = _links_to(leads, note, vault.index)
        if contacts := read_contacts(note, dating, links, today):
            told[source] = contacts
    return told


def contacts_by_lead(
    told: Mapping[PurePosixPath, Mapping[PurePosixPath, Contact]],
) -> Mapping[PurePosixPath, tuple[Contact, ...]]:
    """What `read_mentions` gives, by lead; the notes that tell it stay in their order."""
    by_lead: dict[PurePosixPath, list[Contact]] = defaultdict(list)
    for contacts in told.values():
        for lead, contact in contacts.items():
            by_lead[lead].append(contact)
    return {lead: tuple(contacts) for lead, contacts in by_lead.items()}


def _links_to(
    leads: Collection[PurePosixPath], note: Note, index: LinkIndex
) -> list[tuple[Link, PurePosixPath]]:
    """The note's links that lead to leads, by line."""
    found = [
        (link, lead)
        for link in (*note.frontmatter_links, *note.links)
        if (lead := resolve(index, note.path, link.target).path) in leads and lead
    ]
    return sorted(found, key=lambda pair: pair[0].line)
