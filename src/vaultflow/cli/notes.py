"""The commands that look at notes: `note`, `links`, `check`."""

from __future__ import annotations

from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import click

from vaultflow.cli.asking import can_ask
from vaultflow.cli.opening import glance_at_vault, open_vault, saying
from vaultflow.cli.output import (
    complain,
    safe,
    say,
    say_findings,
    say_json,
    say_parts,
    say_table,
    talk,
)
from vaultflow.cli.pages import dry_run_option
from vaultflow.cli.session import Command, Session, pass_session
from vaultflow.errors import ConflictError, Finding, Level, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from vaultflow.flow import Workspace
    from vaultflow.flow.edit.repairs import Repair
    from vaultflow.flow.glance import Glance
    from vaultflow.vault.report import LinkReport, NoteReport
    from vaultflow.vault.vault import Vault

CHECK_FAILED = 1


@click.command(cls=Command)
@click.argument("path")
@pass_session
def note(session: Session, *, path: str) -> None:
    """Show what VaultFlow reads from a note: a path, a name, or the beginning of one.

    \b
    Example:
      vaultflow note "Acme BV"
      vaultflow note "Leads/Acme BV.md" --json
    """
    from vaultflow.vault.report import report_note

    vault = open_vault(session).context.vault
    report = report_note(vault.notes[named_note(vault, session.root(), path)], vault)
    if session.as_json:
        say_json(report)
    else:
        say_note(session, report)


def say_note(session: Session, report: NoteReport) -> None:
    """Prints a note's parts, each under its own word, empty ones left out."""
    say(session, f"{report.path}  ({report.title})")
    say_parts(session, note_parts(report))


def note_parts(report: NoteReport) -> Iterator[tuple[str, Iterable[str]]]:
    """What a note holds, by the word for it."""
    yield "fields", (f"{name}: {shown(value)}" for name, value in report.fields.items())
    yield "tags", report.tags
    yield "headings", (f"{'#' * heading.level} {heading.text}" for heading in report.headings)
    yield "links", (f"{link.line}: {link.text} -> {leads_to(link)}" for link in report.links)
    yield "embeds", (f"{link.line}: {link.text} -> {leads_to(link)}" for link in report.embeds)
    yield "tasks", (f"{task.line}: [{task.status}] {task.text}" for task in report.tasks)
    yield "blocks", (f"{block.line}: ^{block.id}" for block in report.blocks)
    yield "findings", map(str, report.findings)


def shown(value: object) -> str:
    """A field's value on one line."""
    match value:
        case None:
            return ""
        case tuple() | list():
            return ", ".join(shown(item) for item in value)
        case _:
            return str(value)


def named_note(vault: Vault, root: Path, text: str) -> PurePosixPath:
    """The note that a person means.

    Raises:
        UsageError: when there is none, or when there are several.
    """
    from vaultflow.flow.choice import chosen
    from vaultflow.vault.knowing import note_texts

    return chosen(note_texts(vault.notes), text, root, "note")


@click.command(cls=Command)
@click.argument("path", metavar="[NOTE]", required=False)
@click.option("--unresolved", is_flag=True, help="Only links that lead to no file.")
@click.option(
    "--create-stubs", is_flag=True, help="With --unresolved: make an empty note for each."
)
@dry_run_option
@pass_session
def links(
    session: Session, *, path: str | None, unresolved: bool, create_stubs: bool, dry_run: bool
) -> None:
    """List links and where they lead, of one note or of the whole vault.

    \b
    Example:
      vaultflow links --unresolved
      vaultflow links --unresolved --create-stubs --dry-run
      vaultflow links "Acme BV" --json
    """
    from vaultflow.pages.wording import plural
    from vaultflow.vault.report import report_links

    if create_stubs and not unresolved:
        raise UsageError("--create-stubs is about --unresolved")
    if dry_run and not create_stubs:
        raise UsageError("--dry-run is about --create-stubs")
    vault = open_vault(session).context.vault
    source = named_note(vault, session.root(), path) if path else None
    reports = report_links(vault, source=source, unresolved=unresolved)
    if create_stubs:
        make_stubs(session, reports, dry_run=dry_run)
        return
    if session.as_json:
        say_json(reports)
        return
    say_table(
        session,
        ["where", "link", "leads to"],
        [
            [f"{item.source}:{item.line}", item.text, leads_to(item) + near(vault, item)]
            for item in reports
        ],
    )
    talk(session, plural(len(reports), "link"))


def make_stubs(session: Session, reports: Sequence[LinkReport], *, dry_run: bool) -> None:
    """Makes an empty note for each name that leads nowhere, and says which."""
    from vaultflow.flow.edit.stubs import plan_stubs, write_stubs

    stubs = plan_stubs(reports)
    for stub in stubs:
        if stub.problem:
            talk(session, f"{stub.target}: no note is made: {stub.problem}")
    planned = [(stub.change.path, "") for stub in stubs if stub.change]
    done = planned if dry_run else list(write_stubs(session.root(), stubs))
    if session.as_json:
        say_json([path for path, problem in done if not problem])
        return
    for path, problem in done:
        if problem:
            complain(problem)
        else:
            say(session, f"{path}  ({'would be made' if dry_run else 'made'})")


