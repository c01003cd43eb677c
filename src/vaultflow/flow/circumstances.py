"""What the leads of a vault are judged by besides its notes: settings, day, and holidays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from vaultflow.disk.cache.database import code_digest, digest
from vaultflow.disk.holidays import load_holidays
from vaultflow.disk.obsidian import load_obsidian
from vaultflow.vault.plain import record_digest

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from vaultflow.errors import Finding
    from vaultflow.pipeline.settings import Settings
    from vaultflow.vault.obsidian.settings import ObsidianSettings


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """All that decides, together with the notes, where each lead stands on a day.

    Without slots: the digest is made when it is asked for.
    """

    today: date
    settings: Settings
    obsidian: ObsidianSettings
    holidays: frozenset[date]
    findings: tuple[Finding, ...] = ()
    """About Obsidian's settings."""

    @cached_property
    def digest(self) -> bytes:
        """Changes with any of them, and with VaultFlow's own code."""
        days = (self.today, *sorted(self.holidays))
        return digest(
            code_digest(),
            record_digest(self.settings),
            record_digest(self.obsidian),
            *(day.isoformat().encode() for day in days),
        )


def load_circumstances(root: Path, settings: Settings, today: date) -> Circumstances:
    """The circumstances of a vault on a day.

    Raises:
        ConfigError: when the settings name holidays that are not known.
    """
    obsidian, findings = load_obsidian(root)
    years = range(today.year - 1, today.year + 2)
    return Circumstances(
        today=today,
        settings=settings,
        obsidian=obsidian,
        holidays=load_holidays(settings.review.holidays, years),
        findings=findings,
    )
