"""A page's template as text: its header, which says where the page goes, and its source."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal

from vaultflow.errors import TemplateError, did_you_mean
from vaultflow.vault.frontmatter.properties import read_properties, split_front_matter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultflow.vault.note import Property

Refresh = Literal["always", "command"]
REFRESHES: tuple[Refresh, ...] = ("always", "command")


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateHeader:
    """The front matter of a template: each field is a key."""

    page: str
    """The page's name; the file's when not given."""
    title: str
    """One line for lists; the page's name when not given."""
    path: str
    """Where the page goes, with or without `.md`: below `[pages] folder`, or from the vault's
    root when it begins with `/`. The page's name when not given; empty with `path_format`."""
    path_format: str = ""
    """In place of `path`: the same in Obsidian's moment tokens."""
    refresh: Refresh = "always"
    """`always`: whenever pages are brought up to date; `command`: only when asked for by name."""
    record: str = ""
    """The page type whose record it shows; empty: its own name's, else that of `leads`."""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A template, read."""

    path: PurePosixPath
    """What messages call it."""
    header: TemplateHeader
    source: str
    """What is rendered: all behind the header."""
    first_line: int
    """Line of the file on which the source begins."""


KEYS = tuple(field.name for field in fields(TemplateHeader))


def read_template(path: PurePosixPath, text: str) -> Template:
    """The template that a file holds.

    Args:
        path: the file; its name is the page's unless the header says otherwise.
        text: the whole file, with either kind of line ends.

    Raises:
        TemplateError: for a header that cannot be read, an unknown key or an impossible value.
    """
    unix = text.removeprefix("\ufeff").replace("\r\n", "\n")
    front_matter, findings = split_front_matter(path, unix)
    if front_matter is None:
        properties: Mapping[str, Property] | None = {}
    else:
        properties, more = read_properties(path, front_matter)
        findings = (*findings, *more)
    if findings or properties is None:
        first = findings[0]
        raise TemplateError(first.message, path=str(path), line=first.line, hint=first.hint)
    return Template(
        path=path,
        header=_header(path, properties),
        source=unix[front_matter.body_start :] if front_matter else unix,
        first_line=front_matter.body_line if front_matter else 1,
    )


def _header(path: PurePosixPath, properties: Mapping[str, Property]) -> TemplateHeader:
    given = {key: _text(path, prop) for key, prop in properties.items()}
    page = given.get("page") or path.stem
    where = "path_format" if given.get("path_format") else "path"
    if given.get("path") and given.get("path_format"):
        raise _error(path, properties["path"], "`path` and `path_format` exclude each other")
    if where in properties:
        _check_inside(path, properties[where])
    return TemplateHeader(
        page=page,
        title=given.get("title") or page,
        path=given.get("path") or ("" if given.get("path_format") else page),
        path_format=given.get("path_format", ""),
        refresh=_refresh(path, properties),
        record=given.get("record", ""),
        description=given.get("description", ""),
    )


def _text(path: PurePosixPath, prop: Property) -> str:
    if prop.key not in KEYS:
        hint = did_you_mean(prop.key, KEYS) or f"there are: {', '.join(KEYS)}"
        raise _error(path, prop, f"a template's header has no key `{prop.key}`", hint)
    if not isinstance(prop.value, str | int | float | None):
        raise _error(path, prop, f"`{prop.key}` must be one text")
    return prop.value if isinstance(prop.value, str) else prop.text


def _refresh(path: PurePosixPath, properties: Mapping[str, Property]) -> Refresh:
    prop = properties.get("refresh")
    if prop is None:
        return "always"
    for refresh in REFRESHES:
        if prop.value == refresh:
            return refresh
    raise _error(
        path, prop, f"`refresh` cannot be {prop.text!r}", f"it is {' or '.join(REFRESHES)}"
    )


def _check_inside(path: PurePosixPath, prop: Property) -> None:
    text = _text(path, prop)
    if "\\" in text or ".." in PurePosixPath(text).parts:
        raise _error(path, prop, f"`{prop.key}` must stay inside the vault: {text!r}")


def _error(path: PurePosixPath, prop: Property, message: str, hint: str = "") -> TemplateError:
    return TemplateError(message, path=str(path), line=prop.line, hint=hint)
