"""What a lead went through, in the order in which it happened: from the first day to the last."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from vaultflow.pipeline.history.change import Source
from vaultflow.pipeline.lead import TouchKind
from vaultflow.pipeline.practice.process.moves import move_of
from vaultflow.pipeline.stages import find_stage, steps_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import PurePosixPath

    from vaultflow.pipeline.history.change import Fact
    from vaultflow.pipeline.history.course import Course
    from vaultflow.pipeline.lead import Lead, Touch
    from vaultflow.pipeline.practice.process.moves import Move
    from vaultflow.pipeline.reading.log import LogLine
    from vaultflow.pipeline.settings import Stage


class Happening(StrEnum):
    """What sort of thing happened."""

    CREATED = "created"
    MOVED = "moved"
    MOVED_BACK = "moved back"
    CHANGED = "changed"
    TOUCH = "touch"
    REVIEW = "review"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened with a lead."""

    day: date
    what: Happening
    text: str
    path: PurePosixPath
    """The note that tells of it."""
    line: int
    """Of that note; 0 when it is not known."""


def build_timeline(
    lead: Lead, log: Iterable[LogLine], stages: tuple[Stage, ...]
) -> tuple[Event, ...]:
    """All that happened, oldest first.

    Of one day comes first that the lead was created, then its own log as it stands, then what
    other notes and fields tell, and last that it was closed.

    Args:
        lead: whose timeline it is.
        log: the lines of its log, as `read_log` gives them.
        stages: those in force, to tell forward from back.
    """
    own = tuple(_of_line(line, lead, stages) for line in log)
    events = (*_created(lead), *own, *_from_elsewhere(lead), *_closed(lead, own))
    return tuple(sorted(events, key=lambda event: (event.day, event.what is Happening.CLOSED)))


def with_past(events: Iterable[Event], course: Course, stages: tuple[Stage, ...]) -> list[Event]:
    """The timeline with what the log does not tell, but properties, journal or git do.

    What the note said on its first day is left out: that is no change.
    """
    seen = [
        _of_fact(fact, course, stages)
        for fact in course.facts
        if fact.evidence[0].source is not Source.LOG and (fact.before or fact.day != course.began)
    ]
    return sorted([*events, *seen], key=lambda event: (event.day, event.what is Happening.CLOSED))


def _of_fact(fact: Fact, course: Course, stages: tuple[Stage, ...]) -> Event:
    told = ", ".join(f"{each.source} {each.where}" for each in fact.evidence)
    since = "" if fact.earliest == fact.day else f", seen after {fact.earliest}"
    before, after = fact.before or "nothing", fact.after or "nothing"
    text = f"{fact.field}: {before} -> {after} ({told}{since})"
    what = _what_happened(fact, stages)
    return Event(day=fact.day, what=what, text=text, path=course.lead.path, line=0)


def _what_happened(fact: Fact, stages: tuple[Stage, ...]) -> Happening:
    if fact.field != "stage":
        return Happening.CHANGED
    before, after = find_stage(stages, fact.before or ""), find_stage(stages, fact.after)
    steps = steps_between(before, after, stages) if before and after else None
    return Happening.MOVED_BACK if (steps or 0) < 0 else Happening.MOVED


def _created(lead: Lead) -> Iterator[Event]:
    if lead.created:
        source = f"came from {lead.source}" if lead.source else "came up"
        yield _at_field(lead, lead.created, Happening.CREATED, source, "created")


def _closed(lead: Lead, own: tuple[Event, ...]) -> Iterator[Event]:
    """That it was closed, unless the log tells of a move on that day."""
    is_told = any(event.day == lead.closed_on and event.what is Happening.MOVED for event in own)
    if lead.closed_on and not is_told:
        stage = f"as {lead.stage.name}" if lead.stage else "closed"
        text = f"{stage}: {lead.lost_reason}" if lead.lost_reason else stage
        yield _at_field(lead, lead.closed_on, Happening.CLOSED, text, "closed_on")


def _at_field(lead: Lead, day: date, what: Happening, text: str, field: str) -> Event:
    return Event(day=day, what=what, text=text, path=lead.path, line=lead.lines.get(field, 0))


def _of_line(line: LogLine, lead: Lead, stages: tuple[Stage, ...]) -> Event:
    move = move_of(line, stages)
    if move:
        is_back = (move.steps or 0) < 0
        what, text = Happening.MOVED_BACK if is_back else Happening.MOVED, _move_text(move)
    elif line.kind is TouchKind.STAGE:
        what, text = Happening.MOVED, line.text
    elif line.kind is TouchKind.REVIEW:
        what, text = Happening.REVIEW, line.text
    else:
        direction = f" {line.direction}" if line.direction else ""
        what, text = Happening.TOUCH, f"{line.kind}{direction}: {line.text}"
    return Event(day=line.day, what=what, text=text, path=lead.path, line=line.line)


def _move_text(move: Move) -> str:
    skipped = f", past {' and '.join(move.skipped)}" if move.skipped else ""
    return f"{move.before.name} -> {move.after.name}{skipped}"


def _from_elsewhere(lead: Lead) -> Iterator[Event]:
    """What other notes and `last_contact` tell."""
    for touch in reversed(lead.touches):
        if touch.path != lead.path or touch.kind is TouchKind.FIELD:
            yield Event(
                day=touch.day,
                what=Happening.TOUCH,
                text=_touch_text(touch),
                path=touch.path,
                line=touch.line,
            )


def _touch_text(touch: Touch) -> str:
    return touch.text if touch.kind is TouchKind.FIELD else f"{touch.kind}: {touch.text}"
