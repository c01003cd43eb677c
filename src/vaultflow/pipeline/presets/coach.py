"""The preset `coach`: for coaches and consultants, whose pipeline is the people in their world."""

from __future__ import annotations

from vaultflow.pipeline.presets.endings import CLOSING_PROMPTS, ENDINGS, MEETING_PROMPTS
from vaultflow.pipeline.settings import Stage

IN_MY_WORLD = Stage(
    name="In my world",
    probability=5,
    expected_days=21,
    stale_days=21,
    outcome="You have talked, and they know what you help people with.",
    entry=("You know each other's name", "You could help them"),
    exit=("They have told about something that they want to change",),
    actions=(
        "Write to ask how they are",
        "Congratulate them on their news",
        "Send something that helps with what they mentioned",
        "Ask to be introduced",
        "Invite them to a talk",
    ),
    aliases=("Lead", "Candidate", "Prospect", "New", "Contact", "Network"),
)

CONVERSATION = Stage(
    name="Conversation",
    probability=20,
    expected_days=14,
    stale_days=14,
    outcome="What they want to change, and why now, is said aloud.",
    entry=("They have told about something that they want to change",),
    exit=("They want help with it", "A longer call is booked"),
    actions=(
        "Ask what they would like to be different",
        "Ask what they have tried",
        "Ask why now",
        "Offer a discovery call",
    ),
    aliases=("In conversation", "Talking", "Warm", "Contacted", "Qualification"),
)

DISCOVERY_CALL = Stage(
    name="Discovery call",
    probability=40,
    expected_days=10,
    stale_days=10,
    outcome="Both know the goal, what stands in its way, and whether working together fits.",
    entry=("A longer call is booked",),
    exit=("The goal is written down in their words", "Both want to go on", "The budget is known"),
    actions=(
        "Confirm the call and ask for their goal",
        "Hold the call and write down their words",
        "Send a summary of what you heard",
        "Ask what it would be worth to them",
        "Agree on when they get the offer",
    ),
    aliases=("Discovery", "Intake", "Strategy call", "Chemistry call", "Meeting", "Erstgespräch"),
    prompts=MEETING_PROMPTS,
)

OFFER = Stage(
    name="Offer",
    probability=60,
    expected_days=10,
    stale_days=10,
    outcome="They hold an offer that leads from where they are to their goal.",
    entry=("Both want to go on",),
    exit=("They have read it", "They have asked what they wanted to ask"),
    actions=(
        "Send the offer and book the talk about it",
        "Talk the offer through",
        "Ask what keeps them from a yes",
        "Send the revised offer",
        "Introduce a client with the same goal",
    ),
    aliases=("Proposal", "Proposals", "Proposal sent", "Quote", "Angebot", "Propuesta", "Offerte"),
)

DECISION = Stage(
    name="Decision",
    probability=80,
    expected_days=7,
    stale_days=7,
    outcome="A clear yes, or a clear no.",
    entry=("No question about the offer is open",),
    exit=("They have decided",),
    actions=(
        "Ask for the decision",
        "Ask what they need to decide",
        "Offer a first step that is easy to take",
        "Book the first session",
    ),
    aliases=("Deciding", "Commitment", "Negotiation", "Closing", "Contract"),
    prompts=CLOSING_PROMPTS,
)

COACH = (IN_MY_WORLD, CONVERSATION, DISCOVERY_CALL, OFFER, DECISION, *ENDINGS)
