"""Questions on a terminal: asked on stderr, so that results can still be piped away."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from vaultflow.cli.output import complain, safe
from vaultflow.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    T = TypeVar("T")


def can_ask() -> bool:
    """Whether somebody sits at the keyboard."""
    return sys.stdin.isatty()


def ask(question: str) -> str:
    """What the person types, empty for nothing."""
    answer = click.prompt(safe(question), default="", show_default=False, err=True)
    return str(answer).strip()


def ask_until_read(question: str, read: Callable[[str], T]) -> T | None:
    """What the answer means, asked again while it means nothing; None for no answer."""
    while answer := ask(question):
        try:
            return read(answer)
        except UsageError as error:
            complain(str(error))
    return None


def confirm(question: str) -> None:
    """Goes on with a yes.

    Raises:
        click.Abort: with a no, which ends the command.
    """
    click.confirm(safe(question), default=True, abort=True, err=True)


def show_lines(lines: Sequence[str]) -> None:
    """Prints what a question is about."""
    for line in lines:
        click.echo(f"  {safe(line)}", err=True)
