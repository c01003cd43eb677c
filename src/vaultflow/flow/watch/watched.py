"""What the watcher knows of a vault between two rounds, and what a look at it adds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from vaultflow.disk.config.load import load_settings
from vaultflow.disk.listing import unread_folders
from vaultflow.disk.obsidian import load_obsidian
from vaultflow.disk.template_files import template_stamps
from vaultflow.disk.watching.live import (
    LiveNotes,
    LiveVault,
    look_at,
    look_at_all,
    touches_folder,
)
from vaultflow.flow.circumstances import load_circumstances
from vaultflow.flow.workspace import build_workspace, changed_workspace
from vaultflow.vault.knowing import linking_notes
from vaultflow.vault.vault import Vault

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path, PurePosixPath

    from vaultflow.disk.config.load import LoadedSettings
    from vaultflow.disk.template_files import Stamps
    from vaultflow.disk.watching.live import Look
    from vaultflow.flow.workspace import Workspace
    from vaultflow.vault.obsidian.settings import ObsidianSettings

MANY_PATHS = 100  # from here on, looking at all files costs less than looking for each


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What pages depend on besides the notes."""

    loaded: LoadedSettings
    obsidian: ObsidianSettings
    templates: Stamps


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What is known of a vault between two rounds."""

    live: LiveVault = field(default_factory=LiveVault)
    surroundings: Surroundings | None = None
    """None before the first look."""
    workspace: Workspace | None = None
    """The vault as it was when pages were last planned."""
    pending: frozenset[PurePosixPath] = frozenset()
    """The files that have changed since then."""
    moved: frozenset[PurePosixPath] = frozenset()
    """Those of them that are new or gone."""
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
    verify: bool = False
    """When all files are looked at: compare their bytes, whatever their times say."""


def load_surroundings(root: Path) -> Surroundings:
    """What pages depend on besides the notes, as it is now.

    Raises:
        ConfigError: `vaultflow.toml` cannot be used.
    """
    loaded = load_settings(root)
    return Surroundings(
        loaded=loaded,
        obsidian=load_obsidian(root)[0],
        templates=template_stamps(root, loaded.settings.vault.templates),
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
        return look_at_all(root, watched.live, ignore, cause.at_s, verify=cause.verify), True
    return look_at(root, watched.live, ignore, cause.at_s, cause.paths), False


def having_seen(watched: Watched, look: Look) -> Watched:
    """What is known after the look."""
    return replace(
        watched,
        live=look.live,
        pending=watched.pending | set(look.changed),
        moved=watched.moved | set(look.moved),
    )


def workspace_of(watched: Watched, root: Path, today: date) -> tuple[Watched, Workspace]:
    """The workspace that `flow.load` would give now, and what is known then.

    Only what the changed files concern is worked out anew, as far as that is possible.

    Raises:
        ConfigError: the settings cannot be used.
    """
    loaded = watched.surroundings.loaded if watched.surroundings else load_settings(root)
    around = load_circumstances(root, loaded.settings, today)
    before, live = watched.workspace, watched.live
    about_files = tuple(live.findings.values())
    notes, unread = LiveNotes(live.notes), unread_folders(about_files)
    if before and not watched.moved:
        vault = replace(before.context.vault.with_notes(notes), unread_folders=unread)
    else:
        vault = Vault(notes=notes, files=tuple(sorted(live.others)), unread_folders=unread)
    is_same = before is not None and before.circumstances == around
    if before and is_same:
        concerned = {*watched.pending, *linking_notes(notes, watched.moved)}
        workspace = changed_workspace(before, vault, concerned, about_files)
    else:
        memory = before.memory if before else None
        workspace = build_workspace(root, vault, about_files, around, loaded=loaded, memory=memory)
    if watched.surroundings:
        workspace.know_templates(watched.surroundings.templates, before if is_same else None)
    watched = replace(watched, workspace=workspace, pending=frozenset(), moved=frozenset())
    return watched, workspace
