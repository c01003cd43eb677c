"""Interested, qualified, ready: three things that are easily taken for one, each with evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.lead import Direction
from vaultflow.pipeline.practice.qualifying.answers import Answer, read_yes_no
from vaultflow.pipeline.practice.qualifying.qualification import (
    QUESTIONS,
    read_coverage,
    read_gates,
)
from vaultflow.pipeline.practice.qualifying.signals import read_signals

if TYPE_CHECKING:
    from datetime import date

    from vaultflow.pipeline.lead import Lead

STATES = ("interested", "qualified", "ready")
READY_KINDS = frozenset({"negotiates", "asks-delivery"})


class State(Struct, frozen=True, kw_only=True, gc=False):
    """Whether a lead is in one of the three states, and what says so."""

    name: str
    answer: Answer
    """Unknown when neither the lead nor its log tells."""
    evidence: str
    is_said: bool
    """The lead's own field says so, which counts before everything else."""


def read_states(lead: Lead, today: date, answers_wanted: int) -> tuple[State, ...]:
    """The three states, by the lead's own fields, else by what stands in its note.

    Args:
        lead: the lead.
        today: signals up to this day count.
        answers_wanted: so many of the seven answers make a lead qualified.
    """
    found = (
        _interested(lead, today),
        _qualified(lead, answers_wanted),
        _ready(lead, today),
    )
    return tuple(
        _said(lead, name) or State(name=name, answer=answer, evidence=evidence, is_said=False)
        for name, (answer, evidence) in zip(STATES, found, strict=True)
    )


def _said(lead: Lead, name: str) -> State | None:
    own = read_yes_no(lead, name)
    if own.line == 0 or not own.is_clear:
        return None
    words = f"{own.words}, " if own.words else ""
    evidence = f"{words}field {name}, line {own.line}"
    return State(name=name, answer=own.answer, evidence=evidence, is_said=True)


def _interested(lead: Lead, today: date) -> tuple[Answer, str]:
    signal = next(iter(read_signals(lead, today)), None)
    if signal:
        return Answer.YES, f"{signal.kind}, {signal.evidence}"
    touch = next((one for one in lead.touches if one.direction is Direction.IN), None)
    if touch:
        return Answer.YES, f"{touch.day} {touch.kind} in, line {touch.line}"
    return Answer.UNKNOWN, ""


def _qualified(lead: Lead, answers_wanted: int) -> tuple[Answer, str]:
    closed = next((gate for gate in read_gates(lead) if gate.answer is Answer.NO), None)
    if closed:
        return Answer.NO, f"{closed.field} no, line {closed.line}"
    known = read_coverage(lead).count
    if known >= answers_wanted:
        return Answer.YES, f"{known} of {len(QUESTIONS)} answers"
    return Answer.UNKNOWN, ""


def _ready(lead: Lead, today: date) -> tuple[Answer, str]:
    found = (one for one in read_signals(lead, today) if one.kind in READY_KINDS)
    signal = next(found, None)
    return (Answer.YES, f"{signal.kind}, {signal.evidence}") if signal else (Answer.UNKNOWN, "")
