"""The pages that can be answered, and what is ticked or typed there about which lead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from vaultflow.pages.answers.leads import ACTION, ASKS_FOR_DAY, Leads
from vaultflow.pages.answers.remarks import one_line, plain_text, without_remarks
from vaultflow.pages.answers.unanswered import NEARLY_FILLED
from vaultflow.pages.blocks.block import DROPPED
from vaultflow.pages.blocks.items import (
    ANSWER_SIGN,
    HEADING,
    ID_SIGN,
    LINK,
    read_items,
)
from vaultflow.pages.blocks.markers import read_layout
from vaultflow.pages.wording import MONTHS
from vaultflow.pipeline.field_names import PRACTICE_FIELDS
from vaultflow.vault.frontmatter.values import canonical_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from vaultflow.errors import Finding
    from vaultflow.pages.answers.leads import AnsweredPage
    from vaultflow.pages.answers.remarks import BarePage
    from vaultflow.pages.blocks.items import Item
    from vaultflow.pages.blocks.markers import Layout, Span
    from vaultflow.pages.page import Context
    from vaultflow.pipeline.field_names import FieldNames
    from vaultflow.pipeline.standing import Standing

KEYS = ("next", "by", "stage", "lost", "revisit", "touch", "why", "note", "answer", "buying")
"""The answer fields that mean something of their own; those of the practice are its fields."""

UNTICKED = re.compile(r"[ \t>]*(?:[-*+]|\d+[.)])[ \t]+\[ \]")
UNNAMED_ACTION = "next action"
"""What lists call an action that has a day but no name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """An answer as it was typed."""

    key: str
    value: str
    line: int
    """On the page."""
    item: str
    """Id of the item that it stands below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An item that was ticked or answered, and what the page says around it."""

    id: str
    line: int
    """On the page."""
    rule: str
    standing: Standing | None
    """The lead that it is about; None when that is not to be found, or not certain."""
    doubt: tuple[str, ...]
    """The lead by the item's place and the one by its id, when either may be meant."""
    typed: tuple[Typed, ...]
    misspelt: tuple[Typed, ...]
    """What is nearly written as an answer, to nothing that is answered; without its value."""
    is_done: bool
    """Its box holds an `x`: any other sign, as of plugins, says that it is not done."""
    action: str
    """The action that the item shows; empty when there is none to tick."""
    said: str | None
    """What the page says about the lead where the item stands; None when it says nothing."""
    stages: tuple[str, ...]
    """What may be a stage in the heading above; empty without such a heading."""
    remarks: tuple[str, ...]
    """That stand below it already."""


def read_asked(
    page: AnsweredPage, context: Context
) -> tuple[tuple[Asked, ...], tuple[Finding, ...]]:
    """What was ticked or answered, in order; nothing of a page with broken markers.

    The findings say what is broken.
    """
    layout = read_layout(page.text, page.path)
    if layout.findings:
        return (), layout.findings
    bare = without_remarks(page.text, page.path)
    leads = Leads(page=page, context=context)
    stripped = read_layout(bare.text, page.path) if bare.remarks else layout
    return tuple(
        asked for span in stripped.spans for asked in _asked_in(stripped, span, bare, leads)
    ), ()


@lru_cache(maxsize=8)
def answer_keys(names: FieldNames) -> Mapping[str, str]:
    """What each answer field means, by its canonical name: one of `KEYS`, or our name of a field.

    A field of the practice is answered by our name for it, and by the vault's first one.
    """
    vaults = {
        canonical_name(first): name
        for name in PRACTICE_FIELDS
        for first in getattr(names, name)[:1]
    }
    ours = {canonical_name(name): name for name in PRACTICE_FIELDS}
    return vaults | ours | {key: key for key in KEYS}


def says_action(said: str, action: str, due: date | None) -> bool:
    """Whether a page, where it speaks of a lead, shows this next action with this day."""
    day = f"{due.day} {MONTHS[due.month - 1]}" if due else ""
    ends = rf",(?: due)? {day}\b| · (?:{day}\b|today)|[.?!;*]|$" if due else "[.?!;*]|$"
    begins = rf"(?:: |{re.escape(ASKS_FOR_DAY)} ){re.escape(one_line(action))}"
    return re.search(rf"{begins}(?:{ends})", said) is not None


