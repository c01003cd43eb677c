"""The best customers: who has brought most, and how often they came back."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.history.course import Course
from vaultflow.pipeline.lead import NoteRef
from vaultflow.pipeline.money import converted
from vaultflow.pipeline.settings import StageKind
from vaultflow.vault.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vaultflow.pipeline.lead import Lead
    from vaultflow.pipeline.settings import MoneySettings


class Customer(Struct, frozen=True, kw_only=True):
    """Somebody who has bought."""

    who: NoteRef
    """The company; the lead itself when it names none."""
    deals: tuple[Course, ...]
    """Won ones, the newest first; orders, such as renewals, too."""
    value: Decimal
    """Of these, in the configured currency."""
    elsewhere: int
    """Deals in a currency without a rate, or without a value: they are in `deals` only."""


def best_customers(
    courses: Iterable[Course], money: MoneySettings, today: date
) -> tuple[Customer, ...]:
    """All customers, those with the highest value first; ties by number of deals, then by name."""
    groups: dict[str, list[Course]] = {}
    for course in courses:
        if course.outcome is StageKind.WON:
            groups.setdefault(_key(customer_of(course.lead)), []).append(course)
    customers = (_customer(group, money, today) for group in groups.values())
    return tuple(
        sorted(customers, key=lambda one: (-one.value, -len(one.deals), fold(one.who.name)))
    )


def customer_of(lead: Lead) -> NoteRef:
    """Whom a lead is with: its company, else the lead itself."""
    return lead.company or NoteRef(name=lead.name, file=str(lead.path))


def _customer(group: list[Course], money: MoneySettings, today: date) -> Customer:
    amounts = [
        converted(course.lead.value, course.ended or today, money)
        for course in group
        if course.lead.value
    ]
    known = [amount.amount for amount in amounts if amount.currency == money.currency]
    newest = sorted(group, key=lambda one: (_day(one), one.lead.path.parts))
    return Customer(
        who=customer_of(newest[0].lead),
        deals=tuple(newest),
        value=sum(known, Decimal(0)),
        elsewhere=len(group) - len(known),
    )


def _day(course: Course) -> int:
    return -(course.ended.toordinal() if course.ended else 0)


def _key(who: NoteRef) -> str:
    return who.file or fold(who.name.strip())
