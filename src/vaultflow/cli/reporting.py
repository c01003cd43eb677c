"""The command `report`: the numbers of a page in the terminal, with small bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from vaultflow.cli.opening import open_vault
from vaultflow.cli.output import safe, say, say_columns, say_json, say_table, talk
from vaultflow.cli.pages import VERBS, carry_out, finish
from vaultflow.cli.session import Command, Session, pass_session

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultflow.flow import Workspace
    from vaultflow.pages.reports.section import Chart, Mark, Section

REPORT = "report"
BAR_SIGNS = 30
_EIGHTHS = " ▏▎▍▌▋▊▉"


@click.command(cls=Command)
@click.argument("name", metavar="[NAME]", required=False)
@click.option("--write", is_flag=True, help="Bring the report's page up to date too.")
@pass_session
def report(session: Session, *, name: str | None, write: bool) -> None:
    """Print a report: numbers first, each with what it rests on.

    Without a name it lists the reports there are, and prints the one called `report`. Nothing is
    written without `--write`.

    \b
    Example:
      vaultflow report
      vaultflow report flow
      vaultflow report flow --json
    """
    from vaultflow import flow

    workspace = open_vault(session)
    if name is None and not session.as_json:
        say_list(session, workspace)
    page = name or REPORT
    say_record(session, workspace, page, flow.page_record(workspace, page))
    if write:
        outcome = flow.plan_pages(workspace, [page], with_records=False)
        carry_out(session, workspace, outcome, dry_run=False)
        for plan in outcome.plans:
            talk(session, f"{plan.status.path}  ({VERBS[plan.status.state]})")
        finish(outcome)


def say_list(session: Session, workspace: Workspace) -> None:
    """Prints a line a report."""
    reports = [page for _, page in workspace.registry.pages.values() if page.is_report]
    say_table(session, ["report", "shows"], [[page.name, page.title] for page in reports])
    say(session)


def say_record(session: Session, workspace: Workspace, page: str, record: object) -> None:
    """Prints the record of a page by its sections; of a page without any, what it says."""
    from vaultflow import flow

    sections = getattr(record, "sections", None)
    if session.as_json:
        say_json(record)
    elif sections is not None:
        say_sections(session, sections)
    else:
        outcome = flow.plan_pages(workspace, [page])
        finish(outcome)
        for plan in outcome.plans:
            say(session, plan.text.rstrip("\n"))


def say_sections(session: Session, sections: Iterable[Section]) -> None:
    """Prints the sections, an empty line between two."""
    for number, section in enumerate(sections):
        if number:
            say(session)
        if section.title:
            say(session, section.title)
            say(session, "─" * len(section.title))
        for line in section.lines:
            say(session, line)
        if section.table:
            table = section.table
            say_columns(session, table.headers, table.rows, set(table.right))
        if section.chart:
            for line in bars(section.chart):
                say(session, line)
        for line in section.diff:
            say(session, line)
        if section.note:
            say(session, section.note)


def bars(chart: Chart) -> Iterator[str]:
    """A line a mark, with a bar as long as its value; none where all are 0."""
    longest = max(mark.value for mark in chart.marks)
    if longest <= 0:
        return
    names = {mark: mark_name(mark) for mark in chart.marks}
    width = max(map(len, names.values()))
    for mark, name in names.items():
        line = f"{name:{width}}  {bar(mark.value / longest)} {mark.value:,}"
        yield safe(line)


def mark_name(mark: Mark) -> str:
    """What a mark is called; of a flow also where it goes."""
    return f"{mark.label} → {mark.to}" if mark.to else mark.label


def bar(share: float) -> str:
    """A bar of block signs for a share of the longest one, to an eighth of a sign."""
    whole, eighths = divmod(round(max(share, 0) * BAR_SIGNS * len(_EIGHTHS)), len(_EIGHTHS))
    return "█" * whole + _EIGHTHS[eighths].strip()


COMMANDS = {"report": report}
