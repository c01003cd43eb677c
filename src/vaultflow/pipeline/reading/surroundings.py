"""What a lead is read against: the vault around it, the settings, the stages and the day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaultflow.pipeline.reading.dating import date_note
from vaultflow.pipeline.reading.selection import is_lead, is_set_apart
from vaultflow.pipeline.stages import stages_in_force

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import PurePosixPath

    from vaultflow.pipeline.reading.dating import Dating
    from vaultflow.pipeline.settings import Settings, Stage
    from vaultflow.vault.obsidian.settings import ObsidianSettings
    from vaultflow.vault.vault import ResolvedLink, Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """All that the notes of a vault are read against on one day. Made by `survey`."""

    today: date
    vault: Vault
    settings: Settings
    obsidian: ObsidianSettings
    stages: tuple[Stage, ...]
    lead_paths: frozenset[PurePosixPath]
    leads_links: Mapping[PurePosixPath, tuple[ResolvedLink, ...]]
    """The links that stand in each lead, by its path."""
    datings: Mapping[PurePosixPath, Dating]
    """The dated notes that link to leads and may tell of a contact: no leads, pages, templates."""


def survey(
    vault: Vault, settings: Settings, obsidian: ObsidianSettings, today: date
) -> Surroundings:
    """The surroundings of a vault's leads: which notes are leads, and what they link to."""
    notes = vault.notes
    paths = frozenset(path for path in notes if is_lead(notes[path], settings, obsidian))
    links: dict[PurePosixPath, list[ResolvedLink]] = defaultdict(list)
    sources: set[PurePosixPath] = set()
    for link in vault.links:
        if link.source in paths:
            links[link.source].append(link)
        elif link.resolved in paths:
            sources.add(link.source)
    datings = (
        (path, date_note(notes[path], settings, obsidian))
        for path in sorted(sources)
        if not is_set_apart(notes[path], settings, obsidian)
    )
    return Surroundings(
        today=today,
        vault=vault,
        settings=settings,
        obsidian=obsidian,
        stages=stages_in_force(settings),
        lead_paths=paths,
        leads_links={path: tuple(found) for path, found in links.items()},
        datings={path: dating for path, dating in datings if dating},
    )
