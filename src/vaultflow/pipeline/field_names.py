"""The names of fields: for each of ours those that vaults use, as `[fields]` may set them."""

from __future__ import annotations

from msgspec import Struct


class FieldNames(Struct, frozen=True, kw_only=True):
    """`[fields]`: for each of our fields the names that the vault uses; the first found counts.

    Names are compared as Dataview does: `Next Action`, `next-action` and `next_action` are one.
    """

    type: tuple[str, ...] = ("type",)
    stage: tuple[str, ...] = ("stage", "status")
    value: tuple[str, ...] = ("value", "amount")
    currency: tuple[str, ...] = ("currency",)
    company: tuple[str, ...] = ("company", "account")
    people: tuple[str, ...] = ("people", "contacts", "contact", "person")
    owner: tuple[str, ...] = ("owner",)
    source: tuple[str, ...] = ("source",)
    created: tuple[str, ...] = ("created",)
    expected_close: tuple[str, ...] = ("expected_close", "close_date")
    probability: tuple[str, ...] = ("probability",)
    next_action: tuple[str, ...] = ("next_action", "next_step")
    next_action_due: tuple[str, ...] = ("next_action_due", "due", "follow_up")
    last_contact: tuple[str, ...] = ("last_contact", "last_touch")
    revisit_on: tuple[str, ...] = ("revisit_on",)
    closed_on: tuple[str, ...] = ("closed_on", "closed")
    lost_reason: tuple[str, ...] = ("lost_reason",)
    date: tuple[str, ...] = ("date",)
    """Of meeting notes and the like: the day that they are about."""
