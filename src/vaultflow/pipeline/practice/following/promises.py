"""Which next actions were done by their day, as far as the log tells.

A review's line says what was promised (`next Send the list by 2026-11-27`), when the day was moved
(`by 2026-11-30`) and when it was done (`done Send the list`). What was planned by hand leaves no
such trace once it is done. To count only what is left of it would make the rate worse than it is,
so it is left out.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from vaultflow.pipeline.lead import TouchKind
from vaultflow.pipeline.practice.following.effort import spread
from vaultflow.pipeline.reading.log import parts_of
from vaultflow.vault.frontmatter.values import read_date
from vaultflow.vault.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from vaultflow.pipeline.lead import Lead
    from vaultflow.pipeline.reading.log import LogLine

_PART = re.compile(
    r"(?P<word>next|by|done|lost|revisit)\s+(?:\d+: )?(?P<rest>.*?)"
    r"(?:\s*\bby (?P<by>\d{4}-\d\d-\d\d))?"
)


class Outcome(StrEnum):
    """What became of a next action that had a day."""

    KEPT = "kept"
    LATE = "late"
    """Done, but after its day."""
    BROKEN = "broken"
    """Not done by its day: it is still open, was moved after it, or replaced."""
    UNKNOWN = "unknown"
    """Its day has passed, it stands no more in the note, and nothing says that it was done."""


class Promise(Struct, frozen=True, kw_only=True, gc=False):
    """A next action with the day by which it was to be done."""

    action: str
    due: date
    line: int
    """Of the review that set it."""
    outcome: Outcome = Outcome.UNKNOWN
    done_on: date | None = None

    @property
    def late_days(self) -> int:
        """Calendar days from its day to the one on which it was done; 0 when that is not later."""
        return max((self.done_on - self.due).days, 0) if self.done_on else 0


class KeptRate(Struct, frozen=True, kw_only=True, gc=False):
    """How many of the next actions that were due were done by their day."""

    kept: int
    due: int
    """All that were due and of which it is known what became of them."""
    unknown: int
    late_days: float | None = None
    """Calendar days that those which were late were late by, at the median; None without any."""
    late: int = 0
    """How many were done late."""


def read_promises(log: Iterable[LogLine], lead: Lead, today: date) -> tuple[Promise, ...]:
    """The next actions of a lead that were due up to today, oldest day first.

    Args:
        log: the lines of its log, in any order.
        lead: what it says now.
        today: the last day that counts; what is due today may still be kept, so it is left out
            until it is done.
    """
    settled: list[Promise] = []
    open_one: Promise | None = None
    reviews = (line for line in log if line.kind is TouchKind.REVIEW)
    for line in sorted(reviews, key=lambda each: (each.day, each.line)):
        for part in _parts(line):
            ended, open_one = _follow(part, open_one, line)
            settled += ended
    due = (each for each in (*settled, *_end(open_one, lead, today)) if each.due <= today)
    return tuple(sorted(due, key=lambda each: (each.due, each.line)))


def kept_rate(promises: Iterable[Promise], since: date) -> KeptRate:
    """The rate of those that were due on the day or later."""
    counted = [promise for promise in promises if promise.due >= since]
    outcomes = [promise.outcome for promise in counted]
    late = [each.late_days for each in counted if each.late_days]
    return KeptRate(
        kept=outcomes.count(Outcome.KEPT),
        due=len(outcomes) - outcomes.count(Outcome.UNKNOWN),
        unknown=outcomes.count(Outcome.UNKNOWN),
        late_days=spread(late).median,
        late=len(late),
    )


def rates_by(
    promises: Mapping[Lead, Iterable[Promise]], key: Callable[[Lead], str], since: date
) -> Mapping[str, KeptRate]:
    """The rate by what is said of the lead, such as its owner, in the order of the names."""
    groups: dict[str, list[Promise]] = {}
    for lead, some in promises.items():
        groups.setdefault(key(lead), []).extend(some)
    rates = {name: kept_rate(groups[name], since) for name in sorted(groups)}
    return {name: rate for name, rate in rates.items() if rate.due}


def _parts(line: LogLine) -> Iterator[re.Match[str]]:
    for text in parts_of(line.text):
        if match := _PART.fullmatch(text.strip()):
            yield match


def _follow(
    part: re.Match[str], promise: Promise | None, line: LogLine
) -> tuple[tuple[Promise, ...], Promise | None]:
    """What a part of a review settles, and the promise that stands behind it."""
    day = line.day
    match part["word"]:
        case "done" if promise and _is_same(part["rest"], promise.action):
            outcome = Outcome.KEPT if day <= promise.due else Outcome.LATE
            return (replace(promise, outcome=outcome, done_on=day),), None
        case "next":
            due = read_date(part["by"]) if part["by"] else None
            new = Promise(action=part["rest"], due=due, line=line.line) if due else None
            return _broken(promise, day), new
        case "by" if due := read_date(part["rest"] or part["by"] or ""):
            action = promise.action if promise else ""
            return _broken(promise, day), Promise(action=action, due=due, line=line.line)
        case "lost" | "revisit":
            return _broken(promise, day), None
    return (), promise


def _broken(promise: Promise | None, day: date) -> tuple[Promise, ...]:
    """A promise whose day had passed when it was given up; before that, plans may change."""
    if promise is None or day <= promise.due:
        return ()
    return (replace(promise, outcome=Outcome.BROKEN),)


def _end(promise: Promise | None, lead: Lead, today: date) -> tuple[Promise, ...]:
    """What is to be said of the promise that stands last.

    While the lead has the action, its own day counts, which may have been moved by hand.
    """
    if promise is None:
        return ()
    if lead.next_action and _is_same(lead.next_action, promise.action):
        return _broken(replace(promise, due=lead.next_action_due or promise.due), today)
    return (promise,) if promise.due < today else ()


def _is_same(one: str, other: str) -> bool:
    """Whether two texts name one action; the name of one may not be known."""
    return not other or fold(" ".join(one.split())) == fold(" ".join(other.split()))
