"""The command that takes back what VaultFlow has written: `undo`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from vaultflow.cli.asking import can_ask, confirm
from vaultflow.cli.edits import report
from vaultflow.cli.output import talk
from vaultflow.cli.pages import dry_run_option
from vaultflow.cli.session import Command, Session, pass_session

if TYPE_CHECKING:
    from vaultflow.disk.change import Change


@click.command(cls=Command)
@click.argument("note", required=False)
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask.")
@dry_run_option
@pass_session
def undo(session: Session, *, note: str | None, is_sure: bool, dry_run: bool) -> None:
    """Take back VaultFlow's last write to a note, or to any note of yours when none is named.

    What was there before is kept for 30 days. A note that has changed since is left alone. To
    undo an undo, run it again.

    \b
    Example:
      vaultflow undo
      vaultflow undo "Acme BV" --dry-run
    """
    from vaultflow.disk.write import apply_change
    from vaultflow.flow.edit.undo import plan_undo

    root = session.root()
    change = plan_undo(root, note)
    if not dry_run:
        ask_first(session, change, is_sure=is_sure)
        apply_change(root, change)
    report(session, change.path, change, dry_run=dry_run)


def ask_first(session: Session, change: Change, *, is_sure: bool) -> None:
    """Shows what is about to be taken back, and asks where somebody can answer.

    Raises:
        click.Abort: when the answer is no.
    """
    from vaultflow.disk.change import diff

    talk(session, diff(change).rstrip("\n"))
    if not is_sure and can_ask():
        confirm(f"Put {change.path} back as it was?")


COMMANDS = {"undo": undo}
