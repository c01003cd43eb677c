"""The templates of a vault: its own folder first, then those of plugins and our own.

Jinja is loaded when something is rendered, and not before: it takes longer than the rest of a run
in which nothing has changed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Protocol

from vaultflow.disk.config.checks import nearest
from vaultflow.disk.packed import packed_folder
from vaultflow.disk.state import state_folder
from vaultflow.disk.template_files import own_folder
from vaultflow.errors import TemplateError, VaultError
from vaultflow.vault.markdown.outline import block_outline
from vaultflow.vault.plain import to_plain
from vaultflow.vault.template import read_template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from vaultflow.disk.sandbox.passages import Passages
    from vaultflow.vault.plain import Plain
    from vaultflow.vault.template import Template, TemplateHeader

MAX_TEMPLATE = 64 * 1024
"""Bytes: ours have 2,000, and compiling takes a second for this many."""
NAME = re.compile(r"[^\W_](?:[\w -]*\w)?")
"""Of a page."""
PART = "_"
"""A template whose name begins so is a piece for `include`, and no page."""
SHIPPED = PurePosixPath("templates")
OF_PLUGIN = PurePosixPath("plugin")


class PageWithTemplate(Protocol):
    """A page that may bring its template as text."""

    @property
    def template(self) -> str | None:
        """The template's text; None when it is a file."""


class Offer(Protocol):
    """What plugins add: pages by name, each with its plugin."""

    @property
    def pages(self) -> Mapping[str, tuple[object, PageWithTemplate]]:
        """By name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateFolder:
    """A folder of templates, and how messages call it."""

    folder: Path
    label: PurePosixPath


@dataclass(frozen=True, slots=True, kw_only=True)
class Templates:
    """Where the templates of a vault are. Each is read when it is asked for, and once."""

    own: TemplateFolder | None
    """The vault's own folder; None when it has none."""
    texts: Mapping[str, str]
    """Of plugins, by page name."""
    shipped: TemplateFolder
    vault: Path | None = None
    """The vault, whose state folder keeps them compiled; None when they are not kept."""
    _found: dict[str, Template] = field(default_factory=dict, repr=False, compare=False)
    _names: list[str] = field(default_factory=list, repr=False, compare=False)

    @classmethod
    def of_vault(cls, root: Path, folder: str, offer: Offer) -> Templates:
        """The templates that are in force in a vault.

        Args:
            root: the vault's folder.
            folder: its own template folder, relative to it; one that leads outside counts as none.
            offer: the pages that plugins add.
        """
        own = own_folder(root, folder)
        return cls(
            own=TemplateFolder(folder=own, label=PurePosixPath(folder)) if own else None,
            texts={name: page.template for name, (_, page) in offer.pages.items() if page.template},
            shipped=TemplateFolder(folder=packed_folder("templates"), label=SHIPPED),
            vault=root,
        )

    def own_names(self) -> tuple[str, ...]:
        """The pages for which the vault has a template of its own."""
        return tuple(sorted(_names(self.own))) if self.own else ()

    def names(self) -> tuple[str, ...]:
        """All pages for which there is a template."""
        if not self._names:
            self._names.extend(sorted({*self.own_names(), *self.texts, *_names(self.shipped)}))
        return tuple(self._names)

    def header(self, name: str) -> TemplateHeader:
        """What the template of a page says about it.

        Raises:
            TemplateError: when there is none, or its header is wrong.
        """
        return self.find(name).header

    def find(self, name: str) -> Template:
        """The template of that name, with or without `.md`.

        Raises:
            TemplateError: when there is none, or it cannot be read.
        """
        stem = name.removesuffix(".md")
        if stem in self._found:
            return self._found[stem]
        if not NAME.fullmatch(stem.removeprefix(PART)):
            raise TemplateError(f"{name!r} cannot be the name of a template")
        for path, text in self._candidates(stem):
            if text is not None:
                return self._found.setdefault(stem, read_template(path, text))
        raise TemplateError(
            f"there is no template {stem!r}", hint=nearest(stem, self.names()), path=f"{stem}.md"
        )

    def render(
        self,
        name: str,
        record: object,
        filters: Mapping[str, Callable[..., object]],
        *,
        seconds: float | None = None,
        passages: Passages | None = None,
    ) -> str:
        """The page that a template makes of a record.

        Args:
            name: the page's.
            record: a record of ours; the template sees its fields by name, as plain values.
            filters: by name, besides the common ones.
            seconds: how long it may take, if not the usual time.
            passages: what the page's loops have written before. Only for filters that follow from
                what they are given, and records that are never changed.

        Raises:
            TemplateError: when the template fails, takes too long or makes too much, or when text
                from a note would change the blocks of the page.
            PluginError: when a filter of a plugin raises.
        """
        from vaultflow.disk.sandbox.bounds import SECONDS, Rendering  # noqa: PLC0415  # see above
        from vaultflow.disk.sandbox.environment import run_template  # noqa: PLC0415

        template = self.find(name)
        values = _fields(record)
        rendering = Rendering(seconds=SECONDS if seconds is None else seconds, passages=passages)
        run = partial(
            run_template, template, values, filters=filters, find=self.find, kept=self._compiled()
        )
        text = run(rendering)
        if not rendering.all_inert:
            check_blocks(template, text, run(rendering.blank()))
        if passages:
            passages.forget_others()
        return text

    def _compiled(self) -> Path | None:
        """The folder for compiled templates; None when there can be none."""
        try:
            return state_folder(self.vault) / SHIPPED.name if self.vault else None
        except VaultError:
            return None

    def _candidates(self, stem: str) -> Iterator[tuple[PurePosixPath, str | None]]:
        """Where the template may be, and its text if it is there; the first counts."""
        if self.own:
            yield self.own.label / f"{stem}.md", _read(self.own, stem)
        yield OF_PLUGIN / f"{stem}.md", self.texts.get(stem)
        yield self.shipped.label / f"{stem}.md", _read(self.shipped, stem)


