"""Pages that surely hold no answer: most of them, most of the time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_REMARK = "⚠"
_FIELD = "::"
_FILLED = re.compile(r"[ \t>]*(?:[-*+][ \t]+)?[^\W_][\w \t-]*::.*\S")
"""A field at the beginning of a line, with something behind it."""
_TICKED = re.compile(r"\[[^ ]\]")
"""In a text without it there is no ticked box, and that is found far sooner."""
_TICKED_BOX = re.compile(r"[-*+.)][ \t]+\[[^ ]\]")


def is_unanswered(text: str) -> bool:
    """Whether the page surely holds no answer and no remark: then no lead decides what it says.

    Fields and boxes of the user's own text count as answers here, for want of a closer look.
    """
    return not (
        _REMARK in text
        or (_TICKED.search(text) and _TICKED_BOX.search(text))
        or (_FIELD in text and any(map(_FILLED.match, _lines_with_field(text))))
    )


def _lines_with_field(text: str) -> Iterator[str]:
    """On a page of thousands of lines, few."""
    return (line for line in text.split("\n") if _FIELD in line)
