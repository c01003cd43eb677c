"""The one question more that is worth asking about a lead: the most useful one today.

1. A risk that no review has looked at since it came up.
2. Up to the stage by whose end a lead should be qualified: the next of the seven questions, then
   the gates, then budget, authority and timeline.
3. Later: the next of the seven as long as there are too few answers, then a part that the proposal
   lacks once the lead has come that far, then what is still open of 2.

Of each kind what was never asked comes before what is said to be unknown, with a `?`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from vaultflow.pages.answers.record import find_records
from vaultflow.pages.blocks.items import item_id
from vaultflow.pipeline.practice.qualifying.answers import Answer, is_order, read_yes_no
from vaultflow.pipeline.practice.qualifying.proposals import PARTS, is_at_proposal, missing_parts
from vaultflow.pipeline.practice.qualifying.qualification import (
    BANT,
    GATES,
    QUESTIONS,
    is_past_qualifying,
    is_phantom,
    read_coverage,
)
from vaultflow.pipeline.practice.qualifying.risks import risk_question, risk_to_ask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.lead import Lead
    from vaultflow.pipeline.standing import Standing

ASKED = QUESTIONS | GATES | BANT | PARTS
"""What to ask for, by field."""
ASK = "ask"
"""The rule of a question that is asked once and for all."""


class Ask(Struct, frozen=True, kw_only=True, gc=False):
    """A question about a lead whose answer goes into one of its fields."""

    field: str
    text: str


def ask_id(standing: Standing, field: str) -> str:
    """The id of the question about a lead that asks for a field, on whichever day."""
    return item_id(str(standing.lead.path), ASK, field)


def best_question(standing: Standing, context: Context, *, in_review: bool = True) -> Ask | None:
    """The most useful question; None when all is known, or when nothing is to be sold.

    In today's review the one that has an answer stays, so that nothing new comes up in its place.
    """
    if not standing.is_open or not standing.lead.readable or is_order(standing.lead):
        return None
    risk = risk_to_ask(standing.lead, context.today, in_review=in_review)
    if risk:
        text, field = risk_question(risk)
        return Ask(field=field if _is_kept(field, context) else "note", text=text)
    asked = _before_today(standing, context) if in_review else standing
    field = next((one for one in _open_fields(asked, context) if _is_kept(one, context)), "")
    return Ask(field=field, text=ASKED[field]) if field else None


def _is_kept(field: str, context: Context) -> bool:
    """Whether the vault has a name for the field: without one no answer would be kept."""
    return bool(getattr(context.settings.fields, field, ()))


def _open_fields(standing: Standing, context: Context) -> Iterator[str]:
    lead, pipeline = standing.lead, context.pipeline
    seven = read_coverage(lead).missing
    if is_past_qualifying(standing, pipeline):
        if is_phantom(standing, pipeline):
            yield from seven
        if is_at_proposal(standing, pipeline):
            yield from missing_parts(lead)
    yield from seven
    yield from _unknown(lead, (*GATES, *BANT))


def _unknown(lead: Lead, fields: tuple[str, ...]) -> Iterator[str]:
    """Those without a yes or no, never asked before those that say `?`."""
    unknown = [field for field in fields if read_yes_no(lead, field).answer is Answer.UNKNOWN]
    return iter(sorted(unknown, key=lambda field: field in lead.said))


def _before_today(standing: Standing, context: Context) -> Standing:
    """The lead without what today's review has answered: as it was when the review asked."""
    lead = standing.lead
    if lead.reviewed_on != context.today:
        return standing
    records = [
        record
        for record in find_records(lead.path, context)
        if record.day == context.today and "#^" not in record.text.rpartition("[[")[2]
    ]
    said = {
        field: said
        for field, said in lead.said.items()
        if field not in ASKED or not any(record.part(f"{field}:") for record in records)
    }
    return replace(standing, lead=replace(lead, said=said))
