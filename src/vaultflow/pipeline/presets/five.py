"""The preset `five`: from the first contact to the close, for sales with a meeting in between."""

from __future__ import annotations

from vaultflow.pipeline.presets.endings import CLOSING_PROMPTS, ENDINGS, MEETING_PROMPTS
from vaultflow.pipeline.settings import Stage

INITIAL_CONTACT = Stage(
    name="Initial contact",
    probability=10,
    expected_days=7,
    stale_days=7,
    outcome="They feel welcome, and why they got in touch is written down in their words.",
    entry=("There is a person to talk to", "It is known where they came from"),
    exit=("The reason for the contact is known", "A next conversation is agreed"),
    actions=(
        "Answer and thank them for getting in touch",
        "Ask what made them get in touch",
        "Call to introduce yourself",
        "Send the short introduction that every lead gets",
        "Propose two times for a first talk",
    ),
    aliases=(
        "New",
        "Lead",
        "Contact",
        "Contacted",
        "First contact",
        "Inbox",
        "Neu",
        "Erstkontakt",
        "Nuevo",
        "Nouveau",
        "Nieuw",
        "Nuovo",
        "Novo",
    ),
)

QUALIFICATION = Stage(
    name="Qualification",
    probability=25,
    expected_days=10,
    stale_days=10,
    outcome="It is clear whether there is a need, the money and the will to buy.",
    entry=("They have told why they got in touch",),
    exit=(
        "They have a need that we can meet",
        "The price is within their means",
        "It can lead to a sale: somebody is going to decide",
    ),
    actions=(
        "Ask what problem they want to solve",
        "Ask what prompted it now",
        "Ask what happens if nothing is done",
        "Ask by when it must be in place",
        "Ask who signs off the budget",
        "Say goodbye kindly if it will not lead to a sale",
    ),
    aliases=(
        "Qualify",
        "Qualified",
        "Qualifying",
        "Discovery",
        "Qualifiziert",
        "Qualifizierung",
        "Calificado",
        "Qualifié",
        "Gekwalificeerd",
    ),
)

MEETINGS = Stage(
    name="Meetings",
    probability=40,
    expected_days=14,
    stale_days=14,
    outcome="They have seen how it solves what hurts them, and have asked their questions.",
    entry=("Need, money and will to buy are known", "A meeting is on the calendar"),
    exit=(
        "What hurts them is written down",
        "They have seen the part that answers it",
        "Every question of theirs has an answer",
    ),
    actions=(
        "Send the agenda and ask what they want to see",
        "Prepare a picture for each thing that hurts them",
        "Show the part that answers their need",
        "Leave time for questions and write them down",
        "Answer the open questions in writing",
        "Agree on what the proposal must hold",
    ),
    aliases=(
        "Meeting",
        "Demo",
        "Presentation",
        "Besprechung",
        "Reunión",
        "Rendez-vous",
        "Afspraak",
    ),
    prompts=MEETING_PROMPTS,
)

PROPOSALS = Stage(
    name="Proposals",
    probability=60,
    expected_days=14,
    stale_days=14,
    outcome="They hold a proposal that says in their own terms why it is worth its price.",
    entry=("It is agreed what the proposal must hold", "It is known who decides, and when"),
    exit=(
        "It states their needs in their words",
        "It shows how the offer meets each need",
        "It opens with a summary that persuades by itself",
        "It names the return, even if that is peace of mind",
        "It says why we are the ones to do it",
        "It shows what both sides gain in the long run",
    ),
    actions=(
        "Write down the needs in their words",
        "Work out what it brings them in money or peace of mind",
        "Send the proposal and book the talk about it",
        "Walk through the proposal together",
        "Ask what is missing for a yes",
        "Send the revised proposal",
    ),
    aliases=(
        "Proposal",
        "Proposal sent",
        "Quote",
        "Quoted",
        "Offer",
        "Angebot",
        "Propuesta",
        "Proposition",
        "Devis",
        "Offerte",
        "Proposta",
    ),
)

CLOSING = Stage(
    name="Closing",
    probability=80,
    expected_days=10,
    stale_days=10,
    outcome="They say yes to the practical answer to their problem, and a long relation begins.",
    entry=("All earlier stages have done their work", "They have said what they still need"),
    exit=("Terms, price and start are agreed", "The decision is made by who may make it"),
    actions=(
        "Restate their problem and the answer to it",
        "Ask for the decision",
        "Resolve the last concern",
        "Offer what would serve them beyond this deal",
        "Send the agreement to sign",
        "Agree on the first day of work",
    ),
    aliases=(
        "Close",
        "Negotiation",
        "Contract",
        "Abschluss",
        "Verhandlung",
        "Cierre",
        "Négociation",
    ),
    prompts=CLOSING_PROMPTS,
)

FIVE = (INITIAL_CONTACT, QUALIFICATION, MEETINGS, PROPOSALS, CLOSING, *ENDINGS)
