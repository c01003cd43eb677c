"""Which fields say that a criterion of a preset's stage is met, so that nobody says it twice."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from vaultflow.pipeline.reading.boxes import criterion_key

if TYPE_CHECKING:
    from collections.abc import Mapping

_BUYING = ("need", "bracket", "will_buy")
_BANT = ("need", "budget", "authority", "timeline")

_FIELDS = {
    "There is a person to talk to": ("people",),
    "It is known where they came from": ("source",),
    "The reason for the contact is known": ("reason_for_contact",),
    "A next conversation is agreed": ("next_action", "next_action_due"),
    "They have told why they got in touch": ("reason_for_contact",),
    "They have a need that we can meet": ("need",),
    "The price is within their means": ("bracket",),
    "It can lead to a sale: somebody is going to decide": ("will_buy",),
    "Need, money and will to buy are known": _BUYING,
    "What hurts them is written down": ("problem",),
    "It is known who decides, and when": ("signoff", "timescale"),
    "It states their needs in their words": ("proposal_needs",),
    "It shows how the offer meets each need": ("proposal_fit",),
    "It opens with a summary that persuades by itself": ("proposal_summary",),
    "It names the return, even if that is peace of mind": ("proposal_roi",),
    "It says why we are the ones to do it": ("proposal_why_us",),
    "It shows what both sides gain in the long run": ("proposal_mutual",),
    "There is a need": ("need",),
    "There is a budget, or a way to one": ("budget",),
    "It is known who decides": ("authority",),
    "There is a day by which it must be done": ("timeline",),
    "Need, budget, authority and timeline are known": _BANT,
    "The cost of leaving it is known": ("consequence",),
    "They are in a buying mode": ("will_buy",),
    "It is known who decides, on what budget, by when": ("signoff", "budget", "timescale"),
    "The goal is written down in their words": ("problem",),
    "The budget is known": ("budget",),
}

ANSWERED_BY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {criterion_key(text): fields for text, fields in _FIELDS.items()}
)
"""By the criterion's key; all of the fields together say that it is met."""
