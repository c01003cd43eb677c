"""The pipeline in numbers, and in the sentences that answer the question of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pages.listing import has_action, in_bucket
from vaultflow.pages.unread import folders_text
from vaultflow.pages.wording import plural, sums
from vaultflow.pipeline.pipeline import Total, total
from vaultflow.pipeline.standing import Bucket

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from vaultflow.pages.page import Context


class Counts(Struct, frozen=True, kw_only=True):
    """How many leads there are of each sort, and what the open ones are worth."""

    open: int
    """Neither won, lost nor parked; `with_action`, `without_action` and `unreadable` add up to it.
    """
    with_action: int
    """Open leads with a next action and its day."""
    without_action: int
    unreadable: int
    """Leads whose notes cannot be read, and so are in no other number but `open`."""
    overdue: int
    due_today: int
    stale: int
    parked: int
    total: Total
    """Of the open leads."""


def count_leads(context: Context) -> Counts:
    """The numbers of today."""
    standings = context.pipeline.standings
    open_ones = tuple(standing for standing in standings if standing.is_open)
    readable = tuple(standing for standing in open_ones if standing.lead.readable)
    acting = sum(map(has_action, readable))
    return Counts(
        open=len(open_ones),
        with_action=acting,
        without_action=len(readable) - acting,
        unreadable=len(open_ones) - len(readable),
        overdue=len(in_bucket(open_ones, Bucket.OVERDUE)),
        due_today=len(in_bucket(open_ones, Bucket.DUE_TODAY)),
        stale=len(in_bucket(open_ones, Bucket.STALE)),
        parked=sum(standing.is_parked for standing in standings),
        total=total(readable, context.settings, context.today),
    )


def answer_lines(counts: Counts, context: Context) -> tuple[str, ...]:
    """The answer to "Do I have any leads in my pipeline?", a line for each thing to know."""
    unread = folders_text(context)
    if not counts.open:
        return (f"Not known. {unread}",) if unread else _none_yet(counts, context)
    worth = _worth(counts.total, context)
    return tuple(line for line in (_how_many(counts), unread, worth, _how_it_is(counts)) if line)


def _none_yet(counts: Counts, context: Context) -> tuple[str, ...]:
    name = next(iter(context.settings.fields.type), "type")
    kind = next(iter(context.settings.leads.types), "lead")
    parked = f"{plural(counts.parked, 'lead')} parked: is the time right for one of them?"
    return (
        "No – start with one person you could help.",
        f"“vaultflow new NAME” gives them a note; so does any with the property “{name}: {kind}”.",
        "Have your leads got notes already? Then “vaultflow init” finds them.",
        *((parked,) if counts.parked else ()),
    )


def _how_many(counts: Counts) -> str:
    without = str(counts.without_action or "none")
    unreadable = f", {counts.unreadable} cannot be read" if counts.unreadable else ""
    return (
        f"Yes: {plural(counts.open, 'open lead')}, {counts.with_action} with a next action, "
        f"{without} without{unreadable}."
    )


def _worth(worth: Total, context: Context) -> str:
    if not worth.value:
        return ""
    without = f"; {worth.without_value} without a value" if worth.without_value else ""
    weighted = f", weighted {_sums(worth.weighted, context)}" if worth.weighted else ""
    return f"Worth {_sums(worth.value, context)}{weighted}{without}."


def _how_it_is(counts: Counts) -> str:
    parts = (
        f"{plural(counts.overdue, 'action')} overdue" if counts.overdue else "",
        f"{counts.due_today} due today" if counts.due_today else "",
        f"{plural(counts.stale, 'deal')} stale" if counts.stale else "",
    )
    said = ", ".join(part for part in parts if part)
    return f"{said}." if said else "Nothing is overdue and nothing is stale. Keep it so."


def _sums(by_currency: Mapping[str, Decimal], context: Context) -> str:
    plain = {currency: str(amount) for currency, amount in by_currency.items()}
    return sums(plain, context.settings.money.decimal)
