"""A lead as a plain record: what its note says, in sales terms.

The records are msgspec's, as those of a note are: made in a tenth of the time that a frozen
dataclass takes, and ready to be packed for the cache.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import PurePosixPath

from msgspec import Struct, field

from vaultflow.errors import Finding
from vaultflow.pipeline.settings import Stage


class Money(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """An amount in a currency; only amounts of one currency are ever added."""

    amount: Decimal
    currency: str
    """ISO 4217 code."""


class NoteRef(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A company or person that a lead names: a note of the vault, or just a name."""

    name: str
    """What to call it: the link's alias, else the note's name, else the text as typed."""
    file: str | None
    """The path of the note that it resolves to, as text: of thousands of leads few are asked for
    theirs. None when it is plain text or the note does not exist."""

    @property
    def path(self) -> PurePosixPath | None:
        """The same as a path."""
        return None if self.file is None else PurePosixPath(self.file)


class TouchKind(StrEnum):
    """What sort of contact a touch was."""

    CALL = "call"
    EMAIL = "email"
    MEETING = "meeting"
    MESSAGE = "message"
    NOTE = "note"
    SOCIAL = "social"
    QUOTE = "quote"
    STAGE = "stage"
    REVIEW = "review"
    FIELD = "field"
    """Not a log line but a date field of the lead, such as `last_contact`."""


class Direction(StrEnum):
    """Who reached out to whom."""

    IN = "in"
    OUT = "out"


class Touch(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A dated contact with a lead: a log line, or a dated note that links to it."""

    day: date
    kind: TouchKind
    text: str
    path: PurePosixPath
    """The note that it stands in: the lead's own, or the meeting or daily note."""
    line: int
    direction: Direction | None = None
    step: str | None = None
    """What it was for, the `(needs)` of a log line."""


class Said(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """What a lead says in a field, as typed: what it means is read by who asks for it."""

    texts: tuple[str, ...]
    """One a list item, without quotes; a link as what it shows."""
    line: int

    @property
    def text(self) -> str:
        """All of it on one line."""
        return ", ".join(self.texts)


class Box(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A list item of a lead that tells how far things are: a criterion, a step, part of a plan."""

    text: str
    line: int
    heading: str
    """The text of the heading that it stands under; empty above the first one."""
    is_done: bool
    """Its box is ticked; False without a box too."""


class Lead(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A note that is in the pipeline. A field that is missing or wrong is None or empty."""

    path: PurePosixPath
    name: str
    """The note's name, as links say it."""
    readable: bool
    """False when the note or its front matter could not be read: then only the path is known."""
    stage: Stage | None
    """None when there is none or it is unknown; `stage_text` says what was typed."""
    stage_text: str
    value: Money | None
    probability: int | None
    """In percent: the lead's own, else its stage's, else None."""
    company: NoteRef | None
    people: tuple[NoteRef, ...]
    owner: str
    source: str
    created: date | None
    expected_close: date | None
    next_action: str
    next_action_due: date | None
    revisit_on: date | None
    closed_on: date | None
    lost_reason: str
    tags: tuple[str, ...]
    touches: Sequence[Touch]
    """Up to today, newest first; equal days in the order in which they stand in the notes. A tuple,
    or what opens it later and equals it."""
    findings: tuple[Finding, ...]
    reviewed_on: date | None = None
    """Day of the newest `review` line of its log; reviews are no touches."""
    has_plan: bool = False
    """It has a plan: items under a heading `Plan`, or a field `plan`."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """Where each field stands that the note has, by our name for it; 1-based lines."""
    said: Mapping[str, Said] = field(default_factory=dict)
    """What it says in the fields of the practice, by our name; those that are empty are left out.
    """
    boxes: tuple[Box, ...] = ()
    """The ticked criteria of stages wherever they stand, and all items of plan and romancing."""
    review_days: tuple[date, ...] = ()
    """Days of all `review` lines of its log, newest first."""
    why_on: date | None = None
    """Day of the newest review that says why it belongs in its stage."""

    def __hash__(self) -> int:
        return hash(self.path)  # a mapping such as `lines` has no hash
