"""Decisions of earlier months, as they were typed on the notes of these months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pages.blocks.items import item_id
from vaultflow.pipeline.measures.numbers.periods import Period, period_before

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vaultflow.vault.note import Note, Task

MOST = 5  # decisions a month: who changes more at once learns from none
LOOK_BACK = 3  # months: a month that was left out loses no decision
DECISION, MEASURE = "decision", "measure"


class Decision(Struct, frozen=True, kw_only=True):
    """What was decided in a month."""

    month: Period
    number: int
    """From 1, as the month's note asks for it."""
    text: str
    measure: str
    """The number by which to see that it works, as typed; empty when none was named."""


def decision_id(month: Period, number: int) -> str:
    """The id of the item in which a decision of the month is typed."""
    return item_id("month", f"{DECISION} {number}", month.name)


def read_decisions(notes: Iterable[Note], month: Period) -> tuple[Decision, ...]:
    """The decisions that are typed on the month's note, wherever that is."""
    wanted = {decision_id(month, number): number for number in range(1, MOST + 1)}
    found: dict[int, Decision] = {}
    for note in notes:
        for task in note.tasks if note.is_page else ():
            number = wanted.get(task.block_id or "")
            said = _below(task, note) if number else {}
            if number and said.get(DECISION):
                found.setdefault(
                    number,
                    Decision(
                        month=month,
                        number=number,
                        text=said[DECISION],
                        measure=said.get(MEASURE, ""),
                    ),
                )
    return tuple(found[number] for number in sorted(found))


def earlier_decisions(notes: Iterable[Note], month: Period) -> tuple[Decision, ...]:
    """Those of the last month of the three before in which anything was decided."""
    pages = [note for note in notes if note.is_page]
    for before in _months_before(month):
        if found := read_decisions(pages, before):
            return found
    return ()


def _months_before(month: Period) -> Iterator[Period]:
    for _ in range(LOOK_BACK):
        month = period_before(month, "month")
        yield month


def _below(task: Task, note: Note) -> Mapping[str, str]:
    """The fields that stand indented below an item, by name; of several the first."""
    depths = {item.line: item.depth for item in note.items}
    depth = depths.get(task.line, 0)
    end = min(
        (line for line, other in depths.items() if line > task.line and other <= depth),
        default=task.line + len(note.items) + len(note.inline_fields) + 1,
    )
    said: dict[str, str] = {}
    for field in note.inline_fields:
        if task.line < field.line < end:
            said.setdefault(field.name, field.text.strip())
    return said
