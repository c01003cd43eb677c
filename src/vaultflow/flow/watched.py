"""What the watcher knows of a vault between two rounds, and what a look at it adds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vaultflow.disk.config.load import load_settings
from vaultflow.disk.obsidian import load_obsidian
from vaultflow.disk.watching.live import LiveVault, look_at, look_at_all, touches_folder
from vaultflow.flow.workspace import build_workspace
from vaultflow.vault.vault import build_vault

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path, PurePosixPath

    from vaultflow.disk.config.load import LoadedSettings
    from vaultflow.disk.watching.live import Look
    from vaultflow.flow.workspace import Workspace
    from vaultflow.vault.obsidian.settings import ObsidianSettings

MANY_PATHS = 100  # from here on, looking at all files costs less than looking for each


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What pages depend on besides the notes."""

    loaded: LoadedSettings
    obsidian: ObsidianSettings
    templates: tuple[tuple[str, int, int], ...]
    """Of the vault's own templates: name, time in nanoseconds, and size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What is known of a vault between two rounds."""

    live: LiveVault = field(default_factory=LiveVault)
    surroundings: Surroundings | None = None
    """None before the first look."""
    today: date | None = None
    """The day as of which pages were last made."""
    leads: int = 0
    """How many there were when pages were last made."""
    pages: frozenset[PurePosixPath] = frozenset()
    """The pages that have been seen: one that is gone was deleted by the user."""
    held_since_s: float | None = None
    """Since when nothing is written, because leads have vanished."""
    failures: int = 0
    """How many rounds in a row could not write all that they had planned."""

    @property
    def is_unfinished(self) -> bool:
        """Whether a round is needed even if nothing changes."""
        return bool(self.failures) or self.held_since_s is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why there is a round."""

    now: datetime
    """With its time zone; which day that is, the vault's own zone tells."""
    at_s: float
    """By a clock that never goes back, in seconds."""
    paths: frozenset[PurePosixPath] | None = None
    """What has changed; None: look at all files."""
    day_turns: bool = False
    """The day's pages are wanted even if nothing has changed."""


def load_surroundings(root: Path) -> Surroundings:
    """What pages depend on besides the notes, as it is now.

    Raises:
        ConfigError: `vaultflow.toml` cannot be used.
    """
    loaded = load_settings(root)
    templates = sorted((root / loaded.settings.vault.templates).glob("*.md"))
    stamps = ((file.name, file.lstat()) for file in templates)
    return Surroundings(
        loaded=loaded,
        obsidian=load_obsidian(root)[0],
        templates=tuple((name, status.st_mtime_ns, status.st_size) for name, status in stamps),
    )


def look_for(
    watched: Watched, root: Path, cause: Cause, surroundings: Surroundings
) -> tuple[Look, bool]:
    """What has changed, and whether all files were looked at for it.

    Raises:
        VaultError: the vault's folder cannot be read.
    """
    ignore = surroundings.loaded.settings.vault.ignore
    known = watched.surroundings
    is_same_choice = known is not None and known.loaded.settings.vault.ignore == ignore
    if (
        cause.paths is None
        or not is_same_choice
        or len(cause.paths) > MANY_PATHS
        or touches_folder(root, watched.live, cause.paths)
    ):
        return look_at_all(root, watched.live, ignore, cause.at_s), True
    return look_at(root, watched.live, ignore, cause.at_s, cause.paths), False


def workspace_of(root: Path, live: LiveVault, loaded: LoadedSettings, today: date) -> Workspace:
    """The workspace that `flow.load` would give now.

    Raises:
        ConfigError: the settings name holidays that are not known.
    """
    vault = build_vault((seen.note for seen in live.notes.values()), sorted(live.others))
    about_files = tuple(live.findings.values())
    return build_workspace(root, vault, about_files, today=today, loaded=loaded)
