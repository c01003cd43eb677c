"""What a lead answers to questions of yes or no, and to those with a few answers to choose from."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.vault.names import fold

if TYPE_CHECKING:
    from vaultflow.pipeline.lead import Lead


class Answer(StrEnum):
    """Yes, no, or not known yet."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class YesNo(Struct, frozen=True, kw_only=True, gc=False):
    """What a lead says in a field that asks for yes or no."""

    field: str
    """Our name for it."""
    answer: Answer
    """Unknown too when the field is missing, or begins with another word."""
    words: str
    """What follows the first word; all that was typed when that is no answer."""
    line: int
    """0 without the field."""
    is_clear: bool = True
    """False when the field says something that begins with none of the answers."""


FIRST_WORD = re.compile(r"\s*(?P<word>\?+|[^\W\d_]+)[\s,;:.!–—-]*")
MEANINGS = {
    word: answer
    for answer, words in {
        Answer.YES: "yes y true yep",
        Answer.NO: "no n false nope",
        Answer.UNKNOWN: "? ?? ??? unknown unsure maybe perhaps",
    }.items()
    for word in words.split()
}
"""What the first word may be."""
WARMTHS = ("hot", "warm", "cold")
"""The warmest first."""
POTENTIALS = ("high", "low")
CHOICES = {"warmth": WARMTHS, "potential": POTENTIALS}
"""Fields that hold one of a few words."""
TOLD_BY_NUMBERS = frozenset({"budget", "timeline"})
_NUMBER = re.compile(r"[1-9]")
YES_OR_NO = (
    *("will_buy", "need", "bracket", "budget", "authority", "timeline"),
    *("interested", "qualified", "ready"),
)
"""Fields that begin with yes, no or `?`."""


def read_yes_no(lead: Lead, field: str) -> YesNo:
    """What the lead answers in a field of yes or no; more words may follow the answer."""
    said = lead.said.get(field)
    if said is None:
        return YesNo(field=field, answer=Answer.UNKNOWN, words="", line=0)
    answer, words = answer_to(field, said.text)
    return YesNo(
        field=field,
        answer=answer or Answer.UNKNOWN,
        words=words,
        line=said.line,
        is_clear=answer is not None,
    )


def answer_to(field: str, text: str) -> tuple[Answer | None, str]:
    """The answer that a text gives in a field, as `split_answer` reads it.

    An amount says that there is a budget, and a day that there is a timeline.
    """
    answer, words = split_answer(text)
    if answer is None and field in TOLD_BY_NUMBERS and _NUMBER.search(text):
        return Answer.YES, text
    return answer, words


def split_answer(text: str) -> tuple[Answer | None, str]:
    """The answer that a text begins with and what follows it; None and all of it without one."""
    match = FIRST_WORD.match(text)
    answer = MEANINGS.get(fold(match["word"])) if match else None
    if match is None or answer is None:
        return None, text
    return answer, text[match.end() :]


def read_choice(lead: Lead, field: str) -> str:
    """The word that the lead chose in a field with a few of them; empty when it is none."""
    said = lead.said.get(field)
    return chosen_word(field, said.text) if said else ""


def chosen_word(field: str, text: str) -> str:
    """The one of a field's words that a text begins with; empty when it begins with none."""
    match = FIRST_WORD.match(text)
    word = fold(match["word"]) if match else ""
    return word if word in CHOICES[field] else ""


def is_asked(text: str) -> bool:
    """Whether a text is no answer yet: nothing, or a question mark."""
    return not text.strip(" ?")


def is_order(lead: Lead) -> bool:
    """Whether it is a sale that needs no selling, such as a renewal: nothing is to be worked on."""
    said = lead.said.get("kind")
    return said is not None and fold(said.text.strip()) == "order"
