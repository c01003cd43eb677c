"""What a page is: a name, a record that says what it shows, and a template that formats it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal, TypeAlias

from vaultflow.pages.known_rows import KnownRows
from vaultflow.vault.obsidian.moment import format_moment
from vaultflow.vault.obsidian.settings import ObsidianSettings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vaultflow.pages.known_rows import Made
    from vaultflow.pipeline.history.courses import Courses
    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.pipeline.settings import Settings
    from vaultflow.pipeline.standing import Standing
    from vaultflow.vault.template import TemplateHeader
    from vaultflow.vault.vault import Vault


DAILY = "daily"
"""The one page that has a note of its own each day."""
WITH_LIGHTS = frozenset({"report", "quota"})
"""Who keeps one of these has the lights in today's note too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """All that a page or a rule may look at."""

    today: date
    settings: Settings
    vault: Vault
    pipeline: Pipeline
    obsidian: ObsidianSettings = field(default_factory=ObsidianSettings)
    """Obsidian's own settings of the vault: they tell which notes are daily notes."""
    open_courses: Callable[[], Courses] | None = None
    """Gives the courses of all deals, with what git and the journals tell; None: the notes alone.
    """
    rows: KnownRows = field(default_factory=KnownRows, repr=False, compare=False)
    """Of leads that were shown before."""

    def courses(self) -> Courses:
        """What all deals went through."""
        if self.open_courses:
            return self.open_courses()
        from vaultflow.pipeline.history.courses import build_courses  # noqa: PLC0415  # few ask

        return build_courses(self.pipeline, ())

    def as_of(self, today: date) -> Context:
        """The same on another day, with rows of its own: what is made for it is for that day."""
        return replace(self, today=today, rows=KnownRows())

    def made_of(self, standing: Standing) -> Made:
        """What pages have made of a lead as it stands, to be used again and added to."""
        return self.rows.of(standing, self.today, self.vault.index.memo)


Sees: TypeAlias = Literal["leads", "reviews", "notes", "past"]
"""The leads and links to them; which review notes are answered too; other notes of the vault too;
or also what git and journals tell."""
BuildRecord: TypeAlias = "Callable[[Context], object]"
"""Gives a page's frozen record; `to_plain` of it is what the template and `--json` get."""


Span: TypeAlias = Literal["", "week", "month"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageType:
    """A page that VaultFlow or a plugin knows how to build."""

    name: str
    """Also the name of its template, without `.md`."""
    title: str
    """One line for `vaultflow pages`."""
    build: BuildRecord
    sees: Sees = "past"
    """What it looks at; of one that looks at less, it is sooner known that it has not changed."""
    is_report: bool = False
    """It is about numbers: `vaultflow report` lists it."""
    template: str | None = None
    """The template's text, for a page of a plugin; None: a file of the template folders."""
    tells_of: Span = ""
    """What one note of it tells of; once that is over, the note is brought up to its last day."""


def last_days(tells_of: Span, today: date) -> Iterator[date]:
    """The last days of the weeks or months that are over, the newest first."""
    day = today
    while tells_of:
        day -= timedelta(days=day.weekday() + 1 if tells_of == "week" else day.day)
        yield day


def shows_lights(settings: Settings) -> bool:
    """Whether today's note tells of the lights: they look at the past, which takes longer."""
    has_goal = settings.quota.amount is not None
    return has_goal and not WITH_LIGHTS.isdisjoint(settings.pages.enabled)


def looks_back(sees: Sees, settings: Settings) -> bool:
    """Whether a page that looks at this looks at what git and journals tell, or may do so."""
    return sees == "past" or (sees == "reviews" and shows_lights(settings))


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
