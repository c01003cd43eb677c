"""The preset `six`: from finding prospects to the close, for sales with an analysis of needs."""

from __future__ import annotations

from vaultflow.pipeline.presets.endings import CLOSING_PROMPTS, ENDINGS, MEETING_PROMPTS
from vaultflow.pipeline.settings import Stage

PROSPECTING = Stage(
    name="Prospecting",
    probability=5,
    expected_days=14,
    stale_days=14,
    outcome="Somebody who fits the ideal customer has answered.",
    entry=("They fit the ideal customer",),
    exit=("They have answered", "A first talk is agreed"),
    actions=(
        "Find the right person to talk to",
        "Send a first message that is about them",
        "Call after the message",
        "Ask somebody they know for an introduction",
        "Try another channel",
    ),
    aliases=("Prospect", "New", "Lead", "Identified", "Akquise", "Prospección", "Prospection"),
)

QUALIFYING = Stage(
    name="Qualifying",
    probability=15,
    expected_days=10,
    stale_days=10,
    outcome="Need, budget, authority and timeline are known, early enough to stop without loss.",
    entry=("They have answered and will talk",),
    exit=(
        "There is a need",
        "There is a budget, or a way to one",
        "It is known who decides",
        "There is a day by which it must be done",
    ),
    actions=(
        "Ask about the need behind the request",
        "Ask what budget they have in mind",
        "Ask who else has a say",
        "Ask by when it must work",
        "Check them against the ideal customer",
    ),
    aliases=("Qualify", "Qualification", "Qualified", "Qualifizierung", "Calificación"),
)

NEEDS_ANALYSIS = Stage(
    name="Needs analysis",
    probability=30,
    expected_days=14,
    stale_days=14,
    outcome="Their problem, its causes and its cost are understood, and they say so.",
    entry=("Need, budget, authority and timeline are known",),
    exit=("The problem is written down and confirmed by them", "The cost of leaving it is known"),
    actions=(
        "Book the talk with those who have the problem",
        "Ask how it is done today",
        "Work out what the problem costs them",
        "Send the summary and ask whether it is right",
        "Agree on what a good solution must do",
    ),
    aliases=("Needs", "Discovery", "Analysis", "Demo", "Bedarfsanalyse", "Análisis", "Analyse"),
    prompts=MEETING_PROMPTS,
)

PROPOSAL = Stage(
    name="Proposal",
    probability=50,
    expected_days=14,
    stale_days=14,
    outcome="They hold an offer that answers the confirmed needs, and a talk about it is booked.",
    entry=("The needs are confirmed", "What a good solution must do is agreed"),
    exit=(
        "They have read the offer",
        "They have said what they like and what they do not",
    ),
    actions=(
        "Write the offer around the confirmed needs",
        "Work out the return with their own numbers",
        "Send the offer and book the talk about it",
        "Ask how it compares with what else they look at",
        "Send the revised offer",
    ),
    aliases=(
        "Proposals",
        "Proposal sent",
        "Quote",
        "Offer",
        "Angebot",
        "Propuesta",
        "Devis",
        "Offerte",
        "Proposta",
    ),
)

NEGOTIATION = Stage(
    name="Negotiation",
    probability=70,
    expected_days=10,
    stale_days=10,
    outcome="Price, scope and terms are settled so that both sides are glad of it.",
    entry=("They want it on some terms",),
    exit=("Price, scope and terms are settled", "No concern is left unanswered"),
    actions=(
        "List every open point with them",
        "Answer each concern in writing",
        "Trade a concession for a commitment",
        "Talk to who signs",
        "Send the final terms",
    ),
    aliases=("Negotiating", "Verhandlung", "Negociación", "Négociation", "Onderhandeling"),
)

CLOSING = Stage(
    name="Closing",
    probability=90,
    expected_days=7,
    stale_days=7,
    outcome="The agreement is signed.",
    entry=("Price, scope and terms are settled",),
    exit=("It is signed", "The first day of work is set"),
    actions=(
        "Send the agreement to sign",
        "Ask whether anything stands in the way",
        "Help with their internal approval",
        "Agree on the first day of work",
    ),
    aliases=("Close", "Contract", "Contract sent", "Abschluss", "Cierre", "Clôture"),
    prompts=CLOSING_PROMPTS,
)

SIX = (PROSPECTING, QUALIFYING, NEEDS_ANALYSIS, PROPOSAL, NEGOTIATION, CLOSING, *ENDINGS)
