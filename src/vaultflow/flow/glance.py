"""A glance at a vault before anything of it is read: has anything changed since the last time?

When no file, no setting and no template has, a command that found nothing to do the last time finds
nothing to do now. Then it can say at once what it said then; most runs of a day are of this kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaultflow.disk.cache.database import digest
from vaultflow.disk.cache.notes import NoteCache
from vaultflow.disk.config.load import load_settings
from vaultflow.disk.scan import scan_vault
from vaultflow.disk.template_files import template_stamps
from vaultflow.flow.circumstances import load_circumstances

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from vaultflow.disk.config.load import LoadedSettings
    from vaultflow.disk.outside import Outside
    from vaultflow.disk.scan import Listing
    from vaultflow.flow.circumstances import Circumstances


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """A vault before its notes are read."""

    root: Path
    loaded: LoadedSettings
    circumstances: Circumstances
    listing: Listing
    cache: NoteCache | None
    """None when nothing is to be taken from it, or when there is none."""
    outside: Outside | None
    """What the listing was made from; None when the folders were listed for it."""


def glance(
    root: Path,
    *,
    today: date,
    loaded: LoadedSettings | None = None,
    cached: bool = True,
    outside: Outside | None = None,
) -> Glance:
    """The vault before its notes are read.

    Args:
        root: the vault's folder.
        today: the day that counts as today.
        loaded: its settings, when they have been read already.
        cached: whether the cache may be used.
        outside: the vault from outside, when somebody has looked a moment ago.

    Raises:
        VaultError: when the folder cannot be read.
        ConfigError: when `vaultflow.toml` cannot be used.
    """
    loaded = loaded or load_settings(root)
    return Glance(
        root=root,
        loaded=loaded,
        circumstances=load_circumstances(root, loaded.settings, today),
        listing=scan_vault(root, loaded.settings.vault.ignore, outside),
        cache=NoteCache.open(root) if cached else None,
        outside=outside,
    )


def result_before(seen: Glance, command: str) -> bytes | None:
    """What the command came to when all was just as it is now; None when it has to look closer."""
    return seen.cache.kept(command, key_of(seen)) if seen.cache and is_known(seen) else None


def keep_result(seen: Glance, command: str, result: bytes) -> None:
    """Keeps what a command came to that changed nothing, for when all is still the same."""
    if seen.cache and is_known(seen):
        seen.cache.keep(command, key_of(seen), result)


def is_known(seen: Glance) -> bool:
    """Whether the cache has been made from these very files, and doubts none of them.

    With plugins, nothing is known: what they look at besides is their own affair.
    """
    return (
        seen.cache is not None
        and not seen.loaded.settings.plugins.enabled
        and seen.cache.state().fingerprint == seen.listing.fingerprint()
        and not seen.cache.known(only_again=True)
    )


def key_of(seen: Glance) -> bytes:
    """Of all that a command depends on."""
    templates = template_stamps(seen.root, seen.loaded.settings.vault.templates)
    beside = repr((templates, seen.loaded.findings)).encode()
    return digest(seen.circumstances.digest, seen.listing.fingerprint(), beside)