def _asked_in(layout: Layout, span: Span, bare: BarePage, leads: Leads) -> Iterator[Asked]:
    lines = layout.body(span)
    if not any(map(_may_be_answer, lines)):
        return
    items = read_items(lines)
    dropped = lines.index(DROPPED) if DROPPED in lines else len(lines)
    own, names = _own_lines(lines, items), leads.context.settings.fields
    for item in items:
        misspelt = tuple(_misspelt_below(item, lines, span, bare, names))
        if item.state.isspace() and not (misspelt or any(one.value for one in item.answers)):
            continue
        about = leads.find(item)
        is_apart = item.line > dropped or about.is_elsewhere
        heading = "" if is_apart else _heading_above(own, item)
        exact = about.standing.lead.next_action if about.standing and about.by_id else ""
        yield Asked(
            id=item.id,
            line=bare.line_on_page(span.begin + 1 + item.line),
            rule=about.rule,
            standing=about.standing,
            doubt=about.doubt,
            typed=tuple(_typed_below(item, span, bare, names)),
            misspelt=misspelt,
            is_done=item.state in "xX",
            action=(one_line(exact) or _shown_action(item)) if about.rule == ACTION else "",
            said=_said(item, heading, own),
            stages=tuple(map(plain_text, heading.split(" · ")[1:])),
            remarks=bare.remarks.get(item.id, ()),
        )


def _may_be_answer(line: str) -> bool:
    """Whether the line can be a ticked item or an answer: in most blocks there is none."""
    if ID_SIGN in line:
        return not UNTICKED.match(line) or ANSWER_SIGN in line
    if ANSWER_SIGN in line and line.partition(ANSWER_SIGN)[2].strip():
        return True
    return NEARLY_FILLED.match(f"\n{line}") is not None


def _typed_below(item: Item, span: Span, bare: BarePage, names: FieldNames) -> Iterator[Typed]:
    meant = answer_keys(names)
    for answer in item.answers:
        key = meant.get(canonical_name(answer.key))
        if answer.value and key:
            line = bare.line_on_page(span.begin + 1 + answer.line)
            yield Typed(key=key, value=answer.value, line=line, item=item.id)


def _misspelt_below(
    item: Item, lines: Sequence[str], span: Span, bare: BarePage, names: FieldNames
) -> Iterator[Typed]:
    meant = answer_keys(names)
    answers = {answer.line for answer in item.answers}
    answered = {canonical_name(answer.key) for answer in item.answers if answer.value}
    for number in range(item.line + 1, item.last_line + 1):
        match = None if number in answers else NEARLY_FILLED.match(f"\n{lines[number - 1]}")
        name = canonical_name(match["key"]) if match else ""
        if name in meant and name not in answered:
            line = bare.line_on_page(span.begin + 1 + number)
            yield Typed(key=meant[name], value="", line=line, item=item.id)


def _own_lines(lines: Sequence[str], items: Sequence[Item]) -> Sequence[str]:
    """The lines, those blank that stand below items: these are the user's."""
    below = {index for item in items for index in range(item.line, item.last_line)}
    return ["" if index in below else line for index, line in enumerate(lines)]


def _heading_above(own: Sequence[str], item: Item) -> str:
    above = reversed(own[: item.line - 1])
    return next((line for line in above if HEADING.match(line)), "")


def _said(item: Item, heading: str, own: Sequence[str]) -> str | None:
    """What the page says where the item stands: its own line, or all below the lead's heading."""
    if LINK.match(item.text):
        return plain_text(item.text)
    if not heading:
        return None
    start = max(at for at in range(item.line) if own[at] == heading)
    rest = range(start + 1, len(own))
    end = next((at for at in rest if HEADING.match(own[at])), len(own))
    return plain_text(" ".join(own[start:end]))


def _shown_action(item: Item) -> str:
    link = LINK.match(item.text)
    shown = item.text[link.end() :].removeprefix(":") if link else item.text
    action, _, _ = shown.rpartition(" · ")
    return plain_text(action or shown)
