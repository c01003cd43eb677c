"""A pipeline brought up to date when a few notes have changed, without reading the others.

What a lead says follows from its own note, from the dated notes that tell of it, and from where
their links lead. So a changed note concerns itself, if it is a lead, and the leads of which it
tells now or told before; the pipeline remembers which those are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from vaultflow.pipeline.pipeline import all_findings, build_pipeline, read_standing
from vaultflow.pipeline.reading.namesakes import NAMESAKE, namesake_findings
from vaultflow.pipeline.reading.surroundings import (
    Surroundings,
    contacts_by_lead,
    read_mentions,
    tell_apart,
)
from vaultflow.pipeline.workdays import work_calendar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date
    from pathlib import PurePosixPath

    from vaultflow.errors import Finding
    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.vault.obsidian.settings import ObsidianSettings
    from vaultflow.vault.vault import Vault


Mentions: TypeAlias = "dict[PurePosixPath, tuple[PurePosixPath, ...]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """What changed notes mean for the leads."""

    leads: frozenset[PurePosixPath]
    """All that are there now."""
    is_same: bool
    """These are the leads of before."""
    concerned: frozenset[PurePosixPath]
    """Those that have to be read again."""
    mentions: Mentions


def update_pipeline(
    before: Pipeline,
    vault: Vault,
    changed: Collection[PurePosixPath],
    obsidian: ObsidianSettings,
    holidays: frozenset[date] = frozenset(),
) -> Pipeline:
    """The pipeline of the vault, as `build_pipeline` gives it, from the one before a change.

    When a note has become a lead, everything is read: which notes link to it nobody remembers.

    Args:
        before: built with the same settings, holidays and Obsidian settings on the same day,
            from a vault with the same files.
        vault: the vault now.
        changed: all notes that may say something else than before.
        obsidian: the settings of Obsidian.
        holidays: days off.
    """
    change = _change(before, vault, frozenset(changed), obsidian)
    if change is None:
        return build_pipeline(vault, before.settings, before.today, obsidian, holidays)
    around = _surroundings(before, vault, obsidian, change)
    calendar = work_calendar(before.settings.review, holidays)
    fresh = {path: read_standing(path, around, calendar) for path in change.concerned}
    standings = tuple(
        fresh.get(standing.lead.path, standing)
        for standing in before.standings
        if standing.lead.path in change.leads
    )
    findings = all_findings(before.settings, standings, _namesakes(before, change))
    return replace(before, standings=standings, findings=findings, mentions=change.mentions)


def _change(
    before: Pipeline, vault: Vault, changed: frozenset[PurePosixPath], obsidian: ObsidianSettings
) -> _Change | None:
    """What follows from the changed notes; None when one of them has become a lead."""
    known = frozenset(standing.lead.path for standing in before.standings)
    present = ((path, note) for path in changed if (note := vault.notes.get(path)))
    leads, datings = tell_apart(present, before.settings, obsidian)
    if not leads <= known:
        return None
    staying = known - (changed - leads)
    told = read_mentions(vault, datings, staying, before.today)
    kept = {path: leads for path, leads in before.mentions.items() if path not in changed}
    if staying != known:
        kept = _only_of(staying, kept)
    concerned = leads.union(*(before.mentions.get(path, ()) for path in changed), *told.values())
    return _Change(
        leads=staying,
        is_same=staying == known,
        concerned=concerned & staying,
        mentions=kept | {source: tuple(contacts) for source, contacts in told.items()},
    )


def _only_of(leads: frozenset[PurePosixPath], mentions: Mentions) -> Mentions:
    cut = ((path, tuple(filter(leads.__contains__, told))) for path, told in mentions.items())
    return {path: told for path, told in cut if told}


def _surroundings(
    before: Pipeline, vault: Vault, obsidian: ObsidianSettings, change: _Change
) -> Surroundings:
    """What the leads concerned are read against: of dated notes, those that tell of them."""
    sources = sorted(
        (path for path, told in change.mentions.items() if not change.concerned.isdisjoint(told)),
        key=str,
    )
    notes = ((path, vault.notes[path]) for path in sources)
    _, datings = tell_apart(notes, before.settings, obsidian)
    told = read_mentions(vault, datings, change.concerned, before.today)
    return Surroundings(
        today=before.today,
        vault=vault,
        settings=before.settings,
        obsidian=obsidian,
        stages=before.stages,
        lead_paths=change.leads,
        contacts=contacts_by_lead(told),
        mentions=change.mentions,
    )


def _namesakes(before: Pipeline, change: _Change) -> Iterable[Finding]:
    if change.is_same:
        return (finding for finding in before.findings if finding.code == NAMESAKE)
    return namesake_findings(change.leads)
