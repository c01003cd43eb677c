"""What a stage asks of a lead, and what of it is met: the goal of each step."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.field_names import LeadFieldNames
from vaultflow.pipeline.presets.answers import ANSWERED_BY
from vaultflow.pipeline.reading.boxes import criterion_key, is_field_name
from vaultflow.pipeline.stages import open_stages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vaultflow.pipeline.lead import Lead
    from vaultflow.pipeline.settings import Stage

_NO = re.compile(r"(?:no|none|false|nein)\s*(?:$|[,;:.(–—-])", re.IGNORECASE)
_UNKNOWN = re.compile(r"\?+$|(?:unknown|tbd)\s*$", re.IGNORECASE)


class Met(StrEnum):
    """Whether something is so."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Criterion(Struct, frozen=True, kw_only=True):
    """One thing that a stage asks for, and whether the lead has it."""

    text: str
    met: Met
    fields: tuple[str, ...] = ()
    """The fields that would say so, by our names; empty for what only a tick can say."""
    line: int = 0
    """Where the note says it; 0 when it says nothing."""


class Goal(Struct, frozen=True, kw_only=True):
    """The criteria of one end of a stage, and what they come to."""

    criteria: tuple[Criterion, ...]

    @property
    def met(self) -> Met:
        """Yes when all are met, unknown when nothing is known of any, and else no."""
        known = {criterion.met for criterion in self.criteria}
        if known <= {Met.UNKNOWN}:
            return Met.UNKNOWN
        return Met.YES if known == {Met.YES} else Met.NO

    @property
    def done(self) -> int:
        """How many are met."""
        return sum(criterion.met is Met.YES for criterion in self.criteria)

    @property
    def missing(self) -> tuple[Criterion, ...]:
        """Those that are not known to be met, in order."""
        return tuple(each for each in self.criteria if each.met is not Met.YES)


def entry_goal(lead: Lead, stage: Stage) -> Goal:
    """What the stage asks for before a lead comes in."""
    return goal_of(lead, stage.entry)


def exit_goal(lead: Lead, stage: Stage) -> Goal:
    """What the stage is to bring about before a lead moves on: its goal."""
    return goal_of(lead, stage.exit)


def goal_of(lead: Lead, criteria: Iterable[str]) -> Goal:
    """What of the criteria is met, by ticks and by fields.

    A tick in the note says yes. Without one the fields tell: a criterion that is a field's name is
    met when the field is filled in. Some of the presets' are met when certain fields are filled in
    with anything but a no.
    """
    ticked = {criterion_key(box.text): box.line for box in lead.boxes if box.is_done}
    return Goal(criteria=tuple(_criterion(lead, text, ticked) for text in criteria))


def unmet_before(
    lead: Lead, target: Stage, stages: Sequence[Stage]
) -> tuple[tuple[Stage, Goal], ...]:
    """The earlier stages whose goal is not known to be met, when the target is the last open one.

    A deal is closed well only when all that came before has done its work.
    """
    *before, last = open_stages(stages)
    if target != last:
        return ()
    goals = ((stage, exit_goal(lead, stage)) for stage in before if stage.exit)
    return tuple((stage, goal) for stage, goal in goals if goal.met is not Met.YES)


def said_of(text: str) -> Met:
    """What a field's text says to the question whether it is so: any words but a no say yes."""
    text = text.strip()
    if not text or _UNKNOWN.match(text):
        return Met.UNKNOWN
    return Met.NO if _NO.match(text) else Met.YES


def _criterion(lead: Lead, text: str, ticked: Mapping[str, int]) -> Criterion:
    key = criterion_key(text)
    fields = (text,) if is_field_name(text) else ANSWERED_BY.get(key, ())
    if key in ticked:
        return Criterion(text=text, met=Met.YES, fields=fields, line=ticked[key])
    answers = [_answer(lead, field, is_named=fields == (text,)) for field in fields]
    line = max((line for _, line in answers), default=0)
    return Criterion(text=text, met=_all_of(met for met, _ in answers), fields=fields, line=line)


def _all_of(answers: Iterable[Met]) -> Met:
    """A no among them is a no; without one they are all known, or it is not known."""
    found = set(answers)
    if Met.NO in found:
        return Met.NO
    return Met.YES if found == {Met.YES} else Met.UNKNOWN


def _answer(lead: Lead, field: str, *, is_named: bool) -> tuple[Met, int]:
    """What a field says, and where; one that the stage names must be filled in, and no more."""
    if said := lead.said.get(field):
        return (Met.YES if is_named else said_of(said.text)), said.line
    is_kept = field in LeadFieldNames.__struct_fields__
    if is_kept and getattr(lead, field, None):
        return Met.YES, lead.lines.get(field, 0)
    return (Met.NO if is_named else Met.UNKNOWN), 0
