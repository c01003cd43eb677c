"""Notes, leads and pipelines for tests, from the text of notes alone."""

from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath
from textwrap import dedent
from typing import TYPE_CHECKING

from vaultflow.pipeline.build import build_pipeline
from vaultflow.pipeline.reading.leads import read_lead
from vaultflow.pipeline.reading.surroundings import survey
from vaultflow.pipeline.settings import Settings
from vaultflow.vault.obsidian.settings import ObsidianSettings
from vaultflow.vault.reader import read_note
from vaultflow.vault.vault import build_vault

if TYPE_CHECKING:
    from vaultflow.errors import Finding
    from vaultflow.pipeline.lead import Lead
    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.pipeline.standing import Standing
    from vaultflow.vault.note import Note
    from vaultflow.vault.vault import Vault

TODAY = date(2026, 11, 22)
"""A Sunday."""
SETTINGS = Settings()
OBSIDIAN = ObsidianSettings()


def note(text: str, path: str = "Deals/Acme.md") -> Note:
    """A note from its text, which may be indented like the code around it."""
    return read_note(PurePosixPath(path), dedent(text).lstrip("\n").encode())


def vault_of(*notes: Note) -> Vault:
    return build_vault(notes, ())


def lead_of(text: str, *others: Note, settings: Settings = SETTINGS, today: date = TODAY) -> Lead:
    """The note read as a lead, with other notes around it."""
    own = note(text)
    around = survey(vault_of(own, *others), settings, OBSIDIAN, today)
    return read_lead(own, around)


def pipeline_of(*notes: Note, settings: Settings = SETTINGS, today: date = TODAY) -> Pipeline:
    return build_pipeline(vault_of(*notes), settings, today, OBSIDIAN)


def standing_of(
    text: str, *others: Note, settings: Settings = SETTINGS, today: date = TODAY
) -> Standing:
    """Where the lead of a note stands; it has to say that it is one, by `type: lead`."""
    own = note(text)
    standings = pipeline_of(own, *others, settings=settings, today=today).standings
    return next(each for each in standings if each.lead.path == own.path)


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]