def leads_to(link: LinkReport) -> str:
    """Where a link leads, for a table."""
    if link.resolved is None:
        return "nowhere"
    return f"{link.resolved} (one of several)" if link.ambiguous else str(link.resolved)


def near(vault: Vault, link: LinkReport) -> str:
    """The files that an unresolved link may mean, for a table."""
    from vaultflow.vault.links.nearest import nearest

    if link.resolved is not None:
        return ""
    candidates = nearest(vault.index, link.target)
    return f"; near: {', '.join(map(str, candidates))}" if candidates else ""


@click.command(cls=Command)
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--fix", is_flag=True, help="Mend what is safe to mend, each note after its diff.")
@click.option("--yes", "is_sure", is_flag=True, help="With --fix: do not ask.")
@dry_run_option
@pass_session
def check(
    session: Session, *, paths: tuple[str, ...], fix: bool, is_sure: bool, dry_run: bool
) -> None:
    """Say what is wrong with the notes, as `path:line: CODE message (hint)`.

    Ends with 1 when there are errors. Notes that are merely worth a look (level info) are shown
    with -v. With --fix, garbled text, links without quotes, properties closed by `...` and lost
    markers are mended where it is certain what was meant; then what is left is shown.

    \b
    Example:
      vaultflow check
      vaultflow check Leads -v
      vaultflow check --fix --dry-run
    """
    if (is_sure or dry_run) and not fix:
        raise UsageError("--yes and --dry-run are about --fix")
    with saying(session) as said:
        said.is_kept = not fix
        seen = said.seen
        findings = found_in(session, seen, paths)
        if fix and mend(
            session,
            open_vault(session, seen, warns=False),
            findings,
            is_sure=is_sure,
            dry_run=dry_run,
        ):
            seen = glance_at_vault(session)
            findings = found_in(session, seen, paths)
        say_found(session, findings, len(seen.listing.notes), dry_run=dry_run)


def say_found(session: Session, findings: Sequence[Finding], notes: int, *, dry_run: bool) -> None:
    """Prints the findings and how many there are; ends the run with 1 when there are errors."""
    shown = [
        finding
        for finding in findings
        if session.verbosity > 0 or session.as_json or finding.level is not Level.INFO
    ]
    if session.as_json:
        say_json(shown)
    elif not dry_run:
        say_findings(session, shown)
        say_counts(session, findings, notes)
    if any(finding.level is Level.ERROR for finding in findings):
        raise SystemExit(CHECK_FAILED)


def found_in(session: Session, seen: Glance, paths: Sequence[str]) -> list[Finding]:
    """The findings on these notes and folders, by path and line."""
    from vaultflow.flow.check import findings_of

    found = findings_of(seen, partial(open_vault, session, warns=False))
    return [finding for finding in found if is_below(finding.path, paths)]


def mend(
    session: Session,
    workspace: Workspace,
    findings: Sequence[Finding],
    *,
    is_sure: bool,
    dry_run: bool,
) -> int:
    """Shows each repair, asks where somebody can answer, and writes it; gives how many it wrote."""
    from vaultflow.disk.change import diff
    from vaultflow.flow.edit.repairs import apply_repair, plan_repairs

    repairs = plan_repairs(workspace, findings)
    written = 0
    for repair in repairs:
        shown = diff(repair.change).rstrip("\n")
        if dry_run and not session.as_json:
            say(session, shown)
        else:
            talk(session, shown)
        if dry_run or not (is_sure or not can_ask() or wants(repair)):
            continue
        try:
            written += apply_repair(workspace.root, repair)
        except ConflictError as error:
            complain(str(error))
    talk(session, f"{written} of {len(repairs)} repairs written" if repairs else "nothing to mend")
    return written


def wants(repair: Repair) -> bool:
    """Whether the person says yes to this repair."""
    question = f"Mend {repair.change.path} ({', '.join(repair.codes)})?"
    return click.confirm(safe(question), default=True, err=True)


def is_below(path: PurePosixPath, wanted: Sequence[str]) -> bool:
    """Whether the path is one of those wanted or in one of those folders; all when none is."""
    return not wanted or any(path.is_relative_to(PurePosixPath(name)) for name in wanted)


def say_counts(session: Session, findings: Sequence[Finding], notes: int) -> None:
    """Says on stderr how much was found, and what was not shown."""
    from vaultflow.pages.wording import plural

    counts = {level: sum(finding.level is level for finding in findings) for level in Level}
    errors = plural(counts[Level.ERROR], "error")
    warnings = plural(counts[Level.WARNING], "warning")
    more = f"{counts[Level.INFO]} worth a look" + ("" if session.verbosity > 0 else " (-v)")
    talk(session, f"{plural(notes, 'note')}: {errors}, {warnings}, {more}")


COMMANDS = {"note": note, "links": links, "check": check}
