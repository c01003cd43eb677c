"""What the practice knows of one lead: `show` prints it, and other pages take parts of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaultflow.pipeline.practice.qualifying.answers import Answer, is_order, read_choice
from vaultflow.pipeline.practice.qualifying.engagement import engagement_of
from vaultflow.pipeline.practice.qualifying.fit import fit_of
from vaultflow.pipeline.practice.qualifying.plan import read_plan
from vaultflow.pipeline.practice.qualifying.qualification import (
    read_bant,
    read_coverage,
    read_gates,
)
from vaultflow.pipeline.practice.qualifying.risks import confidence, read_risks
from vaultflow.pipeline.practice.qualifying.romance import count_effort, out_of_order, read_steps
from vaultflow.pipeline.practice.qualifying.signals import read_signals, romancing_works
from vaultflow.pipeline.practice.reviewing.states import read_states

if TYPE_CHECKING:
    from vaultflow.pages.page import Context
    from vaultflow.pipeline.practice.qualifying.answers import YesNo
    from vaultflow.pipeline.practice.qualifying.dated_words import DatedWord
    from vaultflow.pipeline.practice.qualifying.engagement import Engagement
    from vaultflow.pipeline.practice.qualifying.fit import Fit
    from vaultflow.pipeline.practice.qualifying.plan import PlanStep
    from vaultflow.pipeline.practice.qualifying.qualification import Bant, Coverage
    from vaultflow.pipeline.practice.qualifying.risks import Confidence
    from vaultflow.pipeline.practice.qualifying.romance import Effort, Step
    from vaultflow.pipeline.practice.reviewing.states import State
    from vaultflow.pipeline.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadProfile:
    """What the practice knows of a lead. Made by `build_profile`."""

    is_order: bool
    """A sale that needs no selling: nothing of this is asked for."""
    warmth: str
    potential: str
    coverage: Coverage
    gates: tuple[YesNo, ...]
    bant: Bant
    states: tuple[State, ...]
    """Interested, qualified, ready."""
    steps: tuple[Step, ...]
    """The five of romancing."""
    too_soon: tuple[str, ...]
    """What was done before what it builds on: `demo before needs`."""
    effort: Effort
    plan: tuple[PlanStep, ...]
    signals: tuple[DatedWord, ...]
    """Newest first."""
    romancing_works: bool
    """Two kinds of signals within `[signals] window_days`."""
    risks: tuple[DatedWord, ...]
    fit: Fit | None
    """None without `[icp]`."""
    engagement: Engagement
    grade: str
    """Fit and engagement side by side: A1 to C3, `?` for a fit that is not known."""
    confidence: Confidence


def build_profile(standing: Standing, context: Context) -> LeadProfile:
    """What the practice knows of a lead today."""
    lead, today, settings = standing.lead, context.today, context.settings
    coverage, steps = read_coverage(lead), read_steps(lead, today)
    signals, risks = read_signals(lead, today), read_risks(lead, today)
    fit = fit_of(lead, context.vault, settings.fields, settings.icp)
    engagement = engagement_of(lead, today, settings.signals.half_life_days)
    return LeadProfile(
        is_order=is_order(lead),
        warmth=read_choice(lead, "warmth"),
        potential=read_choice(lead, "potential"),
        coverage=coverage,
        gates=read_gates(lead),
        bant=read_bant(standing, context.pipeline),
        states=read_states(lead, today, settings.qualification.answers),
        steps=steps,
        too_soon=tuple(f"{step.name} before {early.name}" for step, early in out_of_order(steps)),
        effort=count_effort(lead),
        plan=read_plan(lead),
        signals=signals,
        romancing_works=romancing_works(signals, today, settings.signals.window_days),
        risks=risks,
        fit=fit,
        engagement=engagement,
        grade=f"{fit.grade if fit else '?'}{engagement.level}",
        confidence=confidence(
            coverage.count + (fit.known if fit else 0),
            coverage.total + (fit.total if fit else 0),
            risks,
            "answers and facts known" if fit else "answers known",
        ),
    )


def qualification_lines(profile: LeadProfile) -> list[str]:
    """The answers as typed, and what is still open; empty when nothing at all is said."""
    coverage = profile.coverage
    said = [dot for dot in (*profile.gates, *profile.bant.dots) if dot.line]
    if not coverage.known and not said:
        return []
    counted = f"{coverage.count} of {coverage.total} answers"
    missing = f"; open: {', '.join(coverage.missing)}" if coverage.missing else ""
    return [
        f"{counted}{missing}",
        *(f"{known.field}: {known.text}" for known in coverage.known),
        *dict.fromkeys(yes_no_line(one) for one in said),
    ]


def yes_no_line(one: YesNo) -> str:
    """`budget: yes, 30,000 until June`."""
    answer = "?" if one.answer is Answer.UNKNOWN else str(one.answer)
    return f"{one.field}: {answer}{f', {one.words}' if one.words else ''}"


def state_lines(profile: LeadProfile) -> list[str]:
    """The states of which something is known, each with what says so."""
    return [
        f"{state.name}: {state.answer} ({state.evidence})"
        for state in profile.states
        if state.evidence
    ]


def romancing_lines(profile: LeadProfile) -> list[str]:
    """How far the romancing is, and by what; empty when no step is done."""
    done = [step for step in profile.steps if step.is_done]
    if not done:
        return []
    effort = profile.effort
    return [
        (
            f"{len(done)} of {len(profile.steps)} steps; "
            f"{effort.purposeful} of {effort.total} touches with a purpose"
        ),
        *(f"{step.name}: {step.evidence}" for step in done),
        *(f"too soon: {pair}" for pair in profile.too_soon),
    ]


def signal_lines(profile: LeadProfile) -> list[str]:
    """The signals, newest first, and whether they say that the romancing works."""
    works = ["the romancing works: two kinds of signals of late"] if profile.romancing_works else []
    return [*works, *(f"{signal.kind}: {signal.evidence}" for signal in profile.signals)]


def score_lines(profile: LeadProfile) -> list[str]:
    """Fit and engagement apart, with what each is made of, and how sure that is."""
    fit, engagement = profile.fit, profile.engagement
    if not engagement.points and not (fit and fit.known) and not profile.risks:
        return []
    sure = profile.confidence
    return [
        f"{profile.grade}; confidence {sure.percent}%: {'; '.join(sure.because)}",
        *(fit_lines(fit) if fit else ()),
        f"engagement {engagement.score}",
        *(f"+{one.points:.1f} {one.what}, {one.evidence}" for one in engagement.points),
    ]


def fit_lines(fit: Fit) -> list[str]:
    """The fit with the part of each rule."""
    score = "not known" if fit.score is None else f"{fit.score} of 100"
    return [
        f"fit {score}, {fit.known} of {fit.total} facts known",
        *(
            f"{'?' if one.points is None else f'+{one.points}'} {one.name}: "
            + (f"{one.said}, {one.evidence}" if one.said else f"not known; wanted {one.wanted}")
            for one in fit.criteria
        ),
    ]
