"""Pages that surely hold no answer: most of them, most of the time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_REMARK = "⚠"
_FIELD = "::"
_FILLED = re.compile(r"[ \t>]*(?:[-*+]\s+)?[^\W_][\w\s-]*::.*\S")
"""A field at the beginning of a line, with something behind it."""
NEARLY_FILLED = re.compile(
    r"\n(?=[ \t]|(?:>[ ]?)++[ \t])[ \t>]*+(?:(?:[-*+]|\d+[.)])[^\S\n]++)?(?:\[.\][^\S\n]++)?"
    r"[\[(]*+[^\S\n]*+(?P<key>[^\W_][\w-]*+(?:[ ]++[\w-]++)*+)[^\S\n]*+[:：]++[^\S\n]*+[^\s:：]"
)
"""An indented line, with the line break before it, that may be meant as a field: with one colon,
say, in brackets, or in a list of boxes. To begin with a line break makes it quick to look for; what
was taken is never given back, or a long line of blanks would take minutes."""
_TICKED = re.compile(r"\[[^ ]\]")
"""In a text without it there is no ticked box, and that is found far sooner."""
_TICKED_BOX = re.compile(r"[-*+.)][ \t]+\[[^ ]\]")


def is_unanswered(text: str) -> bool:
    """Whether the page surely holds no answer and no remark: then no lead decides what it says.

    Fields and boxes of the user's own text count as answers here, for want of a closer look, and
    so does what is nearly written as a field: the page says so.
    """
    return not (
        _REMARK in text
        or (_TICKED.search(text) and _TICKED_BOX.search(text))
        or (_FIELD in text and any(map(_FILLED.match, _lines_with_field(text))))
        or NEARLY_FILLED.search(text)
    )


def _lines_with_field(text: str) -> Iterator[str]:
    """On a page of thousands of lines, few."""
    return (line for line in text.split("\n") if _FIELD in line)
