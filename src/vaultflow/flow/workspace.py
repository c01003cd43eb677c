"""A vault as read on one day: files -> notes -> vault -> leads -> pipeline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaultflow.disk.config.load import load_settings
from vaultflow.disk.holidays import load_holidays
from vaultflow.disk.notes import load_notes
from vaultflow.disk.obsidian import load_obsidian
from vaultflow.disk.scan import scan_vault
from vaultflow.disk.templates import Templates
from vaultflow.pages.page import Context
from vaultflow.pipeline.pipeline import build_pipeline
from vaultflow.plugins.registry import load_plugins
from vaultflow.plugins.rules import judge
from vaultflow.vault.vault import build_vault

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path, PurePosixPath

    from vaultflow.disk.config.load import LoadedSettings
    from vaultflow.errors import Finding
    from vaultflow.plugins.registry import Registry
    from vaultflow.vault.obsidian.settings import ObsidianSettings
    from vaultflow.vault.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """A vault as read on one day, with all that is needed to plan its pages."""

    root: Path
    loaded: LoadedSettings
    obsidian: ObsidianSettings
    registry: Registry
    templates: Templates
    context: Context
    findings: tuple[Finding, ...]
    """Of files, settings, notes, links, leads, rules and plugins, by path and line."""


def load(
    root: Path,
    *,
    today: date,
    loaded: LoadedSettings | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Workspace:
    """The vault as it is now, read as of `today`.

    Args:
        root: the vault's folder.
        today: the day that counts as today.
        loaded: its settings, when they have been read already.
        progress: is told how many notes are read, and of how many.

    Raises:
        VaultError: when the folder cannot be read.
        ConfigError: when `vaultflow.toml` cannot be used.
    """
    loaded = loaded or load_settings(root)
    vault, about_files = read_vault(root, loaded.settings.vault.ignore, progress)
    return build_workspace(root, vault, about_files, today=today, loaded=loaded)


def build_workspace(
    root: Path,
    vault: Vault,
    about_files: Sequence[Finding],
    *,
    today: date,
    loaded: LoadedSettings,
) -> Workspace:
    """What `load` gives, of notes that have been read already.

    Args:
        root: the vault's folder.
        vault: its notes and links.
        about_files: what is wrong with its files.
        today: the day that counts as today.
        loaded: its settings.

    Raises:
        ConfigError: when the settings name holidays that are not known.
    """
    settings = loaded.settings
    obsidian, about_obsidian = load_obsidian(root)
    years = range(today.year - 1, today.year + 2)
    holidays = load_holidays(settings.review.holidays, years)
    pipeline = build_pipeline(vault, settings, today, obsidian, holidays)
    registry = load_plugins(settings.plugins.enabled)
    context = Context(today=today, settings=settings, vault=vault, pipeline=pipeline)
    of_leads = (*pipeline.findings, *judge(registry, context))
    found = (*about_obsidian, *about_files, *vault.findings, *of_leads, *registry.findings)
    return Workspace(
        root=root,
        loaded=loaded,
        obsidian=obsidian,
        registry=registry,
        templates=Templates.of_vault(root, settings.vault.templates, registry),
        context=context,
        findings=tuple(sorted(found, key=place_of)),
    )


def place_of(finding: Finding) -> tuple[PurePosixPath, int]:
    """Where a finding is: path and line."""
    return finding.path, finding.line


def read_vault(
    root: Path, ignore: Sequence[str], progress: Callable[[int, int], None] | None = None
) -> tuple[Vault, tuple[Finding, ...]]:
    """The notes and links of a folder, and what is wrong with its files.

    Raises:
        VaultError: when the folder cannot be read.
    """
    listing = scan_vault(root, ignore)
    notes = load_notes(root, listing.notes, progress)
    return build_vault(notes, [entry.path for entry in listing.others]), listing.findings
