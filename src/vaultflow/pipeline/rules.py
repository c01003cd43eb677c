"""Our own rules: what is worth a look in a lead beyond what could not be read.

A rule is a function of one standing and the pipeline around it. To add one, write it below under
the code of its findings and enter it in `RULES`; the rules of plugins come in beside them.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from vaultflow.errors import Finding, Level
from vaultflow.pipeline.settings import StageKind
from vaultflow.pipeline.standing import Bucket, Idleness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.pipeline.settings import Stage
    from vaultflow.pipeline.standing import Standing

PipelineRule: TypeAlias = "Callable[[Standing, Pipeline], Iterable[Finding]]"
"""Looks at one lead and gives what is worth a look."""

_SHOWN_ACTIONS = 3  # as many as a line of the terminal holds


def no_next_action(standing: Standing, _: Pipeline) -> Iterable[Finding]:
    """An open lead of which it is not written what happens next."""
    lead = standing.lead
    if Bucket.NO_NEXT_ACTION in standing.buckets and not lead.next_action:
        actions = lead.stage.actions[:_SHOWN_ACTIONS] if lead.stage else ()
        quick_list = f", such as: {'; '.join(actions)}" if actions else ""
        yield _finding(
            standing,
            Level.WARNING,
            "no-next-action",
            "The lead has no next action.",
            f"say what must happen next and by when{quick_list}",
            at="next_action",
        )


def action_undated(standing: Standing, _: Pipeline) -> Iterable[Finding]:
    """A next action without the day by which it must happen."""
    lead = standing.lead
    if standing.is_open and lead.next_action and lead.next_action_due is None:
        yield _finding(
            standing,
            Level.WARNING,
            "action-undated",
            f'"{lead.next_action}" has no day by which it must happen.',
            "set next_action_due",
            at="next_action",
        )


def action_unnamed(standing: Standing, _: Pipeline) -> Iterable[Finding]:
    """A day by which something must happen, but not what."""
    lead = standing.lead
    if standing.is_open and lead.next_action_due and not lead.next_action:
        yield _finding(
            standing,
            Level.WARNING,
            "action-unnamed",
            f"Something is due on {lead.next_action_due}, but it is not written what.",
            "set next_action",
            at="next_action_due",
        )


def action_overdue(standing: Standing, _: Pipeline) -> Iterable[Finding]:
    """A next action whose day has passed."""
    if standing.overdue_days is not None:
        days = f"{standing.overdue_days} day{'' if standing.overdue_days == 1 else 's'}"
        action = f'"{standing.lead.next_action}"' if standing.lead.next_action else "Something"
        yield _finding(
            standing,
            Level.INFO,
            "action-overdue",
            f"{action} has been overdue for {days}.",
            "do it, or set another day",
            at="next_action_due",
        )


def stale(standing: Standing, _: Pipeline) -> Iterable[Finding]:
    """An open lead that was idle for longer than its stage allows."""
    if standing.idleness is Idleness.STALE:
        yield _finding(
            standing,
            Level.WARNING,
            "stale",
            _sentence(standing.evidence),
            "get in touch, or park or lose it",
            at=_line_of_last_touch(standing),
        )


def sleeping(standing: Standing, pipeline: Pipeline) -> Iterable[Finding]:
    """An open lead whose next action comes long after it would have gone stale."""
    if standing.idleness is Idleness.SLEEPING:
        grace = pipeline.settings.pipeline.grace_days
        yield _finding(
            standing,
            Level.INFO,
            "sleeping",
            f"{_sentence(standing.evidence)} The next action is due on "
            f"{standing.lead.next_action_due}, later than the limit and {grace} days of grace.",
            "do something sooner, or park it until then",
            at="next_action_due",
        )


def idle_unknown(standing: Standing, _: Pipeline) -> Iterable[Finding]:
    """An open lead without any day to count from, which so can never be called stale."""
    if standing.idleness is Idleness.UNKNOWN and standing.lead.readable:
        hint = "set created, or write a dated line under its log heading"
        yield _finding(standing, Level.INFO, "idle-unknown", _sentence(standing.evidence), hint)


def close_date_past(standing: Standing, pipeline: Pipeline) -> Iterable[Finding]:
    """An open lead that should have been closed already."""
    expected = standing.lead.expected_close
    if standing.is_open and expected and expected < pipeline.today:
        yield _finding(
            standing,
            Level.WARNING,
            "close-date-past",
            f"The lead was expected to close on {expected} and is still open.",
            "set the day that they now name, or close it",
            at="expected_close",
        )


def value_missing(standing: Standing, pipeline: Pipeline) -> Iterable[Finding]:
    """An open lead past the first stage that counts for nothing in every sum."""
    if _is_past_first_stage(standing, pipeline) and standing.lead.value is None:
        yield _finding(
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
        yield _finding(
            standing, Level.INFO, "source-missing", "The lead has no source.", hint, at="source"
        )


def plan_missing(standing: Standing, pipeline: Pipeline) -> Iterable[Finding]:
    """An open lead past the first stage without a plan of how it is to be closed."""
    if _is_past_first_stage(standing, pipeline) and not standing.lead.has_plan:
        hint = "list the steps under a heading Plan"
        yield _finding(standing, Level.INFO, "plan-missing", "The lead has no plan.", hint)


def holding_tank(standing: Standing, pipeline: Pipeline) -> Iterable[Finding]:
    """An open lead that was put into the first stage and never touched since."""
    is_waiting = standing.idleness is Idleness.STALE and not standing.last_touch
    first = _first_stage(pipeline) if is_waiting else None
    if first and standing.is_open and standing.lead.stage == first:
        yield _finding(
            standing,
            Level.WARNING,
            "holding-tank",
            f"The lead has waited in {first.name} for {standing.idle_days} days without a touch.",
            "a lead is worth what you do after finding it: get in touch, or lose it",
        )


def lost_reason_missing(standing: Standing, _: Pipeline) -> Iterable[Finding]:
    """A lost lead from which nothing can be learnt."""
    if _has_kind(standing, StageKind.LOST) and not standing.lead.lost_reason:
        yield _finding(
            standing,
            Level.WARNING,
            "lost-reason-missing",
            "The lead is lost without a reason.",
            "set lost_reason in their words",
            at="lost_reason",
        )


def closed_on_missing(standing: Standing, _: Pipeline) -> Iterable[Finding]:
    """A won or lost lead that belongs to no month."""
    is_closed = _has_kind(standing, StageKind.WON) or _has_kind(standing, StageKind.LOST)
    if is_closed and standing.lead.closed_on is None:
        yield _finding(
            standing,
            Level.INFO,
            "closed-on-missing",
            "The day on which the lead was closed is not known.",
            "set closed_on, so that it counts in its month",
            at="closed_on",
        )


def revisit_missing(standing: Standing, _: Pipeline) -> Iterable[Finding]:
    """A parked lead that nobody will come back to."""
    if standing.is_parked and standing.lead.revisit_on is None:
        yield _finding(
            standing,
            Level.INFO,
            "revisit-missing",
            "The lead is parked without a day to look again.",
            "set revisit_on",
            at="revisit_on",
        )


def revisit_due(standing: Standing, pipeline: Pipeline) -> Iterable[Finding]:
    """A parked or lost lead whose day to look again has come."""
    day = standing.lead.revisit_on
    is_asleep = standing.is_parked or _has_kind(standing, StageKind.LOST)
    if is_asleep and day and day <= pipeline.today:
        yield _finding(
            standing,
            Level.INFO,
            "revisit-due",
            f"The lead was to be looked at again on {day}.",
            "open it again, or set another day",
            at="revisit_on",
        )


RULES: Mapping[str, PipelineRule] = MappingProxyType(
    {
        rule.__name__.replace("_", "-"): rule
        for rule in (
            no_next_action,
            action_undated,
            action_unnamed,
            action_overdue,
            stale,
            sleeping,
            idle_unknown,
            close_date_past,
            value_missing,
            source_missing,
            plan_missing,
            holding_tank,
            lost_reason_missing,
            closed_on_missing,
            revisit_missing,
            revisit_due,
        )
    }
)
"""By the code of their findings, in the order in which they are asked."""


def _has_kind(standing: Standing, kind: StageKind) -> bool:
    return standing.lead.stage is not None and standing.lead.stage.kind is kind


def _is_past_first_stage(standing: Standing, pipeline: Pipeline) -> bool:
    is_in_stage = standing.is_open and _has_kind(standing, StageKind.OPEN)
    return is_in_stage and standing.lead.stage != _first_stage(pipeline)


def _first_stage(pipeline: Pipeline) -> Stage | None:
    return next((stage for stage in pipeline.stages if stage.kind is StageKind.OPEN), None)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _line_of_last_touch(standing: Standing) -> int:
    touch = standing.last_touch
    return touch.line if touch and touch.path == standing.lead.path else 0


def _finding(
    standing: Standing, level: Level, code: str, message: str, hint: str, at: str | int = ""
) -> Finding:
    """The finding at a line, or where the field of that name stands."""
    lead = standing.lead
    line = at if isinstance(at, int) else lead.lines.get(at, 0)
    return Finding(level=level, code=code, path=lead.path, line=line, message=message, hint=hint)
