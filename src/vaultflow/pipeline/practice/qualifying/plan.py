"""The plan of how a lead is to be closed: its steps, their days, and which are done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.reading.boxes import PLAN
from vaultflow.vault.frontmatter.values import read_date
from vaultflow.vault.names import fold

if TYPE_CHECKING:
    from datetime import date

    from vaultflow.pipeline.lead import Lead

_DAY = re.compile(r"(?<!\d)\d{4}-\d{1,2}-\d{1,2}(?!\d)")


class PlanStep(Struct, frozen=True, kw_only=True, gc=False):
    """One step of a plan."""

    text: str
    by: date | None
    """The first day that it names."""
    is_done: bool
    line: int


def read_plan(lead: Lead) -> tuple[PlanStep, ...]:
    """The items under the lead's heading `Plan`, in order."""
    return tuple(
        PlanStep(text=box.text, by=_day_in(box.text), is_done=box.is_done, line=box.line)
        for box in lead.boxes
        if fold(box.heading) == fold(PLAN)
    )


def steps_past(lead: Lead, today: date) -> tuple[PlanStep, ...]:
    """The steps that are not done though their day has passed, in order."""
    return tuple(
        step for step in read_plan(lead) if step.by and step.by < today and not step.is_done
    )


def _day_in(text: str) -> date | None:
    match = _DAY.search(text)
    return read_date(match[0]) if match else None
