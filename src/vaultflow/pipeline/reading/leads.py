"""A note read as a lead."""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import fields

from vaultflow.pipeline.field_names import PRACTICE_FIELDS, FieldNames
from vaultflow.pipeline.lead import Lead, Said, Touch
from vaultflow.pipeline.reading.boxes import PLAN, field_criteria, read_boxes
from vaultflow.pipeline.reading.fields import entry_texts, field_text, find_fields, sought
from vaultflow.pipeline.reading.log import read_log, section_items
from vaultflow.pipeline.reading.readers import (
    day_to_come,
    read_day,
    read_probability,
    read_refs,
    read_stage,
    read_text,
    read_value,
)
from vaultflow.pipeline.reading.touches import read_touches

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from vaultflow.errors import Finding
    from vaultflow.pipeline.reading.fields import FieldValue, Sought
    from vaultflow.pipeline.reading.surroundings import Surroundings
    from vaultflow.pipeline.settings import Stage
    from vaultflow.vault.note import Note

_FIELDS = tuple(field.name for field in fields(FieldNames))
_TEXTS = ("owner", "source", "next_action", "lost_reason")
_DAYS = ("created", "expected_close", "next_action_due", "revisit_on", "closed_on")
_PAST_DAYS = ("created", "closed_on")


class _Logged(Struct, frozen=True, kw_only=True, gc=False):
    """What the log of a lead tells of it."""

    touches: tuple[Touch, ...]
    review_days: tuple[date, ...]
    """On which it was reviewed, newest first."""
    why_on: date | None
    """The last one that says why it stands in its stage."""
    findings: tuple[Finding, ...]


def read_lead(note: Note, around: Surroundings) -> Lead:
    """The lead that the note is; what is missing or cannot be read is None or empty.

    Its findings say what cannot be read, where, and what to do about it. Of a note that cannot
    be read at all only the path is known: why, the note's own findings tell.
    """
    if not note.readable:
        return _unreadable_lead(note)
    found = find_fields(note, _sought(around.settings.fields, around.stages))
    return _read_lead(note, found, around)


def _read_lead(note: Note, found: Mapping[str, FieldValue], around: Surroundings) -> Lead:
    get = found.get
    index = around.vault.index
    logged = _read_logged(note, get("last_contact"), around)
    stage, in_stage = read_stage(note, get("stage"), around.stages)
    value, in_value = read_value(note, get("value"), get("currency"), around.settings.money)
    chance, in_chance = read_probability(note, get("probability"))
    texts, in_texts = _read_texts(note, found)
    days, in_days = _read_days(note, found, around.today)
    findings = in_stage + in_value + in_chance + in_texts + in_days + logged.findings
    return Lead(
        path=note.path,
        name=note.name,
        readable=True,
        stage=stage,
        stage_text=field_text(get("stage")),
        value=value,
        probability=stage.probability if chance is None and stage else chance,
        company=next(iter(read_refs(note, get("company"), index)), None),
        people=read_refs(note, get("people"), index),
        owner=texts["owner"],
        source=texts["source"],
        created=days["created"],
        expected_close=days["expected_close"],
        next_action=texts["next_action"],
        next_action_due=days["next_action_due"],
        revisit_on=days["revisit_on"],
        closed_on=days["closed_on"],
        lost_reason=texts["lost_reason"],
        tags=note.tags,
        touches=logged.touches,
        findings=tuple(sorted(findings, key=attrgetter("line"))),
        reviewed_on=next(iter(logged.review_days), None),
        has_plan=_has_plan(note, get(PLAN)),
        lines={name: found[name].line for name in _FIELDS if name in found},
        said=_said(found, around.stages),
        boxes=read_boxes(note, around.stages),
        review_days=logged.review_days,
        why_on=logged.why_on,
    )


@lru_cache(maxsize=8)
def _sought(names: FieldNames, stages: tuple[Stage, ...]) -> Sought:
    ours = {name: getattr(names, name) for name in _FIELDS}
    criteria = {name: (name,) for name in field_criteria(stages)}
    return sought({PLAN: (PLAN,)} | criteria | ours)


def _read_logged(note: Note, last_contact: FieldValue | None, around: Surroundings) -> _Logged:
    log, in_log = read_log(note, around.settings.leads.log_heading, around.today)
    touches, in_touches = read_touches(note, log, around, last_contact)
    reviews = [line for line in log if line.is_review]
    return _Logged(
        touches=touches,
        review_days=tuple(sorted({line.day for line in reviews}, reverse=True)),
        why_on=max((line.day for line in reviews if line.says_why), default=None),
        findings=in_log + in_touches,
    )


def _read_texts(
    note: Note, found: Mapping[str, FieldValue]
) -> tuple[Mapping[str, str], tuple[Finding, ...]]:
    read = {name: read_text(note, found.get(name)) for name in _TEXTS}
    findings = tuple(one for _, wrong in read.values() for one in wrong)
    return {name: text for name, (text, _) in read.items()}, findings


def _read_days(
    note: Note, found: Mapping[str, FieldValue], today: date
) -> tuple[Mapping[str, date | None], tuple[Finding, ...]]:
    """The days by field; one still to come is a finding where the field tells of the past."""
    read = {name: read_day(note, found.get(name)) for name in _DAYS}
    findings = tuple(one for _, wrong in read.values() for one in wrong)
    days = {name: day for name, (day, _) in read.items()}
    past = [(name, day) for name in _PAST_DAYS if (day := days[name])]
    ahead = tuple(day_to_come(note, found[name]) for name, day in past if day > today)
    return days, findings + ahead


def _said(found: Mapping[str, FieldValue], stages: tuple[Stage, ...]) -> Mapping[str, Said]:
    """What was typed in the fields of the practice, and in those that a stage asks for."""
    return {
        name: Said(texts=texts, line=found[name].line)
        for name in (*PRACTICE_FIELDS, *field_criteria(stages))
        if name in found and (texts := entry_texts(found[name]))
    }


def _has_plan(note: Note, plan: FieldValue | None) -> bool:
    return (plan is not None and plan.is_filled) or any(section_items(note, PLAN))


def _unreadable_lead(note: Note) -> Lead:
    return Lead(
        path=note.path,
        name=note.name,
        readable=False,
        stage=None,
        stage_text="",
        value=None,
        probability=None,
        company=None,
        people=(),
        owner="",
        source="",
        created=None,
        expected_close=None,
        next_action="",
        next_action_due=None,
        revisit_on=None,
        closed_on=None,
        lost_reason="",
        tags=(),
        touches=(),
        findings=(),
    )
