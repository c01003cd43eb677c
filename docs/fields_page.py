"""The reference of the fields: type and names from the code, with an example and ids of each."""
# ruff: noqa: INP001  # a script beside the documents, no package

from __future__ import annotations

from typing import TYPE_CHECKING

from record_source import field_texts, table

from vaultflow.pipeline.edits.types import type_of_field
from vaultflow.pipeline.field_names import PRACTICE_FIELDS, FieldNames, LeadFieldNames

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

EXAMPLES: Mapping[str, tuple[str, str]] = {
    "type": ("lead", "S0.4"),
    "stage": ("Proposal", "S2.4, S4.6"),
    "value": ("12000", "S2.8"),
    "currency": ("EUR", "3.16"),
    "company": ('"[[Acme BV]]"', "S2.33"),
    "people": ('"[[Jane Doe]]"', "S0.3"),
    "owner": ("Ann", "S2.9, S2.30"),
    "source": ("Referral", "S2.30"),
    "created": ("2026-10-01", "S1.6"),
    "expected_close": ("2026-12-15", "S2.3"),
    "probability": ("40", "S4.6"),
    "next_action": ("Send revised quote", "S0.10, S4.15"),
    "next_action_due": ("2026-11-25", "S4.15"),
    "last_contact": ("2026-11-10", "3.1"),
    "revisit_on": ("2027-02-01", "S4.16"),
    "closed_on": ("2026-11-20", "S4.16"),
    "lost_reason": ("Too expensive", "S4.16"),
    "date": ("2026-11-20", "3.1"),
    "kind": ("order", "S1.11"),
    "warmth": ("hot", "S2.7"),
    "potential": ("high", "S2.8"),
    "flags": ("bargain-hunter", "S0.15, S0.16"),
    "cadence_days": ("10", "S2.31"),
    "keep_in_touch_days": ("60", "S2.32"),
    "why_stage": ("They have agreed to the list in writing", "S4.14, S4.19"),
    "stage_since": ("2026-11-10", "S2.33, 3.6"),
    "history": ("2026-10-01 Qualified", "S2.33, 3.6"),
    "reason_for_contact": ("Their planner is leaving", "S2.36"),
    "trust": ("2026-10-02", "S1.12"),
    "needs": ("2026-10-09", "S1.13"),
    "solution": ("2026-10-20", "S1.14"),
    "demo": ("2026-10-27", "S1.15"),
    "concerns": ("2026-11-03", "S1.16"),
    "signals": ("2026-11-02 negotiates", "S1.21-S1.25"),
    "risks": ("2026-11-12 budget-review", "S4.4"),
    "problem": ("Every job is urgent, so none is", "S2.53"),
    "trigger": ("A big order came late", "S2.54"),
    "consequence": ("They lose the customer", "S2.55"),
    "timescale": ("Before the spring season", "S2.56"),
    "signoff": ("Deborah, above 20,000", "S2.57"),
    "personal_stake": ("His evenings", "S2.58"),
    "fit": ("yes, the planning board does it", "S2.59"),
    "will_buy": ("yes", "S2.37"),
    "need": ("yes", "S2.37, S3.14"),
    "bracket": ('"?"', "S2.37"),
    "budget": ("yes, 30,000 until June", "S3.14"),
    "authority": ("no, her boss", "S3.14"),
    "timeline": ('"?"', "S3.14"),
    "interested": ("yes", "S2.47"),
    "qualified": ("yes", "S2.47"),
    "ready": ("no", "S2.47"),
    "proposal_needs": ("yes", "S2.40"),
    "proposal_fit": ("yes", "S2.40"),
    "proposal_summary": ("yes", "S2.40"),
    "proposal_roi": ("peace of mind at night", "S2.40"),
    "proposal_why_us": ("yes", "S2.40"),
    "proposal_mutual": ("no", "S2.40"),
    "interests": ("pricing", "S2.28"),
    "content_sent": ('"[[Price lists that hold]]"', "S2.28"),
    "industry": ("Food", "S3.13"),
    "country": ("NL", "S3.13"),
    "size": ("40", "S3.13"),
    "job_title": ("Managing director", "S3.13"),
    "email": ("jane@acme.example", "3.14"),
    "phone": ('"+31 20 555 0100"', "3.14"),
    "website": ("acme.example", "3.14"),
    "not_duplicate_of": ('"[[Acme second site]]"', "3.14"),
    "source_kind": ("referral", "S2.45"),
}
"""What may stand in the front matter, and which part of the practice asks for it."""

ABOUT = """\
Every field is a plain property, so that Obsidian can edit it. The names are the default ones;
`[fields]` maps them to yours. A value that a vault nests (`qualification: {problem: ...}`) is read
too. All fields may be missing: what is not known is said to be unknown, and is never guessed.
"""

ABOUT_PRACTICE = """\
Reviews ask for these one at a time, when they matter. Where `yes` or `no` is asked for, more words
may follow (`yes, 30,000 until June`), and `"?"` says that it is not known yet.
"""


def fields_page(made: str) -> str:
    """Every field of a lead: type, names, example, meaning and where it comes from."""
    return "\n".join(
        (
            f"# The fields of a lead\n\n{made}\n\n{ABOUT}",
            f"## What every lead has\n\n{fields_table(LeadFieldNames.__struct_fields__)}",
            f"## What the practice adds\n\n{ABOUT_PRACTICE}\n{fields_table(PRACTICE_FIELDS)}",
        )
    )


def fields_table(names: Iterable[str]) -> str:
    """One row a field."""
    meanings = {field.name: field.meaning for field in field_texts(FieldNames)}
    default = FieldNames()
    rows = [
        (
            ", ".join(f"`{name}`" for name in getattr(default, field)),
            type_of_field(field).value,
            f"`{EXAMPLES[field][0]}`",
            meanings[field],
            EXAMPLES[field][1],
        )
        for field in names
    ]
    return table(("field", "type", "example", "meaning", "asked for by"), rows)
