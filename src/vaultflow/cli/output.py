"""Results to stdout, talk and errors to stderr; tables for a terminal, plain text for a pipe."""

from __future__ import annotations

import os
import sys
import unicodedata
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

import click

from vaultflow.cli.session import QUIET, VERBOSE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from vaultflow.cli.session import Session
    from vaultflow.errors import Finding

SLOW_NOTES = 2_000  # below this, reading takes about a second: a bar would only flicker

LEVEL_STYLES = {"error": "red", "warning": "yellow", "info": "cyan"}


def safe(text: str) -> str:
    """The text without control and direction characters: a name must not steer the terminal."""
    if text.isprintable():
        return text  # nearly always, and then nothing has to be looked at sign by sign
    return "".join(
        character
        for character in text
        if character in "\n\t"
        or unicodedata.category(character) not in ("Cc", "Cf")
        or character in "\u200c\u200d"  # joiners of emoji and scripts draw, they do not steer
    )


def is_colored(session: Session, stream: TextIO) -> bool:
    """Colour is wanted: a terminal, no `--no-color`, no `NO_COLOR`."""
    return session.color is not False and stream.isatty() and not os.environ.get("NO_COLOR")


def say(session: Session, text: str = "") -> None:
    """Prints a line of a result."""
    click.echo(safe(text), color=is_colored(session, sys.stdout))


def talk(session: Session, text: str, *, verbose: bool = False) -> None:
    """Prints a line about what is going on, to stderr; none with `-q`."""
    if session.verbosity > (QUIET if not verbose else VERBOSE - 1):
        click.echo(safe(text), err=True)


def complain(text: str) -> None:
    """Prints an error to stderr."""
    click.echo(f"error: {safe(text)}", err=True)


def say_json(value: object) -> None:
    """Prints records as JSON, with their field names as keys."""
    import json

    from vaultflow.vault.plain import to_plain

    click.echo(json.dumps(to_plain(value), ensure_ascii=False, indent=2))


def say_table(
    session: Session, headers: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: str = ""
) -> None:
    """Prints rows under headers; columns named in `numbers` (blank-separated) are set right."""
    say_columns(session, headers, rows, {headers.index(name) for name in numbers.split()})


def say_columns(
    session: Session, headers: Sequence[str], rows: Sequence[Sequence[str]], right: set[int]
) -> None:
    """Prints rows under headers; the columns of those numbers, from 0, are set right."""
    if not rows:
        return
    cells = [[safe(cell).replace("\n", " ") for cell in row] for row in rows]
    if sys.stdout.isatty():
        say_rich_table(session, headers, cells, right)
    else:
        click.echo("\n".join(plain_table(headers, cells, right)))  # at once: each call has a price


def plain_table(
    headers: Sequence[str], rows: Sequence[Sequence[str]], right: set[int]
) -> Iterator[str]:
    """Lines of columns two blanks apart, without rules or cuts: for a pipe."""
    everything = [headers, *rows]
    widths = [max(map(len, column)) for column in zip(*everything, strict=True)]
    sides = (">" if column in right else "<" for column in range(len(headers)))
    line = "  ".join(f"{{:{side}{width}}}" for side, width in zip(sides, widths, strict=True))
    for row in everything:
        yield line.format(*row).rstrip()


def say_rich_table(
    session: Session, headers: Sequence[str], rows: Sequence[Sequence[str]], right: set[int]
) -> None:
    """Prints a table that fits the terminal."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for column, header in enumerate(headers):
        table.add_column(header, justify="right" if column in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console(no_color=not is_colored(session, sys.stdout), highlight=False).print(table)


def say_parts(session: Session, parts: Iterable[tuple[str, Iterable[str]]]) -> None:
    """Prints each part under its word on the left; a part without lines is left out."""
    for word, lines in parts:
        for number, line in enumerate(lines):
            say(session, f"{'' if number else word:16}{line}")


def say_findings(session: Session, findings: Sequence[Finding]) -> None:
    """Prints a line a finding: `path:line: CODE message (hint)`."""
    if not findings:
        return
    words = {level: click.style(level, fg=color) for level, color in LEVEL_STYLES.items()}
    lines = (f"{words[finding.level]}: {safe(str(finding))}" for finding in findings)
    click.echo("\n".join(lines), color=is_colored(session, sys.stdout))


@contextmanager
def reading_progress(session: Session) -> Iterator[Callable[[int, int], None] | None]:
    """A callback that shows on stderr how many notes are read; none where nobody looks."""
    if session.verbosity == QUIET or not sys.stderr.isatty():
        yield None
        return
    shown = False

    def show(read: int, total: int) -> None:
        nonlocal shown
        if total >= SLOW_NOTES and (read == total or read % 500 == 0):
            shown = True
            click.echo(f"\rreading notes {read:,} of {total:,}", nl=False, err=True)

    yield show
    if shown:
        click.echo("\r\033[K", nl=False, err=True)
