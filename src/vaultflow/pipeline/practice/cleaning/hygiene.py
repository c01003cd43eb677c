"""How clean the pipeline is: a few questions about every open lead, and the share answered well.

The score is the share, in percent, of all answers that are as they should be. Every question counts
once a lead, so that one careless afternoon does not sink it and one field does not lift it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from vaultflow.pipeline.stages import open_stages
from vaultflow.pipeline.standing import Standing  # noqa: TC001  # msgspec looks the types up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from vaultflow.pipeline.pipeline import Pipeline

Question: TypeAlias = "Callable[[Standing, Pipeline], bool | None]"
"""Whether a lead is as it should be; None when that is not asked of it."""


class Fault(Struct, frozen=True, kw_only=True):
    """One question, and the open leads that fail it."""

    name: str
    """In words, as a list of such leads would be called."""
    asked: int
    """Of how many leads it was asked."""
    failing: tuple[Standing, ...]
    """By path."""


class Hygiene(Struct, frozen=True, kw_only=True):
    """How clean the pipeline is on a day."""

    score: int | None
    """0 to 100, rounded down, so that 100 means without a fault; None without open leads."""
    asked: int
    """Answers that were looked at: the n of the score."""
    faults: tuple[Fault, ...]
    """One a question, in the order in which they are asked."""


def judge_hygiene(pipeline: Pipeline) -> Hygiene:
    """How clean the open leads are today; one that cannot be read fails the first question only."""
    leads = [standing for standing in pipeline.standings if standing.is_open]
    faults = tuple(_fault(name, question, leads, pipeline) for name, question in QUESTIONS.items())
    asked = sum(fault.asked for fault in faults)
    failed = sum(len(fault.failing) for fault in faults)
    return Hygiene(
        score=(asked - failed) * 100 // asked if asked else None, asked=asked, faults=faults
    )


def _fault(name: str, question: Question, leads: Iterable[Standing], pipeline: Pipeline) -> Fault:
    answers = [(one, question(one, pipeline)) for one in leads]
    failing = tuple(one for one, is_good in answers if is_good is False)
    return Fault(name=name, asked=sum(good is not None for _, good in answers), failing=failing)


def _is_readable(standing: Standing, _: Pipeline) -> bool | None:
    return standing.lead.readable


def _has_stage(standing: Standing, _: Pipeline) -> bool | None:
    return standing.lead.stage is not None if standing.lead.readable else None


def _has_action(standing: Standing, _: Pipeline) -> bool | None:
    lead = standing.lead
    return bool(lead.next_action and lead.next_action_due) if lead.readable else None


def _has_value(standing: Standing, pipeline: Pipeline) -> bool | None:
    """Not asked in the first stage, where nobody can know it yet."""
    lead, first = standing.lead, open_stages(pipeline.stages)[:1]
    if not lead.readable or lead.stage is None or lead.stage in first:
        return None
    return lead.value is not None


def _has_source(standing: Standing, _: Pipeline) -> bool | None:
    return bool(standing.lead.source) if standing.lead.readable else None


def _has_future_close(standing: Standing, pipeline: Pipeline) -> bool | None:
    """Not asked where no day is expected."""
    expected = standing.lead.expected_close
    return None if expected is None else expected >= pipeline.today


def _has_date(standing: Standing, _: Pipeline) -> bool | None:
    return standing.idle_days is not None if standing.lead.readable else None


def _has_no_errors(standing: Standing, _: Pipeline) -> bool | None:
    return not standing.lead.findings if standing.lead.readable else None


QUESTIONS: Mapping[str, Question] = {
    "cannot be read": _is_readable,
    "in no known stage": _has_stage,
    "without a next action and its day": _has_action,
    "without a value": _has_value,
    "without a source": _has_source,
    "expected to close on a day that has passed": _has_future_close,
    "without any date to count from": _has_date,
    "with a field or log line that cannot be read": _has_no_errors,
}
"""By what a lead that fails is called."""
