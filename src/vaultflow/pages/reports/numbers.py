"""The numbers of a month, each with a name by which a decision can be measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pages.practice.effort import promises_of
from vaultflow.pages.reports.saying import share_text, sums_text
from vaultflow.pages.reports.telling import standings_of
from vaultflow.pipeline.lead import Direction
from vaultflow.pipeline.measures.numbers.ratio import ratio
from vaultflow.pipeline.measures.numbers.span import span_of
from vaultflow.pipeline.measures.results.attribution import days_to_end
from vaultflow.pipeline.measures.results.trends import touches_apart
from vaultflow.pipeline.measures.results.winning import decided_in
from vaultflow.pipeline.pipeline import total
from vaultflow.pipeline.practice.following.effort import spread
from vaultflow.pipeline.practice.following.promises import Outcome
from vaultflow.pipeline.settings import StageKind
from vaultflow.vault.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.measures.numbers.periods import Period
    from vaultflow.pipeline.measures.numbers.span import Span


class Number(Struct, frozen=True, kw_only=True):
    """One number of a span of days, as it is told."""

    name: str
    text: str
    """With how many it rests on, where it is a share or a median."""


def numbers_of(period: Period, context: Context) -> tuple[Number, ...]:
    """The numbers of a span of days, always the same ones in the same order."""
    span = span_of(context.courses().deals, period, context.pipeline.stages)
    told = {
        "New leads": str(len(span.new)),
        "Moved on": str(len(span.moved_on)),
        **dict(_closed(span, period, context)),
        **dict(_worked(period, context)),
    }
    return tuple(Number(name=name, text=text) for name, text in told.items())


def number_named(text: str, numbers: tuple[Number, ...]) -> Number | None:
    """The number that some words begin with the name of; None when they name none."""
    words = f"{fold(' '.join(text.split()))} "
    named = [one for one in numbers if words.startswith(f"{fold(one.name)} ")]
    return named[0] if named else None


def _closed(span: Span, period: Period, context: Context) -> Iterator[tuple[str, str]]:
    won = total(standings_of(span.won, context), context.settings, context.today)
    decided = decided_in(context.courses().deals, period)
    wins = sum(course.outcome is StageKind.WON for course in decided)
    days = spread([days for one in span.won if (days := days_to_end(one)) is not None])
    yield "Won", str(len(span.won))
    yield "Lost", str(len(span.lost))
    yield "Revenue won", sums_text(won.value, context) or "none"
    yield "Win rate", share_text(ratio(wins, len(decided))) if decided else "none closed"
    yield (
        "Days to win",
        f"{days.median:g}, median of {days.count}" if days.median is not None else "none won",
    )


def _worked(period: Period, context: Context) -> Iterator[tuple[str, str]]:
    leads = [one.lead for one in context.pipeline.standings]
    touches = [touch for touch in touches_apart(leads) if touch.day in period]
    promises = [each for some in promises_of(context).values() for each in some]
    due = [one for one in promises if one.due in period and one.outcome is not Outcome.UNKNOWN]
    kept = sum(one.outcome is Outcome.KEPT for one in due)
    yield "Touches", str(len(touches))
    yield "Replies", str(sum(touch.direction is Direction.IN for touch in touches))
    yield "Follow-up kept", share_text(ratio(kept, len(due))) if due else "none due"
