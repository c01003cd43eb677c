"""Whether stated chances came true, and what the chances of the stages should be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pages.reports.gut_and_data import basis_line
from vaultflow.pages.reports.saying import NOTHING, money_text, percent, unread_text
from vaultflow.pages.reports.section import Chart, Mark, Section, Table
from vaultflow.pages.wording import chart_label, plural
from vaultflow.pipeline.measures.ahead.calibration import LEAST_RESOLVED
from vaultflow.pipeline.measures.ahead.learned import learn_deals
from vaultflow.pipeline.measures.ahead.stated import Track, stated_tracks
from vaultflow.pipeline.measures.numbers.worth import worth_in_home

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.measures.ahead.calibration import Calibration
    from vaultflow.pipeline.measures.ahead.chances import StageChance, StageChances
    from vaultflow.pipeline.measures.ahead.learned import Learned


class ProposedChance(Struct, frozen=True, kw_only=True):
    """A stage's chance as it is set, and as the data would have it."""

    stage: str
    set: int | None
    proposed: int | None
    won: int
    decided: int


class CalibrationPage(Struct, frozen=True, kw_only=True):
    """How well chances came true, in numbers and in words."""

    title: str
    tracks: tuple[Track, ...]
    proposed: tuple[ProposedChance, ...]
    sections: tuple[Section, ...]


def build_calibration(context: Context) -> CalibrationPage:
    """How well the chances of the past came true."""
    deals, stages = context.courses().deals, context.pipeline.stages
    worth_of = worth_in_home(context.settings.money, context.today)
    tracks = stated_tracks(deals, stages, context.today, worth_of)
    learned = learn_deals(deals, stages)
    return CalibrationPage(
        title="Calibration",
        tracks=tracks,
        proposed=tuple(_proposed(one) for one in learned.chances.stages),
        sections=(
            _summary(tracks, context),
            *(_curve(track, context) for track in tracks if track.calibration),
            _stages(learned, context),
        ),
    )


def _proposed(chance: StageChance) -> ProposedChance:
    return ProposedChance(
        stage=chance.stage.name,
        set=chance.stage.probability,
        proposed=chance.proposed,
        won=chance.won.part,
        decided=chance.won.whole,
    )


def chance_diff(chances: StageChances, least: int) -> Iterator[str]:
    """The lines of the settings that would change, below the name of each stage.

    A stage that fewer than `least` decided deals reached is left as it is.
    """
    for one in chances.stages:
        if one.won.whole >= least and one.proposed != one.stage.probability:
            yield f"@@ {chart_label(one.stage.name)} @@"  # a code block would show any escape
            if one.stage.probability is not None:
                yield f"-probability = {one.stage.probability}"
            yield f"+probability = {one.proposed}"


def _summary(tracks: Sequence[Track], context: Context) -> Section:
    """One row for each moment at which chances were on record."""
    return Section(
        title="Stated and came true",
        lines=(
            (
                "Rose tint: the mean chance stated less the share that came true. Above 0 is too "
                "hopeful."
            ),
        ),
        table=Table(
            headers=("Stated when", "Decided", "Rose tint", "Open"),
            rows=tuple(
                (
                    track.name,
                    str(track.calibration.forecasts if track.calibration else 0),
                    _points(track.calibration.rose_tint) if track.calibration else NOTHING,
                    str(track.still_open),
                )
                for track in tracks
            ),
            right=(1, 2, 3),
        ),
        note="A chance counts as it stood on record at that moment, one a deal. What was typed "
        f"later, or has no record, is left out. Orders are left out.{unread_text(context)}",
    )


def _curve(track: Track, context: Context) -> Section:
    """The reliability of one moment; of too few, only the numbers that need no curve."""
    found = track.calibration
    if found is None or found.has_few:
        count = found.forecasts if found else 0
        return Section(
            title=track.name.capitalize(),
            lines=(
                f"{plural(count, 'decided forecast')}: {LEAST_RESOLVED} are needed for a curve.",
            ),
        )
    return Section(
        title=track.name.capitalize(),
        lines=(*_score_lines(found), *_value_line(track, context)),
        table=Table(
            headers=("Said", "Deals", "Came true", "95%"),
            rows=tuple(
                (
                    f"{one.percent}%",
                    str(one.happened.whole),
                    percent(one.happened.share or 0),
                    _interval(one.happened.interval),
                )
                for one in found.bins
            ),
            right=(0, 1, 2),
        ),
        chart=Chart(
            kind="bar",
            title="Came true in percent by what was said",
            marks=tuple(
                Mark(label=f"{one.percent} %", value=round(100 * (one.happened.share or 0)))
                for one in found.bins
            ),
        ),
    )


def _score_lines(found: Calibration) -> Iterator[str]:
    skill = "not defined" if found.skill is None else f"{found.skill:.2f}"
    yield (
        f"Brier score {found.brier:.3f} of {plural(found.forecasts, 'forecast')}; always the base "
        f"rate would have {found.base_brier:.3f}. Skill {skill}: above 0 beats the base rate."
    )
    yield (
        f"Reliability {found.reliability:.3f} (less is better), resolution "
        f"{found.resolution:.3f} (more is better). Rose tint {_points(found.rose_tint)}."
    )


def _value_line(track: Track, context: Context) -> Iterator[str]:
    if track.with_value:
        yield (
            f"By value: {money_text(track.stated_value, context)} stated, "
            f"{money_text(track.came_value, context)} came "
            f"({plural(track.with_value, 'deal')} with a value)."
        )


def _stages(learned: Learned, context: Context) -> Section:
    """What the chance of each stage should be; to set it is up to the reader."""
    own = bool(context.settings.pipeline.stages)
    return Section(
        title="Chances of the stages",
        lines=(
            basis_line(learned),
            "To accept one, change the probability of its stage in vaultflow.toml."
            if own
            else "These are a preset's stages: to change a chance, first write your own stages.",
        ),
        table=Table(
            headers=("Stage", "Set", "Data", "Won"),
            rows=tuple(_stage_row(one) for one in learned.chances.stages),
            right=(1, 2),
        ),
        diff=tuple(chance_diff(learned.chances, context.settings.report.least)),
        note="Data: what is set counts as much as ten deals. Won: of decided deals that reached "
        "the stage.",
    )


def _stage_row(one: StageChance) -> tuple[str, ...]:
    was = NOTHING if one.stage.probability is None else f"{one.stage.probability}%"
    now = NOTHING if one.percent is None else f"{one.percent:.1f}%"
    return one.stage.name, was, now, f"{one.won.part} of {one.won.whole}"


def _points(share: float) -> str:
    return f"{100 * share:+.0f} points"


def _interval(interval: tuple[float, float] | None) -> str:
    return f"{100 * interval[0]:.0f} to {percent(interval[1])}" if interval else NOTHING
