"""The history that a lead's own note tells: in its log, and in properties made for it."""

from __future__ import annotations

import re
from itertools import chain, groupby, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from vaultflow.errors import Finding, Level
from vaultflow.pipeline.history.change import Change, Source
from vaultflow.pipeline.lead import TouchKind
from vaultflow.pipeline.reading.log import stages_of
from vaultflow.vault.frontmatter.values import read_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vaultflow.pipeline.lead import Lead, Said, Touch

_ENTRY = re.compile(r"(?P<day>\d{4}-\d{1,2}-\d{1,2})\s*[:,|–—-]?\s*(?P<after>\S.*)")
_CHANGE = re.compile(
    r"(?<!\w)(?P<field>value|amount|expected_close|close|probability|owner)\s*:\s*"
    r"(?P<before>[^:;]*?)\s*(?:[-=]+>|[→➔➜⟶⇒])\s*(?P<after>(?:(?!,\s)[^;(])*)",
    re.IGNORECASE,
)
_NAMES = {"close": "expected_close", "amount": "value"}
_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}\b")


def told_changes(lead: Lead) -> tuple[tuple[Change, ...], tuple[Finding, ...]]:
    """What the note says of its own past, oldest first, and entries that cannot be read.

    Read are lines of the log (`stage: A -> B`, `note: value: 12000 -> 10000`), the property
    `history` with entries such as `2026-10-01 Qualified`, and `stage_since`.
    """
    touches = sorted(lead.touches, key=lambda touch: (touch.day, touch.line))
    changes = [change for touch in touches for change in _in_log(lead, touch)]
    findings: list[Finding] = []
    for item in _in_properties(lead):
        if isinstance(item, Finding):
            findings.append(item)
        else:
            changes.append(item)
    by_day = sorted(changes, key=attrgetter("day"))
    in_order = (_one_after_the_other(tuple(some)) for _, some in groupby(by_day, attrgetter("day")))
    return tuple(chain.from_iterable(in_order)), tuple(findings)


def _one_after_the_other(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """The changes of one day in their order: a log may also grow upwards."""
    upwards = changes[::-1]
    return upwards if _is_chain(upwards) and not _is_chain(changes) else changes


def _is_chain(changes: tuple[Change, ...]) -> bool:
    """Whether each move begins where the one before it ended."""
    moves = [change for change in changes if change.field == "stage"]
    return all(one.after == other.before for one, other in pairwise(moves))


def _in_log(lead: Lead, touch: Touch) -> Iterator[Change]:
    if touch.path != lead.path:
        return
    if touch.kind is TouchKind.STAGE:
        before, after = stages_of(touch.text)
        yield _change(lead, touch, "stage", before or None, after)
        return
    if ":" not in touch.text:
        return  # most lines: there is nothing to search for
    for match in _CHANGE.finditer(touch.text):
        field = _NAMES.get(match["field"].lower(), match["field"].lower())
        after = match["after"].strip()
        day = _DAY.match(after) if field == "expected_close" else None  # a remark may follow
        yield _change(lead, touch, field, match["before"], day[0] if day else after)


def _change(lead: Lead, touch: Touch, field: str, before: str | None, after: str) -> Change:
    return Change(
        path=lead.path,
        field=field,
        day=touch.day,
        before=before,
        after=after,
        source=Source.LOG,
        where=f"line {touch.line}",
        earliest=touch.day,
    )


def _in_properties(lead: Lead) -> Iterator[Change | Finding]:
    if since := lead.said.get("stage_since"):
        day = read_date(since.text)
        yield _of_property(lead, since, day, lead.stage_text) if day else _unclear(lead, since)
    history = lead.said.get("history")
    for text in history.texts if history else ():
        match = _ENTRY.fullmatch(text.strip())
        day = read_date(match["day"]) if match else None
        if history and match and day:
            yield _of_property(lead, history, day, match["after"])
        elif history:
            yield _unclear(lead, history, text)


def _of_property(lead: Lead, said: Said, day: date, after: str) -> Change:
    return Change(
        path=lead.path,
        field="stage",
        day=day,
        before=None,
        after=after,
        source=Source.PROPERTIES,
        where=f"line {said.line}",
        earliest=day,
    )


def _unclear(lead: Lead, said: Said, text: str = "") -> Finding:
    return Finding(
        level=Level.WARNING,
        code="history-unclear",
        path=lead.path,
        line=said.line,
        message=f'"{text or said.text}" is no day with a stage, so it is no history.',
        hint="write it like 2026-10-01 Qualified",
    )
