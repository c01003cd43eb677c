"""The preset `percent`: stages that carry the share of the way in their label."""

from __future__ import annotations

from vaultflow.pipeline.presets.endings import CLOSING_PROMPTS, ENDINGS, MEETING_PROMPTS
from vaultflow.pipeline.settings import Stage

CONTACT_MADE = Stage(
    name="Contact Made",
    label="10% – Contact Made",
    expected_days=10,
    stale_days=10,
    outcome="Somebody who could buy has talked with us.",
    entry=("There is a name and a way to reach it",),
    exit=("They have agreed to a talk about their situation",),
    actions=(
        "Call to introduce yourself",
        "Ask what they are working on",
        "Propose a talk about their situation",
        "Send one thing that is useful to them",
    ),
    aliases=("10%", "Contact", "Contacted", "New", "Lead"),
)

QUALIFIED = Stage(
    name="Qualified",
    label="20% – Qualified",
    expected_days=14,
    stale_days=14,
    outcome="They are truly in a buying mode: need, money, a decider and a date.",
    entry=("They have talked about their situation",),
    exit=("They are in a buying mode", "It is known who decides, on what budget, by when"),
    actions=(
        "Ask whether they mean to buy, and what makes them",
        "Ask who decides and who pays",
        "Ask by when it must be in place",
        "Book the talk about their issues",
    ),
    aliases=("20%", "Qualification", "Qualifying"),
)

ISSUES_IDENTIFIED = Stage(
    name="Issues Identified",
    label="40% – Issues Identified",
    expected_days=14,
    stale_days=14,
    outcome="The issues are named, ranked by them, and worth solving.",
    entry=("They are in a buying mode", "The people with the problem take part"),
    exit=("The issues are written down in their order", "They have asked for a solution"),
    actions=(
        "Ask for the issues and rank them together",
        "Ask what each issue costs",
        "Send the list and ask whether it is complete",
        "Agree on what the solution must do",
        "Book the presentation",
    ),
    aliases=("40%", "Issues", "Needs", "Needs analysis", "Discovery"),
    prompts=MEETING_PROMPTS,
)

SOLUTION_PROPOSED = Stage(
    name="Solution Proposed",
    label="60% – Solution Proposed",
    expected_days=14,
    stale_days=14,
    outcome="They have a solution for each issue, with its price, and find it right.",
    entry=("They have asked for a solution",),
    exit=("They agree that it solves their issues", "Price and scope are known to who decides"),
    actions=(
        "Send the proposal and book the talk about it",
        "Walk through it, issue by issue",
        "Ask what is missing for a yes",
        "Present it to who decides",
        "Send the revised proposal",
    ),
    aliases=("60%", "Solution", "Proposal", "Proposals", "Proposal sent", "Quote", "Offer"),
)

VERBAL_AGREEMENT = Stage(
    name="Verbal Agreement",
    label="80% – Verbal Agreement",
    expected_days=10,
    stale_days=10,
    outcome="They have said yes; only the paper is missing.",
    entry=("Who decides has said yes",),
    exit=("The agreement is signed",),
    actions=(
        "Send the agreement to sign",
        "Ask what their approval still needs",
        "Agree on the first day of work",
        "Call who signs",
    ),
    aliases=("80%", "Verbal", "Commitment", "Negotiation", "Closing", "Contract"),
    prompts=CLOSING_PROMPTS,
)

PERCENT = (
    CONTACT_MADE,
    QUALIFIED,
    ISSUES_IDENTIFIED,
    SOLUTION_PROPOSED,
    VERBAL_AGREEMENT,
    *ENDINGS,
)
