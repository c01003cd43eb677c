"""Rules about following up: who waits for a word, who gives none, and what leads say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.errors import Level
from vaultflow.pipeline.evidence import touch_source
from vaultflow.pipeline.practice.following.cadence import read_days
from vaultflow.pipeline.practice.following.flags import (
    flags_of,
    logged_value_changes,
    meant_flag,
    suggests_bargain_hunter,
)
from vaultflow.pipeline.practice.following.quiet import gone_quiet as quiet_since
from vaultflow.pipeline.practice.following.quiet import owed_reply, touches_evidence
from vaultflow.pipeline.rules.rule import finding_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultflow.errors import Finding
    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.pipeline.standing import Standing

_SPANS = ("cadence_days", "keep_in_touch_days")


def reply_owed(standing: Standing, pipeline: Pipeline) -> Iterable[Finding]:
    """An open lead that wrote or called last, and was not answered."""
    owed = owed_reply(standing, pipeline)
    if owed:
        first = owed.touches[-1]
        source = touch_source(first, standing.lead)
        yield finding_at(
            standing,
            Level.INFO,
            "reply-owed",
            f"They have waited for a reply since {owed.since}: {source}.",
            "answer, and log it with its direction, as in: email out: ...",
            at=first.line if first.path == standing.lead.path else 0,
        )


def gone_quiet(standing: Standing, pipeline: Pipeline) -> Iterable[Finding]:
    """An open lead to whom much went out since the last word from them."""
    quiet = quiet_since(standing, pipeline)
    if quiet:
        newest, count = quiet.touches[0], len(quiet.touches)
        yield finding_at(
            standing,
            Level.INFO,
            "gone-quiet",
            f"No word since {quiet.since}, after {count} touch{'' if count == 1 else 'es'}: "
            f"{touches_evidence(quiet.touches, standing.lead)}.",
            "try another way or another person, or let it go",
            at=newest.line if newest.path == standing.lead.path else 0,
        )


def flag_unknown(standing: Standing, _: Pipeline) -> Iterable[Finding]:
    """A flag that looks like a known one and is none."""
    for flag in flags_of(standing.lead):
        if meant := meant_flag(flag):
            yield finding_at(
                standing,
                Level.INFO,
                "flag-unknown",
                f'The flag "{flag}" is counted as one of its own.',
                f'did you mean "{meant}"?',
                at="flags",
            )


def flag_suggested(standing: Standing, pipeline: Pipeline) -> Iterable[Finding]:
    """An open lead whose price has gone down again and again."""
    if not standing.is_open:
        return
    changes = logged_value_changes(standing.lead, pipeline.settings.money)
    drops = suggests_bargain_hunter(standing.lead, changes)
    if drops:
        yield finding_at(
            standing,
            Level.INFO,
            "flag-suggested",
            f"The value went down {len(drops)} times: {'; '.join(map(str, drops))}.",
            "if they always want it cheaper, set flags to bargain-hunter",
            at="value",
        )


def cadence_unreadable(standing: Standing, _: Pipeline) -> Iterable[Finding]:
    """A number of days between touches that cannot be read, and so is not followed."""
    for name in _SPANS:
        said = standing.lead.said.get(name)
        if said and read_days(said.text) is None:
            yield finding_at(
                standing,
                Level.WARNING,
                "cadence-unreadable",
                f'{name}: "{said.text}" is not a number of days.',
                "write it like 10, 2 weeks or monthly",
                at=said.line,
            )


RULES = (reply_owed, gone_quiet, flag_unknown, flag_suggested, cadence_unreadable)
"""In the order in which they are asked."""
