"""Pages that surely hold no answer: most of them, most of the time."""

from __future__ import annotations

import re

_SAID = re.compile(
    r"[-*+.)][ \t]+\[[^ ]\]|⚠|^[ \t>]*(?:[-*+][ \t]+)?[^\W_][\w \t-]*::.*\S", re.MULTILINE
)
"""A ticked box, a remark of ours about an answer, or a field with something behind it."""
_REMARK = "⚠"
_FILLED = re.compile(r"::.*\S")
_TICKED = re.compile(r"\[[^ ]\]")
"""One of these is in every text in which there is any of those: they are found far sooner."""


def is_unanswered(text: str) -> bool:
    """Whether the page surely holds no answer and no remark: then no lead decides what it says.

    Fields and boxes of the user's own text count as answers here, for want of a closer look.
    """
    may_be_answered = _REMARK in text or _FILLED.search(text) or _TICKED.search(text)
    return not (may_be_answered and _SAID.search(text))
