"""What people believe of each open deal beside what the past says of deals like it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from vaultflow.pages.reports.saying import NOTHING, money_text
from vaultflow.pages.reports.section import Section, Table
from vaultflow.pages.rows import link_target
from vaultflow.pages.wording import plural
from vaultflow.pipeline.measures.ahead.calibration import LEAST_RESOLVED
from vaultflow.pipeline.measures.ahead.learned import DataChance, Learned, data_chance, learn_deals
from vaultflow.pipeline.measures.ahead.scoring import LEAST_LOST, LEAST_WON
from vaultflow.pipeline.measures.ahead.stated import stated_tracks
from vaultflow.pipeline.measures.numbers.amounts import at_home
from vaultflow.pipeline.measures.numbers.worth import worth_in_home
from vaultflow.pipeline.money import format_money
from vaultflow.pipeline.practice.qualifying.answers import Answer
from vaultflow.pipeline.practice.reviewing.states import read_states

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.measures.numbers.months import Bet, MonthlyForecast

MOST_DEALS = 20
MOST_TOLD = 5
HUNDRED = 100


def build_gut_and_data(found: MonthlyForecast, context: Context) -> tuple[Section, ...]:
    """Both chances of each open deal, and what the sum would be if all were as good as hoped."""
    learned = learn_deals(context.courses().deals, context.pipeline.stages)
    judged = [(bet, data_chance(bet.lead, learned, context.pipeline.stages)) for bet in found.bets]
    ranked = sorted(judged, key=lambda one: _worth_key(one[0], context))
    return _table(ranked, learned, context), _rose_tinted(judged, context)


def basis_line(learned: Learned) -> str:
    """What the chance by the data rests on, and why traits count or do not."""
    stages = f"by stage, from {plural(learned.chances.decided, 'decided deal')}"
    if learned.brier is None or learned.base_brier is None:
        return (
            f"Data: {stages}. No score by traits with fewer than {LEAST_WON} won and "
            f"{LEAST_LOST} lost deals: {learned.model.won} and {learned.model.lost} so far."
        )
    judged = f"Brier {learned.brier:.3f}, base rate {learned.base_brier:.3f}"
    if not learned.counts_traits:
        return f"Data: {stages}. A score by traits would tell no more than the base rate: {judged}."
    return (
        f"Data: by stage, source, owner and the like, from {learned.model.won} won and "
        f"{learned.model.lost} lost deals. It beats the base rate: {judged}."
    )


def _table(ranked: Sequence[tuple[Bet, DataChance]], learned: Learned, context: Context) -> Section:
    shown, more = ranked[:MOST_DEALS], len(ranked) - MOST_DEALS
    told = (_told(bet, data) for bet, data in shown[:MOST_TOLD] if data.contributions)
    return Section(
        title="Gut and data",
        lines=(
            basis_line(learned),
            *_unknown_line(learned.chances.unknown),
            *told,
            *((f"And {plural(more, 'more deal')}.",) if more > 0 else ()),
        ),
        table=Table(
            headers=("Deal", "Value", "Gut", "Data"),
            rows=tuple(
                (bet.lead.name, _worth(bet, context), _gut(bet), _percent(data.percent))
                for bet, data in shown
            ),
            right=(1, 2, 3),
            targets=tuple(link_target(bet.lead.path, context) for bet, _ in shown),
        )
        if shown
        else None,
        note="Gut: what its note says; in brackets, what its stage says for it.",
    )


def _unknown_line(count: int) -> Iterator[str]:
    if count == 1:
        yield "1 lost deal counts in no stage: nothing tells how far it came."
    elif count:
        yield f"{count} lost deals count in no stage: nothing tells how far they came."


def _told(bet: Bet, data: DataChance) -> str:
    parts = (
        f"{one.field}{'' if one.field == 'stage' else f' {one.value}'} ×{one.factor:.1f} "
        f"({one.won:.0f} won, {one.lost:.0f} lost)"
        for one in data.contributions
    )
    return f"{bet.lead.name}: {', '.join(parts)}."


def _rose_tinted(judged: Sequence[tuple[Bet, DataChance]], context: Context) -> Section:
    """Interested, qualified and ready are three things: what if all deals were all of them?"""
    answers = context.settings.qualification.answers
    ready = [
        bet
        for bet, _ in judged
        if all(
            state.answer is Answer.YES for state in read_states(bet.lead, context.today, answers)
        )
    ]
    by_data = _sum(((bet, data.percent) for bet, data in judged), context)
    by_gut = _sum(((bet, bet.percent) for bet, _ in judged), context)
    rosy = _sum(((bet, HUNDRED) for bet, _ in judged), context)
    return Section(
        title="If all were interested, qualified and ready",
        lines=(
            f"{len(ready)} of {plural(len(judged), 'open deal')} are all three, by their notes.",
            (
                f"If all were: {money_text(rosy, context)}. "
                f"As stated: {money_text(by_gut, context)}. "
                f"By the data: {money_text(by_data, context)}."
            ),
            _tint_line(context),
        ),
        note="The page Calibration says how well stated chances came true.",
    )


def _tint_line(context: Context) -> str:
    """How far stated chances were off, at the moment of which most deals tell, else the later."""
    worth_of = worth_in_home(context.settings.money, context.today)
    tracks = stated_tracks(
        context.courses().deals, context.pipeline.stages, context.today, worth_of
    )
    known = [(one.calibration, one.name) for one in reversed(tracks) if one.calibration]
    most = max(known, key=lambda one: one[0].forecasts, default=None)
    if most is None or most[0].has_few:
        return f"Rose tint: not known with fewer than {LEAST_RESOLVED} decided forecasts."
    found, name = most
    return (
        f"Rose tint: {HUNDRED * found.rose_tint:+.0f} points, {name} "
        f"({found.forecasts} forecasts); above 0 is too hopeful."
    )


def _sum(chances: Iterable[tuple[Bet, float | None]], context: Context) -> Decimal:
    """Values times chances, of the deals that have both in the vault's currency."""
    money = context.settings.money
    return sum(
        (
            worth * Decimal(str(percent)) / HUNDRED
            for bet, percent in chances
            if percent is not None and (worth := at_home(bet.worth, money)) is not None
        ),
        Decimal(0),
    )


def _worth_key(bet: Bet, context: Context) -> tuple[Decimal, tuple[str, ...]]:
    amount = at_home(bet.worth, context.settings.money) or Decimal(0)
    return -amount * (bet.percent or 0), bet.lead.path.parts


def _worth(bet: Bet, context: Context) -> str:
    amount = at_home(bet.worth, context.settings.money)
    if amount is not None:
        return money_text(amount, context)
    return format_money(bet.worth, context.settings.money.decimal) if bet.worth else NOTHING


def _gut(bet: Bet) -> str:
    said = _percent(bet.percent)
    return said if bet.percent is None or "probability" in bet.lead.lines else f"({said})"


def _percent(percent: float | None) -> str:
    return NOTHING if percent is None else f"{percent:.0f}%"
