"""The commands that edit one note each: `set`, `act`, `log`, and `new` that makes one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Literal

import click

from vaultflow.cli.opening import open_vault
from vaultflow.cli.output import say, say_json
from vaultflow.cli.pages import dry_run_option
from vaultflow.cli.session import Command, Session, pass_session
from vaultflow.errors import VaultError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultflow.disk.change import Change
    from vaultflow.flow.edit.edits import Place
    from vaultflow.vault.edit.edit import Operation

EditState = Literal["new", "updated", "unchanged", "planned"]

KINDS = ("call", "email", "meeting", "message", "note", "social", "quote")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """What has become of a note."""

    path: PurePosixPath
    state: EditState
    """`planned`: something would be written, but for `--dry-run`."""
    diff: str
    """What changes, as a unified diff; empty when nothing does."""


@click.command(cls=Command, name="set")
@click.argument("note")
@click.argument("key")
@click.argument("value")
@dry_run_option
@pass_session
def set_(session: Session, *, note: str, key: str, value: str, dry_run: bool) -> None:
    """Set one field of a note: NOTE is a name, or the path of any Markdown file.

    VALUE is read by the field's type: a day, an amount, a number, a link, a list with commas, or
    text. An empty one empties the field. All other bytes of the note stay as they are.

    \b
    Example:
      vaultflow set "Acme BV" value 12k
      vaultflow set Leads/Acme.md expected_close "15 dec"
    """
    from vaultflow.flow.edit import verbs
    from vaultflow.flow.edit.edits import Outside

    root = vault_of(session, note)
    if root is None:
        folder, name = Path(note).parent, PurePosixPath(Path(note).name)
        operations = verbs.to_set_outside(verbs.note_at(folder, name), key, value, session.day(""))
        carry_out(session, Outside(root=folder), name, operations, dry_run=dry_run)
        return
    workspace = open_vault(replace(session, vault=root))
    found = verbs.note_named(workspace, note)
    operations = verbs.to_set(workspace, found, key, value)
    carry_out(session, workspace, found.path, operations, dry_run=dry_run)


def vault_of(session: Session, note: str) -> Path | None:
    """The vault that a note is in; None when it is a file outside of any.

    Raises:
        VaultError: when it is no file, and no vault is at hand.
    """
    from vaultflow.disk.root import find_vault, is_inside

    file = Path(note)
    if not file.is_file():
        return session.root()
    if session.vault and is_inside(session.root(), file):
        return session.root()
    try:
        return find_vault(file.absolute().parent)
    except VaultError:
        return None


@click.command(cls=Command)
@click.argument("lead")
@click.argument("action")
@click.option("--by", required=True, metavar="WHEN", help="The day by which it must happen.")
@dry_run_option
@pass_session
def act(session: Session, *, lead: str, action: str, by: str, dry_run: bool) -> None:
    """Say what must happen next with a lead, and by when.

    ACTION is a text, or a number in the stage's quick list. WHEN is a day such as 2026-12-01,
    fri, "next mon", 3d, 2w, eom or "3 dec".

    \b
    Example:
      vaultflow act acme "Send the revised quote" --by fri
      vaultflow act acme 3 --by 2d
    """
    from vaultflow.flow.edit import verbs

    workspace = open_vault(session)
    found = verbs.lead_named(workspace, lead)
    operations = verbs.to_act(workspace, found.stage, action, by)
    carry_out(session, workspace, found.path, operations, dry_run=dry_run)


@click.command(cls=Command)
@click.argument("lead")
@click.argument("text")
@click.option("--kind", type=click.Choice(KINDS), help="Of touch; else TEXT's first word tells.")
@click.option("--in", "direction", flag_value="in", help="They reached out to you.")
@click.option("--out", "direction", flag_value="out", help="You reached out to them.")
@click.option("--step", default="", help="What it was for, such as needs or trust.")
@click.option("--on", default="today", metavar="WHEN", help="The day on which it happened.")
@dry_run_option
@pass_session
def log(  # noqa: PLR0913  # a touch has that many parts
    session: Session,
    *,
    lead: str,
    text: str,
    kind: str | None,
    direction: str | None,
    step: str,
    on: str,
    dry_run: bool,
) -> None:
    """Add a line to a lead's log: what happened, today or on another day.

    A number as TEXT takes that action of the stage's quick list, word for word: so it counts.

    \b
    Example:
      vaultflow log acme 3 --out
      vaultflow log acme "called Jane, she asks for a smaller package" --out
      vaultflow log acme "asks for a price list" --kind email --in --on mon
    """
    from vaultflow.flow.edit import verbs
    from vaultflow.pipeline.lead import Direction, TouchKind

    workspace = open_vault(session)
    found = verbs.lead_named(workspace, lead)
    operations = verbs.to_log(
        workspace,
        verbs.action_meant(found.stage, text) if text.strip() else text,
        kind=TouchKind(kind) if kind else None,
        direction=Direction(direction) if direction else None,
        step=step,
        on=on,
    )
    carry_out(session, workspace, found.path, operations, dry_run=dry_run)


@click.command(cls=Command)
@click.argument("title")
@click.option("--stage", help="Its stage; else the template's, else the first.")
@click.option("--value", help="What it may be worth, such as 12k.")
@click.option("--company", help="Its company: a note's name, or any.")
@click.option("--person", "people", multiple=True, help="A person; may be given several times.")
@click.option("--source", help="Where it came from.")
@click.option(
    "--reason",
    "reason_for_contact",
    help="Why they got in touch, in their words, which are quoted at the top.",
)
@click.option("--checklist", is_flag=True, help="Put what its stage asks for into the note.")
@dry_run_option
@pass_session
def new(
    session: Session,
    /,
    *,
    title: str,
    checklist: bool,
    dry_run: bool,
    **fields: str | tuple[str, ...],
) -> None:
    """Make a new lead: a note of that name, from your template for leads if you have one.

    \b
    Example:
      vaultflow new "Acme BV website"
      vaultflow new "Beta audit" --value 8000 --company "Beta GmbH" --person "Jane Doe"
      vaultflow new "Cobalt shop" --reason "We lose orders on the phone" --checklist
    """
    from vaultflow.disk.write import apply_change
    from vaultflow.flow.edit import verbs

    workspace = open_vault(session)
    given = {
        name: value if isinstance(value, str) else ", ".join(value)
        for name, value in fields.items()
        if value
    }
    change = verbs.plan_new(workspace, title, given, checklist=checklist)
    if not dry_run:
        apply_change(workspace.root, change)
    report(session, change.path, change, dry_run=dry_run)


def carry_out(
    session: Session,
    place: Place,
    path: PurePosixPath,
    operations: Iterable[Operation],
    *,
    dry_run: bool,
) -> None:
    """Edits the note, or with `--dry-run` only plans to; then says what has become of it."""
    from vaultflow.flow.edit.edits import edit_note, plan_edit

    run = plan_edit if dry_run else edit_note
    report(session, path, run(place, path, operations), dry_run=dry_run)


def report(session: Session, path: PurePosixPath, change: Change | None, *, dry_run: bool) -> None:
    """Prints what has become of a note: its path, or with `--dry-run` the diff."""
    from vaultflow.disk.change import diff

    shown = diff(change) if change else ""
    edited = Edited(path=path, state=state_of(change, dry_run=dry_run), diff=shown)
    if session.as_json:
        say_json(edited)
    elif edited.state == "planned":
        say(session, shown.rstrip("\n"))
    else:
        say(session, f"{path}  ({edited.state})")


def state_of(change: Change | None, *, dry_run: bool) -> EditState:
    """What has become of a note that was to change so."""
    if change is None:
        return "unchanged"
    if dry_run:
        return "planned"
    return "new" if change.before is None else "updated"


COMMANDS = {"set": set_, "act": act, "log": log, "new": new}
