"""Rules about romancing: steps, signals, and plans that were not kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.errors import Level, did_you_mean
from vaultflow.pipeline.practice.qualifying.plan import steps_past
from vaultflow.pipeline.practice.qualifying.romance import (
    STEPS,
    Doubt,
    count_effort,
    doubt_about,
    out_of_order,
    read_steps,
)
from vaultflow.pipeline.practice.qualifying.signals import WEIGHTS, all_signals, is_without_signals
from vaultflow.pipeline.rules.rule import finding_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultflow.errors import Finding
    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.pipeline.standing import Standing


def step_unclear(standing: Standing, pipeline: Pipeline) -> Iterable[Finding]:
    """A field of a romancing step that says neither a day nor yes or no, or a day to come."""
    for step in STEPS:
        doubt = doubt_about(standing.lead, step, pipeline.today)
        if doubt:
            text = standing.lead.said[step].text
            ahead = "is still to come, so the step is not done"
            unclear = "is neither a day nor yes or no, so it does not count"
            yield finding_at(
                standing,
                Level.INFO,
                "step-unclear",
                f'{step}: "{text}" {ahead if doubt is Doubt.AHEAD else unclear}.',
                "set the day on which it was done",
                at=step,
            )


def step_too_soon(standing: Standing, pipeline: Pipeline) -> Iterable[Finding]:
    """A romancing step of an open lead that was done before one that it builds on: the first."""
    steps = read_steps(standing.lead, pipeline.today) if standing.is_open else ()
    for step, early in out_of_order(steps)[:1]:
        late = f"only {early.on}" if early.on else "not yet"
        yield finding_at(
            standing,
            Level.WARNING,
            "step-too-soon",
            f"{step.name} before {early.name}: {step.evidence}; {early.name} {late}.",
            f"go back to {early.name}, or tick it under a heading Romancing if it is done",
            at=step.line,
        )


def signal_unknown(standing: Standing, _: Pipeline) -> Iterable[Finding]:
    """A signal of no known kind, which so counts for nothing."""
    for signal in all_signals(standing.lead):
        if signal.kind not in WEIGHTS:
            hint = did_you_mean(signal.kind, WEIGHTS) or f"there are: {', '.join(WEIGHTS)}"
            yield finding_at(
                standing,
                Level.WARNING,
                "signal-unknown",
                f'"{signal.kind}" is no signal: {signal.evidence}.',
                hint,
                at=signal.line if signal.path == standing.lead.path else 0,
            )


def no_signals(standing: Standing, pipeline: Pipeline) -> Iterable[Finding]:
    """An open lead that gave no sign after much effort."""
    if is_without_signals(standing, pipeline.today):
        touches = count_effort(standing.lead).purposeful
        yield finding_at(
            standing,
            Level.WARNING,
            "no-signals",
            f"{touches} touches with a purpose and no sign from them: not romancing effectively, "
            "or not in buying mode.",
            "ask whether they are truly in a buying mode; if not, lose it and move on",
        )


def plan_step_past(standing: Standing, pipeline: Pipeline) -> Iterable[Finding]:
    """A step of an open lead's plan that was not done on its day."""
    for step in steps_past(standing.lead, pipeline.today) if standing.is_open else ():
        yield finding_at(
            standing,
            Level.INFO,
            "plan-step-past",
            f'"{step.text}" of the plan was to be done by {step.by}.',
            "do it, tick it, or set another day",
            at=step.line,
        )


RULES = (step_unclear, step_too_soon, signal_unknown, no_signals, plan_step_past)
"""In the order in which they are asked."""
