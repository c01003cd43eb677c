"""Where the period stands: goal, pace, cover, what each stage needs, and what can be done."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pages.ranking import worth_key
from vaultflow.pages.reports.inflow import build_inflow, build_trap
from vaultflow.pages.reports.lights import build_lights, lights_of
from vaultflow.pages.reports.pace_line import EVEN, beside
from vaultflow.pages.reports.saying import NOTHING, money_text, share_with_interval, unread_text
from vaultflow.pages.reports.section import Section, Table
from vaultflow.pages.rows import link_target
from vaultflow.pages.wording import plural, short_day
from vaultflow.pipeline.practice.following.demand import Demand, fitting, measure_demand
from vaultflow.pipeline.practice.process.goal import Ahead, Goal, StageNeed, measure_goal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.measures.numbers.ratio import Ratio
    from vaultflow.pipeline.practice.reviewing.health import HealthLight
from vaultflow.pipeline.measures.aims.season import LEAST_WON

MOST = 15
NO_GOAL = "No goal is set: amount of quota in vaultflow.toml."


class GoalNumbers(Struct, frozen=True, kw_only=True):
    """The goal in numbers, in `[money] currency`."""

    period: str
    amount: Decimal
    won: Decimal
    missing: Decimal
    even_pace: Decimal
    coverage: Decimal | None
    coverage_required: Decimal | None
    win_rate: Ratio
    to_win: int | None
    short: int | None
    """Leads that the first stage lacks."""


class QuotaPage(Struct, frozen=True, kw_only=True):
    """The goal in numbers and in words."""

    title: str
    goal: GoalNumbers | None
    """None without a goal."""
    touches_asked: int
    """Of this week, from today on."""
    touches_possible: int
    lights: tuple[HealthLight, ...]
    sections: tuple[Section, ...]


def build_quota(context: Context) -> QuotaPage:
    """Where the period of today stands."""
    goal = measure_goal(context.pipeline, context.courses().deals)
    demand = measure_demand(context.pipeline)
    lights = lights_of(context)
    return QuotaPage(
        title="Quota",
        goal=_numbers(goal) if goal else None,
        touches_asked=demand.touches,
        touches_possible=demand.capacity,
        lights=lights,
        sections=(
            *(
                (_pace(goal, context), _cover(goal, context), _needs(goal, context))
                if goal
                else (Section(title="", lines=(NO_GOAL,)),)
            ),
            build_capacity(demand, context),
            *build_inflow(context),
            build_trap(context),
            build_lights(lights),
        ),
    )


def _numbers(goal: Goal) -> GoalNumbers:
    return GoalNumbers(
        period=goal.period.name,
        amount=goal.amount,
        won=goal.won,
        missing=goal.missing,
        even_pace=goal.pace.expected,
        coverage=goal.now.coverage.actual,
        coverage_required=goal.now.coverage.required,
        win_rate=goal.rate,
        to_win=goal.to_win,
        short=goal.needs[0].short if goal.needs else None,
    )


def _pace(goal: Goal, context: Context) -> Section:
    """Goal, won and missing, beside an even pace and that of earlier years."""
    last = short_day(goal.period.last, context.today)
    steady = goal.pace
    return Section(
        title=f"Goal of {goal.period.name}",
        lines=(
            (
                f"{money_text(goal.won, context)} won of {money_text(goal.amount, context)} "
                f"({plural(goal.won_deals, 'deal')}); {money_text(goal.missing, context)} missing."
            ),
            (
                f"Pace: {beside(steady.ahead, EVEN, context)}, which is "
                f"{money_text(steady.expected, context)} after {steady.days_over} of "
                f"{plural(steady.days, 'working day')}."
            ),
            _season_line(goal, context),
        ),
        note=f"Won by closed_on, up to today; the period ends on {last}.{unread_text(context)}",
    )


def _season_line(goal: Goal, context: Context) -> str:
    season = goal.season
    if season is None:
        return f"No seasonal pace: of this period in earlier years, fewer than {LEAST_WON} wins."
    ahead = goal.won - season.expected(goal.amount)
    return (
        f"Season: {beside(ahead, 'the pace of ' + ', '.join(season.periods), context)}: "
        f"{float(100 * season.share):.0f}% of their money had come by now "
        f"({plural(season.deals, 'deal')})."
    )


def _cover(goal: Goal, context: Context) -> Section:
    """Whether enough is open for what is missing, now and in the next period."""
    required = goal.now.coverage.required
    rate = share_with_interval(goal.rate)
    asked = f"{required:.1f} times, one by the win rate" if required else "not known: no win yet"
    return Section(
        title="Coverage",
        lines=(
            _cover_line("This period", goal.now, context),
            _cover_line("Next period", goal.following, context),
            f"Required: {asked}. Win rate: {rate}.",
            *_dry_warning(goal),
        ),
        note="Counted are deals expected to close in the period that are forecast, not stale, and "
        "qualified or past the stage by whose end they should be. Rates: won and lost deals of the "
        f"last {context.settings.report.rate_days} days.",
    )


def _cover_line(name: str, ahead: Ahead, context: Context) -> str:
    cover = ahead.coverage
    value = f"{money_text(cover.open_value, context)} open ({plural(ahead.deals, 'deal')})"
    if cover.actual is None:
        return f"{name}: the goal is met, with {value}."
    missing = money_text(cover.missing, context)
    return f"{name} ({ahead.period.name}): {value} for {missing}: {cover.actual:.1f} times."


def _dry_warning(goal: Goal) -> Iterator[str]:
    """A dry period follows a busy one."""
    now, following = goal.now, goal.following.coverage
    required = following.required
    if required is None or following.actual is None or following.actual >= required:
        return
    yield (
        f"Warning: the next period has less than it needs. {plural(now.deals, 'deal')} of this one "
        f"and {plural(goal.following.deals, 'deal')} of the next one are being worked on."
    )


def _needs(goal: Goal, context: Context) -> Section:
    """How many deals each stage needs, has and lacks."""
    return Section(
        title="What each stage needs",
        lines=(*_need_lines(goal, context), *_rate_lines(goal)),
        table=Table(
            headers=("Stage", "Needs", "Has", "Short"),
            rows=tuple(
                (need.stage.name, _count(need.needed), str(need.there), _count(need.short))
                for need in goal.needs
            ),
            right=(1, 2, 3),
        ),
        note="Short: what is lacking when deals further on stand for those that it takes to get "
        "one that far. The need is rounded up once, at the end.",
    )


def _need_lines(goal: Goal, context: Context) -> Iterator[str]:
    if goal.to_win is None or goal.size.mean is None:
        yield "No deal was won with a value: what a deal brings is not known."
        return
    yield (
        f"{plural(goal.to_win, 'more deal')} to win at {money_text(goal.size.mean, context)} each "
        f"(mean of {goal.size.count}; median "
        f"{money_text(goal.size.median or Decimal(0), context)})."
    )
    short = goal.needs[0].short if goal.needs else None
    if short and goal.leads_a_day is not None:
        yield (
            f"Short by {plural(short, 'lead')}: {float(goal.leads_a_day):.1f} new leads a working "
            "day until the period ends."
        )
    elif short == 0:
        yield "No new lead is lacking for this goal."
    slow = [need for need in goal.needs if (need.days_to_win or 0) > goal.days_left]
    if slow:
        names = ", ".join(f"{need.stage.name} ({need.days_to_win:g} days)" for need in slow)
        yield f"Too late for this period, at the median from there to a win: {names}."


def _rate_lines(goal: Goal) -> Iterator[str]:
    yield f"Go on from each stage: {', '.join(_rate(need) for need in goal.needs)}."
    if any(need.is_configured for need in goal.needs):
        yield "As set: too few deals are decided, and the configured chances stand in."
    if goal.unknown:
        yield (
            f"Of {plural(goal.unknown, 'lost deal')} nothing tells how far: the shares would be "
            "lower with them."
        )


def _rate(need: StageNeed) -> str:
    share = "not known" if need.rate is None else f"{float(100 * need.rate):.0f}%"
    basis = "as set" if need.is_configured else f"of {need.cases.whole}"
    return f"{need.stage.name} {share} {basis}"


def _count(number: int | None) -> str:
    return NOTHING if number is None else str(number)


def build_capacity(demand: Demand, context: Context) -> Section:
    """Whether this week's touches can be done; what does not fit is to be parked or dropped."""
    ranked = tuple(sorted(demand.wishes, key=lambda one: worth_key(one.standing, context)))
    place = fitting(ranked, demand.capacity)
    rest = sorted(ranked[place:], key=lambda one: (-one.late, one.standing.lead.path.parts))
    shown, more = rest[:MOST], len(rest) - MOST
    asked = (
        f"{plural(demand.touches, 'touch', 'touches')} asked for this week by "
        f"{plural(len(ranked), 'open lead')}; you can do {demand.capacity}."
    )
    verdict = (
        f"Overloaded by {plural(demand.overload, 'touch', 'touches')}: "
        f"{plural(len(rest), 'lead')} would slip. Park or drop them, or touch them less often."
        if rest
        else "All fit."
    )
    undated = demand.undated
    return Section(
        title="Capacity",
        lines=(
            asked,
            verdict,
            *((f"{plural(undated, 'lead')} without a date to count from.",) if undated else ()),
            *((f"And {plural(more, 'more lead')} to park or drop.",) if more > 0 else ()),
        ),
        table=Table(
            headers=("Park or drop", "Late", "Touches"),
            rows=tuple(
                (one.standing.lead.name, f"{one.late} d", str(one.touches)) for one in shown
            ),
            right=(1, 2),
            targets=tuple(link_target(one.standing.lead.path, context) for one in shown),
        )
        if shown
        else None,
        note="From today to Sunday, by each lead's cadence; what is late counts once. The most "
        "valuable leads come first, and what no longer fits is listed, the latest first. "
        f"{context.settings.review.touches_a_day} touches a working day (touches_a_day of review).",
    )
