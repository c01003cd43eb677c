"""What has come in the way of a lead: each lowers the confidence, and asks a question."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.practice.qualifying.dated_words import DatedWord, read_dated_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vaultflow.pipeline.lead import Lead

QUESTIONS = {
    "champion-left": (
        "Your contact has left: who decides now, and have you met them?",
        "authority",
    ),
    "budget-review": ("The budget is under review: is there still one, and until when?", "budget"),
}
"""By kind: what to ask, and the field for the answer."""
KEPT_PERCENT = 80  # a risk takes a fifth of the confidence, so that several never make it negative


class Confidence(Struct, frozen=True, kw_only=True, gc=False):
    """How sure one can be of what a lead's scores say. It changes none of them."""

    percent: int
    because: tuple[str, ...]
    """What it rests on, and what lowers it."""


def read_risks(lead: Lead, today: date) -> tuple[DatedWord, ...]:
    """The risks up to today, newest first, those without a day last."""
    risks = read_dated_words(lead, "risks", "risk")
    return tuple(risk for risk in risks if risk.day is None or risk.day <= today)


def risk_to_ask(lead: Lead, today: date, *, in_review: bool = True) -> DatedWord | None:
    """The newest risk that no review has looked at since; one without a day counts as unseen.

    Today's own review does not count, as its question has to stay while it is answered; nor does
    what it has noted, so that no other question takes its place. Outside of it both do.
    """
    days = (day for day in lead.review_days if day < today or not in_review)
    reviewed = max(days, default=None)
    is_answered = in_review and lead.reviewed_on == today
    last = today - timedelta(days=1) if is_answered else today
    return next(
        (
            risk
            for risk in read_risks(lead, last)
            if reviewed is None or (risk.day is not None and _is_unseen(risk.day, reviewed, today))
        ),
        None,
    )


def _is_unseen(day: date, reviewed: date, today: date) -> bool:
    """Whether a risk of that day came up after the review; on the same day it may have."""
    return day > reviewed or (day == reviewed and reviewed < today)


def risk_question(risk: DatedWord) -> tuple[str, str]:
    """What a risk asks, and the field for the answer."""
    generic = f"{risk.kind.replace('-', ' ')}: what will you do about it?".capitalize()
    return QUESTIONS.get(risk.kind, (generic, "note"))


def confidence(known: int, total: int, risks: Iterable[DatedWord], what: str) -> Confidence:
    """The share of what is known, lowered by each risk.

    Args:
        known: how many facts and answers are there.
        total: of how many.
        risks: that have come in the way.
        what: what was counted, as in `5 of 10 answers and facts`.
    """
    share, because = 100.0 * known / total, [f"{known} of {total} {what}"]
    for risk in risks:
        share = share * KEPT_PERCENT / 100
        because.append(f"lowered by {risk.kind}, {risk.evidence}")
    return Confidence(percent=round(share), because=tuple(because))
