"""Which lead an item of a page is about.

An item's id is made from its lead, its rule and its day, so that the id alone tells the lead,
wherever the item stands. It is another one once the lead was renamed, or its next action has
changed: then the link in its line or in the heading above does. The link is tried first, as the
ids of all leads take a while to work out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from vaultflow.pages.answers.record import find_record
from vaultflow.pages.blocks.items import ANSWER_SIGN, LINK, link_target
from vaultflow.pages.listing import lead_item_id
from vaultflow.pages.practice.asking import ASK, ASKED, ask_id
from vaultflow.pages.questions import QUESTION_RULES, question_id
from vaultflow.vault.links.index import resolve

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import PurePosixPath

    from vaultflow.pages.blocks.items import Item
    from vaultflow.pages.page import Context
    from vaultflow.pipeline.standing import Standing

ACTION = "action"
CULL = "cull"
LIST_RULES = (ACTION, "no-action", "stale", "follow-up", CULL)

ASKS_FOR_DAY = "by when?"
ASKS_FOR_ACTION = ("what is next", ASKS_FOR_DAY)
"""How an item of a list begins that has no action to tick."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredPage:
    """A page whose ticks and answers are to be read."""

    path: PurePosixPath
    text: str
    day: date | None = None
    """The day that it reviews; None for a page that is of today every day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What an item is about."""

    standing: Standing | None
    """The lead; None when that is not to be found, or not certain."""
    rule: str
    by_id: bool
    """Whether the id has told it."""
    is_elsewhere: bool = False
    """Whether the heading above, if there is any, is another lead's."""
    doubt: tuple[str, ...] = ()
    """The lead by the item's place and the one by its id, when either may be meant."""


@dataclass(frozen=True, kw_only=True)
class Leads:
    """The leads as one page's items name them. Without slots, as the ids are worked out late."""

    page: AnsweredPage
    context: Context

    @cached_property
    def by_path(self) -> Mapping[PurePosixPath, Standing]:
        """Every lead."""
        return {standing.lead.path: standing for standing in self.context.pipeline.standings}

    @cached_property
    def by_id(self) -> Mapping[str, tuple[Standing, str]]:
        """Every lead and rule by the id that they make today."""
        return {
            ident: (standing, rule)
            for standing in self.by_path.values()
            for ident, rule in self._rules_by_id(standing).items()
        }

    @cached_property
    def asked_fields(self) -> tuple[str, ...]:
        """The fields of the practice that the page may ask for once and for all."""
        return tuple(name for name in ASKED if f"{name}{ANSWER_SIGN}" in self.page.text)

    def find(self, item: Item) -> About:
        """What an item is about."""
        linked = self._linked(item.owner)
        if linked and (rule := self._rules_by_id(linked).get(item.id)):
            return About(standing=linked, rule=rule, by_id=True)
        by_looks = About(standing=linked, rule=_rule_by_looks(item), by_id=False)
        if linked and (LINK.match(item.text) or self._was_given(linked, item)):
            return by_looks
        if item.id not in self.by_id:
            return by_looks
        meant, rule = self.by_id[item.id]
        if linked is None or self._shows(linked) or self._has_reviewed(meant, item):
            return About(standing=meant, rule=rule, by_id=True, is_elsewhere=linked is not None)
        doubt = (_name(linked), _name(meant))
        return About(standing=None, rule=rule, by_id=True, is_elsewhere=True, doubt=doubt)

    def _rules_by_id(self, standing: Standing) -> Mapping[str, str]:
        """The rules that make items about a lead, by the id that each would have."""
        day = self.page.day
        listed = {lead_item_id(standing, rule): rule for rule in LIST_RULES}
        if day is None:
            return {ask_id(standing, name): ASK for name in self.asked_fields} | listed
        daily = {lead_item_id(standing, rule, day.isoformat()): rule for rule in LIST_RULES}
        asked = {question_id(standing, rule, day): rule for rule in QUESTION_RULES}
        return asked | daily | listed

    def _linked(self, link: str) -> Standing | None:
        found = resolve(self.context.vault.index, self.page.path, link_target(link))
        return self.by_path.get(found.path) if found.path else None

    def _was_given(self, linked: Standing, item: Item) -> bool:
        """Whether the answer went into this lead before, which has other ids by now."""
        is_sure = self.page.day is None  # each item has a record of its own then
        return self._has_reviewed(linked, item) and (is_sure or not self._shows(linked))

    def _shows(self, standing: Standing) -> bool:
        """Whether the page holds an item that is certainly about the lead as it is named now.

        Then none of another id is about it. A new note may stand where a renamed lead has stood,
        and so have its ids.
        """
        return any(f"^{each}" in self.page.text for each in self._rules_by_id(standing))

    def _has_reviewed(self, standing: Standing, item: Item) -> bool:
        """Whether an answer from this page, or from this item of it, was put into the lead."""
        subpath = subpath_of(self.page, item.id)
        path = standing.lead.path
        return find_record(path, self.page.path, subpath, self.context) is not None


def subpath_of(page: AnsweredPage, ident: str) -> str:
    """Which part of a page a record links: one item of a page that is of today every day."""
    return f"#^{ident}" if page.day is None else ""


def _rule_by_looks(item: Item) -> str:
    """The rule of an item whose id tells nothing, as far as it matters for its answers."""
    link = LINK.match(item.text)
    if link is None:
        return ""
    rest = item.text[link.end() :].removeprefix(":").strip()
    return "no-action" if not rest or rest.startswith(ASKS_FOR_ACTION) else ACTION


def _name(standing: Standing) -> str:
    return str(standing.lead.path).removesuffix(".md")
