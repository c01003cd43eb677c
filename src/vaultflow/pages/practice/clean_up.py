"""The clean-up: who may be let go, what is not said, what is there twice, and who is left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pages.listing import lead_item_id
from vaultflow.pages.ranking import by_worth
from vaultflow.pages.rows import LeadRow, lead_row, lead_rows, link_target
from vaultflow.pages.unread import folders_text
from vaultflow.pipeline.practice.cleaning.cull import signs_of_death
from vaultflow.pipeline.practice.cleaning.duplicates import find_alike
from vaultflow.pipeline.practice.cleaning.hygiene import judge_hygiene
from vaultflow.pipeline.practice.cleaning.identities import read_identities
from vaultflow.vault.frontmatter.values import read_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.practice.cleaning.cull import DeadSign
    from vaultflow.pipeline.practice.cleaning.duplicates import Identity, Likeness
    from vaultflow.pipeline.practice.cleaning.hygiene import Fault
    from vaultflow.pipeline.standing import Standing

RULE = "cull"
PAGE = "Clean up.md"
LONGEST = 10  # a clean-up of more is none that gets done
FEW = 5
TOP = 10
WEEKS = 8  # of the trend: two months
_SCORE = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d): (?P<score>\d{1,3}) of 100, (?P<asked>\d+) answers.*"
)


class Goner(Struct, frozen=True, kw_only=True, gc=False):
    """A lead that may be let go, and why."""

    id: str
    row: LeadRow
    reason: str
    """What a tick would write as the reason."""
    evidence: tuple[str, ...]


class Failing(Struct, frozen=True, kw_only=True, gc=False):
    """Leads that fail one question of hygiene."""

    name: str
    count: int
    asked: int
    leads: tuple[LeadRow, ...]
    more: int


class Score(Struct, frozen=True, kw_only=True, gc=False):
    """The hygiene of one day."""

    day: date
    score: int
    asked: int


class Note(Struct, frozen=True, kw_only=True, gc=False):
    """A note that can be linked to."""

    name: str
    target: str


class Pair(Struct, frozen=True, kw_only=True, gc=False):
    """Two notes that may be about the same."""

    one: Note
    other: Note
    kind: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanUpPage:
    """What the page of the clean-up shows."""

    today: date
    decimal: str
    goners: tuple[Goner, ...]
    """Most signs first, then the longest idle."""
    more_goners: int
    score: Score | None
    """Of today; None without open leads."""
    trend: tuple[Score, ...]
    """Of earlier weeks, one a week, oldest first, as this page has said them."""
    faults: tuple[Failing, ...]
    """Only questions that some lead fails."""
    unread_folders: str
    """Which folders cannot be read, in a sentence; empty when all can."""
    pairs: tuple[Pair, ...]
    more_pairs: int
    top: tuple[LeadRow, ...]
    """The best of those that stay, by value times probability."""


def build_clean_up(context: Context) -> CleanUpPage:
    """What the page of the clean-up shows today."""
    dead = [
        (standing, signs)
        for standing in context.pipeline.standings
        if (signs := signs_of_death(standing, context.pipeline))
    ]
    dead.sort(key=lambda one: (-len(one[1]), -(one[0].idle_days or 0), str(one[0].lead.path)))
    gone = {standing.lead.path for standing, _ in dead}
    staying = (
        one for one in context.pipeline.standings if one.is_open and one.lead.path not in gone
    )
    hygiene = judge_hygiene(context.pipeline)
    pairs = find_alike(read_identities(context.pipeline, context.vault))
    today = context.today
    return CleanUpPage(
        today=today,
        decimal=context.settings.money.decimal,
        goners=tuple(_goner(standing, signs, context) for standing, signs in dead[:LONGEST]),
        more_goners=max(len(dead) - LONGEST, 0),
        score=None
        if hygiene.score is None
        else Score(day=today, score=hygiene.score, asked=hygiene.asked),
        trend=_trend(context),
        faults=tuple(_failing(fault, context) for fault in hygiene.faults if fault.failing),
        unread_folders=folders_text(context),
        pairs=tuple(_pair(pair, context) for pair in pairs[:LONGEST]),
        more_pairs=max(len(pairs) - LONGEST, 0),
        top=lead_rows(by_worth(staying, context)[:TOP], context),
    )


def _goner(standing: Standing, signs: Sequence[DeadSign], context: Context) -> Goner:
    return Goner(
        id=lead_item_id(standing, RULE),
        row=lead_row(standing, context),
        reason=signs[0].reason,
        evidence=tuple(sign.evidence for sign in signs),
    )


def _failing(fault: Fault, context: Context) -> Failing:
    return Failing(
        name=fault.name,
        count=len(fault.failing),
        asked=fault.asked,
        leads=lead_rows(fault.failing[:FEW], context),
        more=max(len(fault.failing) - FEW, 0),
    )


def _pair(pair: Likeness, context: Context) -> Pair:
    def note(identity: Identity) -> Note:
        return Note(name=identity.name, target=link_target(identity.path, context))

    return Pair(one=note(pair.one), other=note(pair.other), kind=pair.one.kind, why=pair.why)


def _trend(context: Context) -> tuple[Score, ...]:
    """The scores that stand on this page from earlier weeks, the last of each."""
    page = context.vault.notes.get(PurePosixPath(context.settings.pages.folder, PAGE))
    if page is None or not page.is_page:
        return ()
    known = sorted(_scores([item.text for item in page.items]), key=lambda one: one.day)
    this_week = context.today.isocalendar()[:2]
    weeks = groupby(known, key=lambda one: one.day.isocalendar()[:2])
    return tuple([*some][-1] for week, some in weeks if week < this_week)[-WEEKS:]


def _scores(texts: Sequence[str]) -> Iterator[Score]:
    for text in texts:
        match = _SCORE.fullmatch(text)
        day = read_date(match["day"]) if match else None
        if match and day:
            yield Score(day=day, score=int(match["score"]), asked=int(match["asked"]))
