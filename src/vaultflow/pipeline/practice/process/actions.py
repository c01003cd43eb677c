"""How often the actions of the quick lists are taken, and which of them moved a lead on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaultflow.pipeline.lead import TouchKind
from vaultflow.pipeline.practice.process.moves import move_of
from vaultflow.pipeline.reading.boxes import criterion_key
from vaultflow.pipeline.reading.log import DONE, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from vaultflow.pipeline.practice.process.moves import Entry
    from vaultflow.pipeline.settings import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionCounts:
    """How often actions of the quick lists were done, by their text without regard to spelling."""

    done: Mapping[str, int]
    before_advance: Mapping[str, int]
    """How often it was the last one done before the lead moved to a later stage."""
    advances: int
    """All moves to a later stage, whatever came before."""

    @property
    def total(self) -> int:
        """All actions of quick lists that were done."""
        return sum(self.done.values())


def count_actions(logs: Iterable[Sequence[Entry]], stages: tuple[Stage, ...]) -> ActionCounts:
    """What the logs of leads tell of the quick lists.

    An action was done when a review says so, or when a log line is its text: both take it word for
    word from the list when it is chosen by its number. Words of one's own are not counted.
    """
    known = {criterion_key(action) for stage in stages for action in stage.actions}
    done: Counter[str] = Counter()
    before: Counter[str] = Counter()
    advances = 0
    for log in logs:
        last = ""
        for line in sorted(log, key=lambda each: each.day):
            for key in _keys(line):
                if key in known:
                    done[key] += 1
                    last = key
            move = move_of(line, stages)
            if move and (move.steps or 0) > 0:
                advances += 1
                before.update([last] if last else [])
                last = ""
    return ActionCounts(done=done, before_advance=before, advances=advances)


def _keys(line: Entry) -> Iterator[str]:
    """The keys of the actions that the line says were done."""
    parts = parts_of(line.text)
    if line.kind is not TouchKind.REVIEW:
        yield criterion_key("; ".join(parts))
        return
    for part in parts:
        if part.startswith(DONE):
            yield criterion_key(part.removeprefix(DONE))
