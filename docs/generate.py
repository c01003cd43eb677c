"""The parts of the reference that are made from the code: commands, settings and JSON keys.

`make docs` writes them; a test compares what is written with what the code says.
"""
# ruff: noqa: INP001  # a script beside the documents, no package

from __future__ import annotations

import ast
import inspect
import re
from dataclasses import MISSING, dataclass, fields
from decimal import Decimal
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import click

from vaultflow.cli.main import COMMANDS, main
from vaultflow.cli.session import Session
from vaultflow.cli.setup import SettingRow
from vaultflow.errors import Finding, Level, VaultFlowError
from vaultflow.flow import PageState, PageStatus
from vaultflow.pages.card import LeadCard
from vaultflow.pages.counts import Counts
from vaultflow.pages.daily import DailyPage, FocusLead
from vaultflow.pages.focus import Reason
from vaultflow.pages.listing import ListedLead, Listing
from vaultflow.pages.questions import Question
from vaultflow.pages.rows import LeadRow, Party
from vaultflow.pages.stale import StaleLead, StalePage
from vaultflow.pages.unread import UnreadNote, UnreadNotes
from vaultflow.pipeline.lead import Direction, Money, Touch, TouchKind
from vaultflow.pipeline.pipeline import Total
from vaultflow.pipeline.settings import Rate, Settings, Stage
from vaultflow.pipeline.standing import Bucket, Idleness, Light
from vaultflow.plugins.registry import PluginReport
from vaultflow.vault.note import Block, Heading, Task
from vaultflow.vault.report import LinkReport, NoteReport, PropertyLinkReport

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

REFERENCE = Path(__file__).parent / "reference"
HELP_COLUMNS = 90  # what a page on the web shows without a scroll bar

MADE = "<!-- Made from the code by `make docs`: edit the code, not this page. -->"

PRINTED: Mapping[str, str] = {
    "leads": "a list of `LeadRow`",
    "show": "`LeadCard`",
    "daily": "`DailyPage`",
    "stale": "`StalePage`",
    "refresh": "a list of `PageStatus`",
    "pages": "a list of `PageStatus`",
    "check": "a list of `Finding`",
    "note": "`NoteReport`",
    "links": "a list of `LinkReport`",
    "config": "a list of `SettingRow`",
    "plugins": "a list of `PluginReport`",
}
"""What each command prints with `--json`."""

RECORDS: tuple[type[Any], ...] = (  # Any: records of every sort
    LeadRow,
    LeadCard,
    Touch,
    Party,
    Money,
    DailyPage,
    Counts,
    Total,
    FocusLead,
    Question,
    Listing,
    ListedLead,
    UnreadNotes,
    UnreadNote,
    StalePage,
    StaleLead,
    PageStatus,
    Finding,
    NoteReport,
    LinkReport,
    PropertyLinkReport,
    Heading,
    Task,
    Block,
    SettingRow,
    PluginReport,
)
"""The records whose keys are told, in this order."""

WORDS: Mapping[str, str] = {
    "str": "text",
    "int": "whole number",
    "bool": "true or false",
    "date": "day",
    "Decimal": "amount",
    "PurePosixPath": "path",
    "None": "null",
    "Plain": "any value",
    "Value": "any value",
}
"""What a type is called in the tables."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    "PageState": get_args(PageState),
    **{
        kind.__name__: tuple(kind)
        for kind in (Bucket, Direction, Idleness, Level, Light, Reason, TouchKind)
    },
}
"""The texts that are possible, by the name of their type."""

SUCCESS_CODES = (
    ("0", "Done."),
    ("1", "`check` found errors."),
)

ABOUT_COMMANDS = """\
The options of `vaultflow` itself may stand before a command or behind it. A LEAD or NOTE is its
name, its path, or the beginning of one; when it fits several they are listed, and none is guessed.
Results go to stdout, talk and errors to stderr.
"""

ABOUT_EXIT_CODES = """\
A page that cannot be made does not stop the others. The command then ends with the code of the
first page that failed. Code 8 is kept for the watcher, which is still to come.
"""

ABOUT_CONFIGURATION = """\
All settings live in `vaultflow.toml` at the vault's root. Every key is optional. An unknown key is
refused with a "did you mean", and all mistakes are named at once. A list of texts may also be one
text. `vaultflow config` shows what is in force and where it comes from.
"""

ABOUT_JSON = """\
Every command that lists or reports takes `--json`. The keys are a promise: none is renamed without
a new major version. New ones may come.

