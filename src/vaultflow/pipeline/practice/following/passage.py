"""What is worth saying as a lead goes to another stage: what it leaves unmet, what is ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.pipeline.money import format_money
from vaultflow.pipeline.practice.process.criteria import exit_goal, unmet_before
from vaultflow.pipeline.practice.process.prompts import prompts_of
from vaultflow.pipeline.settings import StageKind
from vaultflow.pipeline.stages import open_stages, steps_between

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultflow.pipeline.lead import Lead
    from vaultflow.pipeline.practice.process.criteria import Criterion, Goal
    from vaultflow.pipeline.settings import Stage


def passage_words(lead: Lead, target: Stage, stages: Sequence[Stage]) -> tuple[str, ...]:
    """What to say before the lead comes into the target stage, one sentence a line.

    Nothing here refuses the move: a person may know better.
    """
    return (
        *_left_words(lead, target, stages),
        *_warning(lead, target, stages),
        *_closing_words(lead, target, stages),
        *(f"write down: {prompt}" for prompt in prompts_of(target, stages)),
    )


def goal_words(goal: Goal) -> str:
    """`no, 2 of 6`: whether the goal is met, and how much of it."""
    if not goal.criteria:
        return "unknown, the stage has no exit criteria"
    return f"{goal.met}, {goal.done} of {len(goal.criteria)}"


def missing_words(criterion: Criterion) -> str:
    """A criterion that is not met, with the fields that would say that it is."""
    fields = [name for name in criterion.fields if name != criterion.text]
    return f"{criterion.text} ({', '.join(fields)})" if fields else criterion.text


def _left_words(lead: Lead, target: Stage, stages: Sequence[Stage]) -> Iterator[str]:
    stage = lead.stage
    if stage is None or stage == target or stage.kind is not StageKind.OPEN:
        return
    if (steps_between(stage, target, stages) or 0) < 0:
        yield f"this goes back, from {stage.name} to {target.name}"
    elif stage.exit and target.kind in (StageKind.OPEN, StageKind.WON):
        goal = exit_goal(lead, stage)
        yield f"goal of {stage.name} met: {goal_words(goal)}"
        yield from (f"missing: {missing_words(criterion)}" for criterion in goal.missing)


def _warning(lead: Lead, target: Stage, stages: Sequence[Stage]) -> Iterator[str]:
    unmet = [
        f"{stage.name} {goal.done} of {len(goal.criteria)}"
        for stage, goal in unmet_before(lead, target, stages)
    ]
    if unmet:
        yield (
            f"warning: {target.name} needs all earlier stages to have done their work, "
            f"and that is not known of {', '.join(unmet)}"
        )


def _closing_words(lead: Lead, target: Stage, stages: Sequence[Stage]) -> Iterator[str]:
    """The problem once more, as nothing closes a sale so well as its practical solution."""
    if target.kind is not StageKind.WON and target != open_stages(stages)[-1]:
        return
    said = lead.said.get("problem") or lead.said.get("reason_for_contact")
    if said:
        yield f"their problem (line {said.line}): {said.text}"
    else:
        yield f"their problem is not written down: vaultflow set {lead.name!r} problem ..."
    if lead.value:
        yield f"value now: {format_money(lead.value)}"
