"""The courses of all deals of a pipeline, from their notes and from what others have seen."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.errors import Finding
from vaultflow.pipeline.history.course import Course, build_course
from vaultflow.pipeline.history.meaning import same_meaning
from vaultflow.pipeline.history.told import told_changes
from vaultflow.pipeline.history.union import unite

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import PurePosixPath

    from vaultflow.pipeline.history.change import Change
    from vaultflow.pipeline.pipeline import Pipeline


class Courses(Struct, frozen=True, kw_only=True):
    """What all deals went through."""

    deals: tuple[Course, ...]
    """One a lead that can be read, by path."""
    unreadable: int
    """Leads that cannot be read, and so are in none."""
    findings: tuple[Finding, ...]
    """Entries that cannot be read, and contradictions, by path and line."""


def build_courses(pipeline: Pipeline, seen: Iterable[Change]) -> Courses:
    """The courses of all deals.

    Args:
        pipeline: with all leads.
        seen: what git and the journals tell, of any notes.
    """
    by_path: dict[PurePosixPath, list[Change]] = defaultdict(list)
    for change in seen:
        by_path[change.path].append(change)
    same = same_meaning(pipeline.settings)
    deals: list[Course] = []
    findings: list[Finding] = []
    leads = [standing.lead for standing in pipeline.standings]
    for lead in leads:
        if not lead.readable:
            continue
        told, unclear = told_changes(lead)
        facts, contradictions = unite((*told, *by_path[lead.path]), same)
        deals.append(build_course(lead, facts, pipeline.stages, pipeline.today))
        findings += (*unclear, *contradictions)
    return Courses(
        deals=tuple(deals),
        unreadable=len(leads) - len(deals),
        findings=tuple(sorted(findings, key=lambda found: (found.path, found.line))),
    )
