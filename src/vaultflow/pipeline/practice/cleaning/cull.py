"""Leads that may be dead: signs that say so, with their evidence. To let one go is a person's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.practice.following.quiet import touches_evidence, unanswered
from vaultflow.pipeline.practice.qualifying.answers import Answer, read_yes_no
from vaultflow.pipeline.standing import Idleness

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.pipeline.standing import Standing

SAY_NO = ("will_buy", "interested", "need")
"""Fields in which a `no` ends a deal."""


class DeadSign(Struct, frozen=True, kw_only=True, gc=False):
    """One sign that a lead is dead."""

    reason: str
    """What would stand in `lost_reason`: short, and without numbers that change each day."""
    evidence: str


def signs_of_death(standing: Standing, pipeline: Pipeline) -> tuple[DeadSign, ...]:
    """All signs that an open lead is dead, the surest first; none for others.

    By `[clean_up]`: a no of theirs, so many touches without a word back, idle for several times the
    stage's limit, or open for twice as long as it was expected to take.
    """
    if not standing.is_open or not standing.lead.readable:
        return ()
    return tuple(
        sign for look in (_said_no, _no_reply, _idle, _overdue) for sign in look(standing, pipeline)
    )


def _said_no(standing: Standing, _: Pipeline) -> Iterator[DeadSign]:
    for field in SAY_NO:
        said = read_yes_no(standing.lead, field)
        if said.answer is Answer.NO:
            words = f", {said.words}" if said.words else ""
            yield DeadSign(reason="They said no", evidence=f"{field}: no{words}, line {said.line}")
            return


def _no_reply(standing: Standing, pipeline: Pipeline) -> Iterator[DeadSign]:
    touches = unanswered(standing)
    if len(touches) >= pipeline.settings.clean_up.unanswered:
        said = f"{len(touches)} touches without a word back"
        evidence = touches_evidence(touches, standing.lead)
        yield DeadSign(reason="No reply", evidence=f"{said}: {evidence}")


def _idle(standing: Standing, pipeline: Pipeline) -> Iterator[DeadSign]:
    """Only of a stale lead: a next action that is planned says that somebody still believes."""
    limit, idle = standing.stale_days, standing.idle_days
    times = pipeline.settings.clean_up.stale_times
    if standing.idleness is Idleness.STALE and limit and idle is not None and idle > limit * times:
        yield DeadSign(reason="Went cold", evidence=standing.evidence)


def _overdue(standing: Standing, pipeline: Pipeline) -> Iterator[DeadSign]:
    lead = standing.lead
    if not lead.created or not lead.expected_close or lead.expected_close <= lead.created:
        return
    planned = (lead.expected_close - lead.created).days
    taken = (pipeline.today - lead.created).days
    if taken > 2 * planned:
        expected = f"expected to close on {lead.expected_close}, after {planned} days"
        yield DeadSign(reason="Never decided", evidence=f"{expected}; open for {taken}")
