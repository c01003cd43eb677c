"""How well a lead fits the ideal customer, judged by what is known and by nothing else."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.reading.fields import field_texts, find_field
from vaultflow.vault.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePosixPath

    from vaultflow.pipeline.field_names import FieldNames
    from vaultflow.pipeline.lead import Lead
    from vaultflow.pipeline.settings import IdealCustomer
    from vaultflow.vault.vault import Vault

GOOD, FAIR = 67, 33  # two of three rules for an A, one of three for a B
_NUMBER = re.compile(r"\d{1,3}(?:[.,' ]\d{3})+|\d+")


class Match(StrEnum):
    """Whether a fact is as the ideal customer has it."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    """Nobody has written it down, or it cannot be read: no mismatch."""


class Fact(Struct, frozen=True, kw_only=True, gc=False):
    """What a note says about the customer."""

    text: str
    evidence: str
    """`line 12`, or with the note when it is not the lead's own."""


class Criterion(Struct, frozen=True, kw_only=True, gc=False):
    """One rule of `[icp]` and how the lead meets it."""

    name: str
    wanted: str
    match: Match
    said: str
    points: int | None
    """What it adds to the score; None when it is not known."""
    evidence: str


class Fit(Struct, frozen=True, kw_only=True, gc=False):
    """The score over the rules of which something is known."""

    score: int | None
    """0 to 100; None when nothing is known."""
    grade: str
    """A, B or C; `?` when nothing is known."""
    known: int
    total: int
    """Rules of `[icp]`."""
    criteria: tuple[Criterion, ...]


def fit_of(lead: Lead, vault: Vault, names: FieldNames, icp: IdealCustomer) -> Fit | None:
    """How well the lead fits; None without any rule in `[icp]`.

    Each rule counts the same. What is not known counts neither for nor against the lead.
    """
    judged = tuple(_judge_all(lead, vault, names, icp))
    if not judged:
        return None
    known = [match for *_, match, _ in judged if match is not Match.UNKNOWN]
    score = round(100 * known.count(Match.YES) / len(known)) if known else None
    return Fit(
        score=score,
        grade=grade_of(score),
        known=len(known),
        total=len(judged),
        criteria=tuple(
            Criterion(
                name=name,
                wanted=wanted,
                match=match,
                said=fact.text if fact else "",
                points=_points(match, len(known)),
                evidence=fact.evidence if fact else "",
            )
            for name, wanted, match, fact in judged
        ),
    )


def grade_of(score: int | None) -> str:
    """A from 67 on, B from 33 on, C below; `?` when nothing is known."""
    if score is None:
        return "?"
    return "A" if score >= GOOD else "B" if score >= FAIR else "C"


def facts_of(lead: Lead, field: str, vault: Vault, names: FieldNames) -> tuple[Fact, ...]:
    """What is said in a field: by the lead, else by its company's note, else by its people's."""
    own = lead.said.get(field)
    if own:
        return tuple(Fact(text=text, evidence=f"line {own.line}") for text in own.texts)
    company = (lead.company.path,) if lead.company else ()
    for paths in (company, tuple(person.path for person in lead.people)):
        found = tuple(fact for path in paths for fact in _said_by(path, field, vault, names))
        if found:
            return found
    return ()


def size_match(text: str, icp: IdealCustomer) -> Match:
    """Whether as many people are wanted; a span such as `11-50` has to be wanted as a whole."""
    sizes = [int(re.sub(r"\D", "", number)) for number in _NUMBER.findall(text)]
    if not sizes:
        return Match.UNKNOWN
    least = icp.size_min if icp.size_min is not None else 0
    most = icp.size_max if icp.size_max is not None else max(sizes)
    if least <= min(sizes) and max(sizes) <= most:
        return Match.YES
    return Match.NO if max(sizes) < least or min(sizes) > most else Match.UNKNOWN


def _judge_all(
    lead: Lead, vault: Vault, names: FieldNames, icp: IdealCustomer
) -> Iterator[tuple[str, str, Match, Fact | None]]:
    """The rules that there are: name, what is wanted, how it is met, and the fact."""
    for name, wanted in (
        ("industry", icp.industries),
        ("job_title", icp.titles),
        ("country", icp.countries),
    ):
        if wanted:
            facts = facts_of(lead, name, vault, names)
            yield name, ", ".join(wanted), *_word_match(facts, wanted)
    if icp.size_min is not None or icp.size_max is not None:
        fact = next(iter(facts_of(lead, "size", vault, names)), None)
        match = size_match(fact.text, icp) if fact else Match.UNKNOWN
        yield "size", _span(icp), match, fact


def _word_match(facts: tuple[Fact, ...], wanted: tuple[str, ...]) -> tuple[Match, Fact | None]:
    """Whether one of the facts names one of the words that are wanted."""
    for fact in facts:
        if any(_names_it(fact.text, word) for word in wanted):
            return Match.YES, fact
    return (Match.NO, facts[0]) if facts else (Match.UNKNOWN, None)


def _names_it(text: str, wanted: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(fold(wanted.strip()))}(?!\w)", fold(text)) is not None


def _span(icp: IdealCustomer) -> str:
    if icp.size_max is None:
        return f"{icp.size_min} or more"
    return f"{icp.size_min or 0} to {icp.size_max}"


def _points(match: Match, known: int) -> int | None:
    if match is Match.UNKNOWN:
        return None
    return round(100 / known) if match is Match.YES else 0


def _said_by(
    path: PurePosixPath | None, field: str, vault: Vault, names: FieldNames
) -> Iterator[Fact]:
    note = vault.notes.get(path) if path else None
    found = find_field(note, getattr(names, field)) if note else None
    if note and found:
        for text in field_texts(found):
            yield Fact(text=text, evidence=f'note "{note.name}", line {found.line}')
