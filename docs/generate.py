"""The parts of the reference that are made from the code: commands, settings and JSON keys.

`make docs` writes them; a test compares what is written with what the code says.
"""
# ruff: noqa: INP001  # a script beside the documents, no package

from __future__ import annotations

import inspect
import re
from decimal import Decimal
from enum import EnumType
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin, get_type_hints

import click
from fields_page import fields_page
from msgspec.structs import FieldInfo, fields
from record_source import either, field_texts, is_record, summary, table, type_named

from vaultflow.cli.answers import AnswersReport
from vaultflow.cli.ask import AskedWay
from vaultflow.cli.edits import Edited
from vaultflow.cli.main import COMMANDS, main
from vaultflow.cli.session import Session
from vaultflow.cli.setup import SettingRow
from vaultflow.cli.watching import ServiceReport, WatchReport
from vaultflow.disk.watching.status import Batch
from vaultflow.errors import Finding, VaultFlowError
from vaultflow.flow import PageStatus
from vaultflow.pages.brief import Brief
from vaultflow.pages.card import LeadCard
from vaultflow.pages.daily import DailyPage
from vaultflow.pages.reports.report import PipelineReport
from vaultflow.pages.rows import LeadRow
from vaultflow.pages.stale import StalePage
from vaultflow.pipeline.settings import Rate, Settings, Stage
from vaultflow.pipeline.setup.proposal import Proposal
from vaultflow.plugins.registry import PluginReport
from vaultflow.vault.report import LinkReport, NoteReport

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import GenericAlias

REFERENCE = Path(__file__).parent / "reference"
HELP_COLUMNS = 90  # what a page on the web shows without a scroll bar

MADE = "<!-- Made from the code by `make docs`: edit the code, not this page. -->"

PRINTED: Mapping[str, type[Any] | GenericAlias] = {  # Any: records of every sort
    "leads": list[LeadRow],
    "show": LeadCard,
    "brief": Brief,
    "daily": DailyPage,
    "stale": StalePage,
    "refresh": list[PageStatus],
    "pages": list[PageStatus],
    "report": PipelineReport,
    **dict.fromkeys("new set act log move win lose park undo".split(), Edited),
    **dict.fromkeys(("review", "apply"), AnswersReport),
    "ask": AskedWay,
    "check": list[Finding],
    "note": NoteReport,
    "links": list[LinkReport],
    "watch": Batch,
    "status": WatchReport,
    "service": ServiceReport,
    "init": Proposal,
    "config": list[SettingRow],
    "plugins": list[PluginReport],
}
"""What each command prints with `--json`."""

WORDS: Mapping[str, str] = {
    "str": "text",
    "int": "whole number",
    "float": "number",
    "bool": "true or false",
    "date": "day",
    "Decimal": "amount",
    "PurePosixPath": "path",
    "None": "null",
    "Plain": "any value",
    "Value": "any value",
}
"""What a type is called in the tables."""

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

With `--dry-run` too, stdout holds JSON alone. Of pages it says in `state` which would be written;
their diff is shown without `--json` only.
"""

ABOUT_OTHER_JSON = """\
`init --example` prints `vault`, and in `files` how many files were written. `watch`
prints one object a line. What a plugin's command prints is its author's choice.
"""


def generated() -> Mapping[Path, str]:
    """The text of each generated page, by its file."""
    return {
        REFERENCE / "commands.md": commands_page(),
        REFERENCE / "configuration.md": configuration_page(),
        REFERENCE / "fields.md": fields_page(MADE),
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


def default(field: FieldInfo) -> str:
    """The default as it would be written in the file."""
    if field.required:
        return "must be given"
    value = field.default
    match value:
        case tuple():
            return f"`[{', '.join(map(in_toml, value))}]`"
        case None:
            return "not set"
        case _:
            return f"`{in_toml(value)}`"


def in_toml(value: object) -> str:
    """A text, number or truth as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def json_page() -> str:
    """What `--json` prints for each command, and the keys of every record in it."""
    printed = [
        (f"[`{name}`](commands.md#{name})", printed_words(what)) for name, what in PRINTED.items()
    ]
    records = dict.fromkeys(
        record
        for what in PRINTED.values()
        for record in records_in(next(iter(get_args(what)), what))
    )
    return "\n".join(
        (
            f"# JSON\n\n{MADE}\n\n{ABOUT_JSON}",
            table(("command", "prints"), printed),
            ABOUT_OTHER_JSON,
            *map(record_section, records),
        )
    )


def printed_words(what: type[Any] | GenericAlias) -> str:
    """What a command prints: a record, or a list of them."""
    listed = get_args(what)
    return f"a list of {record_link(listed[0])}" if listed else record_link(what)


def records_in(record: object) -> Iterator[type[Any]]:
    """The record and all that stand in it, in the order in which they are met."""
    if record is Settings or not isinstance(record, type) or not is_record(record):
        return  # the settings have a page of their own
    yield record
    for field in field_texts(record):
        for name in re.findall(r"\w+", field.kind):
            yield from records_in(type_named(name, field.owner))


def record_section(record: type[Any]) -> str:
    """One record: its heading, what it is, and its keys."""
    rows = [
        (
            f"`{field.name}`",
            json_words(field.kind, field.owner),
            field.meaning.replace("None", "null"),
        )
        for field in field_texts(record)
    ]
    keys = table(("key", "type", "meaning"), rows)
    return f"## {record.__name__}\n\n{summary(record)}\n\n{keys}"


def json_words(kind: str, owner: type[Any]) -> str:
    """What stands under a key, from the annotation of its field."""
    if listed := re.fullmatch(r"tuple\[(.+), \.\.\.\]", kind):
        return f"list of {json_words(listed[1], owner)}"
    if mapped := re.fullmatch(r"Mapping\[\w+, (.+)\]", kind):
        return f"{json_words(mapped[1], owner)} by name"
    if " | " in kind:
        return " or ".join(json_words(part, owner) for part in kind.split(" | "))
    return word_of(kind, owner)


def word_of(name: str, owner: type[Any]) -> str:
    """What one type is called."""
    if name in WORDS:
        return WORDS[name]
    match type_named(name, owner):
        case EnumType() as kind:
            return either(tuple(kind))
        case kind if get_origin(kind) is Literal:
            return either(get_args(kind))
        case kind if kind is Settings:
            return "[settings](configuration.md)"
        case kind:
            return record_link(kind)


def record_link(record: Any) -> str:  # noqa: ANN401  # a record of any sort
    """A link to the keys of a record."""
    return f"[{record.__name__}](#{record.__name__.lower()})"


def write_all() -> None:
    """Writes every generated page."""
    for path, text in generated().items():
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_all()
