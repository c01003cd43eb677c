"""Romancing the sale: five steps from a stranger to somebody who buys, and what they rest on."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.lead import Direction, TouchKind
from vaultflow.pipeline.practice.qualifying.answers import Answer, split_answer
from vaultflow.pipeline.reading.boxes import ROMANCING
from vaultflow.vault.frontmatter.values import read_date
from vaultflow.vault.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vaultflow.pipeline.lead import Lead, Touch

STEPS = {
    "trust": "Trust in you and your company",
    "needs": "Their needs understood",
    "solution": "The best solution presented",
    "demo": "Shown that it is what they need",
    "concerns": "Their concerns resolved",
}
"""In the order in which they build on each other."""
_SIGNS = {
    "demo": r"demo",  # before the others: "demonstrate that the solution is what they need"
    "concerns": r"concern|objection",
    "trust": r"trust",
    "solution": r"solution",
    "needs": r"needs?\b",
}
_UNPURPOSED = frozenset({TouchKind.STAGE, TouchKind.FIELD})
"""They tell that something was moved or that a day is known, not what was done for the buyer."""
ENOUGH_EFFORT = 4  # the seed's question to ask: effort was made, and nothing came back
_TICKED = "ticked"


class Doubt(StrEnum):
    """Why what a field says about a step cannot count."""

    UNCLEAR = "unclear"
    """Neither a day nor yes or no."""
    AHEAD = "ahead"
    """A day that is still to come."""


class Step(Struct, frozen=True, kw_only=True, gc=False):
    """One of the five steps of a lead."""

    name: str
    label: str
    is_done: bool
    on: date | None
    """The day on which it was done; None when it is not done, or on a day that is not told."""
    evidence: str
    """What tells so, with the line; empty when nothing does."""
    line: int = 0


class Effort(Struct, frozen=True, kw_only=True, gc=False):
    """Touches of ours: those with a purpose, and those that only say hello."""

    purposeful: int
    check_ins: int
    total: int
    """All of them, which the share is of."""


def read_steps(lead: Lead, today: date) -> tuple[Step, ...]:
    """The five steps: what the lead's field says counts, else a tick, else the log's first."""
    return tuple(
        _step_of_field(lead, name, today) or _step_of_box(lead, name) or _step_of_log(lead, name)
        for name in STEPS
    )


def out_of_order(steps: Iterable[Step]) -> tuple[tuple[Step, Step], ...]:
    """The steps that were done too soon, each with the first one that should have come before.

    It should have when it is not done, or was done on a later day. Trust grows all along and is
    seldom noted: it is missed only when the lead says that it is not there.
    """
    ordered = tuple(steps)
    found = []
    for at, step in enumerate(ordered):
        early = next((one for one in ordered[:at] if _comes_late(one, step)), None)
        if early:
            found.append((step, early))
    return tuple(found)


def doubt_about(lead: Lead, step: str, today: date) -> Doubt | None:
    """What is wrong with what a lead's field says about a step; None when all is well."""
    said = lead.said.get(step)
    if said is None:
        return None
    day = read_date(said.text)
    if day is None:
        return Doubt.UNCLEAR if split_answer(said.text)[0] is None else None
    return Doubt.AHEAD if day > today else None


def step_named(text: str) -> str:
    """The step that some words mean, by their first word or by their sense; else empty."""
    words = fold(text).strip(" *_`")
    first = re.match(r"[a-z]+", words)
    if first and first[0] in STEPS:
        return first[0]
    return next((name for name, signs in _SIGNS.items() if re.search(rf"\b(?:{signs})", words)), "")


def count_effort(lead: Lead) -> Effort:
    """The touches of ours with a purpose, and those without.

    A purpose is named in brackets behind the kind, or was the lead's next action, which a review
    says is done. What came in is none of ours, and what another note tells of a day that the log
    tells of is the same touch.
    """
    ours = [
        touch
        for touch in lead.touches
        if touch.direction is not Direction.IN and touch.kind not in _UNPURPOSED
    ]
    logged = {touch.day for touch in lead.touches if touch.path == lead.path}
    counted = [touch for touch in ours if touch.path == lead.path or touch.day not in logged]
    purposeful = sum(_has_purpose(touch) for touch in counted)
    return Effort(purposeful=purposeful, check_ins=len(counted) - purposeful, total=len(counted))


def _has_purpose(touch: Touch) -> bool:
    return bool(touch.step) or touch.kind is TouchKind.REVIEW


def _comes_late(before: Step, step: Step) -> bool:
    if not step.is_done:
        return False
    if before.name == "trust":
        return not before.is_done and bool(before.evidence)
    return not before.is_done or bool(before.on and step.on and before.on > step.on)


def _step_of_field(lead: Lead, name: str, today: date) -> Step | None:
    """What the field says; None when it is missing or cannot be understood."""
    said = lead.said.get(name)
    if said is None or doubt_about(lead, name, today) is Doubt.UNCLEAR:
        return None
    day = read_date(said.text)
    is_done = day <= today if day else split_answer(said.text)[0] is Answer.YES
    where = f"field {name}, line {said.line}"
    return _step(name, day if is_done else None, where, said.line, is_done=is_done)


def _step_of_box(lead: Lead, name: str) -> Step | None:
    for box in lead.boxes:
        if box.is_done and fold(box.heading) == fold(ROMANCING) and step_named(box.text) == name:
            return _step(name, None, f"{_TICKED}, line {box.line}", box.line)
    return None


def _step_of_log(lead: Lead, name: str) -> Step:
    named = [touch for touch in lead.touches if touch.step and step_named(touch.step) == name]
    if not named:
        return _step(name, None, "", 0, is_done=False)
    first = min(named, key=lambda touch: touch.day)
    own = first.path == lead.path
    where = f"line {first.line}" if own else f'note "{first.path.stem}", line {first.line}'
    line = first.line if own else 0
    return _step(name, first.day, f"{first.day} {first.kind}, {where}", line)


def _step(name: str, on: date | None, evidence: str, line: int, *, is_done: bool = True) -> Step:
    return Step(name=name, label=STEPS[name], is_done=is_done, on=on, evidence=evidence, line=line)