Days are written `YYYY-MM-DD`. Paths are relative to the vault's root, with `/` on every system.
Amounts are texts with all their digits, so that none is lost on the way. What is not known is
`null` or empty, and its key is still there.
"""

ABOUT_OTHER_JSON = """\
`init --example` prints `vault`, and in `files` how many files were written. What a plugin's command
prints is its author's choice.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldText:
    """A field as its record's source says it."""

    name: str
    kind: str
    """Its annotation."""
    meaning: str
    """The docstring below it, on one line; empty when there is none."""


def generated() -> Mapping[Path, str]:
    """The text of each generated page, by its file."""
    return {
        REFERENCE / "commands.md": commands_page(),
        REFERENCE / "configuration.md": configuration_page(),
        REFERENCE / "json.md": json_page(),
    }


def commands_page() -> str:
    """What `--help` says of each command, and the exit codes."""
    # A folder without settings enables no plugin, whose commands would be listed here too.
    root = click.Context(
        main,
        info_name="vaultflow",
        obj=Session(vault=REFERENCE),
        terminal_width=HELP_COLUMNS,
        **main.context_settings,
    )
    commands = ((name, main.get_command(root, name)) for name in COMMANDS)
    return "\n".join(
        (
            f"# Commands\n\n{MADE}\n\n{ABOUT_COMMANDS}",
            help_block(main, root),
            *(f"## {name}\n\n{help_of(command, root)}" for name, command in commands if command),
            exit_codes(),
        )
    )


def help_of(command: click.Command, root: click.Context) -> str:
    """The help of one command, as a block."""
    context = click.Context(
        command, info_name=command.name, parent=root, terminal_width=HELP_COLUMNS
    )
    return help_block(command, context)


def help_block(command: click.Command, context: click.Context) -> str:
    """What the command says of itself, as a block of plain text."""
    return f"```text\n{command.get_help(context).rstrip()}\n```\n"


def exit_codes() -> str:
    """The table of exit codes, from the errors that carry them."""
    errors = sorted(VaultFlowError.__subclasses__(), key=lambda error: error.exit_code)
    rows = [*SUCCESS_CODES, *((str(error.exit_code), summary(error)) for error in errors)]
    return f"## Exit codes\n\n{ABOUT_EXIT_CODES}\n{table(('code', 'meaning'), rows)}"


def configuration_page() -> str:
    """Every key of `vaultflow.toml`: type, default and meaning."""
    return "\n".join(
        (
            f"# Configuration\n\n{MADE}\n\n{ABOUT_CONFIGURATION}",
            *(settings_table(f"[{name}]", kind) for name, kind in get_type_hints(Settings).items()),
            settings_table("[[money.rates]]", Rate),
            settings_table("[[pipeline.stages]]", Stage),
        )
    )


def settings_table(heading: str, record: type[Any]) -> str:
    """One table of the file: its heading, what it is about, and its keys."""
    kinds = get_type_hints(record)
    meanings = {field.name: field.meaning.replace("None", "none") for field in field_texts(record)}
    rows = [
        (f"`{field.name}`", setting_words(kinds[field.name]), default(field), meanings[field.name])
        for field in fields(record)
    ]
    about = inspect.cleandoc(record.__doc__ or "").partition(": ")[2] or (record.__doc__ or "")
    sentence = about[:1].upper() + about[1:]
    return f"## `{heading}`\n\n{sentence}\n\n" + table(("key", "type", "default", "meaning"), rows)


def setting_words(kind: Any) -> str:  # noqa: ANN401  # a type, or what typing makes of several
    """What may be written for a setting."""
    parts = get_args(kind)
    match str(kind):
        case text if text.startswith("typing.Literal"):
            return either(parts)
        case text if text.startswith("tuple"):
            return f"list of {setting_words(parts[0])}s"
        case text if "None" in text:
            return setting_words(parts[0])
    if kind is Decimal:
        return "number"
    if hasattr(kind, "__members__"):
        return either(tuple(kind))
    return WORDS.get(kind.__name__, "table")


