"""What a page is: a name, a record that says what it shows, and a template that formats it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeAlias

from vaultflow.vault.obsidian.moment import format_moment

if TYPE_CHECKING:
    from datetime import date

    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.pipeline.settings import Settings
    from vaultflow.vault.template import TemplateHeader
    from vaultflow.vault.vault import Vault


DAILY = "daily"
"""The one page that has a note of its own each day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """All that a page or a rule may look at."""

    today: date
    settings: Settings
    vault: Vault
    pipeline: Pipeline


BuildRecord: TypeAlias = "Callable[[Context], object]"
"""Gives a page's frozen record; `to_plain` of it is what the template and `--json` get."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageType:
    """A page that VaultFlow or a plugin knows how to build."""

    name: str
    """Also the name of its template, without `.md`."""
    title: str
    """One line for `vaultflow pages`."""
    build: BuildRecord
    template: str | None = None
    """The template's text, for a page of a plugin; None: a file of the template folders."""


def review_path(day: date, settings: Settings) -> PurePosixPath:
    """Where the review note of a day is."""
    return _below("", format_moment(settings.review.path, day))


def page_path(header: TemplateHeader, today: date, settings: Settings) -> PurePosixPath:
    """Where the page goes, relative to the vault's root.

    The daily review goes where `[review] path` says; any other page where its template says, below
    `[pages] folder` unless the template's path begins with `/`.
    """
    if header.page == DAILY:
        return review_path(today, settings)
    moment = format_moment(header.path_format, today) if header.path_format else ""
    where = moment or header.path
    return _below("" if where.startswith("/") else settings.pages.folder, where)


def _below(folder: str, where: str) -> PurePosixPath:
    return PurePosixPath(folder, f"{where.strip('/').removesuffix('.md')}.md")
