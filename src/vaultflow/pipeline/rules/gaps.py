"""Rules about what an open lead does not say, or said and does not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.errors import Level
from vaultflow.pipeline.practice.qualifying.answers import is_order
from vaultflow.pipeline.rules.rule import finding_at, is_past_first_stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultflow.errors import Finding
    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.pipeline.standing import Standing


def close_date_past(standing: Standing, pipeline: Pipeline) -> Iterable[Finding]:
    """An open lead that should have been closed already."""
    expected = standing.lead.expected_close
    if standing.is_open and expected and expected < pipeline.today:
        yield finding_at(
            standing,
            Level.WARNING,
            "close-date-past",
            f"The lead was expected to close on {expected} and is still open.",
            "set the day that they now name, or close it",
            at="expected_close",
        )


def value_missing(standing: Standing, pipeline: Pipeline) -> Iterable[Finding]:
    """An open lead past the first stage that counts for nothing in every sum."""
    if is_past_first_stage(standing, pipeline) and standing.lead.value is None:
        yield finding_at(
            standing,
            Level.INFO,
            "value-missing",
            "The lead has no value that can be counted.",
            "set value to what it may bring",
            at="value",
        )


def source_missing(standing: Standing, _: Pipeline) -> Iterable[Finding]:
    """An open lead of which it is not known where it came from."""
    if standing.is_open and standing.lead.readable and not standing.lead.source:
        hint = "set source, so that you know what brings you work"
        yield finding_at(
            standing, Level.INFO, "source-missing", "The lead has no source.", hint, at="source"
        )


def plan_missing(standing: Standing, pipeline: Pipeline) -> Iterable[Finding]:
    """An open lead past the first stage without a plan of how it is to be closed.

    An order needs none.
    """
    has_need = is_past_first_stage(standing, pipeline) and not is_order(standing.lead)
    if has_need and not standing.lead.has_plan:
        hint = "list the steps under a heading Plan"
        yield finding_at(standing, Level.INFO, "plan-missing", "The lead has no plan.", hint)


RULES = (close_date_past, value_missing, source_missing, plan_missing)
"""In the order in which they are asked."""
