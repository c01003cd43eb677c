"""Who owes whom a word: two clocks, and the people who have stopped replying.

What counts is contact: a call, a mail, a message, a meeting. Notes, reviews, moves to a stage and
days in a field tell nothing of who spoke last. A meeting is no message that waits for an answer,
so it ends whatever was waiting before it.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.evidence import touch_source
from vaultflow.pipeline.lead import Direction, Touch, TouchKind
from vaultflow.pipeline.workdays import days_between

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from vaultflow.pipeline.lead import Lead
    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.pipeline.standing import Standing

CONTACT_KINDS = frozenset(
    {
        TouchKind.CALL,
        TouchKind.EMAIL,
        TouchKind.MEETING,
        TouchKind.MESSAGE,
        TouchKind.QUOTE,
        TouchKind.SOCIAL,
    }
)
SHOWN_TOUCHES = 3  # enough to see the pattern; the rest stands in the note


class Silence(Struct, frozen=True, kw_only=True, gc=False):
    """Somebody waits for a word, or has stopped giving one."""

    since: date
    """The day that the days are counted from."""
    days: int
    """By `[pipeline] count`."""
    touches: tuple[Touch, ...]
    """What shows it, newest first; never empty."""


def contacts(lead: Lead) -> tuple[Touch, ...]:
    """The lead's contacts, newest first, those of one day too.

    A log may grow downwards or upwards, which its days tell. What another note tells of a day
    comes before the log's own lines of that day: a meeting is mostly followed by a mail.
    """
    found = [touch for touch in lead.touches if touch.kind in CONTACT_KINDS]
    own = [touch for touch in found if touch.path == lead.path]
    sign = 1 if _grows_down(own) else -1

    def place(touch: Touch) -> tuple[date, bool, int]:
        return touch.day, touch.path == lead.path, sign * touch.line

    return tuple(sorted(found, key=place, reverse=True))


def owed_reply(standing: Standing, pipeline: Pipeline) -> Silence | None:
    """What has come in and was not answered for `reply_days` or more.

    It counts from the first message that waits, and no plan silences it. A contact without a
    direction may have been the answer: then nothing is claimed.
    """
    newest_first = contacts(standing.lead) if standing.is_open else ()
    waiting = tuple(takewhile(lambda touch: _goes(touch, Direction.IN), newest_first))
    if not waiting:
        return None
    since = waiting[-1].day
    days = _days_since(since, pipeline)
    enough = days >= pipeline.settings.follow_up.reply_days
    return Silence(since=since, days=days, touches=waiting) if enough else None


def waiting_on_them(standing: Standing, pipeline: Pipeline) -> Silence | None:
    """What went out and was not answered for `waiting_days` or more.

    It counts from the newest contact. A next action of today or later silences it.
    """
    silent = unanswered(standing)
    due = standing.lead.next_action_due
    if not silent or (due and due >= pipeline.today):
        return None
    since = contacts(standing.lead)[0].day
    days = _days_since(since, pipeline)
    enough = days >= pipeline.settings.follow_up.waiting_days
    return Silence(since=since, days=days, touches=silent) if enough else None


def gone_quiet(standing: Standing, pipeline: Pipeline) -> Silence | None:
    """The touches that went out since their last word: `quiet_touches` of them, or more.

    It counts from the first of them, which must be `quiet_days` old or more.
    """
    settings = pipeline.settings.follow_up
    silent = unanswered(standing)
    if not silent or len(silent) < settings.quiet_touches:
        return None
    since = silent[-1].day
    days = _days_since(since, pipeline)
    enough = days >= settings.quiet_days
    return Silence(since=since, days=days, touches=silent) if enough else None


def touches_evidence(touches: Sequence[Touch], lead: Lead) -> str:
    """The touches with day and place, oldest first: `2026-11-01 call out, line 12; ...`."""
    shown = touches[:SHOWN_TOUCHES]
    earlier = f"{len(touches) - len(shown)} earlier; " if len(touches) > len(shown) else ""
    return earlier + "; ".join(
        f"{touch.day} {touch_source(touch, lead)}" for touch in reversed(shown)
    )


def unanswered(standing: Standing) -> tuple[Touch, ...]:
    """What went out since they last said a word, newest first; contacts without direction aside."""
    if not standing.is_open:
        return ()
    telling = (
        touch
        for touch in contacts(standing.lead)
        if touch.direction or touch.kind is TouchKind.MEETING
    )
    return tuple(takewhile(lambda touch: _goes(touch, Direction.OUT), telling))


def _goes(touch: Touch, direction: Direction) -> bool:
    return touch.direction is direction and touch.kind is not TouchKind.MEETING


def _grows_down(own: Sequence[Touch]) -> bool:
    """Whether newer lines stand further down, as VaultFlow adds them."""
    if not own or own[0].day == own[-1].day:
        return True
    return own[0].line > own[-1].line


def _days_since(day: date, pipeline: Pipeline) -> int:
    return days_between(day, pipeline.today, pipeline.settings.pipeline.count, pipeline.calendar)
