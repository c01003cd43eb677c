"""The few numbers that serve, beside what they were before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.pages.reports.saying import (
    ENOUGH,
    NOTHING,
    money_text,
    percent,
    unread_text,
    window_text,
)
from vaultflow.pages.reports.section import Section, Table
from vaultflow.pages.wording import plural

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.measures.numbers.periods import Period
    from vaultflow.pipeline.measures.results.kpis import Figure, Kpi

LABELS = {
    "leads_new": "New leads",
    "quotes_sent": "Quotes sent",
    "clients_won": "Clients won",
    "value_won": "Value won",
    "win_rate": "Win rate",
    "leads_lost": "Lost",
    "win_rate_value": "Win rate by value",
    "deal_size": "Deal size, mean",
    "touches": "Touches",
}


def kpi_section(kpis: Sequence[Kpi], period: Period, context: Context) -> Section:
    """The numbers that `[report] kpis` names, in its order."""
    by_name = {kpi.name: kpi for kpi in kpis}
    shown = [by_name[name] for name in context.settings.report.kpis if name in by_name]
    days = plural(period.days, "day")
    return Section(
        title=f"The last {days}",
        table=Table(
            headers=("Number", "Now", "Before", "Change"),
            rows=tuple(
                (
                    LABELS[kpi.name],
                    _figure(kpi.now, kpi, context),
                    _figure(kpi.before, kpi, context),
                    _change(kpi, context),
                )
                for kpi in shown
            ),
            right=(1, 2, 3),
        )
        if shown
        else None,
        note=(
            f"{window_text(period, context.today)}, beside the {days} before. In brackets: of how "
            "many deals; rates and money are without orders and what was no deal."
            + unread_text(context)
        ),
    )


def _figure(figure: Figure, kpi: Kpi, context: Context) -> str:
    if kpi.unit == "count":
        return f"{figure.amount}"
    if figure.amount is None:
        return NOTHING
    if kpi.unit == "money":
        return f"{money_text(figure.amount, context)} ({figure.cases})"
    if figure.cases < ENOUGH:
        return f"few ({figure.cases})"
    return f"{percent(figure.amount)} ({figure.cases})"


def _change(kpi: Kpi, context: Context) -> str:
    change = kpi.change
    if change is None:
        return NOTHING
    if kpi.unit == "share":
        few = min(kpi.now.cases, kpi.before.cases) < ENOUGH
        return NOTHING if few else f"{_sign(change)}{abs(round(100 * change))} points"
    if kpi.unit == "money":
        return f"{_sign(change)}{money_text(abs(change), context)}"
    return f"{_sign(change)}{abs(change)}"


def _sign(change: Decimal) -> str:
    return "+" if change > 0 else "-" if change < 0 else ""
