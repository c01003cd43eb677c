"""What an edit is: a function from a note's bytes to new ones, or to a reason why not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from vaultflow.errors import Finding

FieldValue: TypeAlias = "str | bool | int | Decimal | date | tuple[str, ...] | None"
"""A typed value for a field: what is read back must be equal to it. None empties the field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What has become of a note's bytes."""

    after: bytes
    """The same as before when nothing was to be done, or when the edit was refused."""
    refusal: Finding | None = None
    """Why the note cannot be edited safely: then nothing may be written."""


Operation: TypeAlias = "Callable[[PurePosixPath, bytes], Edit]"
"""One edit of one note, told the note's path for its refusal."""


def run_operations(path: PurePosixPath, raw: bytes, operations: Iterable[Operation]) -> Edit:
    """All edits, one after the other; the first refusal undoes them all."""
    after = raw
    for operation in operations:
        edit = operation(path, after)
        if edit.refusal:
            return Edit(after=raw, refusal=edit.refusal)
        after = edit.after
    return Edit(after=after)
