"""Signs that a buyer gives when it goes well: five kinds, each with its day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.pipeline.practice.qualifying.answers import is_order
from vaultflow.pipeline.practice.qualifying.dated_words import DatedWord, read_dated_words
from vaultflow.pipeline.practice.qualifying.romance import ENOUGH_EFFORT, count_effort

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vaultflow.pipeline.lead import Lead
    from vaultflow.pipeline.standing import Standing

WEIGHTS = {
    "asks-questions": 1,
    "thanks": 1,
    "discusses-value": 2,
    "negotiates": 3,
    "asks-delivery": 3,
}
"""By kind, the nearer to a sale the more: what it adds to the engagement while it is fresh."""
LABELS = {
    "asks-questions": "asks questions",
    "thanks": "thanks you for what you shared",
    "discusses-value": "discusses the value of your offer",
    "negotiates": "begins to negotiate",
    "asks-delivery": "asks how soon it can be delivered",
}
KINDS_THAT_WORK = 2  # one kind alone may be politeness


def read_signals(lead: Lead, today: date) -> tuple[DatedWord, ...]:
    """The signals of known kinds up to today, newest first."""
    return tuple(one for one in all_signals(lead) if one.kind in WEIGHTS and not _ahead(one, today))


def all_signals(lead: Lead) -> tuple[DatedWord, ...]:
    """What is written as a signal, of kinds that are not known and of days to come too."""
    return read_dated_words(lead, "signals", "signal")


def recent_kinds(signals: Iterable[DatedWord], today: date, window_days: int) -> tuple[str, ...]:
    """The kinds that came in the last days, in the order of `WEIGHTS`."""
    recent = {one.kind for one in signals if one.day and (today - one.day).days <= window_days}
    return tuple(kind for kind in WEIGHTS if kind in recent)


def romancing_works(signals: Iterable[DatedWord], today: date, window_days: int) -> bool:
    """Whether two kinds of signals came in the last days: the badge."""
    return len(recent_kinds(signals, today, window_days)) >= KINDS_THAT_WORK


def is_without_signals(standing: Standing, today: date) -> bool:
    """Whether an open lead gave no sign after much effort: are they in a buying mode at all?"""
    lead = standing.lead
    if not standing.is_open or is_order(lead) or count_effort(lead).purposeful < ENOUGH_EFFORT:
        return False
    return not read_signals(lead, today)


def _ahead(signal: DatedWord, today: date) -> bool:
    return signal.day is not None and signal.day > today
