"""All that a reply asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.pages.answers.course import read_course
from vaultflow.pages.answers.fields import read_fields
from vaultflow.pages.answers.next_action import read_done, read_next
from vaultflow.pages.answers.record import LOOKED
from vaultflow.pages.answers.wish import Wish
from vaultflow.pages.answers.words import read_buying, read_texts, read_touch

if TYPE_CHECKING:
    from datetime import date

    from vaultflow.pages.answers.replies import Problem, Reply
    from vaultflow.pages.answers.wish import Understood
    from vaultflow.pages.page import Context

READERS = (read_done, read_next, read_course, read_buying, read_fields, read_texts, read_touch)
"""In the order in which a log line says their parts, and in which the edits are made."""


def read_wishes(reply: Reply, day: date, context: Context) -> tuple[Wish | Problem, ...]:
    """What a reply asks for, and what in it cannot be understood; `day` is its today."""
    found = tuple(one for read in READERS for one in read(reply, day, context))
    return found or tuple(_looked(reply))


def _looked(reply: Reply) -> Understood:
    """A question that was ticked and nothing more: the lead was looked at."""
    bare = (asked for asked in reply.asked if asked.is_done and not asked.misspelt)
    ticked = next(bare, None)
    if ticked:
        yield Wish(key=LOOKED, part=LOOKED, pattern=".*", item=ticked.id, line=ticked.line)