def check_blocks(template: Template, text: str, harmless: str) -> None:
    """Makes sure that text from notes has not changed what blocks a page has.

    Args:
        template: the page's.
        text: the page.
        harmless: the same with a plain word for each text that is not plain itself.

    Raises:
        TemplateError: naming the line of the page.
    """
    if text == harmless or block_outline(text) == block_outline(harmless):
        return
    line = _first_difference(text.split("\n"), harmless.split("\n"))
    shown = text.split("\n")[line - 1]
    raise TemplateError(
        f"text from a note would change the page at its line {line}: {shown!r}",
        path=str(template.path),
        hint="let the template write it through `cell_link` in tables, and not as code or HTML",
    )


def _first_difference(lines: list[str], others: list[str]) -> int:
    """The first line, 1-based, up to which the blocks of both are not the same."""
    low, high = 0, max(len(lines), len(others))
    while high - low > 1:
        middle = (low + high) // 2
        same = block_outline("\n".join(lines[:middle])) == block_outline("\n".join(others[:middle]))
        low, high = (middle, high) if same else (low, middle)
    return min(high, len(lines))


def _fields(record: object) -> Mapping[str, Plain]:
    plain = to_plain(record)
    if not isinstance(plain, dict):
        raise TypeError(f"a page shows a record, not a {type(record).__name__}")
    return plain


def _names(place: TemplateFolder) -> Iterator[str]:
    for file in place.folder.glob("*.md"):
        if NAME.fullmatch(file.stem) and _is_safe(place, file):
            yield file.stem


def _is_safe(place: TemplateFolder, file: Path) -> bool:
    """Whether the file is a regular one and in the folder, wherever symlinks lead."""
    return file.is_file() and file.resolve().is_relative_to(place.folder.resolve())


def _read(place: TemplateFolder, stem: str) -> str | None:
    file = place.folder / f"{stem}.md"
    label = str(place.label / file.name)
    try:
        if not _is_safe(place, file):
            return None
        if file.stat().st_size > MAX_TEMPLATE:
            raise TemplateError(f"it is larger than {MAX_TEMPLATE // 1024} KiB", path=label)
        return file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise TemplateError(f"the template cannot be read: {error}", path=label) from error
