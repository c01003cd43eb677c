"""The bottleneck in sentences: which stage, by what, of how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.pages.reports.saying import share_text
from vaultflow.pages.wording import plural
from vaultflow.pipeline.measures.movement.bottleneck import Bottleneck, find_bottleneck
from vaultflow.pipeline.measures.movement.conversion import conversions
from vaultflow.pipeline.measures.movement.stays import stage_times
from vaultflow.pipeline.measures.numbers.periods import as_long_before, last_days
from vaultflow.pipeline.measures.results.kpis import sold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.measures.movement.bottleneck import FallOff
    from vaultflow.pipeline.measures.movement.stays import StageTime


def bottleneck_of(context: Context) -> Bottleneck:
    """The bottleneck of the days for which rates are worked out, beside as many before."""
    settings, stages = context.settings.report, context.pipeline.stages
    deals, period = context.courses().deals, last_days(context.today, settings.rate_days)
    some = sold(deals)
    return find_bottleneck(
        stage_times(deals, stages, period, context.today),
        conversions(some, stages, period),
        conversions(some, stages, as_long_before(period)),
        settings.least,
    )


def bottleneck_lines(found: Bottleneck, context: Context) -> tuple[str, ...]:
    """What holds leads up, and by what it is known."""
    least = context.settings.report.least
    if found.stage is None:
        cases = plural(least, "case")
        none = (
            f"No bottleneck: no stage of at least {cases} is known to take longer than expected, "
            "or to let fewer go on than before."
        )
        return (none,)
    return (f"Bottleneck: {found.stage.label}.", *_reasons(found, context))


def _reasons(found: Bottleneck, context: Context) -> Iterator[str]:
    days = context.settings.report.rate_days
    if found.slow:
        yield _slow_line(found.slow)
    if found.fall_off:
        yield _fall_line(found.fall_off, days)


def _slow_line(slow: StageTime) -> str:
    return (
        f"Slowest: {slow.stage.label}, {plural(slow.median or 0, 'day')} until half have left; "
        f"{plural(slow.stage.expected_days or 0, 'day')} expected "
        f"({slow.over} left, {slow.running} still there)."
    )


def _fall_line(fall: FallOff, days: int) -> str:
    doubt = " That may be chance." if fall.may_be_chance else ""
    return (
        f"Most fall off: {fall.stage.label} to {fall.to}, {share_text(fall.lately)} went on in the "
        f"last {days} days, {share_text(fall.before)} in the {days} before.{doubt}"
    )
