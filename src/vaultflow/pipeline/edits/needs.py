"""What a stage asks of a lead before it comes in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaultflow.pipeline.edits.types import our_field
from vaultflow.pipeline.reading.fields import find_field

if TYPE_CHECKING:
    from vaultflow.pipeline.field_names import FieldNames
    from vaultflow.pipeline.settings import Stage
    from vaultflow.vault.note import Note

_FIELD_NAME = re.compile(r"[a-z][a-z0-9_.-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryNeeds:
    """What of a stage's entry criteria is not known to be so."""

    fields: tuple[str, ...] = ()
    """Criteria that are a field's name, `expected_close`, and are not filled in."""
    statements: tuple[str, ...] = ()
    """Criteria in words, which only a person can judge."""


def entry_needs(note: Note, stage: Stage, names: FieldNames) -> EntryNeeds:
    """What is still to be said or judged before the lead comes into the stage."""
    fields = tuple(criterion for criterion in stage.entry if _FIELD_NAME.fullmatch(criterion))
    return EntryNeeds(
        fields=tuple(name for name in fields if not _is_filled(note, name, names)),
        statements=tuple(criterion for criterion in stage.entry if criterion not in fields),
    )


def _is_filled(note: Note, name: str, names: FieldNames) -> bool:
    ours = our_field(name, names)
    field = find_field(note, (name, *(getattr(names, ours) if ours else ())))
    return field is not None and field.is_filled
