"""Where the business lies: what is open, by stage, owner, source and month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.pages.reports.saying import NOTHING, sums_text
from vaultflow.pages.reports.section import Chart, Mark, Section, Table
from vaultflow.pages.wording import UNKNOWN_STAGE, plural
from vaultflow.pipeline.measures.numbers.periods import period_of
from vaultflow.pipeline.pipeline import total
from vaultflow.pipeline.practice.process.owners import by_owner, by_source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.standing import Standing

MOST = 10  # groups of a table; the rest is one row


def lying_sections(context: Context, remarks: tuple[str, ...]) -> tuple[Section, ...]:
    """The open leads by stage with remarks on it, by owner, by source and by month."""
    standings = [each for each in context.pipeline.standings if each.is_open and each.lead.readable]
    stages = _by_stage(standings, context)
    return (
        Section(
            title="Where the business lies",
            lines=remarks,
            table=_table("Stage", stages, context, most=len(stages)),
            chart=_chart(stages, context),
            note=(
                "Open leads that can be read. Weighted: value times chance, without stages that "
                "count in no forecast."
            ),
        ),
        _section("By owner", "Owner", by_owner(standings), "Nobody", context),
        _section("By source", "Source", by_source(standings), "Unknown", context),
        Section(
            title="By month",
            table=_table("Closes in", _by_month(standings, context), context),
            note="By the day on which each is expected to close.",
        ),
    )


def _section(
    title: str,
    header: str,
    groups: Sequence[tuple[str, Sequence[Standing]]],
    nameless: str,
    context: Context,
) -> Section:
    named = [(name or nameless, group) for name, group in groups]
    return Section(title=title, table=_table(header, named, context))


def _table(
    header: str,
    groups: Sequence[tuple[str, Sequence[Standing]]],
    context: Context,
    most: int = MOST,
) -> Table:
    """A row a group; those beyond the most are one row, and the last row is all of them."""
    shown = list(groups[:most])
    rest = groups[most:]
    if rest:
        shown.append((plural(len(rest), "other"), [each for _, group in rest for each in group]))
    shown.append(("All", [each for _, group in groups for each in group]))
    return Table(
        headers=(header, "Leads", "Value", "Weighted"),
        rows=tuple(_row(name, group, context) for name, group in shown),
        right=(1, 2, 3),
    )


def _row(name: str, group: Sequence[Standing], context: Context) -> tuple[str, ...]:
    worth = total(group, context.settings, context.today)
    value, weighted = sums_text(worth.value, context), sums_text(worth.weighted, context)
    return name, f"{worth.count}", value or NOTHING, weighted or NOTHING


def _by_stage(
    standings: Sequence[Standing], context: Context
) -> list[tuple[str, Sequence[Standing]]]:
    groups: dict[str, list[Standing]] = {
        stage.name: [] for stage in context.pipeline.stages if stage.kind == "open"
    }
    labels = {stage.name: stage.label for stage in context.pipeline.stages}
    for each in standings:
        groups.setdefault(each.lead.stage.name if each.lead.stage else "", []).append(each)
    return [(labels.get(name, UNKNOWN_STAGE), group) for name, group in groups.items()]


def _by_month(
    standings: Sequence[Standing], context: Context
) -> list[tuple[str, Sequence[Standing]]]:
    """Overdue first, then the months in order, last those without a day."""
    groups: dict[str, list[Standing]] = {}
    for each in sorted(standings, key=lambda each: str(each.lead.expected_close or "9")):
        day = each.lead.expected_close
        is_over = day is not None and day < context.today
        name = "overdue" if is_over else period_of(day, "month").name if day else "no day"
        groups.setdefault(name, []).append(each)
    return list(groups.items())


def _chart(groups: Sequence[tuple[str, Sequence[Standing]]], context: Context) -> Chart | None:
    """The values in the home currency; None when nothing has one."""
    currency = context.settings.money.currency
    worths = [total(group, context.settings, context.today).value for _, group in groups]
    if not any(currency in worth for worth in worths):
        return None
    marks = tuple(
        Mark(label=name, value=round(worth.get(currency, 0)))
        for (name, _), worth in zip(groups, worths, strict=True)
    )
    return Chart(kind="bar", title=f"Open value by stage, {currency}", marks=marks)
