"""The course of a deal: the stages that it went through, with their days, and how it ended.

Source of the terms: practice 3.6. A stay runs from the day on which a stage was entered up to the
day on which it was left; it has 0 days when both are one.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from vaultflow.pipeline.history.change import Fact
from vaultflow.pipeline.lead import Lead
from vaultflow.pipeline.settings import Stage, StageKind
from vaultflow.pipeline.stages import find_stage, open_stages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

CLOSED = frozenset({StageKind.WON, StageKind.LOST})


class Stay(Struct, frozen=True, kw_only=True, gc=False):
    """A time in one stage."""

    stage: Stage
    entered: date
    left: date | None
    """None while it runs."""
    earliest: date
    """The first day on which it can have begun; equal to `entered` where that is known."""

    def days(self, today: date) -> int:
        """Whole days from entering to leaving, or up to today."""
        return ((self.left or today) - self.entered).days


class Course(Struct, frozen=True, kw_only=True, gc=False):
    """What a deal went through. Made by `build_course`."""

    lead: Lead
    began: date | None
    """Created, else the first day that anything tells of; None when nothing does."""
    stays: tuple[Stay, ...]
    """Oldest first, won, lost and parked ones too."""
    ended: date | None
    """The day on which it was won or lost; None while it is not, or when no day is known."""
    facts: tuple[Fact, ...]
    """Of all fields, oldest first for each field."""

    def __hash__(self) -> int:
        return hash(self.lead)

    @property
    def outcome(self) -> StageKind:
        """Won, lost, parked, or still open; by the stage in which it stands now."""
        return self.lead.stage.kind if self.lead.stage else StageKind.OPEN

    @property
    def reopened(self) -> int:
        """How often it was won or lost and then opened again."""
        kinds = [stay.stage.kind in CLOSED for stay in self.stays]
        return sum(before and not after for before, after in pairwise(kinds))

    def of_field(self, field: str) -> tuple[Fact, ...]:
        """The facts about one field, oldest first."""
        return tuple(fact for fact in self.facts if fact.field == field)


class Moves(Struct, frozen=True, kw_only=True, gc=False):
    """How a deal went through the open stages."""

    furthest: int | None
    """Index of the furthest open stage that it reached, 0 for the first; None for none."""
    forward: int
    back: int
    skipped: int
    """Stages that were jumped over on the way forward."""


class StageTime(Struct, frozen=True, kw_only=True):
    """How long a deal was in one stage. Source: practice 3.6, as HubSpot's properties."""

    stage: str
    """Its name."""
    latest: int | None
    """Days of the latest stay that is over; None when none is."""
    total: int
    """Days of all stays together, up to today where one runs."""
    is_running: bool
    """It is there now."""


class Summary(Struct, frozen=True, kw_only=True):
    """A course in numbers. Made by `sum_up`."""

    times: tuple[StageTime, ...]
    """One a stage that it was in, in the order in which they were first entered."""
    moves: Moves
    reopened: int
    """How often it was opened again."""


def build_course(
    lead: Lead, facts: Iterable[Fact], stages: tuple[Stage, ...], today: date
) -> Course:
    """The course of a deal from the facts about it."""
    known = tuple(facts)
    moves = [fact for fact in known if fact.field == "stage"]
    began = _began(lead, known)
    entries = [*_entries(lead, moves, began, stages)] if began else []
    if entries and lead.stage and entries[-1].stage != lead.stage:
        entries.append(_unseen(lead, lead.stage, entries[-1], today))
    stays = _one_after_the_other(entries)
    return Course(lead=lead, began=began, stays=stays, ended=_ended(lead, stays), facts=known)


def sum_up(course: Course, stages: Sequence[Stage], today: date) -> Summary:
    """The course in numbers.

    Args:
        course: of one deal.
        stages: those in force, in their order.
        today: up to which a stay that runs is counted.
    """
    entered = dict.fromkeys(stay.stage for stay in course.stays)
    return Summary(
        times=tuple(_time_in(course, stage, today) for stage in entered),
        moves=moves_of(course, stages),
        reopened=course.reopened,
    )


def _time_in(course: Course, stage: Stage, today: date) -> StageTime:
    stays = [stay for stay in course.stays if stay.stage == stage]
    over = [stay for stay in stays if stay.left is not None]
    return StageTime(
        stage=stage.name,
        latest=over[-1].days(today) if over else None,
        total=sum(stay.days(today) for stay in stays),
        is_running=len(over) < len(stays),
    )


def moves_of(course: Course, stages: Sequence[Stage]) -> Moves:
    """How the deal went through the open stages. A won deal has reached all of them.

    Skips count as passed, and moves back do not undo what was reached: practice 3.4.
    """
    order = {stage: place for place, stage in enumerate(open_stages(stages))}
    places = [order[stay.stage] for stay in course.stays if stay.stage in order]
    steps = [after - before for before, after in pairwise(places)]
    is_won = course.outcome is StageKind.WON
    last = len(order) - 1
    return Moves(
        furthest=last if is_won and order else max(places, default=None),
        forward=sum(step > 0 for step in steps),
        back=sum(step < 0 for step in steps),
        skipped=sum(step - 1 for step in steps if step > 1),
    )


def _began(lead: Lead, facts: Iterable[Fact]) -> date | None:
    if lead.created:
        return lead.created
    days = [fact.day for fact in facts] + [touch.day for touch in lead.touches]
    return min(days, default=None)


def _entries(
    lead: Lead, moves: Sequence[Fact], began: date, stages: tuple[Stage, ...]
) -> Iterator[Stay]:
    """One for each stage that was entered; what names no stage of today is left out."""
    before = _first_stage(lead, moves, stages)
    if before:
        yield Stay(stage=before, entered=began, left=None, earliest=began)
    for move in moves:
        stage = find_stage(stages, move.after)
        if stage and stage != before:
            was_there_first = before is None and move.earliest <= began
            entered = began if was_there_first else max(move.day, began)
            earliest = max(move.earliest, began)
            yield Stay(stage=stage, entered=entered, left=None, earliest=earliest)
            before = stage


def _unseen(lead: Lead, stage: Stage, last: Stay, today: date) -> Stay:
    """The stay in the present stage when nothing tells of the move there: it was in between."""
    day = max(lead.closed_on or today, last.entered)
    return Stay(stage=stage, entered=day, left=None, earliest=last.entered)


def _one_after_the_other(entries: Sequence[Stay]) -> tuple[Stay, ...]:
    """Each stay with its end, which is the begin of the next one."""
    ends = [entry.entered for entry in entries[1:]]
    closed = (replace(stay, left=end) for stay, end in zip(entries, ends, strict=False))
    return (*closed, *entries[-1:])


def _first_stage(lead: Lead, moves: Sequence[Fact], stages: tuple[Stage, ...]) -> Stage | None:
    """Where the lead stood before the first move that is known."""
    if not moves:
        return lead.stage
    return find_stage(stages, moves[0].before) if moves[0].before else None


def _ended(lead: Lead, stays: Sequence[Stay]) -> date | None:
    """The day in `closed_on`, else that of the move into the stage in which it is closed."""
    if lead.stage is None or lead.stage.kind not in CLOSED:
        return None
    entered = stays[-1].entered if stays and stays[-1].stage == lead.stage else None
    moved = entered if len(stays) > 1 else None
    return lead.closed_on or moved
