"""The pipeline from the notes of a vault: every lead is read, and where it stands is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.pipeline.opened_later import lead_findings
from vaultflow.pipeline.pipeline import Pipeline, all_findings
from vaultflow.pipeline.reading.leads import read_lead
from vaultflow.pipeline.reading.namesakes import namesake_findings
from vaultflow.pipeline.reading.surroundings import survey
from vaultflow.pipeline.standing import build_standing
from vaultflow.pipeline.workdays import work_calendar

if TYPE_CHECKING:
    from datetime import date
    from pathlib import PurePosixPath

    from vaultflow.pipeline.reading.surroundings import Surroundings
    from vaultflow.pipeline.settings import Settings
    from vaultflow.pipeline.standing import Standing
    from vaultflow.pipeline.workdays import WorkCalendar
    from vaultflow.vault.obsidian.settings import ObsidianSettings
    from vaultflow.vault.vault import Vault


def build_pipeline(
    vault: Vault,
    settings: Settings,
    today: date,
    obsidian: ObsidianSettings,
    holidays: frozenset[date] = frozenset(),
) -> Pipeline:
    """All leads of the vault with where they stand on the day, and what is wrong with them."""
    around = survey(vault, settings, obsidian, today)
    calendar = work_calendar(settings.review, holidays)
    leads = (path for path in vault.notes if path in around.lead_paths)
    standings = tuple(read_standing(path, around, calendar) for path in leads)
    return Pipeline(
        today=today,
        settings=settings,
        stages=around.stages,
        calendar=calendar,
        standings=standings,
        findings=all_findings(
            settings, lead_findings(standings), namesake_findings(around.lead_paths)
        ),
        mentions=around.mentions,
    )


def read_standing(path: PurePosixPath, around: Surroundings, calendar: WorkCalendar) -> Standing:
    """Where the lead at the path stands today."""
    lead = read_lead(around.vault.notes[path], around)
    return build_standing(lead, around.today, around.settings.pipeline, calendar)
