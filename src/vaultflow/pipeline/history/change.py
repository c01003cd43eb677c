"""A change of one field of a lead: when it was, what it was before, and who says so."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

TRACKED = ("stage", "value", "expected_close", "probability", "owner", "next_action_due")
"""The fields of which a history is kept, by our names: what measures of the past are made of."""


class Source(StrEnum):
    """Who tells of a change, the surest first."""

    LOG = "log"
    """A line of the lead's log."""
    PROPERTIES = "properties"
    """Its `history` or `stage_since`."""
    JOURNAL = "journal"
    """VaultFlow, which saw the field differ from what it last saw."""
    GIT = "git"
    """A commit of the vault's repository."""


class Change(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """What one source tells of a field."""

    path: PurePosixPath
    """The lead's note, as it is called now."""
    field: str
    """One of `TRACKED`."""
    day: date
    """When it was; of what was only seen afterwards, when that was."""
    before: str | None
    """As typed, empty when there was nothing; None when the source does not say."""
    after: str
    """As typed; empty when the field was emptied."""
    source: Source
    where: str
    """`line 41`, a commit, or a line of the journal."""
    earliest: date
    """The first day on which it can have been: for what was seen afterwards, that of the look
    before; else the day itself."""

    def renamed(self, path: PurePosixPath) -> Change:
        """The same under the name that the note has now."""
        return self if path == self.path else replace(self, path=path)


class Evidence(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A place that tells of a fact."""

    source: Source
    where: str


class Fact(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A change of one field on which all that is known agrees."""

    field: str
    day: date
    """As exactly as it is known: that of a line of the log before that of a commit."""
    earliest: date
    """Equal to `day` where the day is known exactly."""
    before: str | None
    after: str
    evidence: tuple[Evidence, ...]
    """Surest source first."""
