"""The page of the sales process: what each stage means, what it asks for, and how it is lived."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaultflow.pages.rows import link_target, stage_label
from vaultflow.pipeline.practice.following.passage import missing_words
from vaultflow.pipeline.practice.process.actions import ActionCounts, count_actions
from vaultflow.pipeline.practice.process.conformance import entry_missing
from vaultflow.pipeline.practice.process.moves import own_touches
from vaultflow.pipeline.practice.process.playbook import stage_state, unknown_labels
from vaultflow.pipeline.practice.process.prompts import prompts_of
from vaultflow.pipeline.reading.boxes import criterion_key
from vaultflow.pipeline.settings import StageKind

if TYPE_CHECKING:
    from vaultflow.pages.page import Context
    from vaultflow.pipeline.settings import Stage
    from vaultflow.pipeline.standing import Standing

MOST_LISTED = 10  # the page is for reading; all of them are findings of `check`


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookAction:
    """An entry of a quick list and how often it was taken."""

    text: str
    done: int
    before_advance: int
    """How often it was the last one before the lead moved on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlyLead:
    """A lead that stands in a stage without what that asks for."""

    name: str
    target: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookStage:
    """One stage as it is meant, and as it is lived."""

    number: int
    """1 for the first; 0 for won, lost and parked."""
    name: str
    label: str
    aliases: tuple[str, ...]
    outcome: str
    probability: int | None
    expected_days: int | None
    stale_days: int | None
    entry: tuple[str, ...]
    exit: tuple[str, ...]
    prompts: tuple[str, ...]
    actions: tuple[PlaybookAction, ...]
    undescribed: tuple[str, ...]
    """What is not said about it: `outcome`, `timeline` or `action steps`."""
    leads: int
    """Open leads that stand here."""
    met: int
    unmet: int
    unknown: int
    came_early: tuple[EarlyLead, ...]
    more: int
    """Left out for the list's length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownLabel:
    """A stage that leads name and that is none."""

    text: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookPage:
    """What the page of the sales process shows."""

    stages: tuple[PlaybookStage, ...]
    """The open ones in order."""
    ends: tuple[PlaybookStage, ...]
    """Won, lost and parked."""
    unknown_labels: tuple[UnknownLabel, ...]
    actions_done: int
    advances: int


def build_playbook(context: Context) -> PlaybookPage:
    """The process as configured, with what the leads tell of it today."""
    stages, standings = context.pipeline.stages, context.pipeline.standings
    counts = count_actions((own_touches(standing.lead) for standing in standings), stages)
    every = tuple(_stage(stage, counts, context) for stage in stages)
    return PlaybookPage(
        stages=tuple(stage for stage in every if stage.number),
        ends=tuple(stage for stage in every if not stage.number),
        unknown_labels=tuple(
            UnknownLabel(text=text, count=count) for text, count in unknown_labels(standings)
        ),
        actions_done=counts.total,
        advances=counts.advances,
    )


def _stage(stage: Stage, counts: ActionCounts, context: Context) -> PlaybookStage:
    names = [each.name for each in context.pipeline.stages if each.kind is StageKind.OPEN]
    state = stage_state(context.pipeline.standings, stage)
    early = tuple(_early(standing, context) for standing in state.came_early[:MOST_LISTED])
    return PlaybookStage(
        number=names.index(stage.name) + 1 if stage.name in names else 0,
        name=stage.name,
        label=stage_label(stage),
        aliases=stage.aliases,
        outcome=stage.outcome,
        probability=stage.probability,
        expected_days=stage.expected_days,
        stale_days=stage.stale_days,
        entry=stage.entry,
        exit=stage.exit,
        prompts=prompts_of(stage, context.pipeline.stages),
        actions=tuple(_action(text, counts) for text in stage.actions),
        undescribed=_undescribed(stage),
        leads=len(state.leads),
        met=state.met,
        unmet=state.unmet,
        unknown=state.unknown,
        came_early=early,
        more=len(state.came_early) - len(early),
    )


def _action(text: str, counts: ActionCounts) -> PlaybookAction:
    key = criterion_key(text)
    return PlaybookAction(
        text=text, done=counts.done.get(key, 0), before_advance=counts.before_advance.get(key, 0)
    )


def _early(standing: Standing, context: Context) -> EarlyLead:
    lead = standing.lead
    return EarlyLead(
        name=lead.name,
        target=link_target(lead.path, context),
        missing=tuple(missing_words(criterion) for criterion in entry_missing(lead)),
    )


def _undescribed(stage: Stage) -> tuple[str, ...]:
    described = {
        "outcome": stage.outcome,
        "timeline": stage.expected_days,
        "action steps": stage.actions,
    }
    is_open = stage.kind is StageKind.OPEN
    return tuple(name for name, value in described.items() if is_open and not value)
