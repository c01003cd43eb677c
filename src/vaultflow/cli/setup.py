"""The commands around the work: `init`, `config`, `plugins`, `completion`."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from vaultflow.cli.output import say, say_findings, say_json, say_parts, say_table, talk
from vaultflow.cli.session import Command, Session, pass_session
from vaultflow.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultflow.disk.config.load import LoadedSettings
    from vaultflow.pipeline.setup.lead_signs import Seen
    from vaultflow.pipeline.setup.proposal import Preset, Proposal
    from vaultflow.plugins.registry import PluginReport
    from vaultflow.vault.plain import Plain

PRESETS = ("five", "six", "percent", "coach")
SHELLS = ("bash", "zsh", "fish")


@click.command(cls=Command)
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--preset", type=click.Choice(PRESETS), help="Stages to begin with.")
@click.option("--example", is_flag=True, help="Write the example vault there, fresh as of today.")
@pass_session
def init(session: Session, *, folder: Path | None, preset: Preset | None, example: bool) -> None:
    """Look at a vault and write its `vaultflow.toml`; or write the example vault.

    Nothing else is written, and a `vaultflow.toml` that is there is never overwritten.

    \b
    Example:
      vaultflow init
      vaultflow init my-vault --preset coach
      vaultflow init try-out --example
    """
    if example:
        init_example(session, folder)
    else:
        init_vault(session, folder or session.vault or Path.cwd(), preset)


def init_example(session: Session, folder: Path | None) -> None:
    """Writes the example vault into a new folder, its index pages made for today."""
    from vaultflow import flow

    if folder is None:
        raise UsageError("the example vault needs a folder", hint="vaultflow init DIR --example")
    written = flow.write_example(folder, session.day(""))
    if session.as_json:
        say_json({"vault": str(folder), "files": len(written)})
    else:
        say(session, f"{folder}: {len(written)} files of an example vault")
        talk(session, f"next: vaultflow --vault {click.format_filename(folder)} daily")


def init_vault(session: Session, root: Path, preset: Preset | None) -> None:
    """Writes the settings that fit what is seen in the vault."""
    from vaultflow import flow
    from vaultflow.cli.output import reading_progress
    from vaultflow.disk.root import named_vault

    with reading_progress(session) as progress:
        proposal = flow.propose_settings(
            named_vault(root), today=session.day(""), preset=preset, progress=progress
        )
    path = flow.write_settings(root, proposal)
    if session.as_json:
        say_json(proposal)
        return
    say_proposal(session, proposal)
    say(session, f"{path}  (written)")
    if not proposal.leads:
        talk(session, "no note says that it is a lead yet: give each `type: lead`, or name a tag")
        talk(session, "or a folder of theirs under [leads] in vaultflow.toml")
    talk(session, "next: look it over, then run `vaultflow daily`")


def say_proposal(session: Session, proposal: Proposal) -> None:
    """Prints what was seen in the vault, with how many notes speak for it."""
    say(session, f"{proposal.leads} leads among {proposal.notes} notes")
    say_parts(session, proposal_parts(proposal))


def proposal_parts(proposal: Proposal) -> Iterator[tuple[str, Sequence[str]]]:
    """What was seen, by the word for it; what was not seen is left out."""
    signs = proposal.lead_signs
    yield "templates", [f"{proposal.lead_templates} of leads"] if proposal.lead_templates else []
    yield "type", [spelled(signs.types)] if signs.types else []
    yield "tag", [spelled(signs.tags)] if signs.tags else []
    yield "folder", [spelled(signs.folders)] if signs.folders else []
    yield "fields", [f"{sign.field}: {spelled(sign.names)}" for sign in proposal.field_signs]
    yield "stages", [spelled(proposal.stages)] if proposal.stages else []
    yield "not a stage", [spelled(proposal.unknown_stages)] if proposal.unknown_stages else []
    yield "currencies", [spelled(proposal.currencies)] if proposal.currencies else []
    if proposal.notes_with_stage:
        yield "not leads", [f"{proposal.notes_with_stage} other notes have a stage"]


def spelled(seen: Sequence[Seen]) -> str:
    """Names with how many notes have each: `Proposal (4), Won (3)`."""
    return ", ".join(f"{one.name} ({one.count})" for one in seen)


@click.command(cls=Command)
@click.option("--changed", is_flag=True, help="Only what `vaultflow.toml` sets.")
@pass_session
def config(session: Session, *, changed: bool) -> None:
    """Print the settings in force, and where each comes from.

    \b
    Example:
      vaultflow config
      vaultflow config --changed --json
    """
    rows = [row for row in setting_rows(session.settings()) if row.line or not changed]
    if session.as_json:
        say_json(rows)
        return
    say_table(
        session,
        ["setting", "value", "from"],
        [
            [row.key, shown(row.value), f"vaultflow.toml:{row.line}" if row.line else "default"]
            for row in rows
        ],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingRow:
    """One setting in force."""

    key: str
    """Dotted, as `review.capacity`."""
    value: Plain
    line: int
    """Of `vaultflow.toml`; 0 for a default."""


def setting_rows(loaded: LoadedSettings) -> tuple[SettingRow, ...]:
    """Every setting with its value; the stages are those in force, also from a preset."""
    from vaultflow.pipeline.stages import stages_in_force
    from vaultflow.vault.plain import to_plain

    stages = stages_in_force(loaded.settings)
    settings = replace(loaded.settings, pipeline=replace(loaded.settings.pipeline, stages=stages))
    return tuple(
        SettingRow(key=key, value=to_plain(attrgetter(key)(settings)), line=origin.line)
        for key, origin in loaded.origins.items()
    )


def shown(value: Plain) -> str:
    """A value on one line; of records only their names."""
    match value:
        case None:
            return "not set"
        case {"name": name} | {"currency": name}:
            return str(name)
        case list():
            return ", ".join(map(shown, value))
        case "":
            return "not set"
        case _:
            return str(value)


@click.command(cls=Command)
@pass_session
def plugins(session: Session) -> None:
    """List the plugins: what each adds, and whether this vault enables it.

    \b
    Example:
      vaultflow plugins
    """
    from vaultflow.plugins.registry import load_plugins, plugin_reports

    registry = load_plugins(session.settings().settings.plugins.enabled)
    reports = plugin_reports(registry)
    if session.as_json:
        say_json(reports)
        return
    for report in reports:
        say(session, report.name + ("" if report.enabled else "  (installed, not enabled)"))
        say_parts(session, plugin_parts(report))
    say_findings(session, registry.findings)


def plugin_parts(report: PluginReport) -> Iterator[tuple[str, Sequence[str]]]:
    """What a plugin adds, by the word for it."""
    yield "  pages", report.pages
    yield "  rules", report.rules
    yield "  filters", report.filters
    yield "  commands", report.commands


@click.command(cls=Command)
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(context: click.Context, *, shell: str) -> None:
    """Print the script that lets your shell complete VaultFlow's commands.

    \b
    Example:
      vaultflow completion bash >> ~/.bashrc
      vaultflow completion fish > ~/.config/fish/completions/vaultflow.fish
    """
    from click.shell_completion import get_completion_class

    completer = get_completion_class(shell)
    if completer is None:
        raise UsageError(f"no completion for {shell}")
    click.echo(
        completer(context.find_root().command, {}, "vaultflow", "_VAULTFLOW_COMPLETE").source()
    )


COMMANDS = {"init": init, "config": config, "plugins": plugins, "completion": completion}
