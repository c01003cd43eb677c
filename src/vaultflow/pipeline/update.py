"""A pipeline brought up to date when a few notes have changed, without reading the others.

What a lead says follows from its own note, from the dated notes that tell of it, and from where
their links lead. So a changed note concerns itself, if it is a lead, and the leads of which it
tells now or told before; the pipeline remembers which those are.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from vaultflow.pipeline.build import read_standing
from vaultflow.pipeline.opened_later import lead_findings, lead_paths, with_fresh_leads
from vaultflow.pipeline.pipeline import all_findings
from vaultflow.pipeline.reading.namesakes import NAMESAKE, namesake_findings
from vaultflow.pipeline.reading.surroundings import (
    Surroundings,
    contacts_by_lead,
    read_mentions,
    tell_apart,
)
from vaultflow.pipeline.workdays import work_calendar
from vaultflow.vault.knowing import linking_notes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import PurePosixPath

    from vaultflow.errors import Finding
    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.pipeline.standing import Standing
    from vaultflow.vault.note import Note
    from vaultflow.vault.obsidian.settings import ObsidianSettings
    from vaultflow.vault.vault import Vault


Mentions: TypeAlias = "dict[PurePosixPath, tuple[PurePosixPath, ...]]"


class _Change(Struct, frozen=True, kw_only=True):
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

    When a note has become a lead, the notes that link to it are looked for.

    Args:
        before: built with the same settings, holidays and Obsidian settings on the same day.
        vault: the vault now.
        changed: all notes that may say something else than before, have come or gone, or link
            to a file that has.
        obsidian: the settings of Obsidian.
        holidays: days off.
    """
    change = _change(before, vault, frozenset(changed), obsidian)
    around = _surroundings(before, vault, obsidian, change)
    calendar = work_calendar(before.settings.review, holidays)
    fresh = {path: read_standing(path, around, calendar) for path in change.concerned}
    standings = _in_order(before.standings, fresh, change)
    in_leads = lead_findings(standings)
    findings = all_findings(before.settings, in_leads, _namesakes(before, change))
    return replace(before, standings=standings, findings=findings, mentions=change.mentions)


def _in_order(
    before: Sequence[Standing],
    fresh: Mapping[PurePosixPath, Standing],
    change: _Change,
) -> Sequence[Standing]:
    """One for each lead, by path: the fresh one, else that of before."""
    if change.is_same:  # mostly so
        return with_fresh_leads(before, fresh)
    known = {standing.lead.path: standing for standing in before}
    has_new = not fresh.keys() <= known.keys()
    leads = change.leads
    order = sorted(leads, key=str) if has_new else [path for path in known if path in leads]
    return tuple(fresh.get(path) or known[path] for path in order)


def _change(
    before: Pipeline, vault: Vault, changed: frozenset[PurePosixPath], obsidian: ObsidianSettings
) -> _Change:
    """What follows from the changed notes."""
    known = frozenset(lead_paths(before.standings))
    leads, datings = tell_apart(_present(vault, changed), before.settings, obsidian)
    if new := leads - known:
        changed |= frozenset(linking_notes(vault.notes, new))
        leads, datings = tell_apart(_present(vault, changed), before.settings, obsidian)
    staying = (known - changed) | leads
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


def _present(vault: Vault, paths: Iterable[PurePosixPath]) -> Iterator[tuple[PurePosixPath, Note]]:
    """Those of the paths where a note is, with the note."""
    return ((path, note) for path in paths if (note := vault.notes.get(path)))


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
