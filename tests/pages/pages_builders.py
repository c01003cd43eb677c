"""Leads and pipelines by values, on one fixed Monday."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec import structs
from msgspec.structs import replace

from vaultflow.pages.page import Context
from vaultflow.pipeline.lead import Lead, Money, NoteRef, Touch, TouchKind
from vaultflow.pipeline.pipeline import Pipeline
from vaultflow.pipeline.settings import (
    MoneySettings,
    Rate,
    ReviewSettings,
    Settings,
    Stage,
    StageKind,
)
from vaultflow.pipeline.standing import Standing, build_standing
from vaultflow.pipeline.workdays import work_calendar
from vaultflow.vault.note import Note
from vaultflow.vault.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Sequence

MONDAY = date(2026, 11, 23)

FIRST = Stage(
    name="Contact",
    label="10% – Contact",
    probability=10,
    stale_days=7,
    entry=("Somebody to talk to",),
    actions=("Call to introduce yourself", "Send the short introduction"),
)
SECOND = Stage(
    name="Proposal",
    label="40% – Proposal",
    probability=40,
    stale_days=14,
    entry=("The need is clear", "The budget is known"),
    actions=("Walk through the proposal", "Ask who else decides", "Send it again", "Let it go"),
)
LAST = Stage(name="Closing", label="Closing", probability=80, stale_days=14)
WON = Stage(name="Won", label="Won", kind=StageKind.WON, probability=100)
LOST = Stage(name="Lost", label="Lost", kind=StageKind.LOST, probability=0)
PARKED = Stage(name="Parked", label="Parked", kind=StageKind.PARKED)
STAGES = (FIRST, SECOND, LAST, WON, LOST, PARKED)


def days_ago(days: int, today: date = MONDAY) -> date:
    return today - timedelta(days=days)


def in_days(days: int, today: date = MONDAY) -> date:
    return today + timedelta(days=days)


def a_lead(
    name: str = "Acme BV",
    *,
    stage: Stage | None = SECOND,
    value: str | None = "12000",
    currency: str = "EUR",
    touched: int | None = 1,
    action: str = "",
    due: date | None = None,
    created: date | None = date(2026, 9, 1),
    folder: str = "Leads",
) -> Lead:
    """A lead that was called `touched` days ago; None for never."""
    path = PurePosixPath(folder, f"{name}.md")
    touches = (
        ()
        if touched is None
        else (Touch(day=days_ago(touched), kind=TouchKind.CALL, text="called", path=path, line=41),)
    )
    return Lead(
        path=path,
        name=name,
        readable=True,
        stage=stage,
        stage_text=stage.name if stage else "",
        value=Money(amount=Decimal(value), currency=currency) if value else None,
        probability=stage.probability if stage else None,
        company=None,
        people=(),
        owner="",
        source="",
        created=created,
        expected_close=None,
        next_action=action,
        next_action_due=due,
        revisit_on=None,
        closed_on=None,
        lost_reason="",
        tags=(),
        touches=touches,
        findings=(),
    )


def unreadable(name: str = "Broken") -> Lead:
    lead = a_lead(name, stage=None, value=None, touched=None, created=None)
    return structs.replace(lead, readable=False)


def overdue(name: str = "Late BV", days: int = 3) -> Lead:
    return a_lead(name, action="Send revised quote", due=days_ago(days))


def planned(
    name: str = "Calm BV",
    days: int = 5,
    *,
    value: str | None = "12000",
    currency: str = "EUR",
    touched: int = 1,
) -> Lead:
    due = in_days(days)
    return a_lead(
        name, value=value, currency=currency, touched=touched, action="Call again", due=due
    )


def stale(name: str = "Quiet BV", days: int = 24, value: str | None = "12000") -> Lead:
    """Without a next action too, as most stale deals are."""
    return a_lead(name, touched=days, value=value)


def parked(name: str = "Later BV", until: date | None = None) -> Lead:
    return structs.replace(a_lead(name, stage=PARKED), revisit_on=until)


def with_people(lead: Lead) -> Lead:
    jane = NoteRef(name="Jane Doe", file="People/Jane Doe.md")
    return structs.replace(lead, people=(jane,), company=NoteRef(name="Acme Holding", file=None))


def many_leads(count: int) -> tuple[Lead, ...]:
    """Leads of every kind in turn."""
    kinds = (overdue, planned, stale, a_lead)
    return tuple(kinds[number % 4](f"Lead {number:03}") for number in range(count))


def with_rate(currency: str, value: str) -> Settings:
    """Settings that know what a unit of the currency was worth a month ago."""
    rate = Rate(date=days_ago(30), currency=currency, value=Decimal(value))
    return Settings(money=MoneySettings(rates=(rate,)))


def a_standing(lead: Lead, today: date = MONDAY, settings: Settings | None = None) -> Standing:
    settings = settings or Settings()
    return build_standing(lead, today, settings.pipeline, work_calendar(settings.review))


def a_context(
    leads: Sequence[Lead] = (),
    *,
    today: date = MONDAY,
    settings: Settings | None = None,
    capacity: int | None = None,
) -> Context:
    """What pages look at: these leads on that day."""
    settings = settings or Settings()
    if capacity is not None:
        settings = replace(settings, review=ReviewSettings(capacity=capacity))
    ordered = sorted(leads, key=lambda lead: lead.path)
    notes = {
        lead.path: Note(path=lead.path, title=lead.name, properties=None, readable=lead.readable)
        for lead in ordered
    }
    vault = Vault(notes=notes, files=(PurePosixPath("People/Jane Doe.md"),))
    pipeline = Pipeline(
        today=today,
        settings=settings,
        stages=STAGES,
        calendar=work_calendar(settings.review),
        standings=tuple(a_standing(lead, today, settings) for lead in ordered),
        findings=(),
    )
    return Context(today=today, settings=settings, vault=vault, pipeline=pipeline)
