"""The facts on which all sources of a lead's history agree, and where they do not.

A line of the log names a day. A commit and the journal only saw that a field was another one at one
look than at the look before: the change was in between. When the log has changes in that time that
end with what was seen, it is the same story told twice, and the log's days count. When they end
with something else, that is a conflict: both are kept, and a finding names them.
"""

from __future__ import annotations

from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from vaultflow.errors import Finding, Level
from vaultflow.pipeline.history.change import Evidence, Fact, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from vaultflow.pipeline.history.change import Change

_TELLING = (Source.LOG, Source.PROPERTIES)
_SURENESS = {source: rank for rank, source in enumerate(Source)}


def unite(
    changes: Iterable[Change], same: Callable[[str, str, str], bool]
) -> tuple[tuple[Fact, ...], tuple[Finding, ...]]:
    """The facts of one lead, oldest first for each field, and what contradicts them.

    Args:
        changes: of one lead, from all sources; of each source in the order in which they were.
        same: of a field's name and two values, whether these mean the same.
    """
    facts: list[Fact] = []
    findings: list[Finding] = []
    by_field = sorted(changes, key=attrgetter("field"))
    for field, of_field in groupby(by_field, key=attrgetter("field")):
        united, wrong = _unite_field(list(of_field), partial(same, field))
        facts += united
        findings += wrong
    return tuple(facts), tuple(findings)


def _unite_field(
    changes: Sequence[Change], same: Callable[[str, str], bool]
) -> tuple[list[Fact], list[Finding]]:
    """The facts about one field: first what names its day, then what was only seen."""
    if all(change.source is Source.GIT for change in changes):
        return _without_repeats(_of_git(changes), same), []
    findings: list[Finding] = []
    facts: list[Fact] = []
    for change in sorted(dict.fromkeys(changes), key=_by_sureness):
        inside = [at for at, fact in enumerate(facts) if _may_be(fact, change)]
        if not inside:
            facts.append(_fact(change))
            facts.sort(key=attrgetter("day", "earliest"))
            continue
        last = inside[-1]
        # Of one day a log may tell several moves, and the properties any one of them.
        among = inside if change.source is Source.PROPERTIES else [last]
        known = [at for at in among if same(facts[at].after, change.after)]
        if known:
            facts[known[-1]] = _joined(facts[known[-1]], change)
        elif change.source in _TELLING:
            facts.append(_fact(change))
            facts.sort(key=attrgetter("day", "earliest"))
        else:
            findings.append(_conflict(facts[last], change))
    return _without_repeats(facts, same), findings


def _of_git(changes: Sequence[Change]) -> list[Fact]:
    """What git alone tells: one commit changes a field once, so nothing is told twice."""
    by_commit = {(change.where, change.day, change.after): change for change in changes}
    ordered = sorted(by_commit.values(), key=attrgetter("day", "earliest"))
    return [_fact(change) for change in ordered]


def _without_repeats(facts: Iterable[Fact], same: Callable[[str, str], bool]) -> list[Fact]:
    """The facts that changed something: who logs a move on Monday may set the field on Tuesday."""
    kept: list[Fact] = []
    for fact in facts:
        if kept and same(kept[-1].after, fact.after):
            evidence = (*kept[-1].evidence, *fact.evidence)
            kept[-1] = replace(kept[-1], evidence=evidence)
        else:
            kept.append(fact)
    return kept


def _by_sureness(change: Change) -> tuple[int, object]:
    """What one source tells of a day stays in the order in which it tells it."""
    return _SURENESS[change.source], change.day


def _may_be(fact: Fact, change: Change) -> bool:
    """Whether the change can be the fact: by its time, and by who tells of it.

    Who sees changes one after the other never tells of one twice.
    """
    is_in_time = fact.day >= change.earliest and fact.earliest <= change.day
    if not is_in_time or change.source in _TELLING:
        return is_in_time
    witness = _witness(change.source, change.where)
    return witness not in {_witness(one.source, one.where) for one in fact.evidence}


def _witness(source: Source, where: str) -> str:
    """Who saw it: git, or one computer's journals, as in `2026-11 a1b2c3:7`."""
    return where.partition(":")[0].rpartition(" ")[2] if source is Source.JOURNAL else source


def _fact(change: Change) -> Fact:
    return Fact(
        field=change.field,
        day=change.day,
        earliest=change.earliest,
        before=change.before,
        after=change.after,
        evidence=(Evidence(source=change.source, where=change.where),),
    )


def _joined(fact: Fact, change: Change) -> Fact:
    """The fact with one more who tells of it; the narrower time counts."""
    return replace(
        fact,
        day=min(fact.day, change.day),
        earliest=max(fact.earliest, change.earliest),
        before=fact.before if fact.before is not None else change.before,
        evidence=(*fact.evidence, Evidence(source=change.source, where=change.where)),
    )


def _conflict(fact: Fact, change: Change) -> Finding:
    told = fact.evidence[0]
    return Finding(
        level=Level.WARNING,
        code="history-conflict",
        path=change.path,
        line=int(told.where.removeprefix("line ")) if told.where.startswith("line ") else 0,
        message=(
            f"{change.field}: {told.source} says {fact.after!r} on {fact.day}, {change.source} "
            f"({change.where}) saw {change.after!r} by {change.day}."
        ),
        hint="put the log right; until then it counts",
    )
