"""The front of the command line: finds the command, and says every error in one place."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from vaultflow import __version__
from vaultflow.cli.session import Session, global_options
from vaultflow.errors import VaultFlowError, did_you_mean

COMMANDS = {
    "init": "setup",
    "daily": "daily",
    "stale": "pages",
    "refresh": "pages",
    "pages": "pages",
    "leads": "leads",
    "show": "leads",
    "brief": "briefing",
    "new": "edits",
    "set": "edits",
    "act": "edits",
    "log": "edits",
    "move": "stages",
    "win": "stages",
    "lose": "stages",
    "park": "stages",
    "report": "reporting",
    "review": "reviewing",
    "ask": "ask",
    "apply": "answers",
    "undo": "undo",
    "check": "notes",
    "note": "notes",
    "links": "notes",
    "watch": "watching",
    "status": "watching",
    "service": "watching",
    "config": "setup",
    "plugins": "setup",
    "completion": "setup",
}
"""Command -> module of this room; only the module of the command that runs is imported."""


class Failure(click.ClickException):
    """An error of ours as click shows it: what, where, what to do; then its own exit code."""

    def __init__(self, error: VaultFlowError) -> None:
        super().__init__(str(error))
        self.exit_code = error.exit_code  # type: ignore[misc]  # click reads it off the instance too

    def show(self, file: Any = None) -> None:  # noqa: ANN401, ARG002  # click's own signature
        """Prints the message to stderr, without control characters that a name may hold."""
        from vaultflow.cli.output import complain

        complain(self.message)


class Program(click.Group):
    """The group of all commands; those of plugins come after ours."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Ours in the order of use, then the enabled plugins'."""
        return [*COMMANDS, *sorted(plugin_commands(ctx))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name in COMMANDS:
            module = import_module(f"vaultflow.cli.{COMMANDS[cmd_name]}")
            command: click.Command = module.COMMANDS[cmd_name]
            return command
        return plugin_commands(ctx).get(cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant; a mistyped one gets the nearest names."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            hint = did_you_mean(args[0], self.list_commands(ctx), most=2)
            if hint:
                raise click.UsageError(f"{error.message} D{hint[1:]}", ctx) from error
            raise

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  # click's own signature
        """Runs the command; an error of ours ends it with its message and exit code."""
        try:
            return super().invoke(ctx)
        except VaultFlowError as error:
            raise Failure(error) from error


def plugin_commands(context: click.Context) -> dict[str, click.Command]:
    """The commands of the plugins that the vault at hand enables; none without a vault."""
    session = context.find_root().obj or Session()
    try:
        enabled = session.settings().settings.plugins.enabled
    except VaultFlowError:
        return {}
    if not enabled:
        return {}
    from vaultflow.plugins.registry import load_plugins

    added = load_plugins(enabled).commands
    return {name: command for name, command in added.items() if name not in COMMANDS}


@click.command(
    cls=Program,
    params=global_options(hidden=False),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="vaultflow")
@click.pass_context
def main(context: click.Context) -> None:
    """Treat a folder of Markdown notes as a sales pipeline.

    Start with `vaultflow init` in your vault, then `vaultflow daily` each working day.
    """
    context.obj = context.obj or Session()
