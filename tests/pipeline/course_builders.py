"""Courses of deals from the text of their notes, in a pipeline of the stages A, B and C."""

from __future__ import annotations

from datetime import date

from pipeline_builders import lead_of

from vaultflow.pipeline.history.course import Course, build_course
from vaultflow.pipeline.history.told import told_changes
from vaultflow.pipeline.history.union import unite
from vaultflow.pipeline.measures.numbers.periods import period_of
from vaultflow.pipeline.presets.endings import ENDINGS
from vaultflow.pipeline.settings import PipelineSettings, Settings, Stage
from vaultflow.pipeline.stages import stages_in_force

TODAY = date(2026, 11, 22)
SETTINGS = Settings(
    pipeline=PipelineSettings(stages=(*(Stage(name=name) for name in "ABC"), *ENDINGS))
)
STAGES = stages_in_force(SETTINGS)
NOVEMBER = period_of(TODAY, "month")


def deal(
    stage: str, *log: str, closed: str = "", value: int | None = 100, more: str = ""
) -> Course:
    fields = [f"stage: {stage}", "created: 2026-10-01"]
    fields += [f"value: {value}"] if value else []
    fields += [f"closed_on: {closed}"] if closed else []
    text = "\n".join(("---", "type: lead", *fields, *more.splitlines(), "---", "## Log", *log, ""))
    lead = lead_of(text, settings=SETTINGS, today=TODAY)
    facts, _ = unite(told_changes(lead)[0], lambda _, one, other: one == other)
    return build_course(lead, facts, STAGES, TODAY)


def won(value: int | None = 100, *, closed: str = "2026-11-10", more: str = "") -> Course:
    return deal("Won", closed=closed, value=value, more=more)


def lost(value: int | None = 100, *, closed: str = "2026-11-10", more: str = "") -> Course:
    return deal("Lost", closed=closed, value=value, more=more)
