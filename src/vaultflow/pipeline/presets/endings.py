"""The three ends that every preset shares: won, lost, and parked for later."""

from __future__ import annotations

from vaultflow.pipeline.settings import Stage, StageKind

CLOSING_PROMPTS = (
    "Their problem, and our practical answer to it",
    "What else would serve them",
    "Who else should know about this",
    "How satisfied they are",
    "Day of the next contact",
)
"""Before a sale is closed and after it: what more it can become, for both sides."""

WON_PROMPTS = CLOSING_PROMPTS[1:]

MEETING_PROMPTS = (
    "What hurts them, and what we show for it",
    "What they can see or try, without installing anything",
    "Questions they asked, and our answers",
)
"""For the talk in which needs and answers meet."""

WON = Stage(
    name="Won",
    kind=StageKind.WON,
    probability=100,
    outcome="The customer has agreed, and knows what happens next.",
    entry=("The agreement is given in writing",),
    actions=(
        "Thank them in person",
        "Hand over to whoever delivers",
        "Ask what made them decide",
        "Ask who else should know about this",
        "Set the day of the next contact",
    ),
    aliases=(
        "Closed won",
        "Win",
        "Client",
        "Customer",
        "Signed",
        "Gewonnen",
        "Ganado",
        "Gagné",
        "Vinto",
        "Ganho",
    ),
    prompts=WON_PROMPTS,
)

LOST = Stage(
    name="Lost",
    kind=StageKind.LOST,
    probability=0,
    outcome="The reason is written down, and the time goes to somebody who will buy.",
    entry=("The reason is known, or asked for",),
    actions=(
        "Write down the reason in their words",
        "Thank them for their time",
        "Ask what would have changed their mind",
        "Set a day to look again, if there is one",
    ),
    aliases=(
        "Closed lost",
        "Dead",
        "Disqualified",
        "Rejected",
        "Verloren",
        "Perdido",
        "Perdu",
        "Perso",
    ),
)

PARKED = Stage(
    name="Parked",
    kind=StageKind.PARKED,
    outcome="A day is set on which to look again, and until then it asks for nothing.",
    entry=("They want it, but not now", "The day to come back is agreed or chosen"),
    exit=("The day has come, or they have come back by themselves",),
    actions=(
        "Set the day to look again",
        "Send something useful without asking for anything",
        "Ask what has changed since",
        "Wish them well on their news",
    ),
    aliases=("Nurture", "On hold", "Paused", "Snoozed", "Later", "Geparkt", "En pausa"),
)

ENDINGS = (WON, LOST, PARKED)
"""In the order in which they follow the open stages."""
