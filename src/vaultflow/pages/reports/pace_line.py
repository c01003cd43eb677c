"""The one line of today's note about the goal; the pages say the same numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.pages.page import shows_lights
from vaultflow.pages.reports.saying import money_text
from vaultflow.pipeline.practice.reviewing.pressure import goal_pace

if TYPE_CHECKING:
    from decimal import Decimal

    from vaultflow.pages.page import Context

EVEN = "an even pace"


def pace_line(context: Context) -> str:
    """What is won beside an even pace, and how many lights are green; empty without a goal."""
    found = goal_pace(context.pipeline)
    if found is None:
        return ""
    won, ahead = found[1].won, found[1].ahead
    lights = _lights(context) if shows_lights(context.settings) else ""
    return f"Pace: {money_text(won, context)} won, {beside(ahead, EVEN, context)}{lights}."


def beside(ahead: Decimal, pace: str, context: Context) -> str:
    """`€3,000 behind an even pace`, `€200 ahead of an even pace` or `level with an even pace`."""
    amount = money_text(abs(ahead), context)
    if not round(ahead):
        return f"level with {pace}"
    return f"{amount} {'ahead of' if ahead > 0 else 'behind'} {pace}"


def _lights(context: Context) -> str:
    from vaultflow.pages.reports.lights import lights_of  # noqa: PLC0415  # most vaults show none
    from vaultflow.pipeline.practice.process.goal import measure_goal  # noqa: PLC0415  # same

    lights = lights_of(context)
    green = f"; {sum(one.is_green is True for one in lights)} of {len(lights)} lights green"
    goal = measure_goal(context.pipeline, context.courses().deals)
    lacking = goal.leads_a_day if goal else None
    return green + (f"; {float(lacking):.1f} new leads a working day" if lacking else "")
