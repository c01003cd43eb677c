"""The list items of a lead that tell how far things are: criteria met, steps done, a plan."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING

from vaultflow.pipeline.lead import Box
from vaultflow.vault.names import fold

if TYPE_CHECKING:
    from vaultflow.pipeline.settings import Stage
    from vaultflow.vault.note import ListItem, Note

PLAN = "Plan"
ROMANCING = "Romancing"
TICKED = frozenset("xX")
_FIELD_NAME = re.compile(r"[a-z][a-z0-9_.-]*")
_KEPT = frozenset({fold(PLAN), fold(ROMANCING)})


def read_boxes(note: Note, stages: tuple[Stage, ...]) -> tuple[Box, ...]:
    """The ticked criteria of any stage, and all items below `Plan` and `Romancing`, in order."""
    if not note.items:
        return ()
    wanted = _criteria(stages)
    boxes = (_box(item, note) for item in note.items)
    return tuple(
        box
        for box in boxes
        if fold(box.heading) in _KEPT or (box.is_done and criterion_key(box.text) in wanted)
    )


def criterion_key(text: str) -> str:
    """What is the same for two spellings of a criterion: case, blanks and stops do not matter."""
    return " ".join(fold(text).strip(" .;:!*_").split())


def _box(item: ListItem, note: Note) -> Box:
    above = bisect_left(note.headings, item.line, key=attrgetter("line"))
    heading = note.headings[above - 1].text.strip(" :#*_") if above else ""
    return Box(
        text=item.text.strip(),
        line=item.line,
        heading=heading,
        is_done=item.status is not None and item.status in TICKED,
    )


@lru_cache(maxsize=8)
def field_criteria(stages: tuple[Stage, ...]) -> tuple[str, ...]:
    """The criteria of stages that are a field's name, such as `expected_close`, in order."""
    criteria = (text for stage in stages for text in (*stage.entry, *stage.exit))
    return tuple(dict.fromkeys(text for text in criteria if is_field_name(text)))


def is_field_name(criterion: str) -> bool:
    """Whether the criterion is met by filling in a field: it is a name and no sentence."""
    return _FIELD_NAME.fullmatch(criterion) is not None


@lru_cache(maxsize=8)
def _criteria(stages: tuple[Stage, ...]) -> frozenset[str]:
    return frozenset(
        criterion_key(text) for stage in stages for text in (*stage.entry, *stage.exit)
    )
