"""The eight lights of a healthy pipeline, on a page and in the line of today's note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.pages.practice.reviews import review_days
from vaultflow.pages.reports.section import Section, Table
from vaultflow.pages.wording import plural
from vaultflow.pipeline.practice.reviewing.habit import measure_habit
from vaultflow.pipeline.practice.reviewing.health import measure_health

if TYPE_CHECKING:
    from vaultflow.pages.page import Context
    from vaultflow.pipeline.practice.reviewing.health import HealthLight

SIGNS = {True: "🟢", False: "🔴", None: "⚪"}


def lights_of(context: Context) -> tuple[HealthLight, ...]:
    """The eight lights of today."""
    habit = measure_habit(review_days(context), context.today, context.pipeline.calendar)
    return measure_health(context.pipeline, context.courses().deals, habit)


def build_lights(lights: tuple[HealthLight, ...]) -> Section:
    """The eight lights, each with the page that tells more."""
    green = sum(light.is_green is True for light in lights)
    unknown = sum(light.is_green is None for light in lights)
    missing = f"; {unknown} not known yet" if unknown else ""
    return Section(
        title="Health",
        lines=(f"{green} of {plural(len(lights), 'light')} green{missing}.",),
        table=Table(
            headers=("Light", "Now", "Green when", "More"),
            rows=tuple(
                (f"{SIGNS[one.is_green]} {one.name}", one.number, one.threshold, one.page)
                for one in lights
            ),
        ),
        note="More: the page that tells more, as vaultflow refresh and report call it.",
    )
