"""A note as a plain record: what one Markdown file says, before anything is resolved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct, field

from vaultflow.errors import Finding

if TYPE_CHECKING:
    Value: TypeAlias = "bool | int | float | str | tuple[Value, ...] | Mapping[str, Value] | None"
    """A value of a property, as Obsidian reads YAML: dates stay text."""
else:
    Value = Any  # msgspec knows no type that holds itself; `packed` puts its lists right


class Property(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """One top-level entry of the front matter."""

    key: str
    value: Value
    text: str
    """The value as typed, without quotes; empty for lists, mappings and empty values."""
    line: int


class InlineField(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A Dataview inline field of the body, `key:: value`."""

    key: str
    """As typed."""
    name: str
    """Dataview's canonical name: lower case, blanks as hyphens."""
    text: str
    line: int


class Link(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A link as written: a wikilink, an embed, or a Markdown link to a file of the vault."""

    line: int
    text: str
    """The whole link as it stands in the note, brackets and all."""
    target: str
    """The path or name that is looked up, without subpath; empty for a link into the same note."""
    subpath: str
    """`#Heading`, `#Heading#Sub` or `#^block`; empty when the link means the whole note."""
    alias: str | None
    """The text shown instead of the target; None when there is none."""
    embed: bool
    key: str | None = None
    """Where in the front matter it stands, `company` or `people.0`; None in the body."""


class Heading(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A heading of the body."""

    level: int
    """1 to 6."""
    text: str
    line: int


class ListItem(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """One item of a list, with or without a tick box."""

    line: int
    depth: int
    """0 at the outermost level of its list."""
    text: str
    """Its first line, without marker and tick box; the block id stays."""
    status: str | None
    """The character in the tick box; None when there is no box."""


class Task(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A list item with a tick box, its Tasks-plugin fields read."""

    line: int
    status: str
    """The character in the tick box: a blank for to do, `x` for done, any other as typed."""
    text: str
    """All that stands behind the box, as typed."""
    description: str
    """The text without the fields that were read from it."""
    due: date | None = None
    scheduled: date | None = None
    start: date | None = None
    created: date | None = None
    done: date | None = None
    cancelled: date | None = None
    priority: str | None = None
    """`highest`, `high`, `medium`, `low` or `lowest`."""
    recurrence: str | None = None
    on_completion: str | None = None
    id: str | None = None
    depends_on: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    block_id: str | None = None


class Block(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A block id, `^id`, that links can point at."""

    id: str
    line: int


class Note(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """What one Markdown file says. Made by `read_note` from its path and bytes alone."""

    path: PurePosixPath
    """Relative to the vault's root, spelled as on disk."""
    title: str
    """The first level-1 heading's text, else the file's name."""
    properties: Mapping[str, Property] | None
    """The front matter by key, in file order; None when there is none or it cannot be read."""
    inline_fields: tuple[InlineField, ...] = ()
    tags: tuple[str, ...] = ()
    """With `#`, front matter first, then the body in order; repeats kept, capitals as typed."""
    frontmatter_links: tuple[Link, ...] = ()
    links: tuple[Link, ...] = ()
    """Of the body, without embeds."""
    embeds: tuple[Link, ...] = ()
    headings: tuple[Heading, ...] = ()
    items: tuple[ListItem, ...] = ()
    tasks: tuple[Task, ...] = ()
    blocks: tuple[Block, ...] = ()
    findings: tuple[Finding, ...] = ()
    readable: bool = True
    """False when its text or its front matter cannot be read: then it is counted, not judged."""
    legible: Mapping[str, str] = field(default_factory=dict)
    """When the front matter cannot be read: its plain `key: value` lines, so that a lead with
    broken YAML is still known to be one."""
    is_template: bool = False
    """Its front matter holds an unfilled `{{...}}`."""
    is_page: bool = False
    """It holds a VaultFlow marker: a page of ours, never a lead."""

    @property
    def name(self) -> str:
        """The file's name without `.md`: what a link says."""
        return self.path.stem

    @property
    def frontmatter(self) -> Mapping[str, Value] | None:
        """The front matter's values by key, as Obsidian reads them: None for an empty block too."""
        if not self.properties:
            return None
        return {key: prop.value for key, prop in self.properties.items()}