def default(field: Any) -> str:  # noqa: ANN401  # dataclasses give their fields no usable type
    """The default as it would be written in the file."""
    value = field.default
    if value is MISSING:
        return "must be given"
    match value:
        case tuple():
            return f"`[{', '.join(map(in_toml, value))}]`"
        case None:
            return "not set"
        case _:
            return f"`{in_toml(value)}`"


def in_toml(value: object) -> str:
    """A text or number as TOML writes it."""
    return f'"{value}"' if isinstance(value, str) else str(value)


def json_page() -> str:
    """What `--json` prints for each command, and the keys of every record in it."""
    printed = [(f"[`{name}`](commands.md#{name})", linked(what)) for name, what in PRINTED.items()]
    return "\n".join(
        (
            f"# JSON\n\n{MADE}\n\n{ABOUT_JSON}",
            table(("command", "prints"), printed),
            ABOUT_OTHER_JSON,
            *(record_section(record) for record in RECORDS),
        )
    )


def record_section(record: type[Any]) -> str:
    """One record: its heading, what it is, and its keys."""
    rows = [
        (f"`{field.name}`", json_words(field.kind), field.meaning.replace("None", "null"))
        for field in field_texts(record)
    ]
    return f"## {record.__name__}\n\n{summary(record)}\n\n" + table(
        ("key", "type", "meaning"), rows
    )


def json_words(kind: str) -> str:
    """What stands under a key, from the annotation of its field."""
    if listed := re.fullmatch(r"tuple\[(.+), \.\.\.\]", kind):
        return f"list of {json_words(listed[1])}"
    if mapped := re.fullmatch(r"Mapping\[\w+, (.+)\]", kind):
        return f"{json_words(mapped[1])} by name"
    return " or ".join(word_of(part) for part in kind.split(" | "))


def word_of(kind: str) -> str:
    """What one type is called."""
    if kind in {record.__name__ for record in RECORDS}:
        return record_link(kind)
    if kind in CHOICES:
        return either(CHOICES[kind])
    return WORDS.get(kind, kind)


def either(choices: Sequence[str]) -> str:
    """The texts that are possible: "`a`, `b` or `c`"."""
    *others, last = [f"`{choice}`" for choice in choices]
    return f"{', '.join(others)} or {last}" if others else last


def linked(text: str) -> str:
    """The text with each record's name as a link to its keys."""
    return re.sub(r"`(\w+)`", lambda match: record_link(match[1]), text)


def record_link(name: str) -> str:
    """A link to the keys of a record."""
    return f"[{name}](#{name.lower()})"


def field_texts(record: type[Any]) -> tuple[FieldText, ...]:
    """The fields of a record with their docstrings, those of its bases first."""
    bases = [base for base in reversed(record.__mro__) if "__dataclass_fields__" in base.__dict__]
    return tuple(field for base in bases for field in own_fields(base))


def own_fields(record: type[Any]) -> Iterator[FieldText]:
    """The fields that the record's own source names."""
    tree = ast.parse(dedent(inspect.getsource(record)))
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    for statement, below in zip(body, [*body[1:], None], strict=True):
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            yield FieldText(
                name=statement.target.id,
                kind=ast.unparse(statement.annotation),
                meaning=docstring(below),
            )


def docstring(statement: ast.stmt | None) -> str:
    """The text of a statement that is nothing but a text, on one line."""
    match statement:
        case ast.Expr(value=ast.Constant(value=str(text))):
            return " ".join(text.split())
        case _:
            return ""


def summary(record: type[Any]) -> str:
    """The first sentence of a docstring."""
    first_line = inspect.cleandoc(record.__doc__ or "").partition("\n")[0]
    return first_line.partition(". ")[0].removesuffix(".") + "."


def table(headers: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    names = tuple(headers)
    lines = [names, ("---",) * len(names), *rows]
    return "".join(f"| {' | '.join(map(in_cell, line))} |\n" for line in lines)


def in_cell(text: str) -> str:
    """The text as a table can hold it."""
    return text.replace("|", "\\|")


def write_all() -> None:
    """Writes every generated page."""
    for path, text in generated().items():
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_all()
