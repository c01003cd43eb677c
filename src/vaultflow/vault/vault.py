"""The vault: all notes by path, and what links to what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import PurePosixPath

    from vaultflow.errors import Finding
    from vaultflow.vault.note import Link, Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Where a link's target leads."""

    path: PurePosixPath | None
    """Of the file in the vault; None when nothing answers to the target."""
    ambiguous: bool = False
    """Several files answer equally well; `path` is chosen by a stable rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedLink:
    """A link and the file that it leads to."""

    source: PurePosixPath
    link: Link
    resolved: PurePosixPath | None
    ambiguous: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Vault:
    """All notes of a vault and its links. Made by `build_vault`."""

    notes: Mapping[PurePosixPath, Note]
    """In path order, spelled as on disk."""
    links: tuple[ResolvedLink, ...]
    """Every link, embed and front-matter link, by source and line."""
    backlinks: Mapping[PurePosixPath, tuple[ResolvedLink, ...]]
    """By the file that they lead to; links of a note to itself are left out."""
    findings: tuple[Finding, ...]
    """Of the notes, and what only shows between them: unresolved and ambiguous links, copies."""
