"""A vault as read on one day: files -> notes -> vault -> leads -> pipeline."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import chain
from typing import TYPE_CHECKING

from vaultflow.disk.cache.database import digest
from vaultflow.disk.cache.look import look
from vaultflow.disk.listing import unread_folders
from vaultflow.disk.template_files import are_settled, template_stamps
from vaultflow.flow.glance import glance
from vaultflow.flow.known.memory import (
    ShortMemory,
    built_pipeline,
    recall_pipeline,
    updated_pipeline,
)
from vaultflow.pages.page import Context, looks_back
from vaultflow.vault.knowing import note_texts, unreadable_notes
from vaultflow.vault.vault import Vault, build_vault

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import date
    from pathlib import Path, PurePosixPath

    from vaultflow.disk.config.load import LoadedSettings
    from vaultflow.disk.sandbox.passages import Passages
    from vaultflow.disk.scan import Listing
    from vaultflow.disk.template_files import Stamps
    from vaultflow.disk.templates import Templates
    from vaultflow.errors import Finding
    from vaultflow.flow.circumstances import Circumstances
    from vaultflow.flow.glance import Glance
    from vaultflow.flow.known.memory import Memory
    from vaultflow.pages.page import Sees
    from vaultflow.pipeline.history.courses import Courses
    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.plugins.registry import Registry
    from vaultflow.vault.note import Note
    from vaultflow.vault.obsidian.settings import ObsidianSettings


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """A vault as read on one day, with all that is needed to plan its pages.

    Without slots: what only some commands ask for is made when one does.
    """

    root: Path
    loaded: LoadedSettings
    circumstances: Circumstances
    open_context: Callable[[], Context]
    vault: Vault
    about_files: tuple[Finding, ...]
    """What is wrong with files that are no notes, or cannot be listed."""
    memory: Memory
    """Where results are kept for the next run."""
    pipeline_digest: bytes = b""
    """Changes with the pipeline; empty when that is not known."""
    notes_digest: bytes = b""
    """The same of all that notes say."""
    written: dict[str, Passages] = field(default_factory=dict, repr=False, compare=False)
    """By page: what its template has written for each lead."""

    @cached_property
    def context(self) -> Context:
        """All that a page or a rule may look at."""
        opened = self.open_context()

        @cache
        def courses() -> Courses:
            from vaultflow.flow.past.history import load_courses  # noqa: PLC0415  # few pages ask

            return load_courses(self.root, opened, self.memory, self.pipeline_digest)

        return replace(opened, open_courses=courses)

    def sources_of(self, sees: Sees) -> bytes | None:
        """Changes with all that a page which looks at that may show; None when it is not known."""
        if looks_back(sees, self.circumstances.settings):
            return None
        if sees == "leads" or self._sources is None:
            return self._sources
        if sees == "reviews":
            return digest(self._sources, self._answered_reviews())
        return digest(self._sources, self.notes_digest) if self.notes_digest else None

    def _answered_reviews(self) -> bytes:
        """Changes with which review notes hold a tick or an answer."""
        from vaultflow.pages.practice.review_notes import answered_days  # noqa: PLC0415  # one page
        from vaultflow.pipeline.workdays import work_calendar  # noqa: PLC0415  # same

        around = self.circumstances
        calendar = work_calendar(around.settings.review, around.holidays)
        days = answered_days(self.vault.notes, around.settings, around.today, calendar)
        return " ".join(map(str, days)).encode()

    @cached_property
    def _sources(self) -> bytes | None:
        """Changes with the leads, and with links: what one says depends on the names of all files.

        Beyond that pages tell of notes and folders that cannot be read; where there are any,
        nothing is known.
        """
        unread = chain(self.vault.unread_folders, unreadable_notes(self.vault.notes))
        if not self.pipeline_digest or any(True for _ in unread):
            return None
        names = "\0".join((*note_texts(self.vault.notes), *map(str, self.vault.files)))
        return digest(
            self.circumstances.digest,
            self.pipeline_digest,
            names.encode("utf-8", "surrogatepass"),
        )

    @cached_property
    def registry(self) -> Registry:
        """The plugins in force."""
        from vaultflow.plugins.registry import load_plugins  # noqa: PLC0415  # brings all pages

        return load_plugins(self.loaded.settings.plugins.enabled)

    @cached_property
    def templates(self) -> Templates:
        """Those of the vault, the plugins and ours."""
        from vaultflow.disk.templates import Templates  # noqa: PLC0415  # many plan no page

        folder = self.loaded.settings.vault.templates
        return Templates.of_vault(self.root, folder, self.registry)

    @cached_property
    def template_stamps(self) -> Stamps:
        """What tells whether a template has changed."""
        return template_stamps(self.root, self.loaded.settings.vault.templates)

    @cached_property
    def keeps_templates(self) -> bool:
        """Whether what templates say now holds as long as their stamps do."""
        return are_settled(self.template_stamps)

    def know_templates(self, stamps: Stamps, before: Workspace | None) -> None:
        """Takes note of what tells whether a template has changed, before any is read.

        What a workspace of the same settings has found of templates and plugins serves again if
        none has, unless a plugin could not be loaded: it may be mended by now.
        """
        vars(self).update(template_stamps=stamps, keeps_templates=are_settled(stamps))
        if before and before.keeps_templates and before.template_stamps == stamps:
            kept = vars(before)
            if "registry" in kept and not before.registry.findings:
                vars(self)["registry"] = before.registry
                if "templates" in kept:
                    vars(self)["templates"] = before.templates

    @property
    def unread_folders(self) -> tuple[str, ...]:
        """Which folders cannot be listed and why, a line each: no page counts what is in them."""
        unread = (found for found in self.about_files if found.path in self.vault.unread_folders)
        return tuple(f"{found.path}: {found.message} ({found.hint})" for found in unread)

    @property
    def obsidian(self) -> ObsidianSettings:
        """Obsidian's own settings of the vault."""
        return self.circumstances.obsidian

    def is_lead(self, note: Note) -> bool:
        """Whether the note, as it was or is to be, is in the pipeline."""
        from vaultflow.pipeline.reading.selection import is_lead  # noqa: PLC0415  # only edits ask

        return is_lead(note, self.circumstances.settings, self.obsidian)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Of files, settings, notes, links, leads, rules and plugins, by path and line."""
        from vaultflow.plugins.rules import judge  # noqa: PLC0415  # only `check` asks for them

        found = (
            *self.loaded.findings,
            *self.circumstances.findings,
            *self.about_files,
            *self.vault.findings,
            *self.context.pipeline.findings,
            *judge(self.registry, self.context),
            *self.registry.findings,
        )
        return tuple(sorted(found, key=place_of))


def load(  # each has a default but the first two
    root: Path,
    *,
    today: date,
    loaded: LoadedSettings | None = None,
    progress: Callable[[int, int], None] | None = None,
    cached: bool = True,
    verify: bool = False,
) -> Workspace:
    """The vault as it is now, read as of `today`.

    Args:
        root: the vault's folder.
        today: the day that counts as today.
        loaded: its settings, when they have been read already.
        progress: is told how many notes are read, and of how many.
        cached: take from the cache what has not changed; without it, the result is the same.
        verify: compare every file with the cache, whatever its times say.

    Raises:
        VaultError: when the folder cannot be read.
        ConfigError: when `vaultflow.toml` cannot be used.
    """
    seen = glance(root, today=today, loaded=loaded, cached=cached)
    return (
        load_seen(seen, progress=progress, verify=verify) if cached else load_afresh(seen, progress)
    )


def load_seen(
    seen: Glance, *, progress: Callable[[int, int], None] | None = None, verify: bool = False
) -> Workspace:
    """What `load` gives, after a glance at the vault."""
    around, listing = seen.circumstances, seen.listing
    looked = look(seen.root, listing, seen.cache, verify=verify, progress=progress)
    memory = seen.cache or ShortMemory()
    unread = unread_folders(listing.findings)
    vault = Vault(notes=looked.notes, files=others(listing), unread_folders=unread)
    pipeline = recall_pipeline(memory, looked, vault, around)
    return Workspace(
        root=seen.root,
        loaded=seen.loaded,
        circumstances=around,
        open_context=lambda: _context(vault, around, pipeline.open()),
        vault=vault,
        about_files=listing.findings,
        memory=memory,
        pipeline_digest=pipeline.digest,
        notes_digest=looked.state.facts,
    )


def load_afresh(seen: Glance, progress: Callable[[int, int], None] | None = None) -> Workspace:
    """What `load` gives without the cache: every note is read, and kept as it is."""
    from vaultflow.disk.notes import load_notes  # noqa: PLC0415  # most runs read no note

    listing = seen.listing
    notes = load_notes(seen.root, listing.notes, progress)
    vault = build_vault(notes, others(listing), unread_folders(listing.findings))
    return build_workspace(
        seen.root, vault, listing.findings, seen.circumstances, loaded=seen.loaded
    )


def others(listing: Listing) -> tuple[PurePosixPath, ...]:
    """The files that are no notes."""
    return tuple(entry.path for entry in listing.others)


def build_workspace(
    root: Path,
    vault: Vault,
    about_files: Sequence[Finding],
    around: Circumstances,
    *,
    loaded: LoadedSettings,
    memory: Memory | None = None,
) -> Workspace:
    """What `load` gives, of notes that have been read already.

    Args:
        root: the vault's folder.
        vault: its notes and links.
        about_files: what is wrong with its files.
        around: what the leads are judged by.
        loaded: the vault's settings.
        memory: where results are kept; by default nowhere.
    """
    context = _context(vault, around, built_pipeline(vault, around))
    return Workspace(
        root=root,
        loaded=loaded,
        circumstances=around,
        open_context=lambda: context,
        vault=vault,
        about_files=tuple(about_files),
        memory=memory or ShortMemory(),
    )


def changed_workspace(
    before: Workspace,
    vault: Vault,
    concerned: Collection[PurePosixPath],
    about_files: Sequence[Finding],
) -> Workspace:
    """What `build_workspace` gives when only some notes say something else.

    Args:
        before: the workspace under the same circumstances.
        vault: its notes and links now.
        concerned: the notes that may say something else, have come or gone, or link to a file
            that has.
        about_files: what is wrong with files now.
    """
    known = before.context
    pipeline = updated_pipeline(known.pipeline, vault, concerned, before.circumstances)
    # What `before` opens the courses with holds on to it, and through it to all before that.
    context = replace(known, vault=vault, pipeline=pipeline, open_courses=None)
    return replace(
        before,
        open_context=lambda: context,
        vault=vault,
        about_files=tuple(about_files),
        pipeline_digest=b"",
        notes_digest=b"",
    )


def _context(vault: Vault, around: Circumstances, pipeline: Pipeline) -> Context:
    return Context(
        today=around.today,
        settings=around.settings,
        vault=vault,
        pipeline=pipeline,
        obsidian=around.obsidian,
    )


def place_of(finding: Finding) -> tuple[PurePosixPath, int]:
    """Where a finding is: path and line."""
    return finding.path, finding.line
