"""What has come of leads of one source, or of one owner: qualified, won, worth, and how soon."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.measures.closing import time_to_close
from vaultflow.pipeline.measures.conversion import reach_of
from vaultflow.pipeline.measures.winning import win_rate
from vaultflow.pipeline.stages import open_stages

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vaultflow.pipeline.history.course import Course
    from vaultflow.pipeline.lead import Money
    from vaultflow.pipeline.measures.ratio import Ratio
    from vaultflow.pipeline.pipeline import Pipeline


class Brought(Struct, frozen=True, kw_only=True):
    """What has come of some leads."""

    name: str
    """Of the source or owner; empty when it is not known."""
    leads: int
    qualified: int
    """Those that got beyond the stage by whose end a lead should be qualified."""
    won: Ratio
    """Of those that were won or lost."""
    value_won: Decimal
    half_over: int | None
    """Days by which half of them are over, won or lost; None when fewer are."""


def brought_by(
    name: str,
    courses: Sequence[Course],
    pipeline: Pipeline,
    worth: Callable[[Course], Money | None],
) -> Brought:
    """What has come of these leads.

    Args:
        name: what they have in common.
        courses: theirs; without orders and those that were no deals.
        pipeline: with the stages, and the setting for when a lead should be qualified.
        worth: a deal's value in the one currency that sums are made in.
    """
    path = open_stages(pipeline.stages)
    by_stage = pipeline.settings.qualification.by_stage
    rate = win_rate(courses, worth)
    return Brought(
        name=name,
        leads=len(courses),
        qualified=sum(len(reach_of(course, path).days) > by_stage for course in courses),
        won=rate.by_count,
        value_won=rate.won,
        half_over=time_to_close(courses, pipeline.today).half_over,
    )
